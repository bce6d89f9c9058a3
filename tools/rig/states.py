# SPDX-License-Identifier: GPL-2.0
"""What states of the project have reached, kept by their content."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from rig import csource, ctext, policy, profile, repo, report
from rig.verdict import Waiver, is_driver

# What of the project a run of its suites depends on; the rest of the rig is the gate's own.
DEPENDS = ("drivers", "tests/kunit", "tests/demo", "tests/client")

# More than a series and its base are not needed soon.
KEPT = 24

Tests = dict[str, dict[str, str]]


def name(repository: repo.Repository, tree: str, key: str) -> str:
    """A name for a state of the project as one rig measures it."""
    listed = repository.ask("ls-tree", tree, "--", *DEPENDS)
    return hashlib.sha256(f"{key}\n{listed}".encode()).hexdigest()[:32]


class Store:
    """Profiles and results of tests, a directory a state."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def load(self, state: str) -> tuple[tuple[profile.Profile, ...], Tests] | None:
        """What is known of a state."""
        directory = self._directory / state
        try:
            content = json.loads((directory / "tests.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        (directory / "tests.json").touch()
        kept = tuple(profile.load(directory / file) for file in content["profiles"])
        return kept, content["tests"]

    def save(self, state: str, profiles: tuple[profile.Profile, ...], tests: Tests) -> None:
        """Remember a state; of those that were not used for long, forget some."""
        directory = self._directory / state
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        names = []
        for one in profiles:
            names.append(f"{one.provenance.kind}.json")
            one.save(directory / names[-1])
        # The last to be written: what has it is whole.
        report.write_text(directory / "tests.json",
                          json.dumps({"profiles": names, "tests": tests}) + "\n")
        kept = sorted(self._directory.glob("*/tests.json"), key=lambda path: path.stat().st_mtime)
        for old in kept[:-KEPT]:
            shutil.rmtree(old.parent)


def waivers(sources: Mapping[str, csource.Source]) -> tuple[Waiver, ...]:
    """The waivers that are in the driver's files, those without a reason included."""
    found = []
    for file, source in sources.items():
        if not is_driver(file) or not policy.WAIVER.search("\n".join(source.lines)):
            continue
        good, bad = policy.waivers(file, ctext.Text("\n".join(source.lines)))
        found += [Waiver(file, one.line, one.first, one.last, one.reason) for one in good]
        for fault in bad:
            line = int(fault.removeprefix(f"{file}:").partition(":")[0])
            found.append(Waiver(file, line, line, line, ""))
    return tuple(found)
