# SPDX-License-Identifier: GPL-2.0
"""Run git commands, and take snapshots of a working tree without modifying its repository."""

from __future__ import annotations

import dataclasses
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from rig.base import console, process

# The committer in scratch repositories: the user may have configured no name.
IDENTITY = {"GIT_COMMITTER_NAME": "rvkms gate", "GIT_COMMITTER_EMAIL": "gate@localhost"}

# Settings that override the user's configuration.
SETTINGS = ("-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false",
            "-c", "core.quotePath=false", "-c", "core.autocrlf=false", "-c", "gc.auto=0",
            "-c", "diff.renames=true", "-c", "diff.algorithm=histogram",
            "-c", "core.fsmonitor=false", "-c", "core.fsync=none")

BINARY_LOOK = 8000  # bytes, as git looks for a NUL


@dataclasses.dataclass(frozen=True)
class Entry:
    """A file that differs between two trees; its name is "" in a tree that does not have it."""

    status: str  # git's letter: A, C, D, M, R, T
    old_mode: str
    new_mode: str
    old_blob: str
    new_blob: str
    old_name: str
    new_name: str


class Repository:
    """A repository with a working tree."""

    def __init__(self, directory: Path, environment: Mapping[str, str] | None = None) -> None:
        self.directory = directory
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self._environment = kept | {"LC_ALL": "C"} | IDENTITY | dict(environment or {})

    def run(self, *argv: str, **options) -> subprocess.CompletedProcess:
        """Run git; a failure is up to the caller."""
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        return process.run(["git", "-C", str(self.directory), *SETTINGS, *argv],
                           env=self._environment, **options)

    def ask(self, *argv: str) -> str:
        """Return git's output; raise an error on failure."""
        ran = self.run(*argv)
        if ran.returncode:
            raise console.RigError(f"git {argv[0]} failed in {self.directory}", ran.stderr)
        return ran.stdout

    def commit(self, name: str) -> str:
        """Return the commit of revision @name."""
        ran = self.run("rev-parse", "--verify", "--quiet", "--end-of-options",
                       f"{name}^{{commit}}")
        if ran.returncode:
            raise console.RigError(f"git knows no revision {name}")
        return ran.stdout.strip()

    def tree(self, name: str) -> str:
        """Return the tree of a revision."""
        return self.ask("rev-parse", "--verify", "--end-of-options", f"{name}^{{tree}}").strip()

    def content(self, blob: str) -> bytes:
        """Return the content of a blob."""
        ran = self.run("cat-file", "blob", blob, text=False, errors=None)
        if ran.returncode:
            raise console.RigError(f"git has no blob {blob}")
        return ran.stdout

    def changed(self, old: str, new: str) -> list[Entry]:
        """Return the differences of two trees; a renamed file is one entry."""
        # Without -C: all lines of a copied file count as new.
        words = self.ask("diff-tree", "-r", "-M", "-z", "--raw", "--full-index", old, new)
        fields = iter(words.split("\0"))
        entries = []
        for head in fields:
            if not head:
                break
            old_mode, new_mode, old_blob, new_blob, status = head.lstrip(":").split(" ")
            old_name = new_name = next(fields)
            if status[0] in "RC":
                new_name = next(fields)
            entries.append(Entry(status[0], old_mode, new_mode, old_blob, new_blob,
                                 "" if status == "A" else old_name,
                                 "" if status == "D" else new_name))
        return entries

    def hunks(self, old_blob: str, new_blob: str) -> str:
        """Return the difference of two blobs, without context."""
        return self.ask("diff", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "-U0",
                        "--no-indent-heuristic", old_blob, new_blob)

    def files(self, tree: str, below: str) -> dict[str, str]:
        """Return the files of a tree below a directory, with their blobs."""
        listed = self.ask("ls-tree", "-r", "-z", tree, "--", below)
        found = {}
        for entry in listed.split("\0"):
            head, tab, name = entry.partition("\t")
            if tab and head.split()[1] == "blob":
                found[name] = head.split()[2]
        return found


def top(directory: Path) -> Repository:
    """Return the repository with the working tree @directory."""
    found = Repository(directory)
    ran = found.run("rev-parse", "--show-toplevel")
    if ran.returncode or Path(ran.stdout.strip()).resolve() != directory.resolve():
        raise console.RigError(f"{directory} is not the top of a git repository, which is needed"
                               " to find the change")
    return found


def snapshot(users: Repository, scratch: Repository, index: Path) -> str:
    """Return the tree that a commit of the whole working tree would have.

    New files count unless they are ignored. The objects are written to @scratch, and the index is a
    separate file: the user's repository is not modified.
    """
    objects = Path(scratch.ask("rev-parse", "--absolute-git-dir").strip()) / "objects"
    theirs = Path(users.ask("rev-parse", "--git-common-dir").strip())
    theirs = (users.directory / theirs).resolve() / "objects"
    index.unlink(missing_ok=True)
    apart = Repository(users.directory, {
        "GIT_INDEX_FILE": str(index),
        "GIT_OBJECT_DIRECTORY": str(objects),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(theirs)})
    apart.ask("read-tree", "HEAD")
    apart.ask("add", "--all")
    made = apart.ask("write-tree").strip()
    index.unlink(missing_ok=True)
    return made


def is_binary(content: bytes) -> bool:
    """Return whether git regards the content as binary."""
    return b"\0" in content[:BINARY_LOOK]
