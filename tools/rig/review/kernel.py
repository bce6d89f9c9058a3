# SPDX-License-Identifier: GPL-2.0
"""Measure patches for the gate with instrumented kernels and the kernel's static checks."""

from __future__ import annotations

import functools
import hashlib
import subprocess
from pathlib import Path

from rig.base import console, paths, process
from rig.coverage import coverage, instrument, profile
from rig.kernel import tree
from rig.kernel import source as kernel_source
from rig.review import diff, patchlint, series
from rig.review.verdict import Finding, Measured
from rig.suites import kunit

# Directories that affect a result apart from the project under test. A patch does not change them.
OURS = ("tools", "uml-configs", "coverage")
COMPILERS = ("gcc", "clang-19", "ld")

# A kernel is built with each compiler: gcc as usual, and clang for the coverage of conditions.
SELECTION = kunit.Selection(slow=False)


class KernelRig:
    """Builds and boots two kernels and reads their counters."""

    @functools.cached_property
    def _key(self) -> str | None:
        source = kernel_source.find()
        if not source.pristine:
            # A user's tree may change unnoticed.
            return None
        digest = hashlib.sha256(f"{source.identity}\n{SELECTION}\n".encode())
        for tool in COMPILERS:
            digest.update(process.run([tool, "--version"], stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT).stdout.encode())
        for directory in OURS:
            for path in sorted((paths.HOME / directory).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    name = str(path.relative_to(paths.HOME))
                    digest.update(f"{name}\n".encode() + path.read_bytes())
        return digest.hexdigest()

    def key(self) -> str | None:
        """Return a hash of all inputs apart from the project's files; None disables the cache."""
        return self._key

    def measure(self, root: Path) -> Measured:
        """Run the suites and the demo in each kernel."""
        tree.lend(root, [instrument.recipe(kind).name for kind in profile.KINDS] + ["lint"])
        profiles, tests = [], {}
        for kind in profile.KINDS:
            ran = coverage.run(root, kind, SELECTION, demo=True)
            words = "\n".join(filter(None, (ran.reason, ran.details)))
            if ran.status == console.COULD_NOT_RUN:
                return Measured(build_failure=words)
            if ran.profile is None:
                return Measured(run_failure=words)
            profiles.append(ran.profile)
            tests = _worse(tests, ran.tests)
        return Measured(profiles=tuple(profiles), tests=tests)

    def lint(self, root: Path, patch: series.Patch, change: diff.Change
             ) -> tuple[list[Finding], list[Finding]]:
        """Run the static checks that need no build."""
        findings, remarks = patchlint.checkpatch(patch)
        return findings + patchlint.kernel_doc(root, change), remarks

    def lint_built(self, root: Path, change: diff.Change) -> list[Finding]:
        """Run the static checks that need a build."""
        return patchlint.compiled(root, change)


def _worse(one: dict[str, dict[str, str]], other: dict[str, dict[str, str]]
           ) -> dict[str, dict[str, str]]:
    """Merge the results of both kernels: a test passes if it passes in each of them."""
    order = {"failed": 0, "skipped": 1, "passed": 2}
    worse = {suite: dict(tests) for suite, tests in one.items()}
    for suite, tests in other.items():
        mine = worse.setdefault(suite, {})
        for test, status in tests.items():
            mine[test] = min(mine.get(test, status), status, key=lambda each: order.get(each, 0))
    return worse
