# SPDX-License-Identifier: GPL-2.0
"""Test `make coverage` with a fake kernel: a run without data fails even if its tests pass."""

import json
import shutil
import subprocess
import unittest
from unittest import mock

from rig.base import console, paths
from rig.coverage import coverage, measure, profile, who_tests
from rig.kernel import tree
from rig.kernel import source as kernel_source
from rig.suites import kunit
from tests.rig import support
from tests.rig.suites.test_kunit import NO_TESTS, PANIC

# Makes an object with one function for every source file of the driver.
BUILD_OBJECTS = """\
\t@cp $(CURDIR)/fake-uml $(O)/linux
\t@echo 'int f(void); int f(void) { return 1; }' >$(O)/f.c; gcc -c -o $(O)/f.o $(O)/f.c
\t@cd $(CURDIR) && find drivers/gpu/drm/rvkms -name '*.c' | while read -r name; do \\
\t\tmkdir -p $(O)/$${name%/*}; cp $(O)/f.o $(O)/$${name%.c}.o; done
"""


class MeasureTest(unittest.TestCase):
    """Run a copy of the tool."""

    def setUp(self) -> None:
        self.directory = support.scratch(self)
        self.project = support.copy_project(self.directory)
        self.kernel = support.fake_kernel(self.directory)
        for patch in tree.patches():
            for name in tree.PATCHED.findall(patch.read_text()):
                copy = self.kernel / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(kernel_source.find().path / name, copy)
        self.reports = self.project / "build/reports/coverage"

    def coverage(self, *more: str) -> subprocess.CompletedProcess:
        """Run the tool to its end, without the demo."""
        return support.run([self.project / "tools/rvkms", "coverage", "--no-demo", *more],
                           env=support.environment(KERNEL_SRC=self.kernel))

    def is_red(self, ran: subprocess.CompletedProcess, *said: str) -> None:
        """Expect a failed run that prints these texts and writes no profile."""
        self.assertEqual(ran.returncode, 1, ran.stdout + ran.stderr)
        self.assertRegex(ran.stdout.splitlines()[-1], r"^coverage: \d+ passed, [1-9]\d* failed, ")
        for text in said:
            self.assertIn(text, ran.stdout)
        self.assertFalse((self.reports / "profile.json").exists())
        self.assertEqual(json.loads((self.reports / "result.json").read_text())["outcome"],
                         "failed")

    def test_kernel_that_counts_nothing(self) -> None:
        """Fail for a kernel without counters even if every test passes."""
        makefile = self.kernel / "Makefile"
        makefile.write_text(makefile.read_text().replace(
            "\t@cp $(CURDIR)/fake-uml $(O)/linux\n", BUILD_OBJECTS))
        self.is_red(self.coverage(), "no object has counters",
                    "core/compose/blend.c: has no profile",
                    "no file has a profile")

    def test_file_that_is_not_built(self) -> None:
        """Report a file that is not built."""
        self.is_red(self.coverage(), "core/compose/blend.c: is not built")

    def test_zero_tests(self) -> None:
        """Fail without a test."""
        support.kernel_says(self.kernel, NO_TESTS)
        self.is_red(self.coverage(), "no test ran")

    def test_panic(self) -> None:
        """Report a panic, after which there are no counters."""
        support.kernel_says(self.kernel, PANIC, "exit 1")
        self.is_red(self.coverage(), "Kernel panic - not syncing")

    def test_profile_of_the_last_run(self) -> None:
        """Delete the profile of an earlier run at the start."""
        self.reports.mkdir(parents=True)
        for name in coverage.FILES:
            (self.reports / name).write_text("old")
        (self.reports / "html").mkdir()
        self.coverage()
        self.assertFalse((self.reports / "profile.json").exists())
        self.assertNotIn("old", (self.reports / "rvkms.info").read_text())

    def test_broken_policy(self) -> None:
        """Report a broken policy before the build."""
        (self.project / "coverage/policy").write_text("core/ lines some\n")
        ran = self.coverage()
        self.assertEqual(ran.returncode, 2)
        self.assertIn("coverage/policy:1: not a rule", ran.stderr)

    def test_patch_that_does_not_apply(self) -> None:
        """Report a patch that does not apply, and name the tree."""
        script = self.kernel / "arch/um/kernel/dyn.lds.S"
        script.write_text(script.read_text().replace("fini_array", "gone"))
        ran = self.coverage()
        self.assertEqual(ran.returncode, 2)
        self.assertRegex(ran.stderr, r"coverage/0001-\S+\.patch does not apply to ")

    def test_patch_that_the_kernel_has(self) -> None:
        """Skip a patch that the kernel already has."""
        source = kernel_source.Source(self.kernel, "7.3.0", pristine=False)
        before = tree.patched_files(source, tree.patches())
        for name, content in before.items():
            (self.kernel / name).write_bytes(content)
        self.assertEqual(tree.patched_files(source, tree.patches()), before)

    def test_merged_profile_of_another_state(self) -> None:
        """Reject a profile of another state of the driver."""
        kept = self.directory / "profile.json"
        profile.Profile(profile.Provenance(profile.GCOV, sources="another")).save(kept)
        ran = self.coverage("--merge", str(kept))
        self.assertEqual(ran.returncode, 2)
        self.assertIn("profile.json cannot be merged: it is of different sources of the driver",
                      ran.stderr)

    def test_merged_profile(self) -> None:
        """Add a profile, and skip the policy, which is about a full run without other profiles."""
        kept = self.directory / "profile.json"
        with mock.patch.object(paths, "ROOT", self.project):
            sources = measure.sources_hash()
        name = f"{paths.DRIVER}/core/compose/blend.c"
        profile.Profile(profile.Provenance(profile.GCOV, sources=sources),
                        {name: profile.FileProfile({7: 1, 8: 0})}).save(kept)
        ran = self.coverage("--merge", str(kept))
        self.assertRegex(ran.stdout, r"(?m)^core/compose/blend\.c +1/2  50\.0%")
        self.assertRegex(ran.stdout, r"(?m)^ok \d+ core/ lines 100% # SKIP it applies to all")

    def test_another_checkout(self) -> None:
        """Measure another checkout with these tools, and write to no other place."""
        shutil.rmtree(self.project / "tools")
        with mock.patch.dict("os.environ", KERNEL_SRC=str(self.kernel)):
            measured = coverage.run(self.project, profile.GCOV, kunit.Selection(), demo=False)
        self.assertEqual((measured.status, measured.profile), (1, None), measured)
        self.assertEqual(measured.tests["rvkms_fake"], {"first": "passed", "second": "skipped"})
        self.assertIn(f"{paths.DRIVER}/core/compose/blend.c: is not built", measured.details)

    def test_another_checkout_that_does_not_build(self) -> None:
        """Return a build failure of another checkout as a result."""
        makefile = self.kernel / "Makefile"
        makefile.write_text(makefile.read_text().replace(
            "\t@cp ", "\t@echo '../drivers/x.c:7:1: error: no' >&2; exit 1\n\t@cp "))
        with mock.patch.dict("os.environ", KERNEL_SRC=str(self.kernel)):
            measured = coverage.run(self.project, profile.GCOV, demo=False)
        self.assertEqual((measured.status, measured.profile), (2, None), measured)
        self.assertIn("error: no", measured.reason)


class OptionsTest(unittest.TestCase):
    """Test coverage.Options."""

    def test_partial(self) -> None:
        """Treat every run but that of all suites and the demo as partial."""
        self.assertFalse(coverage.Options(profile.GCOV).partial)
        for options in ({"demo": False}, {"selection": kunit.Selection("rvkms_blend")},
                        {"merged": (paths.ROOT / "profile.json",)}):
            self.assertTrue(coverage.Options(profile.GCOV, **options).partial)


class SourcesTest(unittest.TestCase):
    """Test measure.sources_hash()."""

    def test_content_and_names(self) -> None:
        """Change the hash with the content and the name of a source file."""
        root = support.scratch(self)
        driver = root / paths.DRIVER
        driver.mkdir(parents=True)
        seen = set()
        with mock.patch.object(paths, "ROOT", root):
            for name, content in (("a.c", "x"), ("a.c", "y"), ("b.h", "y"), ("b.txt", "y")):
                for path in driver.iterdir():
                    path.unlink()
                (driver / name).write_text(content)
                seen.add(measure.sources_hash())
            (driver / "b.txt").unlink()
            seen.add(measure.sources_hash())
        self.assertEqual(len(seen), 4)


class PlaceTest(unittest.TestCase):
    """Test who_tests.parse()."""

    def test_names(self) -> None:
        """Accept names relative to the project and to the driver."""
        name = f"{paths.DRIVER}/core/compose/blend.c"
        self.assertEqual(who_tests.parse(f"{name}:7"), (name, 7))
        self.assertEqual(who_tests.parse("core/compose/blend.c:7"), (name, 7))

    def test_no_place(self) -> None:
        """Reject any other text."""
        for place in ("core/compose/blend.c", "core/compose/blend.c:x", "core/nothing.c:7",
                      "README.md:7", ":7"):
            with self.assertRaisesRegex(console.RigError, "is not a FILE:LINE of"):
                who_tests.parse(place)
