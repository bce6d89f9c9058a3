# SPDX-License-Identifier: GPL-2.0
"""Test `make bench`: its scenes, dialogue, verdicts and tables. The costs are made up."""

import os
import re
import unittest
from collections.abc import Iterable
from pathlib import Path
from unittest import mock

from rig.base import console, paths
from rig.base.drivers import OURS, PEER
from rig.bench import frame, meter, plot, scenes
from tests.rig import support


def cost(*samples: float, **more: str) -> scenes.Cost:
    """Make a cost of a driver."""
    return scenes.Cost(list(samples), **more)


def costs(ours: scenes.Cost, other: scenes.Cost, name: str = "xr24") -> scenes.Costs:
    """Make the costs of one scene."""
    return {name: {OURS: ours, PEER: other}}


def scene(name: str) -> scenes.Scene:
    """Return the scene of this name."""
    return next(scene for scene in scenes.SCENES if scene.name == name)


class ScenesTest(unittest.TestCase):
    """Test the table of scenes."""

    def test_client_knows_them(self) -> None:
        """Expect the client's scenes under the same names, in the same order."""
        source = (paths.ROOT / "tests/bench/scene.c").read_text(encoding="utf-8")
        self.assertEqual(re.findall(r'^\t\{ "([\w-]+)", &mode', source, re.MULTILINE),
                         [scene.name for scene in scenes.SCENES])

    def test_growth_is_of_scenes(self) -> None:
        """Expect each point of the curves to be a scene."""
        names = {scene.name for scene in scenes.SCENES}
        self.assertLessEqual({*scenes.PLANES.values(), *scenes.MEGAPIXELS.values()}, names)

    def test_select_all(self) -> None:
        """Select all scenes without a pattern."""
        self.assertEqual(scenes.select(""), list(scenes.SCENES))

    def test_select_brings_what_is_compared_with(self) -> None:
        """Select the scene that a relative limit refers to, too."""
        self.assertEqual([scene.name for scene in scenes.select("*-hidden")],
                         ["xr24-overlay", "xr24-hidden"])

    def test_select_nothing(self) -> None:
        """Fail to run if a pattern selects no scene."""
        self.assertRaises(console.RigError, scenes.select, "xr25")

    def test_groups(self) -> None:
        """Put scenes that are compared with each other into one group."""
        groups = [[scene.name for scene in group] for group in scenes.groups(scenes.select(""))]
        self.assertIn(["xr24", "xr24-cursor", "xr24-rotated"], groups)
        self.assertIn(["xr24-overlay", "xr24-hidden"], groups)
        self.assertEqual(sum(map(len, groups)), len(scenes.SCENES))


class CostTest(unittest.TestCase):
    """Test one driver's cost of one scene."""

    def test_median(self) -> None:
        """Ignore one outlier."""
        self.assertEqual(cost(2.0, 9.0, 1.0).ms, 2.0)

    def test_spread(self) -> None:
        """Return the range of the samples, relative to the median."""
        self.assertEqual(cost(2.0, 9.0, 1.0).spread, 4.0)

    def test_known(self) -> None:
        """Treat a cost without samples, or with a failure, as unknown."""
        self.assertTrue(cost(1.0).is_known)
        self.assertFalse(cost().is_known)
        self.assertFalse(cost(1.0, failed="CRCs: timed out").is_known)


class JudgeTest(unittest.TestCase):
    """Test scenes.judge()."""

    def faults(self, measured: scenes.Costs, name: str = "xr24") -> list[str]:
        """Return the findings about a scene."""
        return scenes.judge(measured, scene(name)).findings

    def test_met(self) -> None:
        """Accept a cost and a ratio that are exactly at their limits."""
        self.assertEqual(self.faults(costs(cost(1.5), cost(60.0))), [])

    def test_too_slow(self) -> None:
        """Report a cost above the limit in milliseconds."""
        self.assertEqual(self.faults(costs(cost(1.6), cost(90.0))), ["1.60 ms, at most 1.50 ms"])

    def test_ratio_too_small(self) -> None:
        """Report a ratio to vkms below the limit."""
        self.assertEqual(self.faults(costs(cost(1.5), cost(45.0))),
                         ["30.0 times as fast as vkms, at least 40"])

    def test_not_supported_by_us(self) -> None:
        """Skip a scene that rvkms does not support, and give the reason."""
        result = scenes.judge(costs(cost(unsupported="format: not there"), cost(1.0)),
                              scene("xr24"))
        self.assertEqual((result.findings, result.skip_reason), ([], "rvkms: format: not there"))

    def test_not_supported_by_the_other(self) -> None:
        """Report a missing ratio if vkms does not support a scene."""
        self.assertEqual(self.faults(costs(cost(1.0), cost(unsupported="format: not there"))),
                         ["no ratio: vkms: format: not there"])

    def test_failed(self) -> None:
        """Report a failure, and do not skip the scene."""
        self.assertEqual(self.faults(costs(cost(failed="CRCs: timed out"), cost(1.0))),
                         ["CRCs: timed out"])

    def test_relative(self) -> None:
        """Compare a scene with another scene of the same run."""
        measured = costs(cost(2.0), cost(1.0)) | costs(cost(2.1), cost(1.0), "xr24-cursor")
        self.assertEqual(self.faults(measured, "xr24-cursor"), [])
        measured["xr24-cursor"][OURS] = cost(2.2)
        self.assertEqual(self.faults(measured, "xr24-cursor"), ["2.20 ms, at most 2.10 ms"])

    def test_relative_to_nothing(self) -> None:
        """Report a relative limit if the other scene was not measured."""
        measured = costs(cost(2.1), cost(1.0), "xr24-cursor")
        self.assertEqual(self.faults(measured, "xr24-cursor"),
                         ["nothing to compare with: xr24 was not measured"])


class TableTest(unittest.TestCase):
    """Test the printed table and the plot."""

    def setUp(self) -> None:
        self.measured = (costs(cost(1.0, 1.1, 1.2), cost(55.0))
                         | costs(cost(unsupported="format: not there"), cost(200.0), "rg16"))
        chosen = [scene("xr24"), scene("rg16")]
        self.lines = scenes.table(self.measured, chosen, cost(0.5))

    def test_measured(self) -> None:
        """Show all figures of a scene."""
        self.assertEqual(self.lines[1].split(), [
            "XR24", "full", "screen", "55.00", "0%", "1.10", "18%", "50.0x", "2.2", "1.5", "ms,",
            "40x", "yes"])

    def test_not_supported(self) -> None:
        """Show a line for a scene that rvkms does not support."""
        self.assertRegex(self.lines[2], r"^RG16 full screen .* not supported .* skipped$")

    def test_memcpy(self) -> None:
        """Show the cost of memcpy last."""
        self.assertRegex(self.lines[3], r"^memcpy .* 0\.50 ")

    def test_growth(self) -> None:
        """Leave unknown costs out of the growth."""
        grown = scenes.growth(self.measured)
        self.assertEqual(grown["planes"], {"vkms": [[1, 55.0]], "rvkms": [[1, 1.1]]})

    def test_plot(self) -> None:
        """Draw no curve for a driver without a point."""
        points = {"planes": {"vkms": [[1, 55.0], [2, 70.0]], "rvkms": []},
                  "megapixels": {"vkms": [], "rvkms": []}}
        text = plot.script(points, 0.5, Path("growth.png"))
        self.assertIn("$vkms_planes << END\n1 55\n2 70\nEND\n", text)
        self.assertNotIn("$rvkms", text)

    def test_plot_of_nothing(self) -> None:
        """Draw no plot without points, and remove the plot of an earlier run."""
        out = support.scratch(self) / "growth.png"
        out.write_bytes(b"old")
        self.assertIsNone(plot.draw(scenes.growth(self.measured), 0.5, out))
        self.assertFalse(out.exists())


class ScriptTest(unittest.TestCase):
    """Test the dialogue with the client."""

    def talk(self, answers: Iterable[meter.Answer], names: str = "xr24"
             ) -> tuple[list[str], frame.Measured]:
        """Send these answers; return the orders and the measured costs."""
        chosen = scenes.select(names)
        measured = frame.Measured(scenes.Cost(), {
            scene.name: {driver: scenes.Cost() for driver in scenes.DRIVERS} for scene in chosen})
        script = frame.script(measured, chosen, frame.QUICK, mock.Mock())
        orders = [next(script)]
        for answer in answers:
            try:
                orders.append(script.send(answer))
            except StopIteration:
                break
        return orders, measured

    def test_few_and_many(self) -> None:
        """Take the cost of a frame from the difference between few and many frames."""
        def ok(seconds: float, crc: str = "") -> meter.Answer:
            return meter.Answer("ok", crc, seconds)

        memcpy = [ok(0.02), ok(0.3), ok(0.53)]
        show = [ok(9), ok(0.2, "1"), ok(0.5, "1"), ok(0.8, "1"), ok(9)]
        orders, measured = self.talk(memcpy + show + show)
        self.assertEqual(orders, [
            "copy 2", "copy 7", "copy 30",
            "show vkms xr24", "frames 2", "frames 1", "frames 4", "hide",
            "show rvkms xr24", "frames 2", "frames 1", "frames 4", "hide"])
        self.assertAlmostEqual(measured.memcpy.ms, 10.0)
        self.assertAlmostEqual(measured.costs["xr24"]["rvkms"].ms, 100.0)

    def test_refusals(self) -> None:
        """Tell unsupported scenes from failed ones, and measure neither."""
        orders, measured = self.talk([meter.Answer("ok", "", 1)] * 3 + [
            meter.Answer("unsupported", "format: not there", 0),
            meter.Answer("failed", "CRCs: timed out", 0)])
        self.assertEqual(orders[3:], ["show vkms xr24", "show rvkms xr24"])
        self.assertEqual(measured.costs["xr24"]["vkms"].unsupported, "format: not there")
        self.assertEqual(measured.costs["xr24"]["rvkms"].failed, "CRCs: timed out")

    def test_two_pictures(self) -> None:
        """Report a static scene that has more than one CRC."""
        answers = [meter.Answer("ok", "", 1)] * 4 + [meter.Answer("ok", str(crc), 1)
                                                     for crc in (1, 2)]
        orders, measured = self.talk([*answers, meter.Answer("ok", "", 1)])
        self.assertEqual(orders[-1], "show rvkms xr24")
        self.assertRegex(measured.costs["xr24"]["vkms"].failed, "more than one CRC: 1 2")

    def test_frames_for(self) -> None:
        """Bound the number of frames on both sides."""
        self.assertEqual(frame.frames_for(0.01, 0.5), (12, 50))
        self.assertEqual(frame.frames_for(10.0, 0.5), (1, frame.MIN_FRAMES))
        self.assertEqual(frame.frames_for(0.0, 0.5)[1], frame.MAX_FRAMES)


class MeterTest(unittest.TestCase):
    """Test the meter, which writes orders to files and reads answers from lines."""

    def test_meter(self) -> None:
        """Write one complete order at a time, and "end" as the last one."""
        directory = support.scratch(self)
        heard = []

        def script() -> meter.Script:
            heard.append((yield "show rvkms xr24"))
            heard.append((yield "frames 3"))

        talk = meter.Meter(directory, script())
        talk.started(os.getpgrp())
        for line in ("[    0.1] bench of a kernel", "bench ok", "bench ok",
                     "bench failed CRCs: timed out"):
            talk.hear(line)
        orders = [(directory / f"order-{number}").read_text(encoding="ascii")
                  for number in range(3)]
        self.assertEqual(orders, ["show rvkms xr24", "frames 3", "end"])
        self.assertEqual([(answer.word, answer.text) for answer in heard],
                         [("ok", ""), ("failed", "CRCs: timed out")])

    def test_clock_counts_computing(self) -> None:
        """Count the CPU time of the process group, including this process."""
        clock = meter.group_clock(os.getpgrp())
        before = clock()
        sum(range(100_000))
        self.assertGreater(clock(), before)

    def test_no_group(self) -> None:
        """Reject a group without processes, rather than return a cost of zero."""
        self.assertRaises(console.RigError, meter.group_clock, 2**30)
