# SPDX-License-Identifier: GPL-2.0
"""Cache the coverage and test results of states of the project, by their content."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from rig.base import c_source, git, report
from rig.coverage import policy, profile
from rig.review.verdict import Waiver, is_driver

# Directories that a run of the suites depends on; the rest of the rig is the gate's own.
DEPENDS = ("drivers", "tests/kunit", "tests/demo", "tests/client")

# Enough for a series and its base.
KEPT = 24

Tests = dict[str, dict[str, str]]


def name(repository: git.Repository, tree: str, key: str) -> str:
    """Return the key of a state of the project, measured by one rig."""
    listed = repository.ask("ls-tree", tree, "--", *DEPENDS)
    return hashlib.sha256(f"{key}\n{listed}".encode()).hexdigest()[:32]


class Store:
    """Profiles and results of tests, one directory per state."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def load(self, state: str) -> tuple[tuple[profile.Profile, ...], Tests] | None:
        """Return the profiles and results of a state, or None."""
        directory = self._directory / state
        try:
            content = json.loads((directory / "tests.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        (directory / "tests.json").touch()
        kept = tuple(profile.load(directory / file) for file in content["profiles"])
        return kept, content["tests"]

    def save(self, state: str, profiles: tuple[profile.Profile, ...], tests: Tests) -> None:
        """Store a state; delete the least recently used ones."""
        directory = self._directory / state
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        names = []
        for one in profiles:
            names.append(f"{one.provenance.kind}.json")
            one.save(directory / names[-1])
        # Written last: a directory with this file is complete.
        report.write_text(directory / "tests.json",
                          json.dumps({"profiles": names, "tests": tests}) + "\n")
        kept = sorted(self._directory.glob("*/tests.json"), key=lambda path: path.stat().st_mtime)
        for old in kept[:-KEPT]:
            shutil.rmtree(old.parent)


def waivers(sources: Mapping[str, c_source.Source]) -> tuple[Waiver, ...]:
    """Return the waivers in the driver's files, including invalid ones without a reason."""
    found = []
    for file, source in sources.items():
        if not is_driver(file):
            continue
        good, bad = policy.waivers(file, source)
        found += [Waiver(file, one.line, one.first, one.last, one.reason) for one in good]
        for fault in bad:
            line = int(fault.removeprefix(f"{file}:").partition(":")[0])
            found.append(Waiver(file, line, line, line, ""))
    return tuple(found)
