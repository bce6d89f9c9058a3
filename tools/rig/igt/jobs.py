# SPDX-License-Identifier: GPL-2.0
"""Run each IGT test in a fresh kernel until every subtest has a verdict.

All subtests of a test run in one kernel, in virtual time. If that kernel is killed, the subtests
that had not started run in another one. The subtest that did not end runs alone, in virtual time,
and if it does not end either, in real time: virtual time does not advance for a client that polls
in a way that tests/igt/preload.c does not handle.
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

from rig.base import console, process
from rig.base.drivers import OURS, PEER
from rig.igt import expectations, output
from rig.igt.output import Status, Verdict
from rig.igt.userland import Userland
from rig.kernel import build, uml
from rig.kernel.pace import Pace
from rig.kernel.watchdog import Limit

# Two at a time: the list is meant to fit two cores.
WORKERS = 2

# Time limits of a subtest in seconds of the host: wall-clock time while the kernel waits, CPU time
# while it computes. The wall-clock limit allows for a busy machine.
VIRTUAL = Limit(wall=240, cpu=80)
REAL = Limit(wall=150)

# Start of the virtual time in ns: some tests seed their random numbers with the time.
EPOCH = 1_800_000_000_000_000_000

PRELOAD = "preload"

INIT = "mount -t hostfs -o hostfs={} none /mnt && exec /mnt/init"


@dataclasses.dataclass(frozen=True)
class Job:
    """Subtests of one test, for one kernel."""

    test: str
    subtests: tuple[str, ...]
    real_time: bool = False
    alone: bool = False  # the subtest did not end in an earlier run
    options: str = ""  # the module's, if not the usual ones

    def follow_ups(self, verdicts: dict[str, Verdict]) -> list[Job]:
        """Return the jobs that are left after this one."""
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
    """The kernel, userland and options for a job."""

    kernel: build.Kernel
    modules: Path  # directory of modules_install
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
        """Boot a kernel, run the job's subtests in it, return the verdicts."""
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
            # A kernel that writes counters has the driver built in.
            arguments += [f"{self.driver}.{option}" for option in options.split()]
        outcome = uml.run(
            self.kernel.linux, Path("/bin/sh"), log, root=self.userland.path,
            init_arguments=["-c", INIT.format(expectations.DIRECTORY)], arguments=arguments,
            variables={"IGT_DRIVER": self.driver, "IGT_OPTIONS": options,
                       "IGT_TEST": job.test, "IGT_ORDERS": str(orders),
                       "IGT_MODULES": str(self.modules / "lib/modules"),
                       "IGT_PRELOAD": str(self.preload), "IGT_LOAD": str(self.pace.load),
                       **({} if job.real_time else {"RIG_VIRTUAL_TIME": "1"})},
            memory_mib=self.memory_mib, time_limit=self._limit(job),
            environment=self.environment, on_line=output.is_progress)
        shutil.rmtree(orders)
        # DRM prints notices about the peer at every boot. They are no fault of the test.
        lines = [line for line in outcome.lines
                 if self.driver != PEER or not line.endswith("Please fix.")]
        return output.read(job.subtests, dataclasses.replace(outcome, lines=lines))

    def _limit(self, job: Job) -> Limit:
        limit = REAL if job.real_time else VIRTUAL
        # Each busy loop takes as much CPU time as the test.
        patience = self.patience * (1 + self.pace.load)
        return Limit(limit.wall * patience, limit.cpu * patience)


class Queue:
    """A queue of jobs, and the workers that run them."""

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
        """Run all jobs and their follow-ups, with each worker bound to a CPU.

        A kernel and the program that runs on it alternate, each waking the other. On two CPUs this
        takes 1.5 times as long.
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
        # Affinity of this thread, which its children inherit.
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
            # The kernel did not reach the first subtest, and would not in another run.
            following = []
        again = {name for later in following for name in later.subtests}
        with self._changed:
            # Follow-ups run first, except for those in real time.
            for later in following:
                (self._jobs.append if later.real_time else self._jobs.appendleft)(later)
            self._on_verdicts(job, {expectations.full_name(job.test, name): verdicts[name]
                                    for name in job.subtests if name not in again})
            self._changed.notify_all()


def plan(names: list[str], lists: expectations.Lists, real_time: bool = False) -> list[Job]:
    """Return a job per test and device, and one per subtest that needs real time or its own kernel.
    """
    devices = lists.devices
    special = [name for name in names if lists.needs_real_time.reason(name)
               or (real_time and lists.alone.reason(name))]
    others = [name for name in names if name not in set(special)]
    jobs = [Job(expectations.test_of(name), (expectations.subtest_of(name),), real_time=True,
                alone=True, options=devices.options(name)) for name in special]
    for test, subtests in expectations.by_test(others).items():
        parts: dict[str, tuple[str, ...]] = {}
        for subtest in subtests:
            options = devices.options(expectations.full_name(test, subtest))
            parts[options] = (*parts.get(options, ()), subtest)
        jobs += [Job(test, some, real_time, options=options)
                 for options, some in sorted(parts.items())]
    return jobs


def make_preload(directory: Path) -> Path:
    """Compile tests/igt/preload.c; return the library's directory."""
    directory.mkdir(parents=True, exist_ok=True)
    argv = ["gcc", "-O2", "-Wall", "-Wextra", "-shared", "-fPIC",
            "-o", str(directory / f"{PRELOAD}.so"), str(expectations.DIRECTORY / f"{PRELOAD}.c")]
    ran = process.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                      env=build.environment())
    if ran.returncode:
        raise console.RigError("tests/igt/preload.c does not compile", ran.stdout)
    return directory


def file_name(name: str) -> str:
    """Return the name of a subtest with characters that are allowed in file names."""
    return re.sub(r"[^\w@.-]", "-", name)
