# SPDX-License-Identifier: GPL-2.0
"""Test the verdicts from the console of a kernel that has run a test of IGT."""

import unittest

from rig.igt import output
from rig.igt.output import Status
from rig.kernel import uml

BOOT = ["[    0.000000] Linux version 7.3.4", "rig: ready",
        "[    0.020000] [IGT] kms_toy: executing"]
WARNING = ["[    1.000000] ------------[ cut here ]------------",
           "[    1.000000] WARNING: drivers/gpu/drm/toy.c:7 at toy_flip+0x1/0x2",
           "[    1.000000] Call Trace:"]
PANIC = ["[    1.000000] Kernel panic - not syncing: Fatal exception"]


def begins(name: str) -> list[str]:
    """Return the lines in which IGT starts a subtest."""
    return [f"[    0.100000] [IGT] kms_toy: starting subtest {name}", f"Starting subtest: {name}"]


def ends(name: str, word: str, seconds: str = "0.250") -> list[str]:
    """Return the lines in which IGT ends a subtest, the result in bold."""
    return [f"\x1b[1mSubtest {name}: {word} ({seconds}s)\x1b[0m",
            f"[    0.200000] [IGT] kms_toy: finished subtest {name}, {word}"]


def over(status: int) -> list[str]:
    """Return the lines at the end of the test's process, as tests/igt/init prints them."""
    return [f"[    9.000000] [IGT] kms_toy: exiting, ret={status}", f"rig: exit {status}"]


class ReadTest(unittest.TestCase):
    """Test output.read()."""

    def read(self, names: str, *parts: list[str], timed_out: bool = False, status: int = 0
             ) -> dict[str, output.Verdict]:
        """Read a console that has these lines after the boot."""
        lines = [line for part in (BOOT, *parts) for line in part]
        return output.read(names.split(), uml.Outcome(lines, 1.0, status, timed_out))

    def statuses(self, *arguments, **options) -> list[Status]:
        """Return the statuses in the order of the names."""
        return [verdict.status for verdict in self.read(*arguments, **options).values()]

    def test_passed_and_skipped(self) -> None:
        """Take the reason of a skip from the requirement's message."""
        read = self.read(
            "first second", begins("first"), ends("first", "SUCCESS"), begins("second"),
            ["Test requirement not met in function igt_require_pipe, file ../lib/igt_kms.c:2341:",
             "Test requirement: !(!display->pipes[pipe].enabled)",
             "Pipe F does not exist or not enabled"], ends("second", "SKIP"), over(0))
        self.assertEqual((read["first"].status, read["first"].seconds), (Status.PASS, 0.25))
        self.assertEqual((read["second"].status, read["second"].reason),
                         (Status.SKIP, ["Pipe F does not exist or not enabled"]))

    def test_requirement_without_words(self) -> None:
        """Take the expression of a requirement without a message as the reason."""
        read = self.read("a", begins("a"), [
            "Test requirement not met in function run, file ../tests/kms_toy.c:1:",
            "Test requirement: has_toy(fd)", "Last errno: 2, No such file or directory"],
            ends("a", "SKIP"), over(77))
        self.assertEqual(read["a"].reason, ["has_toy(fd)"])

    def test_group_that_never_began(self) -> None:
        """Give each subtest of a group the requirement that is printed before the first one."""
        read = self.read("a b", [
            "Test requirement not met in function run, file ../tests/kms_toy.c:1:",
            "Test requirement: has_toy(fd)", "Subtest a: SKIP (0.000s)",
            "Subtest b: SKIP (0.000s)"], over(77))
        self.assertEqual([(verdict.status, verdict.reason) for verdict in read.values()],
                         [(Status.SKIP, ["has_toy(fd)"])] * 2)

    def test_failure_tells_its_assertion(self) -> None:
        """Keep a repeated assertion once."""
        line = "(kms_toy:37) CRITICAL: Failed assertion: crc == reference"
        read = self.read("a", begins("a"), [line, line], ends("a", "FAIL"), over(98))
        self.assertEqual((read["a"].status, read["a"].reason), (Status.FAIL, [line]))

    def test_dynamic_subtests_are_part_of_theirs(self) -> None:
        """Add a dynamic subtest to its subtest, also if another subtest has the same name."""
        read = self.read("a b", begins("a"), [
            "[    0.1] [IGT] kms_toy: starting dynamic subtest b", "Starting dynamic subtest: b",
            "Dynamic subtest b: FAIL (0.100s)",
            "[    0.2] [IGT] kms_toy: finished dynamic subtest b, FAIL"],
            ends("a", "SUCCESS"), begins("b"), ends("b", "SUCCESS"), over(0))
        self.assertEqual([verdict.status for verdict in read.values()], [Status.PASS] * 2)
        self.assertIn("Dynamic subtest b: FAIL (0.100s)", read["a"].log)

    def test_result_that_a_kernel_line_has_broken(self) -> None:
        """Take the result from the kernel's log if a kernel message splits the line."""
        self.assertEqual(self.statuses("a", begins("a"), [
            "Subtest a: SUCC[    0.1] toy: a line", "ESS (0.1s)",
            "[    0.2] [IGT] kms_toy: finished subtest a, SUCCESS"], over(0)), [Status.PASS])

    def test_child_that_dies_first(self) -> None:
        """Take the last result, after a child that crashed has printed one."""
        read = self.read("a b", begins("a"), ["Received signal SIGSEGV."], ends("a", "CRASH"),
                         ["CRITICAL: Failed assertion: child"], ends("a", "FAIL"), begins("b"),
                         ends("b", "SUCCESS"), over(98))
        self.assertEqual([verdict.status for verdict in read.values()],
                         [Status.FAIL, Status.PASS])
        self.assertEqual(read["a"].reason, ["Received signal SIGSEGV.",
                                            "CRITICAL: Failed assertion: child"])

    def test_words_of_the_test(self) -> None:
        """Read a crash and a timeout from the test's result, and fail for an unknown word."""
        for word, status in (("CRASH", Status.CRASH), ("TIMEOUT", Status.HANG),
                             ("NEW", Status.FAIL)):
            with self.subTest(word):
                self.assertEqual(self.statuses("a", begins("a"), ends("a", word), over(98)),
                                 [status])

    def test_hang_leaves_the_rest_missing(self) -> None:
        """Report a hang of the running subtest, and the later ones as missing."""
        self.assertEqual(
            self.statuses("a b c", begins("a"), ends("a", "SUCCESS"), begins("b"),
                          timed_out=True, status=-9),
            [Status.PASS, Status.HANG, Status.MISSING])

    def test_hang_after_a_warning(self) -> None:
        """Keep a hang after a warning as final, because another run could lose the warning."""
        read = self.read("a", begins("a"), WARNING, timed_out=True)
        self.assertEqual(read["a"].status, Status.HANG)
        self.assertTrue(read["a"].is_final())
        self.assertFalse(self.read("a", begins("a"), timed_out=True)["a"].is_final())

    def test_hang_after_the_last(self) -> None:
        """Keep the results if the process hangs after its last subtest."""
        self.assertEqual(self.statuses("a", begins("a"), ends("a", "SUCCESS"), over(0),
                                       timed_out=True), [Status.PASS])

    def test_panic_fails_the_one_that_ran(self) -> None:
        """Keep a panic as the final result of the running subtest."""
        read = self.read("a b", begins("a"), PANIC, status=134)
        self.assertEqual((read["a"].status, read["b"].status), (Status.CRASH, Status.MISSING))
        self.assertEqual(read["a"].complaints, PANIC)
        self.assertTrue(read["a"].is_final())
        self.assertFalse(read["b"].is_final())

    def test_process_that_dies(self) -> None:
        """Report a crash of the subtest in which the process died, and the others as missing."""
        self.assertEqual(self.statuses("a b", begins("a"), ["rig: exit 139"]),
                         [Status.CRASH, Status.MISSING])

    def test_process_that_leaves_some_out(self) -> None:
        """Fail a subtest that the test ends without running, because another run gives the same."""
        read = self.read("a b", begins("a"), ends("a", "SUCCESS"), over(0))
        self.assertEqual(read["b"].status, Status.FAIL)
        self.assertTrue(read["b"].is_final())

    def test_kernel_that_does_not_come_up(self) -> None:
        """Report all subtests as missing if none has started."""
        self.assertEqual(self.statuses("a b", timed_out=True), [Status.MISSING] * 2)

    def test_test_without_subtests(self) -> None:
        """Judge a test without subtests by its exit status."""
        for code, status in ((0, Status.PASS), (77, Status.SKIP), (98, Status.FAIL),
                             (139, Status.FAIL)):
            with self.subTest(code):
                read = output.read([""], uml.Outcome([*BOOT, f"rig: exit {code}"], 1.0, 0, False))
                self.assertEqual(read[""].status, status)
        read = output.read([""], uml.Outcome(BOOT, 1.0, -9, True))
        self.assertEqual(read[""].status, Status.HANG)


class BlameTest(unittest.TestCase):
    """Test which subtest a kernel complaint is assigned to."""

    def blamed(self, *parts: list[str]) -> list[str]:
        """Return the subtests, of a and b, that have a complaint."""
        lines = [line for part in parts for line in part]
        read = output.read(["a", "b"], uml.Outcome(lines, 1.0, 0, False))
        return [name for name, verdict in read.items() if verdict.complaints]

    def test_during(self) -> None:
        """Assign a complaint to the running subtest, also if it passes."""
        self.assertEqual(self.blamed(BOOT, begins("a"), WARNING, ends("a", "SUCCESS"),
                                     begins("b"), ends("b", "SUCCESS"), over(0)), ["a"])
        self.assertEqual(self.blamed(BOOT, begins("a"), ends("a", "SUCCESS"), begins("b"), WARNING,
                                     ends("b", "SUCCESS"), over(0)), ["b"])

    def test_between(self) -> None:
        """Assign a complaint between two subtests to the first of them."""
        self.assertEqual(self.blamed(BOOT, begins("a"), ends("a", "SUCCESS"), WARNING,
                                     begins("b"), ends("b", "SUCCESS"), over(0)), ["a"])

    def test_before(self) -> None:
        """Assign a complaint during boot to the first subtest."""
        self.assertEqual(self.blamed(BOOT[:1], WARNING, BOOT[1:], begins("a"),
                                     ends("a", "SUCCESS"), begins("b"), ends("b", "SUCCESS"),
                                     over(0)), ["a"])

    def test_after(self) -> None:
        """Assign a complaint after the end, such as a leak, to the last subtest."""
        leak = ["[   15.000000] unreferenced object 0x61000000 (size 64):"]
        self.assertEqual(self.blamed(BOOT, begins("a"), ends("a", "SUCCESS"), begins("b"),
                                     ends("b", "SUCCESS"), over(0), leak), ["b"])

    def test_before_a_kernel_that_gets_nowhere(self) -> None:
        """Assign a panic during boot to the first subtest, or the run would pass."""
        self.assertEqual(self.blamed(BOOT[:1], PANIC), ["a"])

    def test_what_looks_like_the_kernel(self) -> None:
        """Ignore lines of IGT in the kernel's format, and DRM's message about a slow CRC reader."""
        self.assertEqual(self.blamed(BOOT, begins("a"), [
            "[1.000000] (kms_toy:37) igt_core-INFO: WARNING: not the kernel's",
            "[    1.000000] [IGT] kms_leaked: executing",
            "[    1.000000] [drm:drm_crtc_add_crc_entry] *ERROR* Overflow of CRC buffer."],
            ends("a", "SUCCESS"), begins("b"),
            ends("b", "SUCCESS"), over(0)), [])

    def test_quote_ends(self) -> None:
        """Limit the lines of a quote, and quote no line twice."""
        more = [f"[    1.000000]  line {number}" for number in range(500)]
        read = output.read(["a"], uml.Outcome([*BOOT, *begins("a"), *WARNING, *more,
                                               *ends("a", "FAIL")], 1.0, 0, False))
        self.assertEqual(len(read["a"].complaints), output.COMPLAINT_LINES)


class ProgressTest(unittest.TestCase):
    """Test output.is_progress(), which feeds the watchdog."""

    def test_what_is_progress(self) -> None:
        """Count the start and end of a subtest as progress, and no line in between."""
        for line in [*begins("a"), *ends("a", "SKIP")[:1], "rig: ready", "rig: exit 0",
                     "Starting dynamic subtest: x"]:
            self.assertTrue(output.is_progress(line), line)
        for line in ["(kms_toy:37) INFO: busy", *WARNING, ""]:
            self.assertFalse(output.is_progress(line), line)
