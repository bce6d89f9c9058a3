# SPDX-License-Identifier: GPL-2.0
"""What the gate measures patches with: kernels that count, and the kernel's static checks."""

from __future__ import annotations

import functools
import hashlib
import subprocess
from pathlib import Path

from rig import (console, coverage, diff, gate, instrument, kunit, patchlint, paths, process,
                 profile, series, tree)
from rig import source as kernel_source
from rig.verdict import Finding

# What is not for a patch to change: what a result depends on besides the project's own files.
OURS = ("tools", "uml-configs", "coverage")
COMPILERS = ("gcc", "clang-19", "ld")

# A kernel is built with each compiler: gcc's is the one that is used, clang's knows conditions.
SELECTION = kunit.Selection(slow=False)


class KernelRig:
    """Builds two kernels, boots them, and reads what they have counted."""

    @functools.cached_property
    def _key(self) -> str | None:
        source = kernel_source.find()
        if not source.pristine:
            # A user's tree may change without a sign.
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
        """All that a result depends on besides the project's own files."""
        return self._key

    def measure(self, root: Path) -> gate.Measured:
        """Run the suites and the demo in each kernel."""
        tree.lend(root, [instrument.recipe(kind).name for kind in profile.KINDS] + ["lint"])
        profiles, tests = [], {}
        for kind in profile.KINDS:
            ran = coverage.run(root, kind, SELECTION, demo=True)
            words = "\n".join(filter(None, (ran.reason, ran.details)))
            if ran.status == console.COULD_NOT_RUN:
                return gate.Measured(build_failure=words)
            if ran.profile is None:
                return gate.Measured(run_failure=words)
            profiles.append(ran.profile)
            tests = _worse(tests, ran.tests)
        return gate.Measured(profiles=tuple(profiles), tests=tests)

    def lint(self, root: Path, patch: series.Patch, change: diff.Change
             ) -> tuple[list[Finding], list[Finding]]:
        """What needs no build."""
        findings, remarks = patchlint.checkpatch(patch)
        return findings + patchlint.kernel_doc(root, change), remarks

    def lint_built(self, root: Path, change: diff.Change) -> list[Finding]:
        """What does."""
        return patchlint.compiled(root, change)


def _worse(one: dict[str, dict[str, str]], other: dict[str, dict[str, str]]
           ) -> dict[str, dict[str, str]]:
    """A test has passed if it has in each kernel."""
    order = {"failed": 0, "skipped": 1, "passed": 2}
    worse = {suite: dict(tests) for suite, tests in one.items()}
    for suite, tests in other.items():
        mine = worse.setdefault(suite, {})
        for test, status in tests.items():
            mine[test] = min(mine.get(test, status), status, key=lambda each: order.get(each, 0))
    return worse
