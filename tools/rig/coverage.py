# SPDX-License-Identifier: GPL-2.0
"""Measure what the suites reach of the driver."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from rig import kunit, profile


@dataclasses.dataclass(frozen=True)
class Measured:
    """What a measuring run came to."""

    status: int  # console.PASSED, FAILED (a test failed, the kernel crashed), COULD_NOT_RUN
    reason: str  # why it is not PASSED, one line
    details: str  # a compiler's diagnostics, the kernel's last words
    profile: profile.Profile | None  # None unless all that was asked for was run to its end
    tests: dict[str, dict[str, str]]  # suite, test: "passed", "failed", "skipped"


def run(root: Path, kind: str, selection: kunit.Selection = kunit.Selection(slow=True),
        demo: bool = True) -> Measured:
    """Build and run the project at @root with this rig, and say what was reached.

    @kind is one of profile.KINDS. The driver and the suites are those of @root, and so is build/,
    in which a second run finds what the first has built; tools and configs are this project's.
    The policy is not looked at: status is that of the tests. Nothing is raised for what a patch
    can break. A run that finds nothing changed since the last one of the same selection returns
    its result again.
    """
    raise NotImplementedError
