# SPDX-License-Identifier: GPL-2.0
"""Compare two trees: find the changed lines, and map all other lines to their new places.

A line is *changed* if its code is new or differs: comments, blank lines and white space do not
count. A line is *moved* if a patch deletes it in one place and adds it in another, within a block
that is too long to match by chance. A moved line counts as unchanged. A line is moved to one place
at most.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import re
from collections.abc import Iterable, Iterator

from rig.base import c_source, git

# A file name and a line number, from 1.
Place = tuple[str, int]

# Minimum size of a moved block: shorter ones match anywhere.
MOVED_LINES = 3
MOVED_CHARACTERS = 30

_HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)

SUBMODULE = "160000"
SYMLINK = "120000"


@dataclasses.dataclass(frozen=True)
class Hunk:
    """A range of old lines and the new lines that replace it, without context; either can be empty.
    """

    old_first: int
    old_count: int
    new_first: int
    new_count: int

    @property
    def old(self) -> range:
        """Return the range of deleted lines."""
        return range(self.old_first, self.old_first + self.old_count)

    @property
    def new(self) -> range:
        """Return the range of added lines."""
        return range(self.new_first, self.new_first + self.new_count)


def parse_hunks(text: str) -> list[Hunk]:
    """Return the hunks of a unified diff without context."""
    found = []
    for match in _HUNK.finditer(text):
        old, old_count, new, new_count = (int(group or 1) for group in match.groups())
        # For an empty range git gives the line before it.
        found.append(Hunk(old + (old_count == 0), old_count, new + (new_count == 0), new_count))
    return found


@dataclasses.dataclass(frozen=True)
class File:
    """A file before and after a patch. The name is "" on the side where the file does not exist."""

    old_name: str
    new_name: str
    old_text: str
    new_text: str
    hunks: tuple[Hunk, ...]
    binary: bool = False
    old_mode: str = ""
    new_mode: str = ""

    @property
    def name(self) -> str:
        """Return the new name, or the old name of a deleted file."""
        return self.new_name or self.old_name

    @functools.cached_property
    def old(self) -> c_source.Source:
        """Return the source before the patch."""
        return c_source.Source(self.old_text)

    @functools.cached_property
    def new(self) -> c_source.Source:
        """Return the source after the patch."""
        return c_source.Source(self.new_text)


class Change:
    """The changes of a patch."""

    def __init__(self, files: Iterable[File]) -> None:
        self.files = list(files)
        self._by_old = {file.old_name: file for file in self.files if file.old_name}
        self._by_new = {file.new_name: file for file in self.files if file.new_name}
        self._to_new: dict[Place, Place] = {}
        self._came: dict[str, list[list[int]]] = {}  # by new name, one list per hunk
        self._went: dict[str, list[list[int]]] = {}
        for file in self.files:
            self._map(file)
        self.moved: dict[Place, Place] = {}  # new to old
        self._find_moved()
        self._to_new |= {old: new for new, old in self.moved.items()}
        self._to_old = {new: old for old, new in self._to_new.items()}

    def __iter__(self) -> Iterator[File]:
        return iter(self.files)

    def file(self, new_name: str) -> File | None:
        """Return the file with this new name, or None if the patch does not touch it."""
        return self._by_new.get(new_name)

    def to_new(self, name: str, line: int) -> Place | None:
        """Return the new place of an unchanged or moved line; None if it was changed or deleted."""
        file = self._by_old.get(name)
        return (name, line) if file is None else self._to_new.get((name, line))

    def to_old(self, name: str, line: int) -> Place | None:
        """Return the old place of an unchanged or moved line, or None."""
        file = self._by_new.get(name)
        return (name, line) if file is None else self._to_old.get((name, line))

    def changed(self, name: str) -> set[int]:
        """Return the changed or added lines of a file, by its new name."""
        return {line for hunk in self._came.get(name, []) for line in hunk
                if (name, line) not in self.moved}

    def removed(self, name: str) -> set[int]:
        """Return the changed or deleted lines of a file, by its old name."""
        return {line for hunk in self._went.get(name, []) for line in hunk
                if (name, line) not in self._to_new}

    def _map(self, file: File) -> None:
        """Map the unchanged lines of a file, including lines of hunks with equal code."""
        came: list[list[int]] = []
        went: list[list[int]] = []
        old_at = new_at = 1
        for hunk in file.hunks:
            self._pair(file, range(old_at, hunk.old_first), range(new_at, hunk.new_first))
            old_rest, new_rest = self._map_hunk(file, hunk)
            went.append(old_rest)
            came.append(new_rest)
            old_at, new_at = hunk.old.stop, hunk.new.stop
        if file.old_name and file.new_name and not file.binary:
            self._pair(file, range(old_at, len(file.old.lines) + 1),
                       range(new_at, len(file.new.lines) + 1))
        self._came[file.new_name] = came
        self._went[file.old_name] = went

    def _pair(self, file: File, old: Iterable[int], new: Iterable[int]) -> None:
        for old_line, new_line in zip(old, new):
            self._to_new[file.old_name, old_line] = file.new_name, new_line

    def _map_hunk(self, file: File, hunk: Hunk) -> tuple[list[int], list[int]]:
        old = [line for line in hunk.old if file.old.says_something(line)]
        new = [line for line in hunk.new if file.new.says_something(line)]
        matcher = difflib.SequenceMatcher(None, [file.old.code[line - 1] for line in old],
                                          [file.new.code[line - 1] for line in new],
                                          autojunk=False)
        same_old: set[int] = set()
        same_new: set[int] = set()
        for block in matcher.get_matching_blocks():
            these = old[block.a:block.a + block.size]
            those = new[block.b:block.b + block.size]
            self._pair(file, these, those)
            same_old.update(these)
            same_new.update(those)
        return ([line for line in old if line not in same_old],
                [line for line in new if line not in same_new])

    def _find_moved(self) -> None:
        gone = self._blocks(self._went, self._by_old, lambda file: file.old)
        come = self._blocks(self._came, self._by_new, lambda file: file.new)
        starts: dict[str, list[tuple[int, int]]] = {}
        for number, block in enumerate(gone):
            for at, (_, code) in enumerate(block):
                starts.setdefault(code, []).append((number, at))
        taken: set[Place] = set()
        for block in come:
            at = 0
            while at < len(block):
                at += self._move_longest(block, at, gone, starts.get(block[at][1], []), taken)

    def _move_longest(self, block, at: int, gone, candidates, taken: set[Place]) -> int:
        """Match the longest moved block of @block from @at; return the number of lines to advance.
        """
        best: list[Place] = []
        for number, start in candidates:
            found = []
            for (_, new_code), (place, old_code) in zip(block[at:], gone[number][start:]):
                if new_code != old_code or place in taken:
                    break
                found.append(place)
            if len(found) > len(best):
                best = found
        text = "".join(code for _, code in block[at:at + len(best)])
        if len(best) < MOVED_LINES or sum(map(str.isalnum, text)) < MOVED_CHARACTERS:
            return 1
        taken.update(best)
        self.moved.update((place, old) for (place, _), old in zip(block[at:], best))
        return len(best)

    @staticmethod
    def _blocks(hunks: dict[str, list[list[int]]], files: dict[str, File], side
                ) -> list[list[tuple[Place, str]]]:
        return [[((name, line), side(files[name]).code[line - 1]) for line in hunk]
                for name, lists in hunks.items() if name in files for hunk in lists if hunk]


def between(repository: git.Repository, old: str, new: str) -> Change:
    """Return the changes from one tree to another."""
    return Change(_file(repository, entry) for entry in repository.changed(old, new))


def _file(repository: git.Repository, entry: git.Entry) -> File:
    modes = (entry.old_mode if entry.old_name else "", entry.new_mode if entry.new_name else "")
    # A submodule has no content here, and the text of a link is a path.
    if SUBMODULE in modes or SYMLINK in modes:
        return File(entry.old_name, entry.new_name, "", "", (), True, *modes)
    old = repository.content(entry.old_blob) if entry.old_name else b""
    new = repository.content(entry.new_blob) if entry.new_name else b""
    if git.is_binary(old) or git.is_binary(new):
        return File(entry.old_name, entry.new_name, "", "", (), True, *modes)
    old_text, new_text = old.decode(errors="replace"), new.decode(errors="replace")
    return File(entry.old_name, entry.new_name, old_text, new_text,
                tuple(_hunks(repository, entry, old_text, new_text)), False, *modes)


def _hunks(repository: git.Repository, entry: git.Entry, old: str, new: str) -> list[Hunk]:
    if not entry.old_name:
        return [Hunk(1, 0, 1, new.count("\n") + 1)] if new else []
    if not entry.new_name:
        return [Hunk(1, old.count("\n") + 1, 1, 0)] if old else []
    if entry.old_blob == entry.new_blob:
        return []
    return parse_hunks(repository.hunks(entry.old_blob, entry.new_blob))
