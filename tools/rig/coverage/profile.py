# SPDX-License-Identifier: GPL-2.0
"""Represent the coverage of runs, independently of the compiler.

    Profile           files by their names in the project, and the origin of the data
      FileProfile     lines, functions, branches and decisions of one file

A *branch* is one outcome of one place in the source that can continue in several ways. Copies of a
place, such as inlined functions, are merged: an outcome is taken if it is taken in any copy.

A *decision* is a whole boolean expression of two or more conditions; only clang reports decisions.
A condition is covered in the sense of MC/DC if a pair of tests shows that it alone changes the
decision's outcome.

A count of 0 means that a line was not run; a line that is missing in `lines` has no code.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

from rig.base import console, report

# Of the JSON format; other versions are rejected.
VERSION = 1

GCOV = "gcov"
MCDC = "mcdc"
KINDS = (GCOV, MCDC)


@dataclasses.dataclass
class Function:
    """A function: its first line and the number of calls."""

    line: int
    count: int


@dataclasses.dataclass
class Branch:
    """One outcome of a decision."""

    decision: str  # the place, unique on its line: "0", "1" by gcov, its column by clang
    index: int  # the outcome, from 0
    description: str  # "true", "false", "way 3"
    count: int

    @property
    def key(self) -> tuple[str, int]:
        """Return the key of the branch, which is unique on its line."""
        return self.decision, self.index


@dataclasses.dataclass
class Condition:
    """One operand of a decision's &&, || and !."""

    line: int
    column: int
    text: str  # source text; "" if it comes from a macro
    true_seen: bool
    false_seen: bool
    mcdc_covered: bool
    constant: bool = False  # known at compile time: no coverage is required

    def unmet(self) -> str:
        """Return the missing coverage, such as "never false", or ""."""
        if self.constant or self.mcdc_covered:
            return ""
        if not self.true_seen and not self.false_seen:
            return "never evaluated"
        if not self.false_seen:
            return "never false"
        if not self.true_seen:
            return "never true"
        return "never shown to decide alone"


@dataclasses.dataclass
class Decision:
    """A boolean expression of several conditions, from its first character to the one after its
    last.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    conditions: list[Condition]

    @property
    def key(self) -> tuple[int, int, int, int]:
        """Return the key of the decision, which is unique in its file."""
        return self.line, self.column, self.end_line, self.end_column


@dataclasses.dataclass
class FileProfile:
    """The coverage of one file."""

    lines: dict[int, int] = dataclasses.field(default_factory=dict)
    functions: dict[str, Function] = dataclasses.field(default_factory=dict)
    branches: dict[int, list[Branch]] = dataclasses.field(default_factory=dict)
    decisions: list[Decision] = dataclasses.field(default_factory=list)

    def uncovered_lines(self) -> list[int]:
        """Return the lines with code that was not run."""
        return sorted(line for line, count in self.lines.items() if not count)

    def untaken_branches(self) -> list[tuple[int, Branch]]:
        """Return the outcomes that did not occur, with their lines."""
        return [(line, branch) for line in sorted(self.branches)
                for branch in self.branches[line] if not branch.count]

    def unmet_conditions(self) -> list[tuple[Decision, int, Condition]]:
        """Return the conditions without MC/DC, each with its decision and its number, from 1."""
        return [(decision, number, condition)
                for decision in self.decisions
                for number, condition in enumerate(decision.conditions, 1) if condition.unmet()]

    def merge(self, other: FileProfile) -> None:
        """Add the coverage of another run of the same code."""
        for line, count in other.lines.items():
            self.lines[line] = self.lines.get(line, 0) + count
        for name, function in other.functions.items():
            mine = self.functions.setdefault(name, Function(function.line, 0))
            mine.count += function.count
        for line, branches in other.branches.items():
            mine = {branch.key: branch for branch in self.branches.setdefault(line, [])}
            for branch in branches:
                if branch.key in mine:
                    mine[branch.key].count += branch.count
                else:
                    self.branches[line].append(dataclasses.replace(branch))
        self._merge_decisions(other)

    def _merge_decisions(self, other: FileProfile) -> None:
        mine = {decision.key: decision for decision in self.decisions}
        for theirs in other.decisions:
            if theirs.key not in mine:
                self.decisions.append(dataclasses.replace(theirs, conditions=[
                    dataclasses.replace(condition) for condition in theirs.conditions]))
                continue
            for ours, new in zip(mine[theirs.key].conditions, theirs.conditions):
                ours.true_seen |= new.true_seen
                ours.false_seen |= new.false_seen
                ours.mcdc_covered |= new.mcdc_covered


@dataclasses.dataclass
class Provenance:
    """The origin of a profile's data."""

    kind: str = ""  # one of KINDS
    config: str = ""  # of uml-configs/
    kernel: str = ""  # "7.3.4"
    compiler: str = ""
    binary: str = ""  # sha256 of the kernel, and of the modules of user-space runs
    sources: str = ""  # sha256 of the driver's files
    built: int = 0  # ns since the epoch: the binary's link time
    measured: int = 0  # ns since the epoch: the time of the run
    # Names of the passed tests, by suite. A user-space run is a suite too: "demo".
    passed: dict[str, list[str]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Profile:
    """The coverage of runs of one build."""

    provenance: Provenance = dataclasses.field(default_factory=Provenance)
    files: dict[str, FileProfile] = dataclasses.field(default_factory=dict)

    def merge(self, other: Profile) -> None:
        """Add the coverage of other runs of the same source.

        Conditions of a decision are merged one by one: a condition is covered if one run covers it.
        A pair of tests from two different runs does not count.
        """
        if other.provenance.kind != self.provenance.kind:
            raise ValueError(f"a {other.provenance.kind} profile does not merge into a"
                             f" {self.provenance.kind} one")
        if other.provenance.sources != self.provenance.sources:
            raise ValueError("it is of different sources of the driver")
        for name, file in other.files.items():
            self.files.setdefault(name, FileProfile()).merge(file)
        for suite, tests in other.provenance.passed.items():
            mine = self.provenance.passed.setdefault(suite, [])
            mine += [test for test in tests if test not in mine]

    def uncovered(self) -> Iterator[tuple[str, int]]:
        """Yield every line of every file that was not run."""
        for name in sorted(self.files):
            for line in self.files[name].uncovered_lines():
                yield name, line

    def save(self, path: Path) -> None:
        """Write the JSON format, atomically."""
        report.write_text(path, json.dumps({"version": VERSION, **dataclasses.asdict(self)},
                                           separators=(",", ":")) + "\n")


def load(path: Path) -> Profile:
    """Read a file that save() has written."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise ValueError(f"its version is {data['version']}, not {VERSION}")
        return Profile(Provenance(**data["provenance"]),
                       {name: _file(file) for name, file in data["files"].items()})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise console.RigError(f"{path} is no coverage profile: {error}") from error


def _file(data: dict) -> FileProfile:
    return FileProfile(
        {int(line): count for line, count in data["lines"].items()},
        {name: Function(**function) for name, function in data["functions"].items()},
        {int(line): [Branch(**branch) for branch in branches]
         for line, branches in data["branches"].items()},
        [Decision(**{**decision, "conditions": [Condition(**condition)
                                                for condition in decision["conditions"]]})
         for decision in data["decisions"]])
