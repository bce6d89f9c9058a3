# SPDX-License-Identifier: GPL-2.0
"""Read C files for coverage: code without comments, and the number of decisions per line."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from rig import paths

# Tried in this order: a string can contain comment markers, and a comment can contain quotes.
TOKEN = re.compile(r'//[^\n]*|/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
                   re.DOTALL)
MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)((?:[^\n\\]|\\\n|\\)*)", re.MULTILINE)
WORD = re.compile(r"\b[A-Za-z_]\w*\b")

# Keywords and operators that branch. "else" has no condition of its own.
DECIDES = re.compile(r"\b(?:if|while|for|switch)\b|&&|\|\||\?|\b(?:\w+_)?for_each\w*\b")
# An operator at the end of a line: the next line begins with an operand.
OPERATOR_AT_END = re.compile(r"(?:&&|\|\||[?:])\s*$")


class Text:
    """The text of one file."""

    def __init__(self, text: str, macros: Mapping[str, int] | None = None) -> None:
        self.lines = text.splitlines()
        self._code = TOKEN.sub(_blank, text).splitlines()
        self._macros = macros or {}

    def code(self, number: int) -> str:
        """Return a line without comments and the contents of strings."""
        return self._code[number - 1] if 0 < number <= len(self._code) else ""

    def indent(self, number: int) -> int:
        """Return the number of characters before a line's code."""
        code = self.code(number)
        return len(code) - len(code.lstrip())

    def between(self, line: int, column: int, end_line: int, end_column: int) -> str:
        """Return the text between two places, as one line."""
        if not 0 < line <= end_line <= len(self.lines):
            return ""
        lines = self.lines[line - 1:end_line]
        lines[-1] = lines[-1][:end_column - 1]
        lines[0] = lines[0][column - 1:]
        return " ".join(" ".join(lines).replace("\\ ", " ").split())

    def statement_after(self, number: int) -> tuple[int, int]:
        """Return the first and the last line of the statement after a line, including its block."""
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
        """Return the number of decisions in a line, including those in the driver's macros."""
        code = self.code(number)
        return (len(DECIDES.findall(code)) + bool(OPERATOR_AT_END.search(self.code(number - 1)))
                + sum(self._macros.get(word, 0) for word in WORD.findall(code)))


def _blank(match: re.Match) -> str:
    """Blank a token except for line breaks and a string's quotes."""
    token = match.group()
    return '""' if token[0] in "\"'" else re.sub(r"[^\n]", " ", token)


def read(path: Path) -> Text:
    """Return the text of a file of the driver; a missing file is empty."""
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
    """Return the number of decisions in each macro of the driver, including nested macros."""
    bodies = {name: body for path in sorted(driver.rglob("*.[ch]"))
              for name, body in MACRO.findall(without_comments(path))}

    def number(name: str, above: tuple[str, ...]) -> int:
        if name not in bodies or name in above:
            return 0
        return (len(DECIDES.findall(bodies[name]))
                + sum(number(word, (*above, name)) for word in WORD.findall(bodies[name])))

    return {name: number(name, ()) for name in bodies}


def without_comments(path: Path) -> str:
    """Return the code of a file."""
    return TOKEN.sub(_blank, path.read_text(encoding="utf-8", errors="replace"))
