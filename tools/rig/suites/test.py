# SPDX-License-Identifier: GPL-2.0
"""Run `make test`: each part is a tool with its own closing line; then print the sum."""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import subprocess
import time

from rig.base import console, paths, process, report

PARTS = ("kunit-all", "core-test", "demo", "igt-smoke", "coverage", "mcdc", "nocompile",
         "deb-test", "boot", "rig-test", "lint")

CLOSING_LINE = re.compile(r"^([a-z-]+): (\d+) passed, (\d+) failed, (\d+) skipped$")


@dataclasses.dataclass(frozen=True)
class Part:
    """The result of a part."""

    name: str
    status: int
    counts: tuple[int, int, int]
    seconds: float

    @property
    def ok(self) -> bool:
        """Return whether the part passed: no data is a failure."""
        return self.status == console.PASSED and self.counts[1] == 0 and self.counts[0] > 0


def run() -> int:
    """Run every part, even after a failure; return the exit status."""
    files = report.Report("test")
    parts = [run_part(name) for name in PARTS]
    console.note("")
    for part in parts:
        console.note(f"{'ok    ' if part.ok else 'FAILED'} "
                     + console.closing_line(part.name, *part.counts)
                     + f" in {console.seconds(part.seconds)}")
    counts = tuple(sum(part.counts[kind] for part in parts) for kind in range(3))
    ok = all(part.ok for part in parts)
    files.write_result("passed" if ok else "failed", counts,
                       durations={part.name: round(part.seconds, 3) for part in parts},
                       parts={part.name: {"status": part.status, "counts": part.counts}
                              for part in parts})
    console.note(console.closing_line("test", *counts))
    return console.PASSED if ok else console.FAILED


def run_part(name: str) -> Part:
    """Run a tool, print its output, read its closing line."""
    console.note(f"== {name}")
    start = time.monotonic()
    counts = None
    child = process.spawn([str(paths.RVKMS), name], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="backslashreplace",
                          env=dict(os.environ, PYTHONUNBUFFERED="1"))
    for line in child.stdout:
        print(line, end="", flush=True)
        counts = read_closing_line(name, line) or counts
    status = process.finish(child)
    return Part(name, status, judged(status, counts), time.monotonic() - start)


def read_closing_line(name: str, line: str) -> tuple[int, int, int] | None:
    """Return the numbers of a part's closing line, or None."""
    match = CLOSING_LINE.match(line.rstrip("\n"))
    if not match or match.group(1) != name:
        return None
    passed, failed, skipped = map(int, match.groups()[1:])
    return passed, failed, skipped


def judged(status: int, counts: tuple[int, int, int] | None) -> tuple[int, int, int]:
    """Count a failure for a part without closing line, without a pass, or with a bad status."""
    passed, failed, skipped = counts or (0, 0, 0)
    if failed == 0 and (status != console.PASSED or passed == 0):
        failed = 1
    return passed, failed, skipped


def main(_options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run()
