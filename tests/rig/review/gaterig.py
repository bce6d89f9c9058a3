# SPDX-License-Identifier: GPL-2.0
"""Provide a rig for tests of the gate: it measures a small driver in user space in milliseconds.

The compilers, gcov and llvm-cov are real, and so are the readers of their data. Only the kernel is
left out: the suites are linked into a program.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path

from rig.base import c_decisions, paths
from rig.coverage import gcov, llvmcov, profile
from rig.review import diff, series, verdict
from tests.rig import support

FIXTURE = Path(__file__).resolve().parent / "gate"
INCLUDE = FIXTURE / "include"

COMPILERS = {
    profile.GCOV: ["gcc", "-fprofile-arcs", "-ftest-coverage"],
    profile.MCDC: ["clang-19", "-fprofile-instr-generate", "-fcoverage-mapping",
                   "-fcoverage-mcdc"],
}
PLAIN = {profile.GCOV: "gcc", profile.MCDC: "clang-19"}

LISTED = re.compile(r"^rvkms-y \+?:?=((?:[^\n\\]|\\\n)*)", re.MULTILINE)


class UserSpace:
    """Build and run the project at a root, as the rig does with a kernel."""

    def __init__(self, work: Path, kinds: tuple[str, ...] = profile.KINDS) -> None:
        self.work = work
        self.kinds = kinds
        self.measured = 0
        self.linted: list[verdict.Finding] = []  # findings that lint() returns

    def key(self) -> str:
        """Return the compilers: a state's result depends on nothing else here."""
        return " ".join(self.kinds)

    def lint(self, root: Path, patch: series.Patch, change: diff.Change
             ) -> tuple[list[verdict.Finding], list[verdict.Finding]]:
        """Return the findings that the test has set."""
        return self.linted, []

    def lint_built(self, root: Path, change: diff.Change) -> list[verdict.Finding]:
        """Return the sparse findings that the test has set."""
        return [finding for finding in self.linted if finding.check == "sparse"]

    def measure(self, root: Path) -> verdict.Measured:
        """Compile with each compiler, run the suites, and read the counters."""
        self.measured += 1
        profiles, tests = [], {}
        c_decisions.in_macros.cache_clear()
        for kind in self.kinds:
            build = self.work / kind
            shutil.rmtree(build, ignore_errors=True)
            farm = build / "farm"
            driver = farm / paths.DRIVER
            shutil.copytree(root / paths.DRIVER, driver)
            shutil.copytree(root / paths.SUITES, driver / "tests")
            complaints = self._compile(kind, farm)
            if complaints:
                return verdict.Measured(build_failure=complaints)
            counters = build / "counters"
            ran = support.run([farm / "O/suites"], cwd=build,
                              env=dict(os.environ, GCOV_PREFIX=str(counters),
                                       LLVM_PROFILE_FILE=str(counters / "%p.profraw")))
            if ran.returncode:
                return verdict.Measured(run_failure=f"the kernel panicked\n{ran.stderr}")
            tests = read_tests(ran.stdout)
            if not tests:
                return verdict.Measured(run_failure="no test was run")
            profiles.append(self._read(kind, build, counters, root))
        return verdict.Measured(profiles=tuple(profiles), tests=tests)

    def _compile(self, kind: str, farm: Path) -> str:
        makefile = (farm / paths.DRIVER / "Makefile").read_text(encoding="utf-8")
        sources = [f"{paths.DRIVER}/{name[:-2]}.c" for listed in LISTED.findall(makefile)
                   for name in listed.replace("\\\n", " ").split()]
        suites = [str(path.relative_to(farm))
                  for path in sorted((farm / paths.DRIVER / "tests").glob("*.c"))]
        objects = []
        for name in sources + suites + [str(INCLUDE / "main.c")]:
            compiler = COMPILERS[kind] if name in sources else [PLAIN[kind]]
            made = (farm / name).with_suffix(".o") if not os.path.isabs(name) \
                else farm / "main.o"
            ran = cached(self.work / "objects", farm, [*compiler, "-std=gnu11", "-Wall", "-Werror",
                                                       f"-I{INCLUDE}"], name, made)
            if ran:
                return ran
            objects.append(str(made))
        binary = farm / "O/suites"
        binary.parent.mkdir()
        linked = support.run([*COMPILERS[kind], *objects, "-o", binary])
        return linked.stderr if linked.returncode else ""

    @staticmethod
    def _read(kind: str, build: Path, counters: Path, root: Path) -> profile.Profile:
        if kind == profile.GCOV:
            files, faults = gcov.collect(build / "farm" / paths.DRIVER, counters, root)
        else:
            files, faults = llvmcov.collect(build / "farm/O/suites", counters, root)
        assert not faults, faults
        return profile.Profile(profile.Provenance(kind=kind), files)


def cached(store: Path, farm: Path, command: list[str], name: str, made: Path) -> str:
    """Compile a file unless the store has its object; return the errors of the compiler."""
    seen = hashlib.sha256(f"{command} {made}".encode())
    for path in (farm / name, *sorted(farm.rglob("*.h"))):
        seen.update(str(path).encode() + path.read_bytes())
    # The object's name is part of the key because gcov derives the path of the counters from it.
    key = seen.hexdigest()
    kept = store / key
    if not kept.is_dir():
        ran = support.run([*command, "-c", name, "-o", made], cwd=farm)
        if ran.returncode:
            return ran.stderr
        kept.mkdir(parents=True)
        for file in (made, made.with_suffix(".gcno")):
            if file.is_file():
                shutil.copy(file, kept)
    for file in kept.iterdir():
        shutil.copy(file, made.with_name(file.name))
    return ""


def read_tests(output: str) -> dict[str, dict[str, str]]:
    """Parse the program's lines into the status of each test, by suite."""
    tests: dict[str, dict[str, str]] = {}
    for line in output.splitlines():
        suite, test, status = line.split()
        tests.setdefault(suite, {})[test] = status
    return tests
