# SPDX-License-Identifier: GPL-2.0
"""Read clang's counters through llvm-cov: counts per source region, not per instruction.

llvm-cov reports every function of every unit with its regions in the file and in the macros that it
uses. Regions in the driver's own files count, including macros of its headers. Copies of a region
(an inline function of a header, a macro that is used twice) are merged.
"""

from __future__ import annotations

import json
import posixpath
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from rig.base import c_source, console, paths, process
from rig.coverage import profile

PROFDATA = "llvm-profdata-19"
COV = "llvm-cov-19"

# Messages of llvm-cov if the counters do not belong to the kernel.
MISMATCH = re.compile(r"mismatch|malformed|out of date|truncated|invalid|functions have")

# Types of branch regions in llvm-cov's JSON: a single condition, an operand of a decision.
BRANCH, OPERAND = 4, 6

# Conditions that are constant at compile time; clang counts no outcome of them.
CONSTANT = re.compile(r"^\(*\s*(?:[01]|true|false|IS_ENABLED\(\w+\)|"
                      r"__builtin_constant_p\(.*\))\s*\)*$")
# Lines without a statement: the end of a block, a label.
NO_CODE = re.compile(r"^[\s{}();,]*$|^\s*(?:else|do)?\s*\{?\s*$|^\s*\}?\s*else\s*\{?\s*$")

# Operators that join conditions to a decision.
OPERATOR = re.compile(r"&&|\|\|")


def collect(linux: Path, counters: Path, root: Path) -> tuple[dict[str, profile.FileProfile],
                                                              list[str]]:
    """Read the counters of runs; return the files, and faults of the data."""
    raw = sorted(counters.glob("*.profraw"))
    if not raw:
        return {}, ["the run left no profile"]
    merged = counters / "all.profdata"
    said = _run([PROFDATA, "merge", f"--output={merged}", *map(str, raw)]).stderr
    directory = linux.parent.parent / paths.DRIVER
    ran = _run([COV, "export", "--skip-expansions", f"--instr-profile={merged}", str(linux),
                "--sources", str(directory)])
    faults = [line for line in (said + ran.stderr).splitlines() if MISMATCH.search(line)]
    try:
        data = json.loads(ran.stdout)["data"][0]
    except (ValueError, LookupError) as error:
        raise console.RigError(f"{COV} writes unexpected output: {error}",
                               ran.stdout[:500]) from error
    files = _Files(root)
    for file in data["files"]:
        files.add_lines(file)
    for function in data["functions"]:
        files.add_function(function)
    return files.finish(), faults


def _run(argv: list[str]) -> subprocess.CompletedProcess:
    ran = process.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if ran.returncode:
        raise console.RigError(f"{argv[0]} cannot read the counters", ran.stderr)
    return ran


def project_name(name: str) -> str:
    """Return the project's name of a file; "" for a file of the kernel."""
    _, found, rest = posixpath.normpath(name).rpartition(f"{paths.DRIVER}/")
    return f"{found}{rest}" if found and not rest.startswith("tests/") else ""


class _Files:
    """The driver's files, collected function by function."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, profile.FileProfile] = {}
        self._texts: dict[str, c_source.Source] = {}
        self._names: dict[str, str] = {}

    def finish(self) -> dict[str, profile.FileProfile]:
        """Return all files that have code. As with gcov, a function begins on a line with code."""
        for file in self._files.values():
            for function in file.functions.values():
                file.lines.setdefault(function.line, function.count)
            file.lines = dict(sorted(file.lines.items()))
            file.branches = dict(sorted(file.branches.items()))
            file.decisions.sort(key=lambda decision: decision.key)
        return {name: file for name, file in sorted(self._files.items()) if file.lines}

    def add_lines(self, data: dict) -> None:
        """Add the lines of a file."""
        name = project_name(data["filename"])
        if not name:
            return
        text = self._text(name)
        self._file(name).lines = {number: count
                                  for number, count in line_counts(data["segments"],
                                                                   text.indent).items()
                                  if not NO_CODE.match(text.bare(number))}

    def add_function(self, data: dict) -> None:
        """Add a function with its branches and decisions."""
        names = [self._name(name) for name in data["filenames"]]
        if not any(names):
            return
        if names[0]:
            function = profile.FileProfile(functions={
                data["name"].rpartition(":")[2]:
                profile.Function(min(region[0] for region in data["regions"] if region[5] == 0),
                                 data["count"])})
            self._file(names[0]).merge(function)
        for region in data["branches"]:
            if names[region[6]]:
                self._add_branch(names[region[6]], region)
        for record in data["mcdc_records"]:
            self._add_decision(names, data["branches"], record)

    def _name(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = project_name(name)
        return self._names[name]

    def _file(self, name: str) -> profile.FileProfile:
        return self._files.setdefault(name, profile.FileProfile())

    def _text(self, name: str) -> c_source.Source:
        if name not in self._texts:
            self._texts[name] = c_source.read(self._root / name)
        return self._texts[name]

    def _source(self, name: str, region: list) -> str:
        return self._text(name).between(*region[:4])

    def _add_branch(self, name: str, region: list) -> None:
        if CONSTANT.match(self._source(name, region)):
            return
        line, column, _, _, true, false = region[:6]
        place = str(column)
        self._file(name).merge(profile.FileProfile(branches={line: [
            profile.Branch(place, 0, "true", true), profile.Branch(place, 1, "false", false)]}))

    def _add_decision(self, names: list[str], branches: list[list], record: list) -> None:
        shown = record[6]
        name, operands = self._decision(names, branches, record)
        if not name:
            return
        conditions = []
        for number, covered in enumerate(shown):
            if operands:
                region = operands[number]
                text = self._source(name, region)
                conditions.append(profile.Condition(
                    region[0], region[1], text, region[4] > 0, region[5] > 0, covered,
                    bool(CONSTANT.match(text))))
            else:
                conditions.append(profile.Condition(record[0], record[1], "", covered, covered,
                                                    covered))
        self._file(name).merge(profile.FileProfile(decisions=[
            profile.Decision(*record[:4], conditions)]))

    def _decision(self, names: list[str], branches: list[list], record: list
                  ) -> tuple[str, list[list]]:
        """Return the file of a decision, and its operands if known; "" for a macro of the kernel.

        llvm-cov does not report the file of a decision. Candidates are the driver's files that have
        an operator in its range; a file with the right number of operands in the range is
        preferred.
        """
        found = _operands(branches, record)
        files = [file for file, name in enumerate(names)
                 if name and OPERATOR.search(self._source(name, record))]
        for file in files:
            if len(found.get(file, [])) == len(record[6]):
                return names[file], sorted(found[file])
        return (names[files[0]] if files else ""), []


def _operands(branches: list[list], record: list) -> dict[int, list[list]]:
    """Return the operands within a decision's range, by the index of the function's file."""
    found: dict[int, list[list]] = {}
    for region in branches:
        if region[8] == OPERAND and tuple(record[:2]) <= tuple(region[:2]) \
                and tuple(region[2:4]) <= tuple(record[2:4]):
            found.setdefault(region[6], []).append(region)
    return found


def line_counts(segments: list[list], indent: Callable[[int], int]) -> dict[int, int]:
    """Return the count of each line from the segments, which are places where a count begins.

    The count is the maximum of the count at the line's first character, at @indent(line), and of
    the counts that begin on the line. Counts of gaps between statements are ignored.
    """
    counts: dict[int, int] = {}
    by_line: dict[int, list[list]] = {}
    for segment in segments:
        by_line.setdefault(segment[0], []).append(segment)
    current: list | None = None
    for number in range(min(by_line, default=1), max(by_line, default=0) + 1):
        begins = []
        for segment in by_line.get(number, []):
            if segment[1] <= indent(number) + 1:
                current = segment
            elif _counts(segment) and segment[4]:
                begins.append(segment[2])
        if current and _counts(current):
            begins.append(current[2])
        if begins:
            counts[number] = max(begins)
        current = by_line.get(number, [current])[-1]
    return counts


def _counts(segment: list) -> bool:
    """Return whether a segment counts code."""
    return segment[3] and not segment[5]


def left_out(text: c_source.Source, file: profile.FileProfile) -> list[int]:
    """Return the lines with an && or || outside of any decision: clang does not support every
    nesting.
    """
    found = []
    joined = {decision.key: 0 for decision in file.decisions}
    for number in file.lines:
        for match in OPERATOR.finditer(text.bare(number)):
            place = (number, match.start() + 1)
            around = [decision for decision in file.decisions
                      if decision.key[:2] <= place < decision.key[2:]]
            if not around:
                found.append(number)
                continue
            inner = max(around, key=lambda decision: decision.key[:2])
            joined[inner.key] += 1
            if joined[inner.key] >= len(inner.conditions):
                found.append(number)
    return found
