# SPDX-License-Identifier: GPL-2.0
"""Apply the coverage policy: the required coverage of the driver, and its waivers.

coverage/policy has lines of the form

    core/   branches  100%
    ./      lines     93.5%  gcov  ratchet

with the directory (./ is the rest of the driver), the measure, the minimum
percentage, and optionally the compiler that the rule is for: without one it applies to both. A
ratchet is raised by `tools/rvkms coverage --raise` and is never lowered by it.

Code that no test can reach has a waiver in the source, with the reason:

    return -EINVAL; /* coverage: unreachable, the caller has checked it */

A waiver on a separate line applies to the next statement, including its block. A waiver of covered
code is an error, so that obsolete waivers are removed.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable
from pathlib import Path

from rig.base import c_source, console, paths, report
from rig.coverage import profile

LINES, BRANCHES, DECISIONS = "lines", "branches", "mcdc"
MEASURES = {profile.GCOV: (LINES, BRANCHES), profile.MCDC: (LINES, BRANCHES, DECISIONS)}
SHELL = "./"
DIRECTORIES = ("core/", "kms/", SHELL)

RULE = re.compile(r"^(\S+)\s+(\S+)\s+(\d+(?:\.\d+)?)%(?:\s+(gcov|mcdc))?(\s+ratchet)?$")
WAIVER = re.compile(r"/\*[\s*]*coverage:(.*)\*/", re.DOTALL)
WAIVER_TEXT = re.compile(r"^\s*unreachable,\s*(\S.*)$", re.DOTALL)


@dataclasses.dataclass(frozen=True)
class Rule:
    """A line of the policy."""

    directory: str
    measure: str
    percent: float
    kind: str  # "" for both compilers
    ratchet: bool
    line: int  # in the file

    @property
    def name(self) -> str:
        """Return the rule's name in a report."""
        return f"{self.directory} {self.measure} {self.percent:g}%"

    def holds_for(self, kind: str) -> bool:
        """Return whether the rule applies to this compiler's measures."""
        return self.measure in MEASURES[kind] and self.kind in ("", kind)


@dataclasses.dataclass(frozen=True)
class Waiver:
    """A comment with the reason why code is not reached."""

    file: str
    line: int  # of the comment
    first: int  # first and last line that it applies to
    last: int
    reason: str

    def __contains__(self, line: int) -> bool:
        return self.first <= line <= self.last


@dataclasses.dataclass(frozen=True)
class Figure:
    """A number of reached items, and the total."""

    reached: int
    total: int

    @property
    def percent(self) -> float:
        """Return the percentage; without items it is 100."""
        return 100 * self.reached / self.total if self.total else 100.0

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.reached + other.reached, self.total + other.total)


def parse(text: str, name: str = "coverage/policy") -> list[Rule]:
    """Return the rules of a policy; errors name the line."""
    rules: list[Rule] = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.partition("#")[0].strip()
        if stripped:
            rules.append(_rule(stripped, number, f"{name}:{number}"))
    seen: dict[tuple[str, str, str], int] = {}
    for rule in rules:
        for kind in (rule.kind,) if rule.kind else profile.KINDS:
            before = seen.setdefault((rule.directory, rule.measure, kind), rule.line)
            if before != rule.line:
                raise console.RigError(f"{name}:{rule.line}: line {before} has the same rule")
    if not rules:
        raise console.RigError(f"{name} has no rule")
    return rules


def _rule(text: str, number: int, place: str) -> Rule:
    match = RULE.match(text)
    if not match:
        raise console.RigError(
            f"{place}: not a rule; the format is: directory measure percent% [gcov|mcdc] [ratchet]")
    directory, measure, percent, kind, ratchet = match.groups()
    if directory not in DIRECTORIES:
        raise console.RigError(f"{place}: {directory} is none of {' '.join(DIRECTORIES)}")
    if measure not in MEASURES[profile.MCDC]:
        raise console.RigError(
            f"{place}: {measure} is none of {' '.join(MEASURES[profile.MCDC])}")
    if float(percent) > 100:
        raise console.RigError(f"{place}: {percent}% is more than 100%")
    if measure == DECISIONS and kind == profile.GCOV:
        raise console.RigError(f"{place}: gcov does not report decisions")
    return Rule(directory, measure, float(percent), kind or "", bool(ratchet), number)


def load() -> list[Rule]:
    """Return the project's policy."""
    path = paths.COVERAGE / "policy"
    if not path.is_file():
        raise console.RigError(f"{paths.shown(path)} is missing")
    return parse(path.read_text(encoding="utf-8"), paths.shown(path))


def raise_ratchets(rules: Iterable[Rule], figures: dict[str, dict[str, Figure]],
                   kind: str) -> list[str]:
    """Raise the policy's ratchets to the reached percentages; return the raised ones."""
    path = paths.COVERAGE / "policy"
    lines = path.read_text(encoding="utf-8").splitlines()
    said = []
    for rule in rules:
        if not rule.ratchet or rule.kind not in ("", kind) or not rule.holds_for(kind):
            continue
        # Rounded down, so that an equal result passes.
        reached = rounded_down(figures[rule.directory][rule.measure])
        if reached > rule.percent:
            lines[rule.line - 1] = re.sub(r"\d+(\.\d+)?%", f"{reached:g}%", lines[rule.line - 1])
            said.append(f"{rule.directory} {rule.measure}: {rule.percent:g}% -> {reached:g}%")
    if said:
        report.write_text(path, "\n".join(lines) + "\n")
    return said


def waivers(name: str, source: c_source.Source) -> tuple[list[Waiver], list[str]]:
    """Return the waivers of a file, and faults of comments that look like waivers."""
    found, faults = [], []
    for line, comment in c_source.comments("\n".join(source.lines)):
        match = WAIVER.match(comment)
        if not match:
            continue
        said = WAIVER_TEXT.match(match.group(1))
        if not said:
            faults.append(f"{name}:{line}: a waiver reads /* coverage: unreachable, reason */")
            continue
        reason = " ".join(said.group(1).replace("*", " ").split())
        if source.bare(line).strip(" \t\\"):
            first = last = line
        else:
            first, last = source.statement_after(line)
        found.append(Waiver(name, line, first, last, reason))
    return found, faults


class Judged:
    """A profile without its waived parts."""

    def __init__(self, measured: profile.Profile, texts: dict[str, c_source.Source]) -> None:
        self.kind = measured.provenance.kind
        self.waivers: list[Waiver] = []
        self.faults: list[str] = []
        self.files: dict[str, profile.FileProfile] = {}
        for name, file in measured.files.items():
            own, faults = waivers(name, texts[name])
            self.waivers += own
            self.faults += faults + [f"{waiver.file}:{waiver.line}: all of it is reached;"
                                     f" remove the waiver ({waiver.reason})"
                                     for waiver in own if _is_needless(waiver, file)]
            self.files[name] = _without(file, own)

    def figures(self, name: str) -> dict[str, Figure]:
        """Return the coverage of a file, by measure."""
        file = self.files[name]
        branches = [branch for some in file.branches.values() for branch in some]
        conditions = [condition for decision in file.decisions for condition in decision.conditions]
        return {
            LINES: Figure(sum(map(bool, file.lines.values())), len(file.lines)),
            "functions": Figure(sum(bool(function.count) for function in file.functions.values()),
                                len(file.functions)),
            BRANCHES: Figure(sum(bool(branch.count) for branch in branches), len(branches)),
            DECISIONS: Figure(sum(not condition.unmet() for condition in conditions),
                              len(conditions)),
        }

    def directory(self, directory: str) -> dict[str, Figure]:
        """Return the coverage of all files of a directory, by measure."""
        total: dict[str, Figure] = {}
        for name in self.files:
            if directory_of(name) == directory:
                for measure, figure in self.figures(name).items():
                    total[measure] = total.get(measure, Figure(0, 0)) + figure
        return total

    def findings(self, rule: Rule) -> list[str]:
        """Return the violations of a rule."""
        figure = self.directory(rule.directory).get(rule.measure)
        if figure is None:
            return [f"{rule.directory}: no data"]
        if figure.percent >= rule.percent:
            return []
        missing = [f"{name.removeprefix(paths.DRIVER + '/')}:{text}"
                   for name, file in self.files.items() if directory_of(name) == rule.directory
                   for text in missing_of(file, rule.measure)]
        return [f"{rounded_down(figure):g}%: {figure.total - figure.reached} of {figure.total}"
                " missing", *missing]


def rounded_down(figure: Figure) -> float:
    """Return the percentage with two decimals, rounded down."""
    return math.floor(figure.percent * 100) / 100


def directory_of(name: str) -> str:
    """Return the policy's directory of a file."""
    for directory in DIRECTORIES:
        if name.startswith(f"{paths.DRIVER}/{directory}"):
            return directory
    return SHELL


def missing_of(file: profile.FileProfile, measure: str) -> list[str]:
    """Return the missing coverage of a file, as "line: description"."""
    if measure == LINES:
        return [f"{text}: not run" for text in ranges(file.uncovered_lines(), file.lines)]
    if measure == BRANCHES:
        return [f"{line}: {branch_text(file, line, branch)}"
                for line, branch in file.untaken_branches()]
    return [f"{condition.line}: condition {number} {condition.unmet()}"
            + (f": {condition.text}" if condition.text else "")
            for _, number, condition in file.unmet_conditions()]


def branch_text(file: profile.FileProfile, line: int, branch: profile.Branch) -> str:
    """Return the description of an outcome that did not occur."""
    places = {other.decision for other in file.branches[line]}
    where = f" (at {branch.decision})" if len(places) > 1 else ""
    return f"{branch.description}: never taken{where}"


def ranges(lines: list[int], known: Iterable[int]) -> list[str]:
    """Format lines as few ranges: 3, 5-9. Lines without code do not split a range."""
    order = {line: place for place, line in enumerate(sorted(known))}
    found: list[list[int]] = []
    for line in lines:
        if found and order[line] == order[found[-1][1]] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


def _is_needless(waiver: Waiver, file: profile.FileProfile) -> bool:
    """Return whether a waiver has code and all of it is reached.

    If a compiler has no code there, its profile decides nothing.
    """
    lines = [line for line in file.lines if line in waiver]
    branches = [branch for line, some in file.branches.items() if line in waiver
                for branch in some]
    return bool(lines or branches) and not (
        any(not file.lines[line] for line in lines)
        or any(not branch.count for branch in branches)
        or any(condition.line in waiver for _, _, condition in file.unmet_conditions()))


def _without(file: profile.FileProfile, own: list[Waiver]) -> profile.FileProfile:
    """Return a file without missing coverage in waived lines."""
    def waived(line: int) -> bool:
        return any(line in waiver for waiver in own)

    branches = {line: [branch for branch in some if branch.count or not waived(line)]
                for line, some in file.branches.items()}
    return profile.FileProfile(
        {line: count for line, count in file.lines.items() if count or not waived(line)},
        {name: function for name, function in file.functions.items()
         if function.count or not waived(function.line)},
        {line: some for line, some in branches.items() if some},
        [dataclasses.replace(decision, conditions=[
            dataclasses.replace(condition, constant=True)
            if condition.unmet() and waived(condition.line) else condition
            for condition in decision.conditions])
         for decision in file.decisions])


def texts(root: Path, names: Iterable[str]) -> dict[str, c_source.Source]:
    """Return the sources of a profile's files."""
    return {name: c_source.read(root / name) for name in names}
