# SPDX-License-Identifier: GPL-2.0
"""Read and write Kconfig fragments and .config files."""

from __future__ import annotations

import re

_SET = re.compile(r"^(CONFIG_\w+)=(.+)$")
_NOT_SET = re.compile(r"^# (CONFIG_\w+) is not set$")


def parse(content: str) -> dict[str, str]:
    """Return the symbols and their values; the value of a symbol that is not set is "n"."""
    values: dict[str, str] = {}
    for line in content.splitlines():
        if match := _SET.match(line):
            values[match.group(1)] = match.group(2)
        elif match := _NOT_SET.match(line):
            values[match.group(1)] = "n"
    return values


def text(values: dict[str, str]) -> str:
    """Return the text for parse()."""
    return "".join(f"# {name} is not set\n" if value == "n" else f"{name}={value}\n"
                   for name, value in values.items())


def missing(wanted: dict[str, str], got: dict[str, str]) -> list[str]:
    """Return the wanted values that .config does not have; a missing symbol counts as not set."""
    return [f"{name}={value} (is {got.get(name, 'n')})" for name, value in wanted.items()
            if got.get(name, "n") != value]
