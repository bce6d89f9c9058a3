# SPDX-License-Identifier: GPL-2.0
"""Run the suites or the demo on an instrumented kernel and keep its counters."""

from __future__ import annotations

import concurrent.futures
import hashlib
import re
import shutil
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rig.base import paths, process, report
from rig.coverage import gcov, llvmcov, profile
from rig.kernel import build, client, packages, uml
from rig.suites import kunit

DEMO = paths.ROOT / "tests/demo"
DEMO_SECONDS = 120
DEMO_END = "the demo gets to its end"

CHECK = re.compile(r"^(ok|not ok) (.+?)(?: # (.*))?$")

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


@dataclass
class Ran:
    """The results of runs, which show whether their counters are complete."""

    tests: dict[str, dict[str, str]] = field(default_factory=dict)  # by suite
    faults: list[str] = field(default_factory=list)  # complaints of the kernel, and timeouts

    @property
    def passed(self) -> dict[str, list[str]]:
        """Return the passed tests, by suite."""
        return {suite: [test for test, outcome in tests.items() if outcome == PASSED]
                for suite, tests in self.tests.items()}

    @property
    def failed(self) -> list[str]:
        """Return the failed tests with their suites."""
        return [f"{suite}: {test}" for suite, tests in self.tests.items()
                for test, outcome in tests.items() if outcome == FAILED]


class Counters:
    """The counters of some runs of one kernel, in one directory."""

    def __init__(self, kernel: build.Kernel, kind: str, directory: Path) -> None:
        self.kernel = kernel
        self.kind = kind
        self.directory = directory
        # The kernels add to existing counters.
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment that directs counters here; runs in parallel do not conflict."""
        if self.kind == profile.GCOV:
            return {"GCOV_PREFIX": str(self.directory)}
        return {"LLVM_PROFILE_FILE": str(self.directory / "%p.profraw")}

    def read(self, ran: Ran) -> tuple[profile.Profile, list[str]]:
        """Return the profile, and faults of the data."""
        if self.kind == profile.GCOV:
            files, faults = gcov.collect(self.kernel.build_dir / paths.DRIVER, self.directory,
                                         paths.ROOT)
        else:
            files, faults = llvmcov.collect(self.kernel.linux, self.directory, paths.ROOT)
        provenance = profile.Provenance(
            self.kind, self.kernel.config, self.kernel.version, self.kernel.compiler,
            binary_hash(self.kernel), sources_hash(), self.kernel.linux.stat().st_mtime_ns,
            time.time_ns(), ran.passed)
        return profile.Profile(provenance, files), faults


def binary_hash(kernel: build.Kernel) -> str:
    """Return the hash of the kernel that was run."""
    with open(kernel.linux, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sources_hash() -> str:
    """Return the hash of the sources that the line numbers refer to."""
    digest = hashlib.sha256()
    for path in sorted((paths.ROOT / paths.DRIVER).rglob("*.[ch]")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(paths.ROOT)}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def suites(counters: Counters, files: report.Report, selection: kunit.Selection,
           time_limit: float = kunit.TIME_LIMIT_SECONDS) -> tuple[Ran, kunit.Outcome]:
    """Run KUnit suites; return their results."""
    outcome = kunit.execute(counters.kernel, files, selection, time_limit, counters.environment)
    ran = Ran(read_junit(files.directory / "junit.xml"), list(outcome.complaints))
    return ran, outcome


def read_junit(path: Path) -> dict[str, dict[str, str]]:
    """Return the result of each test, by suite."""
    found: dict[str, dict[str, str]] = {}

    def walk(element: ElementTree.Element, suite: str) -> None:
        for child in element:
            if child.tag == "testsuite":
                walk(child, suite or child.get("name", ""))
            elif child.tag == "testcase":
                tags = {grandchild.tag for grandchild in child}
                outcome = (FAILED if tags & {"failure", "error"}
                           else SKIPPED if "skipped" in tags else PASSED)
                name = child.get("name", "")
                if element.get("name", suite) != suite:
                    name = f"{element.get('name')}/{name}"
                found.setdefault(suite or "?", {})[name] = outcome

    walk(ElementTree.parse(path).getroot(), "")
    return found


def demo(counters: Counters) -> Ran:
    """Run the demo's client on the kernel, which has the driver built in."""
    packages.ensure(client.PACKAGES | client.DEMO_PACKAGES)
    work = counters.directory.parent / "demo"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    programs = client.ensure(DEMO, paths.BUILD / "demo/client")
    return programs_in(counters, "demo", DEMO / "init", DEMO_END, DEMO_SECONDS, {
        "DEMO_DRIVER": "rvkms", "DEMO_BIN": str(programs), "DEMO_OUT": str(work)})


def programs_in(counters: Counters, suite: str, init: Path, end: str, seconds: float,
                variables: Mapping[str, str]) -> Ran:
    """Boot the kernel with @init, which prints "ok" or "not ok" lines; the last one is @end."""
    tests: dict[str, str] = {}

    def hear(line: str) -> None:
        if match := CHECK.match(line):
            verdict, name, _ = match.groups()
            if tests.get(name) != FAILED:
                tests[name] = PASSED if verdict == "ok" else FAILED

    outcome = uml.run(counters.kernel.linux, init, paths.LOG / f"{counters.kind}-{suite}.log",
                      variables=variables,
                      arguments=[uml.VIRTUAL_TIME, uml.MONITOR, "kunit.enable=0"],
                      time_limit=seconds, environment=counters.environment, on_line=hear)
    faults = []
    if complaints := outcome.complaints():
        faults.append("\n".join(["the kernel complained:", *complaints]))
    if outcome.timed_out:
        faults.append(f"{suite}: still running after {seconds:g} s")
    elif outcome.status:
        faults.append(f"{suite}: the kernel ended with {outcome.status}")
    if tests.get(end) != PASSED:
        faults.append("\n".join([f"{suite} did not reach its end:", *outcome.lines[-15:]]))
    return Ran({suite: tests}, faults)


def both(counters: Counters, files: report.Report, selection: kunit.Selection,
         with_demo: bool, time_limit: float) -> tuple[Ran, kunit.Outcome]:
    """Run the suites and the demo in parallel."""
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        other = pool.submit(demo, counters) if with_demo else None
        try:
            ran, outcome = suites(counters, files, selection, time_limit)
        except BaseException:
            # Otherwise the pool would wait for the demo.
            process.end_all()
            raise
        if other:
            more = other.result()
            ran.tests |= more.tests
            ran.faults += more.faults
    return ran, outcome
