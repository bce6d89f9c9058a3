# SPDX-License-Identifier: GPL-2.0
"""Test the runs of `make igt`: the peer runs the subtests that failed in real time, too."""

import dataclasses
import unittest
from unittest import mock

from rig.base import checks, console
from rig.base.drivers import OURS, PEER
from rig.igt import igt, run
from rig.igt.output import Status, Verdict
from rig.kernel.pace import Pace
from rig.suites import race

REAL = run.Order("igt-real", pace=Pace(real=True))


def judged(name: str, status: Status, reason: str = "") -> run.Judged:
    """Judge a subtest that is expected to pass."""
    findings = [] if status is Status.PASS else [f"{status.value}: {reason}"]
    return run.Judged(name, Verdict(status, [reason] if reason else []), True, findings)


def ran(order: run.Order, *subtests: run.Judged, **left_out: str) -> run.Run:
    """Make a run."""
    return run.Run(order, list(subtests), left_out, mock.Mock(), 1.0, 1.0)


class PeerTest(unittest.TestCase):
    """Test igt.beside_peer()."""

    def beside(self, ours: run.Run, peer: run.Run | None = None) -> tuple[run.Run, mock.Mock]:
        """Call it with a peer that returns @peer."""
        with mock.patch.object(run, "execute", return_value=peer) as execute:
            return igt.beside_peer(mock.Mock(), ours), execute

    def test_red_in_real_time(self) -> None:
        """Run exactly the failed subtests, without delays, and report both results."""
        order = dataclasses.replace(REAL, pace=Pace(True, "20ms", 4))
        ours = ran(order, judged("kms_a@1", Status.FAIL, "crc"), judged("kms_a@2", Status.PASS))
        for status, reason, words in ((Status.PASS, "", "pass"),
                                      (Status.FAIL, "late", "fail: late")):
            peer = ran(order, judged("kms_a@1", status, reason))
            result, execute = self.beside(ours, peer)
            asked = execute.call_args.args[1]
            self.assertEqual((asked.driver, asked.names, asked.pace),
                             (PEER, ("kms_a@1",), Pace(True, "", 4)))
            self.assertEqual(result.judged[0].findings,
                             ["fail: crc", f"vkms, real time, 4 busy loops: {words}"])
            self.assertEqual(result.judged[1].findings, [])

    def test_nothing_to_compare(self) -> None:
        """Do not run the peer after a good run, in virtual time, or if it was the driver."""
        red = judged("kms_a@1", Status.FAIL)
        for whole in (ran(REAL, judged("kms_a@1", Status.PASS)), ran(run.Order(), red),
                      ran(dataclasses.replace(REAL, driver=PEER), red)):
            result, execute = self.beside(whole)
            self.assertIs(result, whole)
            execute.assert_not_called()


class RaceTest(unittest.TestCase):
    """Test igt.race_results()."""

    def results(self, order: run.Order, *findings: str) -> tuple[list[checks.Result], mock.Mock]:
        """Call it with a race that has these findings with rvkms, and none with the peer."""
        def execute(wanted: race.Order, _kernel: object) -> race.Ran:
            of_driver = list(findings) if wanted.driver == OURS else []
            return race.Ran(race.Said(), [checks.Result("D 1024: x", of_driver, 0.0)], 1.0)

        with mock.patch.object(race, "execute", side_effect=execute) as called, \
                mock.patch.object(console, "note"):
            return igt.race_results(order, mock.Mock()), called

    def test_part_of_real_time(self) -> None:
        """Run the race with the whole list in real time, with fewer flips."""
        results, called = self.results(REAL)
        self.assertEqual([result.name for result in results], ["race: D 1024: x"])
        self.assertEqual(called.call_args.args[0], race.Order(OURS, REAL.pace, 50))

    def test_red(self) -> None:
        """Run the peer's race as well after a failure, and report both."""
        results, called = self.results(REAL, "ok 49, bad 1", "frame 7")
        self.assertEqual(results[0].findings, ["ok 49, bad 1", "vkms: pass", "frame 7"])
        self.assertEqual([call.args[0].driver for call in called.call_args_list], [OURS, PEER])

    def test_not_a_part(self) -> None:
        """Skip the race in virtual time, and for a part of the list, another driver or kernel."""
        for order in (run.Order(), dataclasses.replace(REAL, patterns="kms_flip"),
                      dataclasses.replace(REAL, shard="1/2"),
                      dataclasses.replace(REAL, driver=PEER),
                      dataclasses.replace(REAL, config="igt-sanitize")):
            with self.subTest(order):
                self.assertEqual(self.results(order, "red")[0], [])


class ResultsTest(unittest.TestCase):
    """Test how runs are told apart."""

    def test_names(self) -> None:
        """Name slow frames, and show the subtests that were left out as skipped."""
        slow = run.Order(pace=Pace(slow="20ms"))
        results = ran(slow, judged("kms_a@1", Status.PASS), **{"kms_a@2": "it measures"}).results()
        self.assertEqual([(result.name, result.skip_reason) for result in results],
                         [("kms_a@1 SLOW=20ms", ""), ("kms_a@2 SLOW=20ms", "it measures")])
        plain = ran(run.Order(), judged("kms_a@1", Status.PASS)).results()
        self.assertEqual(plain[0].name, "kms_a@1")

    def test_logs(self) -> None:
        """Keep the logs of each pace apart."""
        self.assertEqual(run.Order().logs(), "rvkms")
        self.assertEqual(run.Order(pace=Pace(True, "5ms", 2)).logs(), "rvkms-real-slow-5ms-load-2")

    def test_raw(self) -> None:
        """Count the verdicts of the subtests that ran."""
        counts = igt.raw(ran(REAL, judged("kms_a@1", Status.PASS),
                             judged("kms_a@2", Status.FAIL)))
        self.assertEqual((counts["pass"], counts["fail"], counts["complaints"]), (1, 1, 0))
