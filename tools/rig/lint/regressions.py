# SPDX-License-Identifier: GPL-2.0
"""Check that the tests named in docs/regressions.md exist and run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rig.base import paths

PAGE = "docs/regressions.md"

_ROW = re.compile(r"^\| (?!Defect \|)([^|]+) \| ([^|]+) \| ([^|]+) \|$")
_TEST = re.compile(r"\[(\w+)\]\(([^)]+)\)")


def findings() -> list[str]:
    """Return the faults of the page."""
    page = paths.ROOT / PAGE
    if not page.is_file():
        return [f"{PAGE}: is missing"]
    rows = list(_rows(page.read_text(encoding="utf-8")))
    if not rows:
        return [f"{PAGE}: has no defects"]
    return [f"{PAGE}:{number}: {finding}" for number, tests in rows
            for finding in _faults(page.parent, tests)]


def _rows(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("|") and not line.startswith(("| Defect |", "|--")):
            row = _ROW.match(line)
            yield number, row[2] if row else ""


def _faults(directory: Path, tests: str) -> Iterator[str]:
    named = _TEST.findall(tests)
    if not named:
        yield "names no test"
    for name, link in named:
        path = directory / link
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if not re.search(rf"^static void {name}\(struct kunit \*", text, re.MULTILINE):
            yield f"{name} is not in {link}"
        elif not re.search(rf"\bKUNIT_CASE\w*\({name}\b", text):
            yield f"{name} is not run"
