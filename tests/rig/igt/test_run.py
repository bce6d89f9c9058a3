# SPDX-License-Identifier: GPL-2.0
"""Test the expected results of IGT's subtests, the verdicts, and the comparison with vkms."""

import dataclasses
import unittest
from unittest import mock

from rig.base import console
from rig.base.drivers import OURS, PEER
from rig.igt import compare, expectations, run
from rig.igt.output import Status, Verdict
from rig.kernel.pace import Pace

SKIPS = expectations.Rules("skips", {"kms_hdcp@*": "no HDCP"})
COMPLAINT = ["[    1.0] WARNING: toy", "[    1.0] Call Trace:"]


def judge(name: str, status: Status, reason: str = "", driver: str = OURS,
          complaints: tuple[str, ...] = ()) -> run.Judged:
    """Judge one subtest."""
    verdict = Verdict(status, [reason] if reason else [], 0.1, [], list(complaints))
    return run.judge(name, verdict, False, driver, SKIPS)


class JudgeTest(unittest.TestCase):
    """Test run.judge()."""

    def test_expected(self) -> None:
        """Accept a pass, and a skip with a reason in tests/igt/skips."""
        self.assertEqual(judge("kms_toy@a", Status.PASS).findings, [])
        skipped = judge("kms_hdcp@a", Status.SKIP, "Pipe F does not exist")
        self.assertEqual((skipped.findings, skipped.skip_reason), ([], "no HDCP"))

    def test_change_is_red(self) -> None:
        """Report an unexpected skip, and a pass where a skip is expected."""
        skipped = judge("kms_toy@a", Status.SKIP, "has_toy(fd)")
        self.assertEqual((skipped.findings, skipped.skip_reason), (["skipped: has_toy(fd)"], ""))
        passed = judge("kms_hdcp@a", Status.PASS)
        self.assertEqual(passed.findings, ["passed, and was expected to be skipped: no HDCP"])

    def test_all_else_is_red(self) -> None:
        """Report every other status, also where a skip is expected, and give a reason."""
        for status in Status:
            if status in (Status.PASS, Status.SKIP):
                continue
            for name in ("kms_toy@a", "kms_hdcp@a"):
                for driver in (OURS, PEER):
                    with self.subTest(status=status, name=name, driver=driver):
                        self.assertEqual(judge(name, status, driver=driver).findings,
                                         [f"{status.value}: no reason given"])

    def test_complaint_is_red(self) -> None:
        """Report a kernel complaint in a subtest that passed or was skipped as expected."""
        for name, status in (("kms_toy@a", Status.PASS), ("kms_hdcp@a", Status.SKIP)):
            result = judge(name, status, complaints=tuple(COMPLAINT)).result()
            self.assertIn(f"the kernel complained: {COMPLAINT[0]}", result.findings)
            self.assertIn(COMPLAINT[1], result.findings)
            self.assertEqual(result.skip_reason, "")

    def test_nothing_is_expected_of_the_peer(self) -> None:
        """Accept any skip of the peer, and its passes where rvkms skips."""
        skipped = judge("kms_toy@a", Status.SKIP, "has_toy(fd)", driver=PEER)
        self.assertEqual((skipped.findings, skipped.skip_reason), ([], "has_toy(fd)"))
        self.assertEqual(judge("kms_hdcp@a", Status.PASS, driver=PEER).findings, [])


class ChosenTest(unittest.TestCase):
    """Test the choice of subtests, also for an IGT that is newer than the lists."""

    NONE = expectations.Rules("none", {})
    LISTS = expectations.Lists(
        ["kms_toy@a", "kms_toy@b", "kms_toy@c"], NONE, NONE, NONE, NONE, NONE,
        expectations.Rules("slow", {"kms_toy@b": "it counts"}),
        expectations.Rules("load", {"kms_toy@c": "it measures"}), ["kms_toy@[ab]"],
        ["kms_toy@c"], ["kms_toy@[bc]"])

    def test_same(self) -> None:
        """Choose all subtests, named ones, or the quick ones."""
        offered = ["kms_toy@a", "kms_toy@b", "kms_toy@c"]
        self.assertEqual(run.chosen(self.LISTS, offered, run.Order()), offered)
        self.assertEqual(run.chosen(self.LISTS, offered, run.Order(patterns="kms_toy@c")),
                         ["kms_toy@c"])
        self.assertEqual(run.chosen(self.LISTS, offered, run.Order(smoke=True)), offered[:2])

    def test_real_time(self) -> None:
        """Choose the list for real time, or any subtest that the user names."""
        offered = self.LISTS.subtests
        order = run.Order(pace=Pace(real=True))
        self.assertEqual(run.chosen(self.LISTS, offered, order), offered[1:])
        named = dataclasses.replace(order, patterns="kms_toy@a")
        self.assertEqual(run.chosen(self.LISTS, offered, named), ["kms_toy@a"])

    def test_exact_names(self) -> None:
        """Choose exactly the subtests that failed, for a run of the peer."""
        order = run.Order(names=("kms_toy@c",), smoke=True)
        self.assertEqual(run.chosen(self.LISTS, self.LISTS.subtests, order), ["kms_toy@c"])

    def test_slow_frames(self) -> None:
        """Leave out a subtest that measures, with its reason, if frames or CPUs are slow."""
        names = self.LISTS.subtests
        self.assertEqual(run.split(names, self.LISTS, run.Order()), (names, {}))
        self.assertEqual(run.split(names, self.LISTS, run.Order(pace=Pace(slow="20ms"))),
                         (["kms_toy@a", "kms_toy@c"],
                          {"kms_toy@b": "not run with SLOW: it counts"}))
        self.assertEqual(run.split(names, self.LISTS, run.Order(pace=Pace(True, "", 4)))[1],
                         {"kms_toy@c": "not run with LOAD: it measures"})
        both = run.Order(pace=Pace(True, "20ms", 4))
        self.assertEqual(run.split(names, self.LISTS, both)[0], ["kms_toy@a"])

    def test_smoke_with_slow_frames(self) -> None:
        """Take the list that is for them."""
        order = run.Order(smoke=True, pace=Pace(slow="20ms"))
        self.assertEqual(run.chosen(self.LISTS, self.LISTS.subtests, order), ["kms_toy@c"])

    def test_newer(self) -> None:
        """Reject a full run of a newer IGT. Run the known quick subtests, and print a notice."""
        offered = ["kms_toy@b", "kms_toy@c", "kms_toy@new"]
        with self.assertRaises(console.RigError) as raised:
            run.chosen(self.LISTS, offered, run.Order())
        self.assertIn("kms_toy@new", raised.exception.details)
        with mock.patch.object(console, "note") as note:
            self.assertEqual(run.chosen(self.LISTS, offered, run.Order(smoke=True)),
                             ["kms_toy@b"])
        self.assertIn("disagree in 2, first: tests/igt/subtests: IGT has no kms_toy@a",
                      note.call_args.args[0])


class RedLinesTest(unittest.TestCase):
    """Test the lines that are printed as verdicts come."""

    def test_alike_are_one_line(self) -> None:
        """Print one line for reasons that differ in numbers only, and none for a pass."""
        lines = run.red_lines([judge("kms_toy@a", Status.SKIP, "no 2 pipes"),
                               judge("kms_toy@b", Status.SKIP, "no 13 pipes"),
                               judge("kms_toy@c", Status.FAIL, "crc"),
                               judge("kms_toy@d", Status.PASS)])
        self.assertEqual(lines, ["not ok kms_toy@a and 1 more: skipped: no 2 pipes",
                                 "not ok kms_toy@c: fail: crc"])


class CompareTest(unittest.TestCase):
    """Test `make igt-compare`."""

    def row(self, ours: Status, peer: Status, name: str = "kms_toy@a", **more) -> compare.Row:
        """Make a row from the results of both drivers."""
        return compare.Row(name, judge(name, ours, **more), judge(name, peer, driver=PEER))

    def test_worse_than_the_peer(self) -> None:
        """Report first that the peer passes and rvkms does not."""
        result = self.row(Status.SKIP, Status.PASS, reason="x").result()
        self.assertEqual(result.findings[0], "vkms passes, rvkms does not: skip")
        self.assertEqual(self.row(Status.PASS, Status.FAIL).result().findings, [])

    def test_worse_for_a_reason(self) -> None:
        """Accept an expected skip that the peer passes, and report a failure instead of it."""
        row = self.row(Status.SKIP, Status.PASS, name="kms_hdcp@a")
        self.assertTrue(row.is_worse())
        self.assertEqual((row.result().findings, row.result().skip_reason), ([], "no HDCP"))
        failed = self.row(Status.FAIL, Status.PASS, name="kms_hdcp@a").result()
        self.assertEqual(failed.findings[0], "vkms passes, rvkms does not: fail")

    def test_totals(self) -> None:
        """Count crashes, hangs, and passes with kernel complaints as failures."""
        rows = [self.row(Status.PASS, Status.HANG), self.row(Status.SKIP, Status.CRASH),
                self.row(Status.PASS, Status.MISSING, complaints=tuple(COMPLAINT))]
        totals = compare.totals(rows)
        self.assertEqual(totals, {"rvkms": {"passed": 1, "skipped": 1, "failed": 1},
                                  "vkms": {"passed": 0, "skipped": 0, "failed": 3}})
        self.assertEqual(compare.table(totals)[1].split(), ["rvkms", "1", "1", "1"])

    def test_page(self) -> None:
        """List every subtest with its reason, escaped for HTML."""
        page = compare.page([self.row(Status.FAIL, Status.PASS, reason="a < b")], "7.3")
        self.assertIn("<td class=fail>fail: a &lt; b", page)
        self.assertIn("<td class=pass>pass", page)
