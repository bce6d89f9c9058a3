# SPDX-License-Identifier: GPL-2.0
"""Run `tools/rvkms who-tests FILE:LINE`: find the suites and tests that reach a line.

Each suite is run alone, then each test of the suites that reach the line: a boot takes less than a
second. Lines that a boot without tests reaches are subtracted. Results are kept until the kernel
changes.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess

from rig.base import console, lock, paths, process
from rig.coverage import instrument, measure, profile
from rig.kernel import build, client, packages
from rig.suites import kunit

WORK = paths.BUILD / "who-tests"
LISTED = re.compile(r"^(\w+)\.(\w+)$")
BOOT_SECONDS = 120

# No suite has this name: it selects a boot without tests.
NOTHING = "none-of-them"


def run(place: str) -> int:
    """Print the suites and tests that reach @place; return 1, as grep does, if there are none."""
    name, line = parse(place)
    with lock.held():
        packages.ensure(client.PACKAGES | client.DEMO_PACKAGES)
        runs = Runs(instrument.ensure_kernel(profile.GCOV))
        found = runs.reaching(name, line)
    for suite, tests in found.items():
        console.note(suite)
        for test in tests:
            console.note(f"  {test}")
    if not found:
        console.note(f"no test reaches {place}")
    return console.PASSED if found else console.FAILED


def parse(place: str) -> tuple[str, int]:
    """Return the file's name relative to the project and the line number."""
    name, _, number = place.rpartition(":")
    for candidate in (name, f"{paths.DRIVER}/{name}"):
        if (paths.ROOT / candidate).is_file() and number.isdigit():
            path = (paths.ROOT / candidate).resolve()
            if path.is_relative_to(paths.ROOT / paths.DRIVER):
                return str(path.relative_to(paths.ROOT)), int(number)
    raise console.RigError(f"{place} is not a FILE:LINE of {paths.DRIVER}/")


class Runs:
    """Runs of single suites and tests on one kernel. Each is run once, then cached."""

    def __init__(self, kernel: build.Kernel) -> None:
        self._kernel = kernel
        self._directory = WORK / measure.binary_hash(kernel)[:16]
        for old in WORK.glob("*"):
            if old != self._directory:
                shutil.rmtree(old, ignore_errors=True)
        self._directory.mkdir(parents=True, exist_ok=True)
        self._workers = len(os.sched_getaffinity(0))

    def reaching(self, name: str, line: int) -> dict[str, list[str]]:
        """Return the tests that reach a line, by suite; "boot" is the driver's own initialization.
        """
        idle = self._profile(NOTHING)
        if line not in idle.files.get(name, profile.FileProfile()).lines:
            raise console.RigError(f"{name}:{line} has no code")
        before = idle.files[name].lines[line]
        tests = self._listed()
        suites = self._all([NOTHING, "demo", *tests])
        found: dict[str, list[str]] = {"boot": []} if before else {}
        for suite, cases in tests.items():
            if _count(suites[suite], name, line) > before:
                each = self._all([f"{suite}.{case}" for case in cases])
                found[suite] = [case for case in cases
                                if _count(each[f"{suite}.{case}"], name, line) > before]
        if _count(suites["demo"], name, line) > before:
            found["demo"] = []
        return found

    def _listed(self) -> dict[str, list[str]]:
        """Return the names of the tests, by suite."""
        lines = self._boot(["kunit.action=list"], {}, "list")
        tests: dict[str, list[str]] = {}
        for line in lines:
            if match := LISTED.match(line.strip()):
                tests.setdefault(match.group(1), []).append(match.group(2))
        if not tests:
            raise console.RigError("the kernel lists no tests", "\n".join(lines[-15:]))
        return tests

    def _all(self, names: list[str]) -> dict[str, profile.Profile]:
        with concurrent.futures.ThreadPoolExecutor(self._workers) as pool, \
                console.Progress("who-tests") as progress:
            found = {}
            try:
                for name, measured in zip(names, pool.map(self._profile, names)):
                    found[name] = measured
                    progress.update(f"{len(found)} of {len(names)} runs")
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                process.end_all()
                raise
            return found

    def _profile(self, name: str) -> profile.Profile:
        """Return the profile of a suite, a test or the demo."""
        file = self._directory / f"{name}.json"
        if file.is_file():
            return profile.load(file)
        counters = measure.Counters(self._kernel, profile.GCOV, self._directory / name)
        if name == "demo":
            ran = measure.demo(counters)
        else:
            lines = self._boot([f"kunit.filter_glob={name}"], counters.environment, name)
            ran = measure.Ran({name: {}}, [] if any(kunit.KTAP_END.search(line) for line in lines)
                              else ["\n".join([f"{name} did not end:", *lines[-15:]])])
        measured, faults = counters.read(ran)
        if ran.faults or faults:
            raise console.RigError(f"{name} cannot be measured", "\n".join([*ran.faults, *faults]))
        measured.save(file)
        shutil.rmtree(counters.directory)
        return measured

    def _boot(self, arguments: list[str], variables: dict[str, str], name: str) -> list[str]:
        own = self._directory / f"{name}.uml"
        argv = ["timeout", str(BOOT_SECONDS), str(self._kernel.linux), *kunit.KERNEL_ARGUMENTS,
                f"uml_dir={own}/", "kunit.filter=speed>slow", *arguments]
        ran = process.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=os.environ | variables)
        shutil.rmtree(own, ignore_errors=True)
        return ran.stdout.splitlines()


def _count(measured: profile.Profile, name: str, line: int) -> int:
    return measured.files[name].lines.get(line, 0) if name in measured.files else 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("place", metavar="FILE:LINE",
                        help="a line; FILE is relative to the project or to the driver")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run(options.place)
