# SPDX-License-Identifier: GPL-2.0
"""Count the decisions in lines of C: operators and keywords that branch, and macros of both."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from rig.base import c_source, paths

# Keywords and operators that branch. "else" has no condition of its own.
_DECIDES = re.compile(r"\b(?:if|while|for|switch)\b|&&|\|\||\?|\b(?:\w+_)?for_each\w*\b")
# An operator at the end of a line: the next line begins with an operand.
_OPERATOR_AT_END = re.compile(r"(?:&&|\|\||[?:])\s*$")
_WORD = re.compile(r"\b[A-Za-z_]\w*\b")


def on_line(source: c_source.Source, number: int, macros: Mapping[str, int]) -> int:
    """Return the number of decisions in a line, including those in @macros."""
    code = source.bare(number)
    return (len(_DECIDES.findall(code)) + bool(_OPERATOR_AT_END.search(source.bare(number - 1)))
            + sum(macros.get(word, 0) for word in _WORD.findall(code)))


@functools.cache
def in_macros(project: Path) -> dict[str, int]:
    """Return the number of decisions in each macro of a project's driver, including nested macros.
    """
    bodies = {macro.name: c_source.without_literals(macro.body)
              for path in sorted((project / paths.DRIVER).rglob("*.[ch]"))
              for macro in c_source.read(path).macros}

    def number(name: str, above: tuple[str, ...]) -> int:
        if name not in bodies or name in above:
            return 0
        return (len(_DECIDES.findall(bodies[name]))
                + sum(number(word, (*above, name)) for word in _WORD.findall(bodies[name])))

    return {name: number(name, ()) for name in bodies}
