# SPDX-License-Identifier: GPL-2.0
"""Keep the coverage of an IGT run, to be merged with that of the suites."""

from __future__ import annotations

from collections.abc import Mapping

from rig.base import console, paths, report
from rig.coverage import measure, profile, tracefile
from rig.igt.output import Status, Verdict
from rig.kernel import build

# In uml-configs/: the driver is built in and instrumented.
CONFIG = "igt-coverage"

# Files of the report.
FILES = ("profile.json", "rvkms.info")

OUTCOMES = {Status.PASS: measure.PASSED, Status.SKIP: measure.SKIPPED}


def counters(kernel: build.Kernel, files: report.Report) -> measure.Counters:
    """Return the directory for the counters of a run's kernels; delete the last run's reports."""
    for name in FILES:
        (files.directory / name).unlink(missing_ok=True)
    return measure.Counters(kernel, profile.GCOV, paths.BUILD / CONFIG / "counters")


def keep(files: report.Report, counted: measure.Counters, verdicts: Mapping[str, Verdict]) -> None:
    """Write the coverage as a profile and as lcov's tracefile. Killed kernels leave no counters."""
    ran = measure.Ran({"igt": {name: OUTCOMES.get(verdict.status, measure.FAILED)
                               for name, verdict in verdicts.items()}})
    measured, faults = counted.read(ran)
    if faults:
        raise console.RigError("what IGT has reached cannot be read", "\n".join(faults))
    kept, info = (files.directory / name for name in FILES)
    measured.save(kept)
    report.write_text(info, tracefile.lcov(measured, paths.ROOT))
    console.note(f"what it has reached: {paths.shown(kept)}")
