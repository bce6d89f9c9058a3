# SPDX-License-Identifier: GPL-2.0
"""Run `make race`: in real time, CRCs and writeback frames must match the displayed frames.

The client of tests/race shows frames of one colour, draws to buffers as soon as they are no longer
displayed, and counts the correct frames. It runs on one CPU in real time: compositions are as late
as on a user's machine.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
from pathlib import Path

from rig.base import checks, console, paths, report
from rig.base.drivers import OURS, PEER
from rig.kernel import build, client, cpu, pace, packages, uml
from rig.kernel.pace import Pace
from rig.kernel.watchdog import Limit

TARGET = "race"
CONFIG = "igt"
SOURCE = paths.ROOT / "tests/race"
WORK = paths.BUILD / "race"

FLIPS = 1000
MEMORY_MIB = 2048
# The time limit without a line of progress.
LIMIT = Limit(wall=240)

PACKAGES = client.PACKAGES | {"kmod": "/sbin/modprobe"}

# The peer has one CRTC.
OPTIONS = {
    OURS: "connected=1 crtcs=2 outputs=2 overlays=2",
    PEER: "enable_overlay=1",
}

# The tests and the widths of tests/race/main.c.
TESTS = ("A", "B", "C", "D", "W", "E")
WIDTHS = (1024, 1920, 3840)
# Further checks of the client and of init.
EXPECTED = ("the module loads", "the device opens",
            "the client gets to its end", "the module unloads", "the race gets to its end")

CHECK = re.compile(r"^(ok|not ok) (.+?)(?: # (.*))?$")
SKIP = re.compile(r"^SKIP (.*)$")
COUNT = re.compile(r"^fact count (\S+) (\d+) ok (\d+) bad (\d+) none (\d+) stale (\d+) torn (\d+)$")
BAD = re.compile(r"^fact bad (\S+ \d+): (.*)$")
MODE = re.compile(r"^fact mode (\d+) (.*)$")
BEAT = re.compile(r"^(ok |not ok |fact )")
# DRM prints this for a client that gets no CPU time to read CRCs.
NOT_A_COMPLAINT = re.compile(r"Overflow of CRC buffer")


@dataclasses.dataclass(frozen=True)
class Order:
    """The options of a run."""

    driver: str = OURS
    pace: Pace = Pace(real=True)
    flips: int = FLIPS
    picks: str = ""  # tests and widths: "D E 1920"; of a kind without a pick all are run

    def tests(self) -> list[str]:
        """Return the tests that are run, as "D 1920"; raise RigError for a pick of nothing."""
        words = self.picks.replace(",", " ").split()
        unknown = [word for word in words if word not in (*TESTS, *map(str, WIDTHS))]
        if unknown:
            raise console.RigError(f"RACE={self.picks}: there is no test and no width"
                                   f" {' '.join(unknown)}")
        tests = [test for test in TESTS if test in words] or TESTS
        widths = [width for width in WIDTHS if str(width) in words] or WIDTHS
        return [f"{test} {width}" for width in widths for test in tests]


@dataclasses.dataclass
class Said:
    """The parsed output of the programs in the kernel."""

    outcomes: dict[str, str] = dataclasses.field(default_factory=dict)  # "" or the fault
    skips: dict[str, str] = dataclasses.field(default_factory=dict)  # the reason
    counts: dict[str, dict[str, int]] = dataclasses.field(default_factory=dict)  # by "A 1024"
    bad: dict[str, list[str]] = dataclasses.field(default_factory=dict)  # some frames, by "A 1024"
    modes: dict[str, str] = dataclasses.field(default_factory=dict)  # by the requested width


@dataclasses.dataclass(frozen=True)
class Ran:
    """The results of a run."""

    said: Said
    results: list[checks.Result]
    seconds: float


def run(order: Order) -> int:
    """Run `make race`; return its exit status."""
    target = TARGET if order.driver == OURS else f"{TARGET}-{order.driver}"
    with report.of_run(target) as files:
        kernel = build.ensure_kernel(CONFIG)
        console.note(f"{target}: Linux {kernel.version} with {kernel.config}.config,"
                     f" {order.driver}, {order.pace.describe()}, {order.flips} flips a test")
        ran = execute(order, kernel)
        for line in table(ran.said):
            console.note(line)
        for number, result in enumerate(ran.results, 1):
            if result.findings:
                checks.show(number, result)
        return checks.finish(files, ran.results, driver=order.driver, flips=order.flips,
                             kernel=kernel.version, config=kernel.config,
                             config_hash=kernel.config_hash, **order.pace.as_json(),
                             frames=ran.said.counts, modes=ran.said.modes,
                             took=round(ran.seconds, 1))


def execute(order: Order, kernel: build.Kernel) -> Ran:
    """Build the client, run it, and judge the run."""
    if order.flips < 1:
        raise console.RigError("RACE_FLIPS has to be 1 or more")
    tests = order.tests()
    packages.ensure(PACKAGES)
    programs = client.ensure(SOURCE, WORK / "client")
    modules = build.install_modules(kernel, WORK / "modules")
    outcome = boot(order, kernel, programs, modules)
    said = listen(outcome.lines)
    return Ran(said, judge(said, outcome, tests), outcome.seconds)


def boot(order: Order, kernel: build.Kernel, programs: Path, modules: Path) -> uml.Outcome:
    """Run the kernel from power-on to power-off."""
    with console.Progress(TARGET) as progress, cpu.pinned():
        def hear(line: str) -> bool:
            if not BEAT.match(line):
                return False
            progress.update(line.removeprefix("fact ").removeprefix("beat "))
            return True

        return uml.run(kernel.linux, SOURCE / "init", paths.LOG / f"race-{order.driver}.log",
                       variables={"RACE_DRIVER": order.driver,
                                  "RACE_OPTIONS": order.pace.module_options(OPTIONS[order.driver]),
                                  "RACE_BIN": str(programs), "RACE_MODULES": str(modules),
                                  "RACE_FLIPS": str(order.flips),
                                  "RACE_PICKS": order.picks.replace(",", " "),
                                  "RACE_LOAD": str(order.pace.load)},
                       arguments=[uml.QUICK_SYSTEM_CALLS, *order.pace.arguments()],
                       memory_mib=MEMORY_MIB, time_limit=LIMIT, on_line=hear)


def listen(lines: list[str]) -> Said:
    """Parse a console; a check that failed once has failed."""
    said = Said()
    for line in lines:
        if match := CHECK.match(line):
            _hear_check(said, *match.groups())
        elif match := COUNT.match(line):
            test, width, *numbers = match.groups()
            said.counts[f"{test} {width}"] = dict(zip(("ok", "bad", "none", "stale", "torn"),
                                                      map(int, numbers)))
        elif match := BAD.match(line):
            said.bad.setdefault(match.group(1), []).append(match.group(2))
        elif match := MODE.match(line):
            said.modes[match.group(1)] = match.group(2)
    return said


def _hear_check(said: Said, verdict: str, name: str, why: str | None) -> None:
    if verdict == "ok" and (skip := SKIP.match(why or "")):
        said.skips[name] = skip.group(1)
        return
    failed = "" if verdict == "ok" else why or "failed"
    said.outcomes[name] = said.outcomes.get(name) or failed


def judge(said: Said, outcome: uml.Outcome, tests: list[str]) -> list[checks.Result]:
    """Return a result for each required check, and for each of these tests."""
    lines = [line for line in outcome.lines
             if not NOT_A_COMPLAINT.search(line) and not line.endswith("Please fix.")]
    results = [
        _result("the kernel does not complain",
                dataclasses.replace(outcome, lines=lines).complaints()),
        _result("the kernel gets on", ["it made no progress, and was ended"]
                if outcome.timed_out else []),
        _result("the kernel powers off", [f"its status is {outcome.status}"]
                if outcome.status else []),
    ]
    results += [_judge_check(said, name) for name in EXPECTED]
    results += [_judge_test(said, test) for test in tests]
    known = {result.name for result in results}
    return results + [_result(name, [why]) for name, why in said.outcomes.items()
                      if why and name not in known]


def _judge_check(said: Said, name: str) -> checks.Result:
    why = said.outcomes.get(name, "nothing was said of it")
    return _result(name, [why] if why else [])


def _judge_test(said: Said, test: str) -> checks.Result:
    """Return the result of a test, from the line that begins with its name, width and a colon."""
    for name, why in said.outcomes.items():
        if name.startswith(f"{test}: "):
            return _result(name, [why, *said.bad.get(test, [])] if why else [])
    for name, reason in said.skips.items():
        if name.startswith(f"{test}: "):
            return checks.Result(name, [], 0.0, reason)
    return _result(test, ["nothing was said of it"])


def _result(name: str, findings: list[str]) -> checks.Result:
    return checks.Result(name, findings, 0.0)


def table(said: Said) -> list[str]:
    """Return the counts as lines of text, one per test."""
    lines = [f"{'test':<10}{'ok':>8}{'bad':>8}{'none':>8}   of the bad: {'stale':>6}{'torn':>8}"]
    for test, count in said.counts.items():
        lines.append(f"{test:<10}{count['ok']:>8}{count['bad']:>8}{count['none']:>8}"
                     f"               {count['stale']:>6}{count['torn']:>8}")
    return lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--driver", default=OURS, choices=list(OPTIONS))
    parser.add_argument("--flips", type=int, default=FLIPS, help="frames that each test shows")
    parser.add_argument("--race", default="", metavar="PICKS",
                        help='only these tests and widths, e.g. "D E 1920"')
    pace.add_options(parser, pace.REAL)


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run(Order(options.driver, pace.of(options), options.flips, options.race))
