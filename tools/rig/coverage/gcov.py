# SPDX-License-Identifier: GPL-2.0
"""Read gcc's counters through gcov.

gcov reports lines, and for each line the counts of its branches in the compiler's order. The number
of decisions on a line is taken from the source:

- a decision is an operator on the line, or in a macro of the driver that the line uses; without
  one, the branches that gcov reports are in a macro of the kernel (WARN_ON(), guard());
- if there are more pairs of branches than decisions, the most taken pairs are kept: the others are
  in such macros, or in copies of an inlined function;
- copies of a function that several files get from a header are merged.

So a branch that is reported as not taken was not taken; a branch that is reported as taken may have
been another one on the same line. clang's counts are exact, see llvmcov.py.
"""

from __future__ import annotations

import collections
import dataclasses
import json
import posixpath
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from rig.base import c_decisions, c_source, console, paths, process
from rig.coverage import profile

# Messages of gcov if the counters do not belong to the object.
MISMATCH = re.compile(r"mismatch|corrupted|overlapping|not a gcov|unexpected|cannot open notes")

SWITCH = re.compile(r"\bswitch\b")


@dataclasses.dataclass(frozen=True)
class Instance:
    """The branch counts of one copy of a line's code."""

    unit: str
    function: str
    counts: tuple[int, ...]


def collect(notes: Path, counters: Path, root: Path) -> tuple[dict[str, profile.FileProfile],
                                                              list[str]]:
    """Read the counters of a run; return the files, and faults of the data.

    @notes is the build directory of the objects. @counters is the GCOV_PREFIX of the run: it holds
    each object's counters under the object's full path. @root is the directory of the sources. An
    object without a source file is left over from an earlier build, and is ignored.
    """
    objects = [path for path in sorted(notes.rglob("*.gcno"))
               if _source(path.relative_to(notes).with_suffix(".c"), root).is_file()]
    if not objects:
        return {}, ["no object has counters"]
    files: dict[str, _File] = {}
    faults = []
    for path in objects:
        data = counters / path.relative_to("/").with_suffix(".gcda")
        data.parent.mkdir(parents=True, exist_ok=True)
        note = data.with_suffix(".gcno")
        if not note.is_symlink():
            note.symlink_to(path)
    said, read = _gcov([counters / path.relative_to("/") for path in objects])
    faults += [line for line in said if MISMATCH.search(line)]
    for unit in read:
        _add_unit(files, unit)
    for path in objects:
        data = counters / path.relative_to("/").with_suffix(".gcda")
        name = project_name(str(path.with_suffix(".c").relative_to(notes)))
        own = f"{paths.DRIVER}/{name}"
        if not data.is_file() and own in files:
            faults.append(f"{own}: the run left no profile of it")
    macros = c_decisions.in_macros(root)
    return {name: file.profile(c_source.read(root / name), macros)
            for name, file in sorted(files.items())}, faults


def _source(name: Path, root: Path) -> Path:
    """Return the project's path of @name, a file in the driver's directory of a kernel."""
    if name.parts[0] == "tests":
        return root / paths.SUITES / Path(*name.parts[1:])
    return root / paths.DRIVER / name


def project_name(name: str) -> str:
    """Return the project's name of a file: a file that a suite includes is above the suite."""
    return re.sub(r"^(?:\.\./)+", "", posixpath.normpath(name))


def _gcov(notes: Iterable[Path]) -> tuple[list[str], list[dict]]:
    ran = process.run(["gcov", "--json-format", "--branch-probabilities", "--stdout",
                       *map(str, notes)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = ran.stderr.splitlines()
    if ran.returncode and not any(MISMATCH.search(line) for line in said):
        raise console.RigError("gcov cannot read the counters", ran.stderr)
    lines = ran.stdout.splitlines()
    try:
        return said, [json.loads(line) for line in lines if line[:1] == "{"]
    except ValueError as error:
        raise console.RigError(f"gcov does not write JSON: {error}", ran.stdout[:500]) from error


class _File:
    """A file, merged from the reports of all units that include it."""

    def __init__(self) -> None:
        self.lines: dict[int, int] = collections.Counter()
        self.functions: dict[str, profile.Function] = {}
        self.instances: dict[int, list[Instance]] = collections.defaultdict(list)

    def add(self, unit: str, data: dict) -> None:
        """Add the report of one unit."""
        for function in data["functions"]:
            name = function["demangled_name"]
            kept = self.functions.setdefault(name, profile.Function(function["start_line"], 0))
            kept.count += function["execution_count"]
        for line in data["lines"]:
            number = line["line_number"]
            self.lines[number] += line["count"]
            if line["branches"]:
                counts = tuple(branch["count"] for branch in line["branches"])
                self.instances[number].append(
                    Instance(unit, line.get("function_name", ""), counts))

    def profile(self, source: c_source.Source, macros: Mapping[str, int]) -> profile.FileProfile:
        """Return the merged profile."""
        branches = {number: places(instances, source.bare(number),
                                   c_decisions.on_line(source, number, macros))
                    for number, instances in sorted(self.instances.items())}
        return profile.FileProfile(dict(sorted(self.lines.items())), self.functions,
                                   {number: found for number, found in branches.items() if found})


def _add_unit(files: dict[str, _File], unit: dict) -> None:
    for data in unit["files"]:
        name = project_name(data["file"])
        if name.startswith(f"{paths.DRIVER}/") and not name.startswith(f"{paths.DRIVER}/tests/"):
            files.setdefault(name, _File()).add(unit["data_file"], data)


def places(instances: list[Instance], code: str, number: int) -> list[profile.Branch]:
    """Return the branches of a line with the text @code and @number decisions."""
    if SWITCH.search(code):
        ways = _most_ways(instances)
        return [profile.Branch("0", way, f"way {way + 1}", count)
                for way, count in enumerate(ways)]
    # A macro may define several functions on one line; entries of one name are copies.
    by_function = collections.defaultdict(list)
    for instance in instances:
        by_function[instance.function].append(instance)
    pairs = [(function, pair) for function, copies in sorted(by_function.items())
             for pair in _united(copies)]
    ranked = sorted(range(len(pairs)), key=lambda index: (-sum(map(bool, pairs[index][1])), index))
    kept = [pairs[index] for index in sorted(ranked[:number])]
    prefix = "{} " if len({function for function, _ in kept}) > 1 else ""
    return [profile.Branch(prefix.format(function) + str(place), way, f"way {way + 1} of 2", count)
            for place, (function, pair) in enumerate(kept) for way, count in enumerate(pair)]


def _pairs(counts: tuple[int, ...]) -> list[tuple[int, int]]:
    return list(zip(counts[::2], counts[1::2]))


def _united(instances: list[Instance]) -> list[tuple[int, int]]:
    """Merge the pairs of all copies: sum copies of equal length, keep the others separately."""
    alike = collections.defaultdict(list)
    for instance in instances:
        alike[len(instance.counts)].append(_pairs(instance.counts))
    return [(sum(pair[0] for pair in column), sum(pair[1] for pair in column))
            for copies in alike.values() for column in zip(*copies)]


def _most_ways(instances: list[Instance]) -> list[int]:
    longest = max(len(instance.counts) for instance in instances)
    same = [instance.counts for instance in instances if len(instance.counts) == longest]
    return [sum(column) for column in zip(*same)]
