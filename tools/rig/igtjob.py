# SPDX-License-Identifier: GPL-2.0
"""Run IGT's tests, each in a fresh kernel, until every subtest has a verdict.

All wanted subtests of a test run in one kernel, in virtual time. What had not begun when that
kernel was ended goes on in another. The subtest that did not end runs alone, in virtual time, and
if it does not end so either, in real time: for whoever polls in a way that tests/igt/preload.c does
not take care of, virtual time does not pass.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import re
import shutil
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from rig import build, console, igtlist, igtlog, process, uml
from rig.igtlog import Status, Verdict
from rig.pace import Pace
from rig.userland import Userland
from rig.watchdog import Limit

OURS = "rvkms"
PEER = "vkms"

# Two at a time: the list is meant to fit two cores.
WORKERS = 2

# What a subtest may take, in seconds of the host: of wall-clock time where the kernel waits, of
# CPU time where it computes. The first is for a machine that has much else to do.
VIRTUAL = Limit(wall=240, cpu=80)
REAL = Limit(wall=150)

# When virtual time begins, in ns: some tests seed their random numbers with the time.
EPOCH = 1_800_000_000_000_000_000

PRELOAD = "preload"

INIT = "mount -t hostfs -o hostfs={} none /mnt && exec /mnt/init"


@dataclasses.dataclass(frozen=True)
class Job:
    """Some subtests of one test, for one kernel."""

    test: str
    subtests: tuple[str, ...]
    real_time: bool = False
    alone: bool = False  # what did not end before
    options: str = ""  # the module's, if not the usual ones

    def follow_ups(self, verdicts: dict[str, Verdict]) -> list[Job]:
        """What is left to run once this has run."""
        missing = tuple(name for name in self.subtests
                        if verdicts[name].status is Status.MISSING)
        jobs = [dataclasses.replace(self, subtests=missing)] if missing else []
        for name in self.subtests:
            if verdicts[name].is_final() or name in missing:
                continue
            if not self.alone:
                jobs.append(dataclasses.replace(self, subtests=(name,), alone=True))
            elif not self.real_time:
                jobs.append(dataclasses.replace(self, subtests=(name,), real_time=True))
        return jobs


@dataclasses.dataclass(frozen=True)
class Machine:
    """What to boot for a job."""

    kernel: build.Kernel
    modules: Path  # what modules_install made
    preload: Path  # directory of the library made of tests/igt/preload.c
    userland: Userland
    driver: str
    options: str  # the module's, where a job has none
    work: Path
    memory_mib: int
    patience: float = 1.0  # factor of all limits
    pace: Pace = Pace()
    environment: Mapping[str, str] = dataclasses.field(default_factory=dict)  # the kernel's own

    def run(self, number: int, job: Job) -> dict[str, Verdict]:
        """Boot a kernel, run the job's subtests in it, judge them."""
        name = f"{number:04}-" + job.test.replace("/", "-")
        orders = self.work / name
        shutil.rmtree(orders, ignore_errors=True)
        orders.mkdir(parents=True)
        (orders / "subtests").write_text(",".join(job.subtests), encoding="ascii")
        log = self.work / f"{name}.log"
        time = [] if job.real_time else [uml.VIRTUAL_TIME, f"time-travel-start={EPOCH}"]
        arguments = [uml.QUICK_SYSTEM_CALLS, *time]
        options = self.pace.module_options(
            job.options if job.options and self.driver == OURS else self.options)
        if self.environment:
            # A kernel that is to write down what it has counted has the driver built in.
            arguments += [f"{self.driver}.{option}" for option in options.split()]
        outcome = uml.run(
            self.kernel.linux, Path("/bin/sh"), log, root=self.userland.path,
            init_arguments=["-c", INIT.format(igtlist.DIRECTORY)], arguments=arguments,
            variables={"IGT_DRIVER": self.driver, "IGT_OPTIONS": options,
                       "IGT_TEST": job.test, "IGT_ORDERS": str(orders),
                       "IGT_MODULES": str(self.modules / "lib/modules"),
                       "IGT_PRELOAD": str(self.preload), "IGT_LOAD": str(self.pace.load),
                       **({} if job.real_time else {"RIG_VIRTUAL_TIME": "1"})},
            memory_mib=self.memory_mib, time_limit=self._limit(job),
            environment=self.environment, on_line=igtlog.is_progress)
        shutil.rmtree(orders)
        # What DRM tells the peer to fix is the peer's own affair, and told at every boot.
        lines = [line for line in outcome.lines
                 if self.driver != PEER or not line.endswith("Please fix.")]
        return igtlog.read(job.subtests, dataclasses.replace(outcome, lines=lines))

    def _limit(self, job: Job) -> Limit:
        limit = REAL if job.real_time else VIRTUAL
        # Each busy loop takes as much of the CPU as the test does.
        patience = self.patience * (1 + self.pace.load)
        return Limit(limit.wall * patience, limit.cpu * patience)


class Queue:
    """Jobs, and the workers that run them."""

    def __init__(self, run: Callable[[int, Job], dict[str, Verdict]],
                 on_verdicts: Callable[[Job, dict[str, Verdict]], None]) -> None:
        self._run = run
        self._on_verdicts = on_verdicts
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._busy = 0
        self._numbers = itertools.count(1)
        self._fault: BaseException | None = None

    def work_off(self, jobs: list[Job], workers: int = WORKERS) -> None:
        """Run all jobs and what follows from them, each worker's on a CPU of its own.

        A kernel and the program that runs on it take turns, one waking the other: across CPUs
        that costs half as much again.
        """
        self._jobs.extend(jobs)
        cpus = itertools.islice(itertools.cycle(sorted(os.sched_getaffinity(0))), workers)
        threads = [threading.Thread(target=self._work, args=(cpu,), daemon=True) for cpu in cpus]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._fault:
            raise self._fault

    def _work(self, cpu: int) -> None:
        # Of this thread, whose children inherit it.
        os.sched_setaffinity(0, {cpu})
        while (job := self._next()) is not None:
            try:
                self._finish(job, self._run(next(self._numbers), job))
            except BaseException as fault:  # the other workers must not wait for this one
                self._fault = fault
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _next(self) -> Job | None:
        with self._changed:
            while not self._fault:
                if self._jobs:
                    self._busy += 1
                    return self._jobs.popleft()
                if not self._busy:
                    return None
                self._changed.wait()
        return None

    def _finish(self, job: Job, verdicts: dict[str, Verdict]) -> None:
        following = job.follow_ups(verdicts)
        if job in following:
            # The kernel did not get as far as the first subtest, and would not again.
            following = []
        again = {name for later in following for name in later.subtests}
        with self._changed:
            # What was begun is finished first, but for what takes real time.
            for later in following:
                (self._jobs.append if later.real_time else self._jobs.appendleft)(later)
            self._on_verdicts(job, {igtlist.full_name(job.test, name): verdicts[name]
                                    for name in job.subtests if name not in again})
            self._changed.notify_all()


def plan(names: list[str], lists: igtlist.Lists, real_time: bool = False) -> list[Job]:
    """Make one job for each test, more where parts of it get other devices, and one for each
    subtest that needs real time, or that needs a kernel of its own there.
    """
    devices = lists.devices
    special = [name for name in names if lists.needs_real_time.reason(name)
               or (real_time and lists.alone.reason(name))]
    others = [name for name in names if name not in set(special)]
    jobs = [Job(igtlist.test_of(name), (igtlist.subtest_of(name),), real_time=True, alone=True,
                options=devices.options(name)) for name in special]
    for test, subtests in igtlist.by_test(others).items():
        parts: dict[str, tuple[str, ...]] = {}
        for subtest in subtests:
            options = devices.options(igtlist.full_name(test, subtest))
            parts[options] = (*parts.get(options, ()), subtest)
        jobs += [Job(test, some, real_time, options=options)
                 for options, some in sorted(parts.items())]
    return jobs


def make_preload(directory: Path) -> Path:
    """Compile tests/igt/preload.c; return where the library is."""
    directory.mkdir(parents=True, exist_ok=True)
    argv = ["gcc", "-O2", "-Wall", "-Wextra", "-shared", "-fPIC",
            "-o", str(directory / f"{PRELOAD}.so"), str(igtlist.DIRECTORY / f"{PRELOAD}.c")]
    ran = process.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                      env=build.environment())
    if ran.returncode:
        raise console.RigError("tests/igt/preload.c does not compile", ran.stdout)
    return directory


def file_name(name: str) -> str:
    """A subtest's name, fit for a file."""
    return re.sub(r"[^\w@.-]", "-", name)
