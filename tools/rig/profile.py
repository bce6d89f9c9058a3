# SPDX-License-Identifier: GPL-2.0
"""What a run of the suites has reached, whichever compiler counted it.

    Profile           files by their names in the project, and where the figures come from
      FileProfile     lines, functions, branches and decisions of one file

A *branch* is one outcome of one place where the source can go two ways or more. Outcomes of copies
the compiler made of a place (an inlined function) are one branch: it is taken when any copy was.

A *decision* is a whole boolean expression of two conditions or more; only clang reports them. A
condition is covered as MC/DC has it when some pair of tests shows that it alone changes the
decision's outcome.

Counts of zero are the point: a line that is not in `lines` has no code, one with 0 was not run.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

from rig import console, report

# Of the JSON form; another one is not read.
VERSION = 1

GCOV = "gcov"
MCDC = "mcdc"
KINDS = (GCOV, MCDC)


@dataclasses.dataclass
class Function:
    """A function: where it begins and how often it was called."""

    line: int
    count: int


@dataclasses.dataclass
class Branch:
    """One outcome of one place that branches."""

    decision: str  # the place, unique on its line: "0", "1" by gcov, its column by clang
    index: int  # the outcome, from 0
    description: str  # "true", "false", "way 3"
    count: int

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from the others of its line."""
        return self.decision, self.index


@dataclasses.dataclass
class Condition:
    """One operand of a decision's &&, || and !."""

    line: int
    column: int
    text: str  # as the source has it; "" if it comes from a macro
    true_seen: bool
    false_seen: bool
    mcdc_covered: bool
    constant: bool = False  # the compiler knows its value: it need not be shown

    def unmet(self) -> str:
        """What was not seen of it: "never false"; "" if nothing is missing."""
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
    """A boolean expression of several conditions, from its first character to after its last."""

    line: int
    column: int
    end_line: int
    end_column: int
    conditions: list[Condition]

    @property
    def key(self) -> tuple[int, int, int, int]:
        """What tells it from the others of its file."""
        return self.line, self.column, self.end_line, self.end_column


@dataclasses.dataclass
class FileProfile:
    """All that is known of one file."""

    lines: dict[int, int] = dataclasses.field(default_factory=dict)
    functions: dict[str, Function] = dataclasses.field(default_factory=dict)
    branches: dict[int, list[Branch]] = dataclasses.field(default_factory=dict)
    decisions: list[Decision] = dataclasses.field(default_factory=list)

    def uncovered_lines(self) -> list[int]:
        """Lines with code that was not run."""
        return sorted(line for line, count in self.lines.items() if not count)

    def untaken_branches(self) -> list[tuple[int, Branch]]:
        """Outcomes that did not happen, by line."""
        return [(line, branch) for line in sorted(self.branches)
                for branch in self.branches[line] if not branch.count]

    def unmet_conditions(self) -> list[tuple[Decision, int, Condition]]:
        """Conditions without MC/DC, each with its decision and its number in it, from 1."""
        return [(decision, number, condition)
                for decision in self.decisions
                for number, condition in enumerate(decision.conditions, 1) if condition.unmet()]

    def merge(self, other: FileProfile) -> None:
        """Add what another run of the same code has reached."""
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
    """Where a profile's figures come from."""

    kind: str = ""  # one of KINDS
    config: str = ""  # of uml-configs/
    kernel: str = ""  # "7.3.4"
    compiler: str = ""
    binary: str = ""  # sha256 of the kernel, and of the modules of user-space runs, that were run
    sources: str = ""  # sha256 of the driver's files
    built: int = 0  # ns since the epoch: when that was linked
    measured: int = 0  # ns since the epoch: when it was run
    # What passed, by suite: names of tests. A run of user space is a suite too: "demo".
    passed: dict[str, list[str]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Profile:
    """What runs of one build have reached."""

    provenance: Provenance = dataclasses.field(default_factory=Provenance)
    files: dict[str, FileProfile] = dataclasses.field(default_factory=dict)

    def merge(self, other: Profile) -> None:
        """Add what other runs of the same source have reached.

        Decisions are merged condition by condition, which gives what was shown in any one run: a
        pair of tests of which each is in another run does not count.
        """
        if other.provenance.kind != self.provenance.kind:
            raise ValueError(f"a {other.provenance.kind} profile does not merge into a"
                             f" {self.provenance.kind} one")
        if other.provenance.sources != self.provenance.sources:
            raise ValueError("it is of another state of the driver")
        for name, file in other.files.items():
            self.files.setdefault(name, FileProfile()).merge(file)
        for suite, tests in other.provenance.passed.items():
            mine = self.provenance.passed.setdefault(suite, [])
            mine += [test for test in tests if test not in mine]

    def uncovered(self) -> Iterator[tuple[str, int]]:
        """Every line of every file that was not run."""
        for name in sorted(self.files):
            for line in self.files[name].uncovered_lines():
                yield name, line

    def save(self, path: Path) -> None:
        """Write the JSON form, whole or not at all."""
        report.write_text(path, json.dumps({"version": VERSION, **dataclasses.asdict(self)},
                                           separators=(",", ":")) + "\n")


def load(path: Path) -> Profile:
    """Read what save() has written."""
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
