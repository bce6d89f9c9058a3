# SPDX-License-Identifier: GPL-2.0
"""core/ in user space: tools/core-test and tools/fuzz, what is red must be red."""

import unittest
from pathlib import Path

from rig import console, coretest, fuzz, paths, user
from tests.rig import support


class CoreTestTest(unittest.TestCase):
    """What the suites say."""

    def test_passes(self) -> None:
        """Suites are told apart, and pass."""
        said = coretest.suites(["KTAP version 1", "# Suite: a", "ok - x", "# Suite: b", "ok - y"])
        self.assertEqual(list(said), ["a", "b"])
        self.assertEqual([coretest.findings(lines) for lines in said.values()], [[], []])

    def test_failure_is_shown(self) -> None:
        """The expectation, and not the tests that passed."""
        lines = ["# Suite: a", "ok - x", "# y: EXPECTATION at f.c:1", "not ok - y"]
        self.assertEqual(coretest.findings(lines), [lines[0], *lines[2:]])

    def test_no_tests(self) -> None:
        """A suite without tests is red."""
        self.assertEqual(coretest.findings(["# Suite: a"]), ["it has no tests"])

    def test_no_suites(self) -> None:
        """A program without suites is red."""
        with self.assertRaises(console.RigError):
            coretest.suites(["KTAP version 1"])

    def test_crash(self) -> None:
        """The suite in which the program dies is red."""
        program = support.scratch(self) / "suites"
        support.script(program, "echo '# Suite: a'; echo 'ok - x'; kill -SEGV $$")
        flavour = user.Flavour("fake", {}, "", "")
        self.addCleanup(setattr, user, "program", user.program)
        user.program = lambda *_: program
        said = coretest.suites(coretest._run_suites(flavour, ()))
        self.assertIn("not ok - the program ended with -11", coretest.findings(said["a"]))


class FuzzTest(unittest.TestCase):
    """What the fuzzers come to."""

    def judged(self, status: int, said: str) -> list[str]:
        """The findings."""
        return fuzz.judged(status, said, Path("log"))

    def test_passes(self) -> None:
        """Inputs were run, and nothing was found."""
        self.assertEqual(self.judged(0, "stat::number_of_executed_units: 12\n"), [])

    def test_nothing_run(self) -> None:
        """No data is a failure."""
        self.assertEqual(self.judged(0, "stat::number_of_executed_units: 0\n"),
                         ["nothing was run"])
        self.assertEqual(self.judged(0, ""), ["nothing was run"])

    def test_finding(self) -> None:
        """The report is shown without libFuzzer's progress."""
        findings = self.judged(77, "#1 NEW\n==1==ERROR: heap-buffer-overflow\n")
        self.assertEqual(findings[0], "==1==ERROR: heap-buffer-overflow")

    def test_seeds(self) -> None:
        """A line is a file; what is not hexadecimal is refused."""
        directory = support.scratch(self)
        packed = directory / "seeds.txt"
        packed.write_text("# a comment\n00ff\n41\n", encoding="ascii")
        self.assertEqual(fuzz.unpack(packed, directory / "seeds"), 2)
        self.assertEqual((directory / "seeds/0000").read_bytes(), b"\x00\xff")
        packed.write_text("0x\n", encoding="ascii")
        with self.assertRaisesRegex(console.RigError, "seed 1 is not hexadecimal"):
            fuzz.unpack(packed, directory / "seeds")

    def test_no_seeds(self) -> None:
        """A fuzzer without seeds is red."""
        program = support.scratch(self) / "none_fuzz"
        support.script(program, "exit 0")
        self.assertEqual(fuzz._seeds("none_fuzz", program).findings, ["it has no seeds"])

    def test_read_beyond_a_framebuffer(self) -> None:
        """A core that reads one pixel too many is found by the seeds alone."""
        project = support.copy_project(support.scratch(self))
        image = project / paths.DRIVER / "core/pixel/image.c"
        text = image.read_text(encoding="utf-8")
        faulty = text.replace("size - at }", "size - at + 1 }")
        self.assertNotEqual(text, faulty)
        image.write_text(faulty, encoding="utf-8")
        ran = support.run([project / "tools/fuzz", "--seconds", 1], env=support.environment())
        self.assertEqual(ran.returncode, console.FAILED, ran.stdout + ran.stderr)
        self.assertIn("heap-buffer-overflow", ran.stdout)
        self.assertRegex(ran.stdout, r"not ok \d+ compose_fuzz/seeds")

    def test_no_time(self) -> None:
        """Nothing can be found in no time."""
        with self.assertRaisesRegex(console.RigError, "positive"):
            fuzz.run(0, False)
