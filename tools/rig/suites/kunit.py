# SPDX-License-Identifier: GPL-2.0
"""Run KUnit under UML: boot a kernel, have kunit.py judge its output, report."""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from pathlib import Path

from rig.base import console, paths, process, report
from rig.kernel import build, uml

TIME_LIMIT_SECONDS = 300

# As in kunit.py, but in virtual time: sleeping and computing take no virtual time.
KERNEL_ARGUMENTS = ("mem=1G", "console=tty", "kunit.enable=1", "kunit_shutdown=halt",
                    uml.VIRTUAL_TIME)

KTAP_START = re.compile(r"^(.*)KTAP version 1$")
KTAP_END = re.compile(r"reboot: (System halted|Power down)|Kernel panic")

# Messages that fail a run. A test that provokes a warning uses kunit_warning_suppress().
PANIC = re.compile(r"Kernel panic - not syncing")
COMPLAINT = re.compile(r"WARNING: |BUG: |Oops: |INFO: task .* blocked"
                       r"|kmemleak: (?:\d+ new suspected|unreferenced|Kernel .* disabled)")
CONTEXT_LINES = 12

# Printed by tests/kunit/leaks.c after kmemleak, if enabled, has had the time to scan.
WATCHES_LEAKS = "CONFIG_DEBUG_KMEMLEAK=y\n"
LOOKED_FOR_LEAKS = "kmemleak has looked for what the tests left behind"


@dataclasses.dataclass(frozen=True)
class Selection:
    """The tests to run."""

    suite: str = ""  # KUnit's glob; all suites if empty
    slow: bool = False  # include tests that are marked slow

    def arguments(self) -> list[str]:
        """Return the arguments for the kernel's command line."""
        chosen = [f"kunit.filter_glob={self.suite}"] if self.suite else []
        return chosen if self.slow else [*chosen, "kunit.filter=speed>slow"]


@dataclasses.dataclass(frozen=True)
class Outcome:
    """The result of a run."""

    passed: int
    failed: int
    skipped: int
    complaints: list[str]

    @property
    def ok(self) -> bool:
        """Return whether nothing failed and something passed: no data is a failure."""
        return self.failed == 0 and self.passed > 0

    @property
    def counts(self) -> tuple[int, int, int]:
        """Return the numbers for a closing line."""
        return self.passed, self.failed, self.skipped


def run(target: str, config: str, selection: Selection, time_limit: float) -> int:
    """Run `make kunit` or `make kunit-all`; return its exit status."""
    with report.of_run(target) as files:
        return _build_and_run(files, config, selection, time_limit)


def _build_and_run(files: report.Report, config: str, selection: Selection,
                   time_limit: float) -> int:
    steps = build.Steps()
    kernel = build.ensure_kernel(config)
    steps.done("kernel")
    console.note(f"{files.target}: Linux {kernel.version} with {config}.config"
                 + (f", suites {selection.suite}" if selection.suite else ""))
    outcome = execute(kernel, files, selection, time_limit)
    steps.done("run")
    for complaint in outcome.complaints:
        print(complaint, file=sys.stderr, flush=True)
    files.write_result(
        "passed" if outcome.ok else "failed", outcome.counts,
        kernel=kernel.version, compiler=kernel.compiler, config=kernel.config,
        config_hash=kernel.config_hash, suites=selection.suite or "*", slow=selection.slow,
        durations=kernel.durations | {"run": steps.durations["run"]})
    console.note(console.closing_line(files.target, *outcome.counts))
    return console.PASSED if outcome.ok else console.FAILED


def execute(kernel: build.Kernel, files: report.Report,
            selection: Selection = Selection(), time_limit: float = TIME_LIMIT_SECONDS,
            variables: Mapping[str, str] | None = None) -> Outcome:
    """Run a kernel's suites; kunit.py prints their results immediately.

    With @variables, the environment of an instrumented kernel, only failures are printed, and the
    logs have the target's name.
    """
    name = files.target if variables else "kunit"
    log = paths.LOG / f"{name}-console.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    # kunit.py prints the path that it writes to, so it writes to the final path.
    junit = paths.LOG / f"{name}-junit.xml"
    junit.unlink(missing_ok=True)
    parser = process.spawn(
        [sys.executable, str(kernel.tree / "tools/testing/kunit/kunit.py"), "parse",
         f"--junit={junit}", *(["--failed"] if variables else [])],
        stdin=subprocess.PIPE, text=True)
    timed_out = _run_kernel(kernel, selection, time_limit, log, parser, variables)
    process.finish(parser)
    lines = log.read_text(encoding="utf-8", errors="backslashreplace").splitlines()
    files.write("ktap", ktap(lines))
    if not junit.is_file():
        raise console.RigError("kunit.py has not written its results", console.tail(log))
    outcome = judge(junit, lines, timed_out or _unscanned(kernel, lines))
    files.write("junit.xml", junit.read_text(encoding="utf-8"))
    return outcome


def _unscanned(kernel: build.Kernel, lines: list[str]) -> str:
    """Return the reason if a missing leak report proves nothing, or ""."""
    config = (kernel.build_dir / ".config").read_text(encoding="utf-8")
    if WATCHES_LEAKS not in config or any(LOOKED_FOR_LEAKS in line for line in lines):
        return ""
    return "the kernel ended before kmemleak had looked for leaks"


def _run_kernel(kernel: build.Kernel, selection: Selection, time_limit: float, log: Path,
                parser: subprocess.Popen, variables: Mapping[str, str] | None = None) -> str:
    """Run UML, copy its output to @log and @parser; return the reason if it was killed, or ""."""
    own_files = kernel.build_dir / "uml"
    argv = [str(kernel.linux), *KERNEL_ARGUMENTS, f"uml_dir={own_files}/",
            *selection.arguments()]
    child = process.spawn(argv, death_signal=signal.SIGKILL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="backslashreplace",
                          env=os.environ | (variables or {}))
    reason: list[str] = []

    def end_it() -> None:
        reason.append(f"the kernel was still running after {time_limit:g} s and was ended")
        process.end(child, grace=0)

    timer = threading.Timer(time_limit, end_it)
    timer.start()
    try:
        with open(log, "w", encoding="utf-8") as out:
            _copy_lines(child, out, parser)
        process.finish(child)
    finally:
        timer.cancel()
        process.end(child, grace=0)
        shutil.rmtree(own_files, ignore_errors=True)
    return "".join(reason)


def _copy_lines(child: subprocess.Popen, out, parser: subprocess.Popen) -> None:
    listening = True
    for line in child.stdout:
        out.write(line)
        out.flush()
        try:
            if listening:
                parser.stdin.write(line)
                parser.stdin.flush()
        except BrokenPipeError:
            # The parser exits after the last result.
            listening = False
    try:
        parser.stdin.close()
    except BrokenPipeError:
        pass


def ktap(lines: list[str]) -> str:
    """Return the KTAP part of a console's output."""
    kept: list[str] = []
    prefix = None
    for line in lines:
        if prefix is None:
            match = KTAP_START.match(line)
            if match:
                prefix = len(match.group(1))
                kept.append(line[prefix:])
        elif KTAP_END.search(line):
            break
        else:
            kept.append(line[prefix:])
    return "".join(f"{line}\n" for line in kept)


def judge(junit: Path, lines: list[str], complaint: str = "") -> Outcome:
    """Add up kunit.py's results and the faults that only the console shows."""
    root = ElementTree.parse(junit).getroot()
    cases = [{child.tag for child in case} for case in root.iter("testcase")]
    passed = sum(not tags & {"failure", "error", "skipped"} for tags in cases)
    skipped = sum("skipped" in tags for tags in cases)
    failed = int(root.get("failures", "0")) + int(root.get("errors", "0"))
    complaints = [complaint] if complaint else []
    complaints += _complaints(lines)
    if complaints or passed == 0:
        # A complaint may come from between tests and belong to no test.
        failed = max(failed, 1)
    return Outcome(passed, failed, skipped, complaints)


def _complaints(lines: list[str]) -> list[str]:
    """Return the kernel's complaints, each with the lines around it."""
    found: list[str] = []
    shown_to = -1
    for number, line in enumerate(lines):
        if number <= shown_to:
            continue
        if PANIC.search(line):
            start = max(shown_to + 1, number - CONTEXT_LINES)
        elif COMPLAINT.search(line):
            start = number
        else:
            continue
        shown_to = number + CONTEXT_LINES
        found.append("\n".join(["the kernel complained:", *lines[start:shown_to + 1]]))
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--suite", default="", metavar="GLOB",
                        help="run only these suites, e.g. 'rvkms_blend*'")
    parser.add_argument("--config", default="fast", metavar="NAME",
                        help="kernel config in uml-configs/ (default: fast)")
    parser.add_argument("--time-limit", type=float, default=TIME_LIMIT_SECONDS,
                        metavar="SECONDS", help="time limit of the kernel")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    selection = Selection(options.suite, slow=options.command == "kunit-all")
    return run(options.command, options.config, selection, options.time_limit)
