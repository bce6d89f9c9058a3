# SPDX-License-Identifier: GPL-2.0
"""Define the data of the gate: states before and after a patch, findings and verdicts.

A finding fails a patch; a remark is for the reviewer. Percentages are not considered.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Mapping

from rig.base import c_source, paths
from rig.coverage import profile

CORE = f"{paths.DRIVER}/core"


@dataclasses.dataclass(frozen=True)
class Finding:
    """A fault of a patch, and its place."""

    check: str  # one of CHECKS
    text: str
    file: str = ""
    line: int = 0
    last: int = 0  # last line of a range

    @property
    def where(self) -> str:
        """Return file:line, as compilers write it; the file or nothing without a line."""
        if not self.line:
            return self.file
        last = f"-{self.last}" if self.last > self.line else ""
        return f"{self.file}:{self.line}{last}"

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.file else self.text


# The checks of each patch, in the order of the report.
CHECKS = {
    "apply": "it applies",
    "build": "it builds",
    "tests": "the suites pass",
    "lines": "new and changed lines are run",
    "outcomes": "changed decisions have all outcomes",
    "mcdc": "conditions of changed decisions of core/ have MC/DC",
    "kept": "unchanged lines keep their coverage",
    "profile": "changed code was measured",
    "rule-tests": "a changed check comes with a changed test of its rule",
    "dropped-tests": "no test is dropped",
    "waivers": "new waivers have a reason and cover nothing that is run",
    "readable": "it can be read",
    "checkpatch": "checkpatch",
    "kernel-doc": "kernel-doc",
    "sparse": "W=1 and sparse",
}


@dataclasses.dataclass(frozen=True)
class Waiver:
    """A place that needs no coverage; without a reason it waives nothing."""

    file: str
    line: int  # the comment's line
    first: int  # first and last line that it applies to
    last: int
    reason: str


@dataclasses.dataclass(frozen=True)
class Measured:
    """The result of a run of the suites."""

    build_failure: str = ""  # reason of a failed build, with the compiler's output
    run_failure: str = ""  # reason for missing coverage data: a panic, no test, a timeout
    profiles: tuple[profile.Profile, ...] = ()  # one per compiler
    tests: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class State:
    """The project at one commit: its text, and the coverage of its suites."""

    sources: Mapping[str, c_source.Source]  # C files and headers of driver and suites, by name
    profiles: tuple[profile.Profile, ...] = ()  # one per compiler
    tests: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()

    def driver(self) -> dict[str, c_source.Source]:
        """Return the driver's files only."""
        return {name: source for name, source in self.sources.items() if is_driver(name)}

    def files(self, name: str) -> list[tuple[str, profile.FileProfile]]:
        """Return the coverage of a file by each compiler, with the type of the profile."""
        return [(one.provenance.kind, one.files[name]) for one in self.profiles
                if name in one.files]

    @functools.cached_property
    def _counts(self) -> dict[str, dict[int, int]]:
        counts: dict[str, dict[int, int]] = {}
        for one in self.profiles:
            for name, file in one.files.items():
                mine = counts.setdefault(name, {})
                for line, count in file.lines.items():
                    mine[line] = max(mine.get(line, 0), count)
        return counts

    def counts(self, name: str) -> dict[int, int]:
        """Return the count of each line with code: the maximum over the compilers."""
        return self._counts.get(name, {})

    def waived(self, name: str, line: int) -> bool:
        """Return whether a line is under a valid waiver."""
        return any(waiver.file == name and waiver.reason and waiver.first <= line <= waiver.last
                   for waiver in self.waivers)


@dataclasses.dataclass
class Figures:
    """The amounts that were judged."""

    lines: int = 0
    lines_run: int = 0
    outcomes: int = 0
    outcomes_taken: int = 0
    conditions: int = 0
    conditions_shown: int = 0
    moved: int = 0
    removed: int = 0
    tests: int = 0
    tests_before: int = 0


@dataclasses.dataclass
class Verdict:
    """The verdict on a patch."""

    number: int
    total: int
    subject: str
    findings: list[Finding] = dataclasses.field(default_factory=list)
    remarks: list[Finding] = dataclasses.field(default_factory=list)
    figures: Figures = dataclasses.field(default_factory=Figures)
    judged: set[str] = dataclasses.field(default_factory=set)  # the checks that were made
    seconds: float = 0.0

    @property
    def green(self) -> bool:
        """Return whether all checks were made without a finding: a skipped check is not a pass."""
        return not self.findings and self.judged == set(CHECKS)

    def add(self, check: str, found: Iterable[Finding]) -> None:
        """Add the result of a check."""
        self.judged.add(check)
        self.findings += found

    def of(self, check: str) -> list[Finding]:
        """Return the findings of a check."""
        return [finding for finding in self.findings if finding.check == check]


def is_driver(name: str) -> bool:
    """Return whether this is a file of the driver's code."""
    return name.startswith(f"{paths.DRIVER}/") and name.endswith((".c", ".h"))


def is_test(name: str) -> bool:
    """Return whether this is a file of the suites."""
    return name.startswith(f"{paths.SUITES}/") and name.endswith((".c", ".h"))


def is_core(name: str) -> bool:
    """Return whether this is a file of core/."""
    return is_driver(name) and name.startswith(f"{CORE}/")


def ranges(lines: Iterable[int]) -> list[tuple[int, int]]:
    """Join neighbouring lines to ranges."""
    found: list[tuple[int, int]] = []
    for line in sorted(lines):
        if found and line == found[-1][1] + 1:
            found[-1] = (found[-1][0], line)
        else:
            found.append((line, line))
    return found
