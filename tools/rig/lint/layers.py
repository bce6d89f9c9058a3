# SPDX-License-Identifier: GPL-2.0
"""Check the direction of imports between the packages of tools/rig: they are layers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from rig.base import console, paths

FOLDER = "tools/rig"

# Each package with the others that it may import. cmdline.py, above them all, imports the module of
# a command by its name.
PACKAGES = {
    "base": set(),
    "kernel": {"base"},
    "suites": {"base", "kernel"},
    "bench": {"base", "kernel"},
    "lint": {"base", "kernel"},
    "coverage": {"base", "kernel", "suites"},
    "igt": {"base", "kernel", "suites", "coverage"},
    "debian": {"base", "kernel", "suites", "igt"},
    "review": {"base", "kernel", "suites", "coverage", "lint"},
}


def findings() -> list[str]:
    """Return the imports that point up or aside."""
    files = sorted((paths.ROOT / FOLDER).glob("*/*.py"))
    if not files:
        raise console.RigError(f"there are no packages in {FOLDER}")
    return [f"{paths.shown(path)}:{line}: {fault}" for path in files
            for line, name in _imports(path) if (fault := _fault(path.parent.name, name))]


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Return the line and the full name of each import."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module or ''}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def _fault(own: str, name: str) -> str:
    """Return the fault of an import by a package, or ""."""
    if own not in PACKAGES:
        return f"{FOLDER} has no package {own} in {FOLDER}/lint/layers.py"
    root, _, rest = name.partition(".")
    other = rest.partition(".")[0]
    if root != "rig" or other == own or other in PACKAGES[own]:
        return ""
    return f"{own} must not import {name}"
