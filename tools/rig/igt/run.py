# SPDX-License-Identifier: GPL-2.0
"""Run a selection of IGT's subtests on a driver once, and judge their verdicts."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import time
from pathlib import Path

from rig.base import checks, console, paths, report
from rig.base.drivers import OURS, PEER
from rig.coverage import instrument, profile
from rig.igt import coverage, expectations, jobs, userland
from rig.igt.output import Status, Verdict
from rig.kernel import build, packages
from rig.kernel.pace import Pace

# Two monitors: subtests that need three are in tests/igt/skips, subtests that need one in
# tests/igt/devices. The peer has one monitor, and all its planes.
OPTIONS = {
    OURS: "connected=1 overlays=3 crtcs=2 outputs=2 fixed=2 types=HDMI-A,eDP render_node=1",
    PEER: "enable_overlay=1 enable_plane_pipeline=1",
}

PACKAGES = {"kmod": "/sbin/modprobe"}

MEMORY_MIB = {"igt": 1024, "igt-sanitize": 2048, coverage.CONFIG: 1024}
# Factors of the time limits for kernels with sanitizers or counters.
PATIENCE = {"igt": 1.0, "igt-sanitize": 8.0, coverage.CONFIG: 2.0}


@dataclasses.dataclass(frozen=True)
class Order:
    """The options of a run."""

    target: str = "igt"
    driver: str = OURS
    config: str = "igt"
    patterns: str = ""
    shard: str = ""
    smoke: bool = False
    patience: float = 1.0
    pace: Pace = Pace()
    names: tuple[str, ...] = ()  # exactly these subtests, if any

    def logs(self) -> str:
        """Return the name of the run's log directory."""
        return "-".join(word for word in (self.driver, self.pace.label()) if word)


@dataclasses.dataclass(frozen=True)
class Run:
    """The result of a run."""

    order: Order
    judged: list[Judged]
    left_out: dict[str, str]  # subtests that were not run, and the reason
    kernel: build.Kernel
    seconds: float
    cpu_seconds: float  # of all kernels; other load does not change it

    def took(self) -> dict[str, float]:
        """Return the times of the run for result.json."""
        return {"seconds": round(self.seconds, 1), "cpu_seconds": round(self.cpu_seconds, 1)}

    def results(self) -> list[checks.Result]:
        """Return the results for the reports; names have a suffix if frames were slow."""
        slow = f" SLOW={self.order.pace.slow}" if self.order.pace.slow else ""
        found = [*(one.result() for one in self.judged),
                 *(checks.Result(name, [], 0.0, reason) for name, reason in self.left_out.items())]
        return [dataclasses.replace(one, name=one.name + slow) for one in found]


@dataclasses.dataclass(frozen=True)
class Judged:
    """The verdict of a subtest and its findings."""

    name: str
    verdict: Verdict
    real_time: bool
    findings: list[str]  # reasons of a failure
    skip_reason: str = ""

    def result(self) -> checks.Result:
        """Return the result for the reports."""
        return checks.Result(self.name, self.findings, self.verdict.seconds, self.skip_reason)


def execute(files: report.Report, order: Order) -> Run:
    """Run the subtests of an order; print failures immediately."""
    if order.config == coverage.CONFIG and order.driver != OURS:
        raise console.RigError(f"what is counted is {OURS}, not {order.driver}")
    lists = expectations.load()
    packages.ensure(PACKAGES)
    root = userland.find()
    names, left_out = split(chosen(lists, root.subtests(), order), lists, order)
    kernel = build.ensure(recipe(order.config))
    counters = coverage.counters(kernel, files) if order.config == coverage.CONFIG else None
    machine = _machine(order, kernel, root)
    if counters:
        machine = dataclasses.replace(machine, environment=counters.environment)
    console.note(f"{order.target}: Linux {kernel.version} with {kernel.config}.config, IGT"
                 f" {root.version}, {order.driver}, {len(names)} subtests,"
                 f" {order.pace.describe()}")
    start, cpu = time.monotonic(), _children_cpu_seconds()
    with console.Progress(order.target) as progress:
        collector = Collector(files.directory / "log" / order.logs(), order.driver, lists.skips,
                              len(names), progress)
        jobs.Queue(machine.run, collector.take).work_off(
            jobs.plan(names, lists, order.pace.real))
    done = Run(order, collector.in_order(names), left_out, kernel, time.monotonic() - start,
               _children_cpu_seconds() - cpu)
    if counters:
        coverage.keep(files, counters, {one.name: one.verdict for one in done.judged})
    return done


def _children_cpu_seconds() -> float:
    times = os.times()
    return times.children_user + times.children_system


def recipe(config: str) -> build.Recipe:
    """Return the recipe: kernels with sanitizers or counters add a fragment to igt.config."""
    names = ["igt"] if config == "igt" else ["igt", config]
    fragments = tuple(paths.CONFIGS / f"{name}.config" for name in names)
    if config == coverage.CONFIG:
        return instrument.counting(profile.GCOV, config, fragments)
    return build.Recipe(config, fragments)


def chosen(lists: expectations.Lists, offered: list[str], order: Order) -> list[str]:
    """Return the subtests of an order, if IGT and the lists agree.

    The smoke subset only prints a notice: a newer IGT in Debian is no fault of the tested change.
    """
    faults = lists.faults(offered)
    if faults and not order.smoke:
        raise console.RigError("IGT and the lists of tests/igt disagree", "\n".join(faults))
    if faults:
        console.note(f"notice: IGT and the lists disagree in {len(faults)}, first: {faults[0]}")
    if order.names:
        return list(order.names)
    wanted = lists.subtests
    if order.smoke:
        known = set(offered)
        patterns = lists.smoke_slow if order.pace.slow else lists.smoke
        wanted = [name for name in expectations.select(wanted, " ".join(patterns)) if name in known]
    elif order.pace.real and not order.patterns:
        wanted = expectations.select(wanted, " ".join(lists.real))
    return expectations.shard(expectations.select(wanted, order.patterns), order.shard)


def split(names: list[str], lists: expectations.Lists, order: Order
          ) -> tuple[list[str], dict[str, str]]:
    """Split off the subtests that do not work with slow frames or a busy CPU."""
    left_out: dict[str, str] = {}
    for cause, wanted, rules in (("SLOW", order.pace.slow, lists.slow),
                                 ("LOAD", order.pace.load, lists.load)):
        left_out |= {name: f"not run with {cause}: {rules.reason(name)}" for name in names
                     if wanted and rules.reason(name)}
    return [name for name in names if name not in left_out], left_out


def _machine(order: Order, kernel: build.Kernel, root: userland.Userland) -> jobs.Machine:
    work = paths.LOG / f"{order.config}-{order.logs()}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    modules = build.install_modules(kernel, kernel.build_dir / "installed")
    preload = jobs.make_preload(paths.BUILD / "igt")
    return jobs.Machine(kernel, modules, preload, root, order.driver, OPTIONS[order.driver], work,
                        MEMORY_MIB[order.config], PATIENCE[order.config] * order.patience,
                        pace=order.pace)


class Collector:
    """Collects and judges verdicts."""

    def __init__(self, logs: Path, driver: str, skips: expectations.Rules, total: int,
                 progress: console.Progress) -> None:
        self._logs = logs
        self._driver = driver
        self._skips = skips
        self._total = total
        self._progress = progress
        self._judged: dict[str, Judged] = {}
        shutil.rmtree(self._logs, ignore_errors=True)
        self._logs.mkdir(parents=True)

    def take(self, job: jobs.Job, verdicts: dict[str, Verdict]) -> None:
        """Judge the verdicts of a job, print the failures, write the logs."""
        judged = [judge(name, verdict, job.real_time, self._driver, self._skips)
                  for name, verdict in verdicts.items()]
        for one in judged:
            self._judged[one.name] = one
            (self._logs / f"{jobs.file_name(one.name)}.txt").write_text(
                "".join(f"{line}\n" for line in one.verdict.log), encoding="utf-8")
        for line in red_lines(judged):
            console.note(line)
        self._progress.update(f"{len(self._judged)} of {self._total}")

    def in_order(self, names: list[str]) -> list[Judged]:
        """Return all judged subtests in order; a missing one has failed."""
        return [self._judged.get(name) or Judged(name, Verdict(), False, ["it was not run"])
                for name in names]


def judge(name: str, verdict: Verdict, real_time: bool, driver: str, skips: expectations.Rules
          ) -> Judged:
    """Compare a verdict with the expectation; there are no expectations for the peer."""
    expected = skips.reason(name)
    findings = []
    skip_reason = ""
    if verdict.status is Status.SKIP:
        skip_reason = expected or "; ".join(verdict.reason) or "IGT gives no reason"
        if not expected and driver == OURS:
            findings = [f"skipped: {skip_reason}"]
            skip_reason = ""
    elif verdict.status is Status.PASS:
        if expected and driver == OURS:
            findings = [f"passed, and was expected to be skipped: {expected}"]
    else:
        findings = [f"{verdict.status.value}: {'; '.join(verdict.reason) or 'no reason given'}"]
    if verdict.complaints:
        findings += ["the kernel complained: " + verdict.complaints[0], *verdict.complaints]
        skip_reason = ""
    return Judged(name, verdict, real_time, findings, skip_reason)


def red_lines(judged: list[Judged]) -> list[str]:
    """Return one line per failed subtest, or per group of subtests that failed for the same reason.
    """
    alike: dict[str, list[Judged]] = {}
    for one in judged:
        if one.findings:
            alike.setdefault(re.sub(r"[\d.]+", "0", one.findings[0]), []).append(one)
    return [f"not ok {same[0].name}{f' and {len(same) - 1} more' if same[1:] else ''}:"
            f" {same[0].findings[0]}" for same in alike.values()]
