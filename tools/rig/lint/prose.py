# SPDX-License-Identifier: GPL-2.0
"""Check the English of comments, docs and docstrings against docs/writing.md."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from rig.base import c_source, console, paths
from rig.lint import files

# Occurrences of RIDDLE per 1000 words. The kernel's own drm code stays below 1.
LIMIT = 1.0
# Words of the longest sentence of a page.
LONGEST = 45
SHOWN = 20

RIDDLE = re.compile(r"\b(what(ever)?|who(ever|m|se)?)\b", re.IGNORECASE)
OPENER = re.compile(r"^(what|whatever|who|whoever|whose|those|that of)\b", re.IGNORECASE)
WORD = re.compile(r"[A-Za-z][A-Za-z'_-]*")
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[A-Z`\[*(\"0-9])|\n\s*\n")

HASH_COMMENT = re.compile(r"(?:^[ \t]*#(?!!)[^\n]*\n)+|[ \t]#[ \t][^\n]*", re.MULTILINE)
NOT_PROSE = re.compile(r"SPDX-License-Identifier|^\s*[A-Z0-9_]+_H\s*$|coverage:|noqa|shellcheck")


@dataclass(frozen=True)
class Passage:
    """A comment, a docstring or a page, and the line that it begins at."""

    kind: str
    path: Path
    line: int
    text: str


def findings(found: list[Path] | None = None) -> list[str]:
    """Return the faults of all text files of the project, or of the given files."""
    passages = [passage for path in (files.text_files() if found is None else found)
                for passage in read(path)]
    if not passages:
        raise console.RigError("there is no prose to check")
    return openers(passages) + rates(passages) + long_sentences(passages)


def read(path: Path) -> list[Passage]:
    """Return the passages of one file; none of a file of another type."""
    if path.suffix in (".c", ".h"):
        return _c_comments(path)
    if path.suffix == ".md":
        text = re.sub(r"```.*?```", _blank, path.read_text(encoding="utf-8"), flags=re.DOTALL)
        return [Passage("docs", path, 1, _link_text(text))]
    if path.suffix == ".py" or _first_line(path).endswith("python3"):
        return _docstrings(path) + _matches("comments", path, HASH_COMMENT, _hash_text)
    if path.suffix in (".sh", ".config") or path.name in ("Makefile", "Kconfig", "init") \
            or _first_line(path).endswith("/sh"):
        return _matches("comments", path, HASH_COMMENT, _hash_text)
    return []


def openers(passages: list[Passage]) -> list[str]:
    """Report comments and docstrings with a first word that stands for an unnamed noun."""
    return [f"{paths.shown(passage.path)}:{passage.line}: opens with"
            f" \"{' '.join(passage.text.split()[:4])}\"; name the subject"
            for passage in passages if passage.kind != "docs" and OPENER.match(passage.text)]


def rates(passages: list[Passage]) -> list[str]:
    """Report each kind of prose with too many matches of RIDDLE, and the first of them."""
    faults = []
    for kind in sorted({passage.kind for passage in passages}):
        of_kind = [passage for passage in passages if passage.kind == kind]
        hits = [hit for passage in of_kind for hit in _hits(passage)]
        words = sum(len(WORD.findall(passage.text)) for passage in of_kind)
        if len(hits) > LIMIT * words / 1000 and hits:
            faults.append(f"{kind}: {len(hits)} of {words} words are \"what\" or \"who\","
                          f" {1000 * len(hits) / words:.1f} per 1000; at most {LIMIT:g}")
            faults += hits[:SHOWN]
    return faults


def long_sentences(passages: list[Passage]) -> list[str]:
    """Report sentences of pages that have more than LONGEST words."""
    return [f"{paths.shown(passage.path)}: a sentence of {len(sentence.split())} words:"
            f" \"{' '.join(sentence.split()[:8])} ...\""
            for passage in passages if passage.kind == "docs"
            for block in _prose_blocks(passage.text)
            for sentence in SENTENCE_END.split(block) if len(sentence.split()) > LONGEST]


def _prose_blocks(text: str) -> list[str]:
    """Return the paragraphs and list items of a page, without tables, code and headings."""
    lines = ["" if line.startswith(("|", "    ", "#", "<!--")) else
             re.sub(r"^\s*([-*]|\d+\.)\s+", "\n\n", line) for line in text.splitlines()]
    return re.split(r"\n\s*\n", "\n".join(lines))


def _hits(passage: Passage) -> list[str]:
    return [f"{paths.shown(passage.path)}:{passage.line + passage.text.count(chr(10), 0, at)}:"
            f" \"{' '.join(passage.text[max(0, at - 30):at + 30].split())}\""
            for at in (match.start() for match in RIDDLE.finditer(passage.text))]


def _c_comments(path: Path) -> list[Passage]:
    text = path.read_text(encoding="utf-8", errors="replace")
    made = [Passage("comments", path, line, _prose_lines(_c_text(comment)))
            for line, comment in c_source.comments(text)]
    return [passage for passage in made if passage.text]


def _matches(kind: str, path: Path, pattern: re.Pattern[str], clean) -> list[Passage]:
    text = path.read_text(encoding="utf-8", errors="replace")
    made = [Passage(kind, path, text.count("\n", 0, match.start()) + 1,
                    _prose_lines(clean(match.group(0))))
            for match in pattern.finditer(text)]
    return [passage for passage in made if passage.text]


def _prose_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not NOT_PROSE.search(line)).strip()


def _c_text(comment: str) -> str:
    body = comment.removeprefix("//").removeprefix("/*").removeprefix("*").removesuffix("*/")
    return re.sub(r"^[ \t]*\*?[ \t]?", "", body, flags=re.MULTILINE).strip()


def _hash_text(comment: str) -> str:
    return re.sub(r"^[ \t]*#+[ \t]?", "", comment, flags=re.MULTILINE).strip()


def _docstrings(path: Path) -> list[Passage]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError:
        return []
    nodes = [node for node in ast.walk(tree)
             if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))]
    return [Passage("docstrings", path, node.body[0].lineno, text)
            for node in nodes if (text := ast.get_docstring(node))]


def _link_text(text: str) -> str:
    return re.sub(r"\]\([^)]*\)", "]", re.sub(r"`[^`\n]*`", "code", text))


def _blank(match: re.Match[str]) -> str:
    return "\n" * match.group(0).count("\n")


def _first_line(path: Path) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.readline().strip()
