# SPDX-License-Identifier: GPL-2.0
"""Test core/ in user space: `make core-test` and `make fuzz` report each fault."""

import unittest
from pathlib import Path

from rig.base import console, paths
from rig.suites import core_build, core_test, fuzz
from tests.rig import support


class CoreTestTest(unittest.TestCase):
    """Test the verdicts about suites."""

    def test_passes(self) -> None:
        """Pass, and keep the suites apart."""
        said = core_test.suites(["KTAP version 1", "# Suite: a", "ok - x", "# Suite: b", "ok - y"])
        self.assertEqual(list(said), ["a", "b"])
        self.assertEqual([core_test.findings(lines) for lines in said.values()], [[], []])

    def test_failure_is_shown(self) -> None:
        """Show the failed expectation, and leave out the tests that passed."""
        lines = ["# Suite: a", "ok - x", "# y: EXPECTATION at f.c:1", "not ok - y"]
        self.assertEqual(core_test.findings(lines), [lines[0], *lines[2:]])

    def test_no_tests(self) -> None:
        """Fail for a suite without tests."""
        self.assertEqual(core_test.findings(["# Suite: a"]), ["it has no tests"])

    def test_no_suites(self) -> None:
        """Fail for a program without suites."""
        with self.assertRaises(console.RigError):
            core_test.suites(["KTAP version 1"])

    def test_crash(self) -> None:
        """Fail the suite in which the program crashes."""
        program = support.scratch(self) / "suites"
        support.script(program, "echo '# Suite: a'; echo 'ok - x'; kill -SEGV $$")
        flavour = core_build.Flavour("fake", {}, "", "")
        self.addCleanup(setattr, core_build, "program", core_build.program)
        core_build.program = lambda *_: program
        said = core_test.suites(core_test._run_suites(flavour, ()))
        self.assertIn("not ok - the program ended with -11", core_test.findings(said["a"]))


class FuzzTest(unittest.TestCase):
    """Test the verdicts about fuzzers."""

    def judged(self, status: int, said: str) -> list[str]:
        """Return the findings."""
        return fuzz.judged(status, said, Path("log"))

    def test_passes(self) -> None:
        """Pass if inputs were run without a finding."""
        self.assertEqual(self.judged(0, "stat::number_of_executed_units: 12\n"), [])

    def test_nothing_run(self) -> None:
        """Fail if no input was run."""
        self.assertEqual(self.judged(0, "stat::number_of_executed_units: 0\n"),
                         ["nothing was run"])
        self.assertEqual(self.judged(0, ""), ["nothing was run"])

    def test_finding(self) -> None:
        """Show the report without libFuzzer's progress."""
        findings = self.judged(77, "#1 NEW\n==1==ERROR: heap-buffer-overflow\n")
        self.assertEqual(findings[0], "==1==ERROR: heap-buffer-overflow")

    def test_seeds(self) -> None:
        """Write one file per line, and reject a line that is not hexadecimal."""
        directory = support.scratch(self)
        packed = directory / "seeds.txt"
        packed.write_text("# a comment\n00ff\n41\n", encoding="ascii")
        self.assertEqual(fuzz.unpack(packed, directory / "seeds"), 2)
        self.assertEqual((directory / "seeds/0000").read_bytes(), b"\x00\xff")
        packed.write_text("0x\n", encoding="ascii")
        with self.assertRaisesRegex(console.RigError, "seed 1 is not hexadecimal"):
            fuzz.unpack(packed, directory / "seeds")

    def test_no_seeds(self) -> None:
        """Fail for a fuzzer without seeds."""
        program = support.scratch(self) / "none_fuzz"
        support.script(program, "exit 0")
        self.assertEqual(fuzz._seeds("none_fuzz", program).findings, ["it has no seeds"])

    def test_read_beyond_a_framebuffer(self) -> None:
        """Find a read of one pixel beyond a framebuffer with the seeds alone."""
        project = support.copy_project(support.scratch(self))
        image = project / paths.DRIVER / "core/pixel/image.c"
        text = image.read_text(encoding="utf-8")
        faulty = text.replace("size - at }", "size - at + 1 }")
        self.assertNotEqual(text, faulty)
        image.write_text(faulty, encoding="utf-8")
        ran = support.run([project / "tools/rvkms", "fuzz", "--seconds", 1],
                          env=support.environment())
        self.assertEqual(ran.returncode, console.FAILED, ran.stdout + ran.stderr)
        self.assertIn("heap-buffer-overflow", ran.stdout)
        self.assertRegex(ran.stdout, r"not ok \d+ compose_fuzz/seeds")

    def test_no_time(self) -> None:
        """Reject a time of zero."""
        with self.assertRaisesRegex(console.RigError, "positive"):
            fuzz.run(0, False)
