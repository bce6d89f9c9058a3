# SPDX-License-Identifier: GPL-2.0
"""Run the suites of core/ as programs: with sanitizers, and on an emulated big-endian CPU.

There is one check per suite and flavour: the suite has tests, all pass, and the program ends
normally.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable

from rig.base import checks, console, process, report
from rig.suites import core_build

TARGET = "core-test"

# Slow tests are left out on the emulated CPU.
RUNS = ((core_build.SANITIZED, ("--slow",)), (core_build.BIG_ENDIAN, ()))

TIME_LIMIT = 600.0

# Findings are cut to this many lines of output.
SHOWN_LINES = 30


def run() -> int:
    """Run every suite in every flavour; return the exit status."""
    files = report.Report(TARGET)
    all_checks: dict[str, Callable[[], list[str]]] = {}
    for flavour, arguments in RUNS:
        said = _run_suites(flavour, arguments)
        all_checks |= {f"{flavour.name}/{name}": (lambda lines=lines: findings(lines))
                       for name, lines in suites(said).items()}
    return checks.finish(files, checks.run(TARGET, all_checks))


def _run_suites(flavour: core_build.Flavour, arguments: tuple[str, ...]) -> list[str]:
    program = core_build.program(flavour, "suites")
    child = process.spawn([*flavour.runner, str(program), *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="backslashreplace")
    try:
        out, _ = child.communicate(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        process.end(child)
        raise console.RigError(f"the suites, {flavour.name}, do not end") from None
    status = process.finish(child)
    lines = out.splitlines()
    if status and not any(line.startswith("not ok") for line in lines):
        lines.append(f"not ok - the program ended with {status}")
    return lines


def suites(lines: list[str]) -> dict[str, list[str]]:
    """Return the output lines of each suite; raise an error if there are none."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        if line.startswith("# Suite: "):
            current = found.setdefault(line.removeprefix("# Suite: "), [])
        current.append(line)
    if not found:
        raise console.RigError("no suite was run", "\n".join(lines[-SHOWN_LINES:]))
    return found


def findings(lines: list[str]) -> list[str]:
    """Return the faults of a suite with these output lines."""
    if any(line.startswith("not ok") for line in lines):
        return [line for line in lines if not line.startswith("ok ")][:SHOWN_LINES]
    if not any(line.startswith("ok ") for line in lines):
        return ["it has no tests"]
    return []


def main(_options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run()
