# SPDX-License-Identifier: GPL-2.0
"""The text of a C file, as far as reading coverage takes it: code without comments, waivers."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from rig import paths

# In the order they are tried: a comment in a string is none, nor is a string in a comment.
TOKEN = re.compile(r'//[^\n]*|/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
                   re.DOTALL)
MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)((?:[^\n\\]|\\\n|\\)*)", re.MULTILINE)
WORD = re.compile(r"\b[A-Za-z_]\w*\b")

# Where the source can go two ways or more. "else" has no condition of its own.
DECIDES = re.compile(r"\b(?:if|while|for|switch)\b|&&|\|\||\?|\b(?:\w+_)?for_each\w*\b")
# The line after one that ends so begins with an operand.
OPERATOR_AT_END = re.compile(r"(?:&&|\|\||[?:])\s*$")


class Text:
    """One file's text."""

    def __init__(self, text: str, macros: Mapping[str, int] | None = None) -> None:
        self.lines = text.splitlines()
        self._code = TOKEN.sub(_blank, text).splitlines()
        self._macros = macros or {}

    def code(self, number: int) -> str:
        """A line without comments and what is in strings."""
        return self._code[number - 1] if 0 < number <= len(self._code) else ""

    def indent(self, number: int) -> int:
        """How many characters are before a line's code."""
        code = self.code(number)
        return len(code) - len(code.lstrip())

    def between(self, line: int, column: int, end_line: int, end_column: int) -> str:
        """The text from one place to another, on one line."""
        if not 0 < line <= end_line <= len(self.lines):
            return ""
        lines = self.lines[line - 1:end_line]
        lines[-1] = lines[-1][:end_column - 1]
        lines[0] = lines[0][column - 1:]
        return " ".join(" ".join(lines).replace("\\ ", " ").split())

    def statement_after(self, number: int) -> tuple[int, int]:
        """The first and the last line of the statement after a line, its block included."""
        first = number + 1
        while first < len(self._code) and not self.code(first).strip(" \t\\"):
            first += 1
        depth = 0
        for line in range(first, len(self._code) + 1):
            for character in self.code(line):
                depth += (character in "({") - (character in ")}")
                if depth <= 0 and character in ";}":
                    return first, line
        return first, first

    def decisions(self, number: int) -> int:
        """In how many places a line can go two ways, those in macros of ours included."""
        code = self.code(number)
        return (len(DECIDES.findall(code)) + bool(OPERATOR_AT_END.search(self.code(number - 1)))
                + sum(self._macros.get(word, 0) for word in WORD.findall(code)))


def _blank(match: re.Match) -> str:
    """Nothing but the ends of lines, and a string's quotes."""
    token = match.group()
    return '""' if token[0] in "\"'" else re.sub(r"[^\n]", " ", token)


def read(path: Path) -> Text:
    """A file of the driver; one that is gone has no text."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        text = ""
    return Text(text, own_macros(_driver_of(path)))


def _driver_of(path: Path) -> Path:
    for parent in path.parents:
        if str(parent).endswith(paths.DRIVER):
            return parent
    return path.parent


@functools.cache
def own_macros(driver: Path) -> dict[str, int]:
    """In how many places each macro of the driver decides, those it uses included."""
    bodies = {name: body for path in sorted(driver.rglob("*.[ch]"))
              for name, body in MACRO.findall(without_comments(path))}

    def number(name: str, above: tuple[str, ...]) -> int:
        if name not in bodies or name in above:
            return 0
        return (len(DECIDES.findall(bodies[name]))
                + sum(number(word, (*above, name)) for word in WORD.findall(bodies[name])))

    return {name: number(name, ()) for name in bodies}


def without_comments(path: Path) -> str:
    """A file's code."""
    return TOKEN.sub(_blank, path.read_text(encoding="utf-8", errors="replace"))
