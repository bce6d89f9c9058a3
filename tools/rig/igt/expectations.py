# SPDX-License-Identifier: GPL-2.0
"""Read the files of tests/igt: the selected subtests of IGT and their expectations.

A subtest is named kms_flip@basic; a test without subtests is core_setmaster_vs_auth. In files with
reasons, a reason stands in brackets above its patterns. A reason for another device begins with the
options of the module and a semicolon.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import re
from collections.abc import Iterable
from pathlib import Path

from rig.base import console, paths

DIRECTORY = paths.ROOT / "tests/igt"

# Names of programs that test KMS begin so.
KMS = "kms_"

SHARD = re.compile(r"^(\d+)/(\d+)$")


@dataclasses.dataclass(frozen=True)
class Rules:
    """Patterns and the reason of each."""

    file: str
    reasons: dict[str, str]  # by pattern

    def reason(self, name: str) -> str:
        """Return the reason of a subtest, or "" if no pattern matches."""
        return next((reason for pattern, reason in self.reasons.items()
                     if fnmatch.fnmatchcase(name, pattern)), "")

    def options(self, name: str) -> str:
        """Return the module options at the start of a subtest's reason, or ""."""
        return self.reason(name).partition(";")[0]

    def unused(self, names: Iterable[str]) -> list[str]:
        """Return the patterns that match no subtest."""
        names = list(names)
        return [pattern for pattern in self.reasons if not fnmatch.filter(names, pattern)]


@dataclasses.dataclass(frozen=True)
class Lists:
    """The files of tests/igt."""

    subtests: list[str]
    left_out: Rules  # tied to hardware, or no test of a display driver
    skips: Rules  # expected skips of the driver
    needs_real_time: Rules  # subtests that do not work in virtual time
    alone: Rules  # subtests that get a kernel of their own in real time
    devices: Rules  # subtests that need another device
    slow: Rules  # subtests that measure a bandwidth or a pace: they do not work with slow frames
    load: Rules  # the same for a busy CPU
    smoke: list[str]  # patterns
    smoke_slow: list[str]  # patterns of the quick part with slow frames
    real: list[str]  # patterns of the subtests that TIME=real runs

    def faults(self, offered: Iterable[str]) -> list[str]:
        """Return the differences between IGT and the lists; each of IGT's subtests is listed or
        left out.
        """
        offered = set(offered)
        listed = set(self.subtests)
        found = [f"tests/igt/subtests: IGT has no {name}" for name in sorted(listed - offered)]
        for name in sorted(offered):
            if (name in listed) == bool(self.left_out.reason(name)):
                where = "both" if name in listed else "neither"
                found.append(f"{name} is in {where} of tests/igt/subtests and left-out")
        for rules, names in ((self.left_out, offered), (self.skips, listed),
                             (self.needs_real_time, listed), (self.alone, listed),
                             (self.devices, listed), (self.slow, listed), (self.load, listed)):
            found += [f"tests/igt/{rules.file}: nothing matches {pattern}"
                      for pattern in rules.unused(names)]
        for file, patterns in (("smoke", self.smoke), ("smoke-slow", self.smoke_slow),
                               ("real", self.real)):
            found += [f"tests/igt/{file}: nothing matches {pattern}"
                      for pattern in patterns if not fnmatch.filter(listed, pattern)]
        return found + [f"tests/igt/real: there is no subtest of {test}"
                        for test in self.tests_without_real_time()]

    def tests_without_real_time(self) -> list[str]:
        """Return the KMS tests that have no subtest in tests/igt/real."""
        wanted = {test_of(name) for name in self.subtests if name.startswith(KMS)}
        found = {test_of(name) for pattern in self.real
                 for name in fnmatch.filter(self.subtests, pattern)}
        return sorted(wanted - found)


def load(directory: Path = DIRECTORY) -> Lists:
    """Read the files."""
    return Lists(_lines(directory / "subtests"), _rules(directory / "left-out"),
                 _rules(directory / "skips"), _rules(directory / "needs-real-time"),
                 _rules(directory / "alone"), _devices(directory / "devices"),
                 _rules(directory / "slow"), _rules(directory / "load"),
                 _lines(directory / "smoke"), _lines(directory / "smoke-slow"),
                 _lines(directory / "real"))


def _lines(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _rules(file: Path) -> Rules:
    reasons: dict[str, str] = {}
    reason = ""
    for line in _lines(file):
        if line.startswith("[") and line.endswith("]"):
            reason = line[1:-1].strip()
        elif not reason:
            raise console.RigError(f"tests/igt/{file.name}: {line} has no reason above it")
        elif line in reasons:
            raise console.RigError(f"tests/igt/{file.name}: {line} is there twice")
        else:
            reasons[line] = reason
    return Rules(file.name, reasons)


def _devices(file: Path) -> Rules:
    rules = _rules(file)
    for reason in rules.reasons.values():
        options, _, why = reason.partition(";")
        if not why.strip() or not options or not all("=" in word for word in options.split()):
            raise console.RigError(f"tests/igt/{file.name}: no options, or no reason: [{reason}]")
    return rules


def select(names: Iterable[str], patterns: str) -> list[str]:
    """Return the names that match one of the patterns, separated by spaces or commas; all without
    one.

    A pattern may also be IGT's own name, igt@kms_flip@basic, or the name of a test for all of its
    subtests.
    """
    words = [word.removeprefix("igt@") for word in re.split(r"[\s,]+", patterns) if word]
    names = list(names)
    if not words:
        return names
    chosen = [name for name in names
              if any(fnmatch.fnmatchcase(name, word) or test_of(name) == word for word in words)]
    if not chosen:
        raise console.RigError(f"no subtest is called {patterns}")
    return chosen


def shard(names: Iterable[str], which: str) -> list[str]:
    """Return shard @which, such as "2/4". Subtests of a test stay together; shards are of equal
    size.
    """
    names = list(names)
    if not which:
        return names
    match = SHARD.match(which)
    part, parts = map(int, match.groups()) if match else (0, 0)
    if not 1 <= part <= parts:
        raise console.RigError(f"{which} is no shard; the second of four is 2/4")
    loads = [0] * parts
    mine = set()
    for test, subtests in by_test(names).items():
        lightest = loads.index(min(loads))
        loads[lightest] += len(subtests)
        if lightest == part - 1:
            mine.add(test)
    return [name for name in names if test_of(name) in mine]


def by_test(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the subtests by test, without the test's name; the test with most subtests is first.
    """
    tests: dict[str, list[str]] = {}
    for name in names:
        tests.setdefault(test_of(name), []).append(subtest_of(name))
    return dict(sorted(tests.items(), key=lambda item: (-len(item[1]), item[0])))


def test_of(name: str) -> str:
    """Return the program of a subtest: kms_flip, vkms/vkms_configfs."""
    return name.partition("@")[0]


def subtest_of(name: str) -> str:
    """Return the argument of --run-subtest; "" for a test without subtests."""
    return name.partition("@")[2]


def full_name(test: str, subtest: str) -> str:
    """Return the full name of a subtest of a test."""
    return f"{test}@{subtest}" if subtest else test
