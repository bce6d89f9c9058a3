# SPDX-License-Identifier: GPL-2.0
"""Test the stored coverage of IGT."""

import contextlib
import io
import unittest
from pathlib import Path
from unittest import mock

from rig.base import console, paths, report
from rig.coverage import profile
from rig.igt import coverage, run
from rig.igt.output import Status, Verdict
from rig.kernel import build
from tests.rig import support

NAME = f"{paths.DRIVER}/crtc.c"


class KeepTest(unittest.TestCase):
    """Test coverage.keep() and coverage.counters()."""

    def setUp(self) -> None:
        self.directory = support.scratch(self)
        patch = mock.patch.object(paths, "REPORTS", self.directory)
        patch.start()
        self.addCleanup(patch.stop)
        self.files = report.Report("igt-coverage")

    def keep(self, *faults: str) -> mock.Mock:
        """Keep counters of one line that ran, read with these faults."""
        counted = mock.Mock()
        counted.read.return_value = (profile.Profile(
            profile.Provenance(profile.GCOV), {NAME: profile.FileProfile({3: 5})}), list(faults))
        verdicts = {status.name: Verdict(status) for status in
                    (Status.PASS, Status.FAIL, Status.SKIP)}
        with contextlib.redirect_stdout(io.StringIO()):
            coverage.keep(self.files, counted, verdicts)
        return counted

    def test_kept(self) -> None:
        """Write a profile and a tracefile."""
        counted = self.keep()
        ran, = counted.read.call_args.args
        self.assertEqual(ran.tests, {"igt": {"PASS": "passed", "FAIL": "failed",
                                             "SKIP": "skipped"}})
        kept = profile.load(self.files.directory / "profile.json")
        self.assertEqual(kept.files[NAME].lines, {3: 5})
        self.assertIn("DA:3,5\n", (self.files.directory / "rvkms.info").read_text())

    def test_profile_of_the_last_run(self) -> None:
        """Delete the profile of an earlier run at the start."""
        self.keep()
        with mock.patch.object(paths, "BUILD", self.directory):
            coverage.counters(mock.Mock(), self.files)
        left = [path for path in self.directory.rglob("*") if path.is_file()]
        self.assertEqual(left, [])

    def test_counters_that_cannot_be_read(self) -> None:
        """Write no profile from unreadable counters."""
        with self.assertRaisesRegex(console.RigError, "what IGT has reached cannot be read"):
            self.keep(f"{NAME}: the run left no profile of it")
        self.assertFalse((self.files.directory / "profile.json").exists())


class KernelTest(unittest.TestCase):
    """Test the kernel with counters."""

    def test_recipe(self) -> None:
        """Build the driver in, because the counters of a module are lost when the kernel ends."""
        recipe = run.recipe(coverage.CONFIG)
        self.assertTrue(recipe.instrumented)
        self.assertIn("CONFIG_DRM_RVKMS=y", build.fragment(recipe).splitlines())
        self.assertIn("# CONFIG_SMP is not set", build.fragment(recipe).splitlines())

    def test_peer(self) -> None:
        """Reject coverage of the peer."""
        with mock.patch.object(run.expectations, "load", side_effect=AssertionError), \
                self.assertRaisesRegex(console.RigError, "what is counted is rvkms, not vkms"):
            run.execute(mock.Mock(directory=Path("/nowhere")),
                        run.Order(driver="vkms", config=coverage.CONFIG))
