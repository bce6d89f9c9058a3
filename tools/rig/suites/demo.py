# SPDX-License-Identifier: GPL-2.0
"""Run `make demo`: boot rvkms, show a scene, check the result, keep the frames in build/demo/."""

from __future__ import annotations

import argparse
import re
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

from rig.base import console, paths, report
from rig.kernel import build, client, packages, uml

CONFIG = "demo"
SOURCE = paths.ROOT / "tests/demo"
WORK = paths.BUILD / "demo"
TIME_LIMIT_SECONDS = 60
# Even if the driver may be probed asynchronously, its device must exist after the module loads.
ASYNC_PROBE = "driver_async_probe=rvkms"

PACKAGES = client.PACKAGES | client.DEMO_PACKAGES | {"kmod": "/sbin/modprobe"}

# Files of a run in build/demo/.
RESULTS = ("scene.png", "moved.png", "panic.png", "modetest.txt", "modetest-flips.txt",
           "modetest-again.txt", "drm_info.txt")

CHECK = re.compile(r"^(ok|not ok) (.+?)(?: # (.*))?$")
FACT = re.compile(r"^fact (\w+) (.*)$")


@dataclass
class Checks:
    """The outcome of each check, in order: "" for a pass, else the reason of the failure."""

    outcomes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, passed: bool, why: str = "") -> None:
        """Record a check; a check that failed once has failed."""
        if not self.outcomes.get(name):
            self.outcomes[name] = "" if passed else why or "failed"

    @property
    def counts(self) -> tuple[int, int, int]:
        """Return the numbers of passed, failed and skipped checks."""
        failed = sum(map(bool, self.outcomes.values()))
        return len(self.outcomes) - failed, failed, 0

    def ktap(self) -> str:
        """Return the checks as KTAP."""
        lines = ["KTAP version 1", f"1..{len(self.outcomes)}"]
        for number, (name, why) in enumerate(self.outcomes.items(), 1):
            lines += [f"# {line}" for line in why.splitlines()]
            lines.append(f"{'not ok' if why else 'ok'} {number} {name}")
        return "\n".join(lines) + "\n"

    def junit(self, seconds: float) -> str:
        """Return the checks as JUnit XML."""
        passed, failed, _ = self.counts
        suite = ElementTree.Element("testsuite", name="demo", tests=str(passed + failed),
                                    failures=str(failed), errors="0", skipped="0",
                                    time=f"{seconds:.3f}")
        for name, why in self.outcomes.items():
            case = ElementTree.SubElement(suite, "testcase", classname="demo", name=name)
            if why:
                ElementTree.SubElement(case, "failure").text = why
        ElementTree.indent(suite)
        return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


class Console:
    """Parses the output of the programs in the kernel."""

    def __init__(self) -> None:
        self.checks = Checks()
        self.facts: dict[str, list[str]] = {}
        self.picture_seconds = 0.0
        self._start = time.monotonic()

    def hear(self, line: str) -> None:
        """Parse one line."""
        if match := CHECK.match(line):
            verdict, name, why = match.groups()
            self.checks.add(name, verdict == "ok", why)
        elif match := FACT.match(line):
            self.facts.setdefault(match.group(1), []).append(match.group(2))
            if match.group(1) == "picture" and not self.picture_seconds:
                self.picture_seconds = time.monotonic() - self._start

    def fact(self, key: str) -> str:
        """Return the first fact with this name."""
        return self.facts.get(key, ["?"])[0]


def run(files: report.Report, options: argparse.Namespace) -> int:
    """Build and boot the kernel, judge the run and write the report; return the exit status."""
    packages.ensure(PACKAGES)
    kernel = build.ensure_kernel(CONFIG)
    steps = build.Steps()
    programs = client.ensure(SOURCE, WORK / "client")
    modules = build.install_modules(kernel, WORK / "modules")
    steps.done("client")
    heard, outcome = boot(kernel, programs, modules, options)
    steps.done("run")
    judge(heard.checks, outcome, options.driver)
    show(heard, outcome, options.driver)
    print_failures(heard.checks)

    counts = heard.checks.counts
    passed = counts[0] > 0 and counts[1] == 0
    files.write("ktap", heard.checks.ktap())
    files.write("junit.xml", heard.checks.junit(outcome.seconds))
    files.write_result("passed" if passed else "failed", counts, kernel=kernel.version,
                       compiler=kernel.compiler, config=kernel.config,
                       config_hash=kernel.config_hash, facts=heard.facts,
                       durations=kernel.durations | steps.durations
                       | {"picture": round(heard.picture_seconds, 3)})
    console.note(console.closing_line("demo", *counts))
    return console.PASSED if passed else console.FAILED


def boot(kernel: build.Kernel, programs: Path, modules: Path, options: argparse.Namespace
         ) -> tuple[Console, uml.Outcome]:
    """Run the demo's kernel from power-on to power-off."""
    for name in RESULTS:
        (WORK / name).unlink(missing_ok=True)
    heard = Console()
    outcome = uml.run(kernel.linux, SOURCE / "init", paths.LOG / "demo-console.log",
                      variables={"DEMO_DRIVER": options.driver, "DEMO_BIN": str(programs),
                                 "DEMO_MODULES": str(modules), "DEMO_OUT": str(WORK)},
                      arguments=[uml.VIRTUAL_TIME, uml.MONITOR, ASYNC_PROBE, *options.append],
                      time_limit=options.time_limit, on_line=heard.hear)
    return heard, outcome


def judge(checks: Checks, outcome: uml.Outcome, driver: str) -> None:
    """Add the checks that the programs in the kernel cannot do."""
    complaints = outcome.complaints()
    checks.add("the kernel does not complain", not complaints, "\n".join(complaints))
    checks.add("the kernel ends in time", not outcome.timed_out,
               f"it was still running after {outcome.seconds:.0f} s")
    checks.add("the kernel powers off", outcome.status == 0, f"its status is {outcome.status}")
    checks.add("the demo gets to its end", "the demo gets to its end" in checks.outcomes,
               "\n".join(["the console ends with", *outcome.lines[-15:]]))
    checks.add("the panic screen is captured", driver != "rvkms" or (WORK / "panic.png").is_file(),
               "no build/demo/panic.png")
    checks.add("modetest shows the mode", bool(excerpt("modetest.txt", r" 1024x768 60\.00 ")),
               "no 1024x768 at 60 Hz in build/demo/modetest.txt")
    rates = excerpt("modetest-flips.txt", r"^freq: ")
    checks.add("modetest flips pages at 60 Hz", set(rates) == {"freq: 60.00Hz"},
               " ".join(rates) or "no rates in build/demo/modetest-flips.txt")
    checks.add("drm_info names the driver", bool(excerpt("drm_info.txt", f"Driver: {driver} ")),
               "no driver in build/demo/drm_info.txt")


def excerpt(name: str, pattern: str, limit: int = 8) -> list[str]:
    """Return the first matching lines of a result, with tabs as spaces."""
    path = WORK / name
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8", errors="backslashreplace").splitlines()
    return [line.expandtabs(4).rstrip() for line in lines if re.search(pattern, line)][:limit]


def show(heard: Console, outcome: uml.Outcome, driver: str) -> None:
    """Print the facts of the run."""
    row("mode", f"{heard.fact('mode')}, a vblank every {heard.fact('period')} us, "
                f"on {heard.fact('connector')}")
    rows("planes", heard.facts.get("plane", []))
    rows("vblanks", vblanks(heard.facts.get("vblank", [])))
    rows("CRCs", heard.facts.get("crc", []))
    rows("refused", heard.facts.get("refused", []))
    rows("pictures", [f"build/demo/{name}" for name in heard.facts.get("picture", [])])
    row("times", f"{heard.picture_seconds:.1f} s from power-on to the first picture, "
                 f"{outcome.seconds:.1f} s to power-off")
    show_program(f"modetest -M {driver}", "modetest.txt", r"\tconnected\t|#0 |formats: ")
    show_program(f"modetest -M {driver} -s ... -v", "modetest-flips.txt", r"^setting|^freq")
    show_program("drm_info", "drm_info.txt", r"Driver:|ATOMIC|WRITEBACK|Type: |Status: |\"type\"")


def row(label: str, value: str) -> None:
    """Print one row of the table."""
    print(f"{label:<10}{value}")


def rows(label: str, values: list[str]) -> None:
    """Print rows under one label."""
    for number, value in enumerate(values or ["none"]):
        row(label if number == 0 else "", value)


def vblanks(facts: list[str]) -> list[str]:
    """Return the number and time of each vblank, and the time since the previous one."""
    lines: list[str] = []
    before = None
    for fact in facts:
        number, stamp = fact.split()
        seconds, microseconds = map(int, stamp.split("."))
        now = seconds * 1_000_000 + microseconds
        spacing = "" if before is None else f"  +{now - before} us"
        lines.append(f"{number:>4}  {stamp} s{spacing}")
        before = now
    return lines


def show_program(command: str, name: str, pattern: str, limit: int = 8) -> None:
    """Print an excerpt of a program's output."""
    print(f"\n$ {command}   (full output: build/demo/{name})")
    for line in excerpt(name, pattern, limit):
        print(f"  {line.strip()}")


def print_failures(checks: Checks) -> None:
    """Print each failed check with its reason."""
    print()
    for name, why in checks.outcomes.items():
        if why:
            print(f"not ok {name} # {why}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--driver", default="rvkms", help="the driver, and the name of its module")
    parser.add_argument("--time-limit", type=float, default=TIME_LIMIT_SECONDS, metavar="SECONDS",
                        help="time limit of the kernel")
    parser.add_argument("--append", action="append", default=[], metavar="ARGUMENT",
                        help="argument of the kernel's command line, e.g. drm.debug=0x10")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    with report.of_run("demo") as files:
        return run(files, options)
