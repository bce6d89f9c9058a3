# SPDX-License-Identifier: GPL-2.0
"""Split C source into comments, code, statements, functions and macros.

This is the rig's only reader of C. It is not a parser: it knows comments, strings, brackets and
directives. That suffices for source in the kernel's style. It never fails: unknown constructs
become statements. Lines and columns are counted from 1.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

# Comments, and literals, which can contain comment markers.
_TOKEN = re.compile(
    r"//(?:[^\n\\]|\\.|\\\n)*|/\*.*?(?:\*/|\Z)"
    r'|"(?:[^"\\\n]|\\.|\\\n)*"?' r"|'(?:[^'\\\n]|\\.|\\\n)*'?", re.DOTALL)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.MULTILINE)
_DEFINE = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)(\(?)((?:[^\n\\]|\\.|\\\n)*)", re.MULTILINE)
_LITERAL = re.compile(r'"(?:[^"\\\n]|\\.|\\\n)*"?' r"|'(?:[^'\\\n]|\\.|\\\n)*'?")

_WORD = re.compile(r"[A-Za-z_]\w*")
_PIECE = re.compile(r"[A-Za-z_]\w*|[(){}\[\];:?]|\S")

# Keywords and macros that are followed by a condition in brackets and then by another statement.
_CONTROL = re.compile(r"^(?:if|while|for|switch|\w*for_each\w*)$")
_ALONE = ("else", "do")
_LABEL = ("case", "default")


@dataclasses.dataclass(frozen=True)
class Span:
    """The lines from first to last."""

    first: int
    last: int

    def __contains__(self, line: int) -> bool:
        return self.first <= line <= self.last

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))


@dataclasses.dataclass(frozen=True)
class Statement(Span):
    """A statement, a condition with its keyword, a declaration, a directive or a lone brace."""

    text: str  # the full text, with each run of white space as one space
    body: bool  # whether it is within a function


@dataclasses.dataclass(frozen=True)
class Function(Span):
    """A function's definition, from its first line to its closing brace."""

    name: str


@dataclasses.dataclass(frozen=True)
class Macro(Span):
    """The definition of a macro."""

    name: str
    takes_arguments: bool
    body: str


class Source:
    """The text of a C file."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._code = without_comments(text)
        # The code of each line, without comments and extra white space.
        self.code = [" ".join(line.split()) for line in self._code.split("\n")]
        # The code of each line in its columns, without comments and the contents of literals.
        self._bare = without_literals(self._code).split("\n")

    @functools.cached_property
    def macros(self) -> list[Macro]:
        """Return all macro definitions."""
        found = []
        for match in _DEFINE.finditer(self._code):
            first = self._line_of(match.start(1))
            found.append(Macro(first, self._line_of(match.end()), match.group(1),
                               bool(match.group(2)), " ".join(match.group(3).split())))
        return found

    @functools.cached_property
    def statements(self) -> list[Statement]:
        """Return all statements, in order."""
        return self._parsed[0]

    @functools.cached_property
    def functions(self) -> list[Function]:
        """Return all function definitions, in order."""
        return self._parsed[1]

    @functools.cached_property
    def groups(self) -> list[Span]:
        """Return the lines of each pair of braces."""
        opened: list[int] = []
        found = []
        for number, line in enumerate(self._bare, 1):
            for character in line:
                if character == "{":
                    opened.append(number)
                elif character == "}" and opened:
                    found.append(Span(opened.pop(), number))
        return found

    @functools.cached_property
    def words(self) -> list[frozenset[str]]:
        """Return the identifiers of each line, without the contents of strings."""
        return [frozenset(_WORD.findall(line)) for line in self._bare]

    @functools.cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self._code.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        return starts

    @functools.cached_property
    def _by_line(self) -> dict[int, list[Statement]]:
        by_line: dict[int, list[Statement]] = {}
        for statement in self.statements:
            for line in statement:
                by_line.setdefault(line, []).append(statement)
        return by_line

    def statements_at(self, line: int) -> list[Statement]:
        """Return the statements that include a line."""
        return self._by_line.get(line, [])

    def widened(self, lines: Iterable[int]) -> set[int]:
        """Return all lines of the statements that include one of @lines."""
        return {wide for line in lines for statement in self.statements_at(line)
                for wide in statement}

    def function_at(self, line: int) -> Function | None:
        """Return the function that contains a line, or None."""
        return next((function for function in self.functions if line in function), None)

    def says_something(self, line: int) -> bool:
        """Return whether a line contains code."""
        return 1 <= line <= len(self.code) and bool(self.code[line - 1])

    def bare(self, number: int) -> str:
        """Return a line in its columns, without comments and the contents of literals."""
        return self._bare[number - 1] if 0 < number <= len(self._bare) else ""

    def indent(self, number: int) -> int:
        """Return the number of characters before a line's code."""
        bare = self.bare(number)
        return len(bare) - len(bare.lstrip())

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
        while first < len(self._bare) and not self.bare(first).strip(" \t\\"):
            first += 1
        depth = 0
        for line in range(first, len(self._bare) + 1):
            for character in self.bare(line):
                depth += (character in "({") - (character in ")}")
                if depth <= 0 and character in ";}":
                    return first, line
        return first, first

    def _line_of(self, offset: int) -> int:
        return bisect.bisect_right(self._starts, offset)

    @functools.cached_property
    def _parsed(self) -> tuple[list[Statement], list[Function]]:
        return _Parser(self._code, self._line_of).parse()


class _Parser:
    """Splits code into statements and functions."""

    def __init__(self, code: str, line_of) -> None:
        self._line_of = line_of
        self._directives = [(match.start(), match.end()) for match in _DIRECTIVE.finditer(code)]
        blanked = _DIRECTIVE.sub(lambda match: _blanks(match.group()), code)
        self._text = without_literals(blanked)
        self._code = code
        self.statements: list[Statement] = []
        self.functions: list[Function] = []
        self._start: int | None = None  # of the statement
        self._words: list[str] = []  # of the statement
        self._brackets = 0
        self._braces: list[tuple[str, int]] = []  # the function's name or "", and the offset

    def parse(self) -> tuple[list[Statement], list[Function]]:
        """Return all statements and functions."""
        for match in _PIECE.finditer(self._text):
            self._take(match.group(), match.start(), match.end())
        if self._start is not None:
            self._end(len(self._text.rstrip()))
        for start, end in self._directives:
            self._add(start, end)
        self.statements.sort(key=lambda statement: (statement.first, statement.last))
        return self.statements, self.functions

    def _take(self, piece: str, start: int, end: int) -> None:
        if piece in "{}" and not self._brackets:
            self._brace(piece, start, end)
            return
        if self._start is None:
            self._start = start
        self._words.append(piece)
        if piece in "([":
            self._brackets += 1
        elif piece in ")]":
            self._brackets = max(0, self._brackets - 1)
        if not self._brackets and self._is_over(piece):
            self._end(end)

    def _is_over(self, piece: str) -> bool:
        first = self._words[0]
        if piece == ";" or piece in _ALONE and len(self._words) == 1:
            return True
        if piece == ":":
            return first in _LABEL or len(self._words) == 2
        return piece == ")" and bool(_CONTROL.match(first))

    def _brace(self, piece: str, start: int, end: int) -> None:
        opening = self._start if self._start is not None else start
        name = ""
        if piece == "{" and not any(entry for entry, _ in self._braces) \
                and self._words and self._words[-1] == ")" and "=" not in self._words:
            name = _function_name(self._words)
        if self._start is not None:
            self._end(start)
        if piece == "{":
            self._braces.append((name, opening))
            self._add(start, end)
            return
        self._add(start, end)
        if self._braces:
            name, opening = self._braces.pop()
            if name:
                self.functions.append(Function(self._line_of(opening), self._line_of(start), name))

    def _end(self, end: int) -> None:
        self._add(self._start, end)
        self._start = None
        self._words = []
        self._brackets = 0

    def _add(self, start: int, end: int) -> None:
        text = " ".join(self._code[start:end].split())
        body = any(name for name, _ in self._braces)
        last = self._line_of(max(start, start + len(self._code[start:end].rstrip()) - 1))
        self.statements.append(Statement(self._line_of(start), last, text, body))


def _function_name(words: list[str]) -> str:
    """Return the word before the last pair of brackets."""
    depth = 0
    for number in range(len(words) - 1, 0, -1):
        depth += (words[number] == ")") - (words[number] == "(")
        if depth == 0:
            return words[number - 1] if _WORD.fullmatch(words[number - 1]) else ""
    return ""


def read(path: Path) -> Source:
    """Return the source in a file; a missing file is empty."""
    try:
        return Source(path.read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        return Source("")


def comments(text: str) -> Iterator[tuple[int, str]]:
    """Return the first line and the text of each comment, with its markers."""
    for match in _TOKEN.finditer(text):
        if match.group()[0] == "/":
            yield text.count("\n", 0, match.start()) + 1, match.group()


def without_comments(text: str) -> str:
    """Replace comments by spaces, and keep the line breaks."""
    return _TOKEN.sub(lambda match: _blanks(match.group()) if match.group()[0] == "/"
                      else match.group(), text)


def without_literals(code: str) -> str:
    """Replace the contents of strings and characters, which can contain brackets, by spaces."""
    return _LITERAL.sub(lambda match: match.group()[0] + _blanks(match.group()[1:-1])
                        + match.group()[0] * (len(match.group()) > 1), code)


def _blanks(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
