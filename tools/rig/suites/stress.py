# SPDX-License-Identifier: GPL-2.0
"""Run `make stress`: all workers at once on several CPUs, in a kernel with sanitizers.

The clients of tests/stress report their operations, and the kernel its complaints. A missing report
is a failure.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import random
import re
from pathlib import Path

from rig.base import checks, console, paths, report
from rig.kernel import build, client, packages, uml
from rig.kernel.watchdog import Limit

TARGET = "stress"
CONFIGS = ("demo", "igt-sanitize", "stress")
SOURCE = paths.ROOT / "tests/stress"
WORK = paths.BUILD / "stress"

SECONDS = 60
CPUS = 2
MEMORY_MIB = 2048
# The time limit without a line of progress. The kernel reports hung tasks earlier: see
# stress.config.
LIMIT = Limit(wall=240)

PACKAGES = client.PACKAGES | {"kmod": "/sbin/modprobe"}

# The names of the workers, as in tests/stress/workers/workers.c.
WORKERS = ("flip", "vblank", "cursor", "overlay", "property", "modeset", "checksum", "picture",
           "writeback", "remove", "share", "files", "lease", "hotplug", "hostile", "debugfs")
# Further reports, from the client and from init.
EXPECTED = ("there are several CPUs", "the module loads", "the device opens", "the screens are on",
            "the CRCs of pictures are learned",
            "the device can be unplugged", "the device can be plugged in again",
            "the client gets to its end", "the module unloads", "the module is gone",
            "the kernel is not tainted", "leaks are looked for", "the stress gets to its end")
UNPLUGS = 5

CHECK = re.compile(r"^(ok|not ok) (.+?)(?: # (.*))?$")
WORKER = re.compile(r"^fact worker (\S+) (\d+) (\d+)$")
UNPLUGGED = re.compile(r"^fact unplugs (\d+)$")
BEAT = re.compile(r"^(ok |fact )")
# DRM prints this for a client that requests CRCs and gets no CPU time to read them.
NOT_A_COMPLAINT = re.compile(r"Overflow of CRC buffer")
# Earlier messages do not concern the driver, which is a module: UML frees memory of a CPU that it
# starts on that CPU, too early for lockdep.
BOOTED = re.compile(r"\] Run \S+ as init process$")
# To find the pages to flush, UML walks the mappings of a process. It does not lock them if another
# task removes pages, as an unplug does. This is a fault of UML's flush_tlb_mm() for every caller.
RCU_REPORT = "WARNING: suspicious RCU usage"
UML_FAULT = (re.compile(r"lib/maple_tree\.c:\d+ suspicious rcu_dereference_check"),
             re.compile(r"\] \? flush_tlb_mm\+"))
RCU_REPORT_LINES = 70


@dataclasses.dataclass
class Said:
    """The parsed output of the programs in the kernel."""

    outcomes: dict[str, str] = dataclasses.field(default_factory=dict)  # "" or the fault
    done: dict[str, int] = dataclasses.field(default_factory=dict)
    refused: dict[str, int] = dataclasses.field(default_factory=dict)
    unplugs: int = 0


def run(seconds: int, seed: int | None) -> int:
    """Run `make stress`; return its exit status."""
    with report.of_run(TARGET) as files:
        if seconds < 1:
            raise console.RigError("it has to last for a second or more")
        packages.ensure(PACKAGES)
        kernel = build.ensure(recipe())
        programs = client.ensure(SOURCE, WORK / "client")
        modules = build.install_modules(kernel, WORK / "modules")
        seed = random.getrandbits(31) if seed is None else seed
        console.note(f"{TARGET}: Linux {kernel.version} with {kernel.config}.config, {CPUS} CPUs,"
                     f" {seconds} s, STRESS_SEED={seed}")
        outcome = boot(kernel, programs, modules, seconds, seed)
        return tell(files, kernel, outcome, seconds, seed)


def recipe() -> build.Recipe:
    """Return the recipe: the demo's kernel with sanitizers, on several CPUs."""
    return build.Recipe(TARGET, tuple(paths.CONFIGS / f"{name}.config" for name in CONFIGS))


def boot(kernel: build.Kernel, programs: Path, modules: Path, seconds: int, seed: int
         ) -> uml.Outcome:
    """Run the kernel from power-on to power-off."""
    with console.Progress(TARGET) as progress:
        def hear(line: str) -> bool:
            if not BEAT.match(line):
                return False
            progress.update(line.removeprefix("fact "))
            return True

        # UML supports several CPUs only if user space runs under seccomp.
        return uml.run(kernel.linux, SOURCE / "init", paths.LOG / "stress-console.log",
                       variables={"STRESS_BIN": str(programs), "STRESS_MODULES": str(modules),
                                  "STRESS_SECONDS": str(seconds), "STRESS_SEED": str(seed)},
                       arguments=[f"ncpus={CPUS}", "seccomp=on"], memory_mib=MEMORY_MIB,
                       time_limit=LIMIT, on_line=hear)


def tell(files: report.Report, kernel: build.Kernel, outcome: uml.Outcome, seconds: int, seed: int
         ) -> int:
    """Report a run; return the exit status."""
    said = listen(outcome.lines)
    results = judge(said, outcome)
    for name in WORKERS:
        console.note(f"{name:<12}{said.done.get(name, 0):>8} done"
                     f"{said.refused.get(name, 0):>8} refused")
    for number, result in enumerate(results, 1):
        if result.findings:
            checks.show(number, result)
    return checks.finish(files, results, kernel=kernel.version, compiler=kernel.compiler,
                         config_hash=kernel.config_hash, seconds=seconds, seed=seed,
                         unplugs=said.unplugs, done=said.done, refused=said.refused,
                         took=round(outcome.seconds, 1))


def listen(lines: list[str]) -> Said:
    """Parse a console; a check that failed once has failed."""
    said = Said()
    for line in lines:
        if match := CHECK.match(line):
            verdict, name, why = match.groups()
            failed = "" if verdict == "ok" else why or "failed"
            said.outcomes[name] = said.outcomes.get(name) or failed
        elif match := WORKER.match(line):
            said.done[match.group(1)] = int(match.group(2))
            said.refused[match.group(1)] = int(match.group(3))
        elif match := UNPLUGGED.match(line):
            said.unplugs = int(match.group(1))
    return said


def judge(said: Said, outcome: uml.Outcome) -> list[checks.Result]:
    """Return a result for each required check."""
    complaints = dataclasses.replace(outcome, lines=_of_interest(outcome.lines)).complaints()
    results = [
        _result("the kernel does not complain", complaints),
        _result("the kernel gets on", ["it made no progress, and was ended"]
                if outcome.timed_out else []),
        _result("the kernel powers off", [f"its status is {outcome.status}"]
                if outcome.status else []),
        _result("the device was unplugged under load",
                [] if said.unplugs >= UNPLUGS else [f"{said.unplugs} times of {UNPLUGS}"]),
    ]
    expected = [*EXPECTED, *(f"worker {name}" for name in WORKERS)]
    results += [_result(name, _findings(said, name)) for name in expected]
    return results + [_result(name, [why]) for name, why in said.outcomes.items()
                      if why and name not in expected]


def _of_interest(lines: list[str]) -> list[str]:
    """Return the lines that may concern the driver; all lines if the kernel does not reach init."""
    begin = next((number for number, line in enumerate(lines) if BOOTED.search(line)), 0)
    lines = lines[begin:]
    return [line for number, line in enumerate(lines)
            if not NOT_A_COMPLAINT.search(line)
            and not (line.endswith(RCU_REPORT)
                     and _is_fault_of_uml(lines[number:number + RCU_REPORT_LINES]))]


def _is_fault_of_uml(lines: list[str]) -> bool:
    """Return whether the first report has all marks of the UML fault before the next report."""
    lines = lines[:1] + list(itertools.takewhile(lambda line: not line.endswith(RCU_REPORT),
                                                 lines[1:]))
    return all(any(mark.search(line) for line in lines) for mark in UML_FAULT)


def _findings(said: Said, name: str) -> list[str]:
    if name not in said.outcomes:
        return ["nothing was said of it"]
    if said.outcomes[name]:
        return [said.outcomes[name]]
    worker = name.removeprefix("worker ")
    return ["it got nothing done"] if worker != name and not said.done.get(worker) else []


def _result(name: str, findings: list[str]) -> checks.Result:
    return checks.Result(name, findings, 0.0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--seconds", type=int, default=SECONDS,
                        help=f"run time of the clients (default: {SECONDS})")
    parser.add_argument("--seed", type=int, help="seed of the random numbers (default: random)")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run(options.seconds, options.seed)
