# SPDX-License-Identifier: GPL-2.0
"""Write reports to build/reports/<target>/, each atomically."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from rig.base import console, lock, paths, process


def write_text(path: Path, content: str) -> None:
    """Write a file under a temporary name, then rename it: no reader sees a partial file."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(content, encoding="utf-8")
    fresh.rename(path)


class Report:
    """The report files of a target. The files of the previous run are deleted first."""

    FILES = ("ktap", "junit.xml", "result.json")

    def __init__(self, target: str) -> None:
        self.directory = paths.REPORTS / target
        self.directory.mkdir(parents=True, exist_ok=True)
        self.target = target
        for name in self.FILES:
            for path in (self.directory / name, self.directory / f"{name}.new"):
                path.unlink(missing_ok=True)

    def write(self, name: str, content: str) -> None:
        """Write one of FILES."""
        write_text(self.directory / name, content)

    def write_result(self, outcome: str, counts: tuple[int, int, int], **more: object) -> None:
        """Write result.json: the fields of every target, and @more."""
        passed, failed, skipped = counts
        self.write("result.json", json.dumps({
            "target": self.target,
            "outcome": outcome,
            "passed": passed,
            "failed": failed,
            "skipped": skipped,
            "command": [os.path.basename(sys.argv[0]), *sys.argv[1:]],
            **git_revision(),
            **more,
        }, indent=2) + "\n")

    def write_could_not_run(self, reason: str) -> None:
        """Write result.json for a run without results."""
        self.write_result("could not run", (0, 1, 0), reason=reason)


@contextlib.contextmanager
def of_run(target: str) -> Iterator[Report]:
    """Yield the target's report, with build/ locked; record a run that could not finish."""
    with lock.held():
        files = Report(target)
        try:
            yield files
        except console.RigError as error:
            files.write_could_not_run(str(error))
            raise


def git_revision() -> dict[str, object]:
    """Return the project's revision, and whether the working tree differs from it."""
    def git(*argv: str) -> str | None:
        ran = process.run(["git", "-C", str(paths.ROOT), *argv], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL)
        return None if ran.returncode else ran.stdout.strip()

    try:
        revision = git("rev-parse", "HEAD")
        status = git("status", "--porcelain")
    except FileNotFoundError:
        revision = status = None
    return {"revision": revision, "dirty": None if status is None else bool(status)}
