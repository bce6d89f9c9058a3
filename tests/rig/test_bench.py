# SPDX-License-Identifier: GPL-2.0
"""How `make bench` asks, counts, judges and shows: all of it but the measuring."""

import os
import re
import unittest
from collections.abc import Iterable
from pathlib import Path
from unittest import mock

from rig import console, meter, paths, plot, scenes, speed
from tests.rig import support


def cost(*samples: float, **more: str) -> scenes.Cost:
    """A cost of a driver."""
    return scenes.Cost(list(samples), **more)


def costs(ours: scenes.Cost, other: scenes.Cost, name: str = "xr24") -> scenes.Costs:
    """The costs of one scene."""
    return {name: {scenes.OURS: ours, scenes.OTHER: other}}


def scene(name: str) -> scenes.Scene:
    """A scene of the table."""
    return next(scene for scene in scenes.SCENES if scene.name == name)


class ScenesTest(unittest.TestCase):
    """The table of scenes."""

    def test_client_knows_them(self) -> None:
        """By the same names, in the same order."""
        source = (paths.ROOT / "tests/bench/scene.c").read_text(encoding="utf-8")
        self.assertEqual(re.findall(r'^\t\{ "([\w-]+)", &mode', source, re.MULTILINE),
                         [scene.name for scene in scenes.SCENES])

    def test_growth_is_of_scenes(self) -> None:
        """Every point is measured."""
        names = {scene.name for scene in scenes.SCENES}
        self.assertLessEqual({*scenes.PLANES.values(), *scenes.MEGAPIXELS.values()}, names)

    def test_select_all(self) -> None:
        """Without a pattern."""
        self.assertEqual(scenes.select(""), list(scenes.SCENES))

    def test_select_brings_what_is_compared_with(self) -> None:
        """A limit that is relative can be judged."""
        self.assertEqual([scene.name for scene in scenes.select("*-hidden")],
                         ["xr24-overlay", "xr24-hidden"])

    def test_select_nothing(self) -> None:
        """Could not run, rather than passed."""
        self.assertRaises(console.RigError, scenes.select, "xr25")

    def test_groups(self) -> None:
        """What is compared is measured in turns."""
        groups = [[scene.name for scene in group] for group in scenes.groups(scenes.select(""))]
        self.assertIn(["xr24", "xr24-cursor", "xr24-rotated"], groups)
        self.assertIn(["xr24-overlay", "xr24-hidden"], groups)
        self.assertEqual(sum(map(len, groups)), len(scenes.SCENES))


class CostTest(unittest.TestCase):
    """One driver's cost of one scene."""

    def test_median(self) -> None:
        """One sample that is off does not matter."""
        self.assertEqual(cost(2.0, 9.0, 1.0).ms, 2.0)

    def test_spread(self) -> None:
        """From the least to the greatest."""
        self.assertEqual(cost(2.0, 9.0, 1.0).spread, 4.0)

    def test_known(self) -> None:
        """Not without a sample, and not after a failure."""
        self.assertTrue(cost(1.0).is_known)
        self.assertFalse(cost().is_known)
        self.assertFalse(cost(1.0, failed="CRCs: timed out").is_known)


class JudgeTest(unittest.TestCase):
    """Whether requirements are met."""

    def faults(self, measured: scenes.Costs, name: str = "xr24") -> list[str]:
        """The findings about a scene."""
        return scenes.judge(measured, scene(name)).findings

    def test_met(self) -> None:
        """Exactly."""
        self.assertEqual(self.faults(costs(cost(1.5), cost(60.0))), [])

    def test_too_slow(self) -> None:
        """By the clock."""
        self.assertEqual(self.faults(costs(cost(1.6), cost(90.0))), ["1.60 ms, at most 1.50 ms"])

    def test_ratio_too_small(self) -> None:
        """Beside vkms."""
        self.assertEqual(self.faults(costs(cost(1.5), cost(45.0))),
                         ["30.0 times as fast as vkms, at least 40"])

    def test_not_supported_by_us(self) -> None:
        """Is skipped, and says why."""
        result = scenes.judge(costs(cost(unsupported="format: not there"), cost(1.0)),
                              scene("xr24"))
        self.assertEqual((result.findings, result.skip_reason), ([], "rvkms: format: not there"))

    def test_not_supported_by_the_other(self) -> None:
        """Leaves nothing to be faster than."""
        self.assertEqual(self.faults(costs(cost(1.0), cost(unsupported="format: not there"))),
                         ["no ratio: vkms: format: not there"])

    def test_failed(self) -> None:
        """Is not skipped."""
        self.assertEqual(self.faults(costs(cost(failed="CRCs: timed out"), cost(1.0))),
                         ["CRCs: timed out"])

    def test_relative(self) -> None:
        """To another scene of the same run."""
        measured = costs(cost(2.0), cost(1.0)) | costs(cost(2.1), cost(1.0), "xr24-cursor")
        self.assertEqual(self.faults(measured, "xr24-cursor"), [])
        measured["xr24-cursor"][scenes.OURS] = cost(2.2)
        self.assertEqual(self.faults(measured, "xr24-cursor"), ["2.20 ms, at most 2.10 ms"])

    def test_relative_to_nothing(self) -> None:
        """Is not met."""
        measured = costs(cost(2.1), cost(1.0), "xr24-cursor")
        self.assertEqual(self.faults(measured, "xr24-cursor"),
                         ["nothing to compare with: xr24 was not measured"])


class TableTest(unittest.TestCase):
    """What is shown."""

    def setUp(self) -> None:
        self.measured = (costs(cost(1.0, 1.1, 1.2), cost(55.0))
                         | costs(cost(unsupported="format: not there"), cost(200.0), "rg16"))
        chosen = [scene("xr24"), scene("rg16")]
        self.lines = scenes.table(self.measured, chosen, cost(0.5))

    def test_measured(self) -> None:
        """All of it."""
        self.assertEqual(self.lines[1].split(), [
            "XR24", "full", "screen", "55.00", "0%", "1.10", "18%", "50.0x", "2.2", "1.5", "ms,",
            "40x", "yes"])

    def test_not_supported(self) -> None:
        """Has its line."""
        self.assertRegex(self.lines[2], r"^RG16 full screen .* not supported .* skipped$")

    def test_memcpy(self) -> None:
        """Comes last."""
        self.assertRegex(self.lines[3], r"^memcpy .* 0\.50 ")

    def test_growth(self) -> None:
        """Only of what is known."""
        grown = scenes.growth(self.measured)
        self.assertEqual(grown["planes"], {"vkms": [[1, 55.0]], "rvkms": [[1, 1.1]]})

    def test_plot(self) -> None:
        """A driver without a point has no curve."""
        points = {"planes": {"vkms": [[1, 55.0], [2, 70.0]], "rvkms": []},
                  "megapixels": {"vkms": [], "rvkms": []}}
        text = plot.script(points, 0.5, Path("growth.png"))
        self.assertIn("$vkms_planes << END\n1 55\n2 70\nEND\n", text)
        self.assertNotIn("$rvkms", text)

    def test_plot_of_nothing(self) -> None:
        """Is none, and takes the one before away."""
        out = support.scratch(self) / "growth.png"
        out.write_bytes(b"old")
        self.assertIsNone(plot.draw(scenes.growth(self.measured), 0.5, out))
        self.assertFalse(out.exists())


class ScriptTest(unittest.TestCase):
    """The dialogue with the client."""

    def talk(self, answers: Iterable[meter.Answer], names: str = "xr24"
             ) -> tuple[list[str], speed.Measured]:
        """Give these answers; what was ordered, and what came of it."""
        chosen = scenes.select(names)
        measured = speed.Measured(scenes.Cost(), {
            scene.name: {driver: scenes.Cost() for driver in scenes.DRIVERS} for scene in chosen})
        script = speed.script(measured, chosen, speed.QUICK, mock.Mock())
        orders = [next(script)]
        for answer in answers:
            try:
                orders.append(script.send(answer))
            except StopIteration:
                break
        return orders, measured

    def test_few_and_many(self) -> None:
        """The difference is what counts."""
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
        """Are told from failures, and neither is measured."""
        orders, measured = self.talk([meter.Answer("ok", "", 1)] * 3 + [
            meter.Answer("unsupported", "format: not there", 0),
            meter.Answer("failed", "CRCs: timed out", 0)])
        self.assertEqual(orders[3:], ["show vkms xr24", "show rvkms xr24"])
        self.assertEqual(measured.costs["xr24"]["vkms"].unsupported, "format: not there")
        self.assertEqual(measured.costs["xr24"]["rvkms"].failed, "CRCs: timed out")

    def test_two_pictures(self) -> None:
        """A scene that is not static was not composed right."""
        answers = [meter.Answer("ok", "", 1)] * 4 + [meter.Answer("ok", str(crc), 1)
                                                     for crc in (1, 2)]
        orders, measured = self.talk([*answers, meter.Answer("ok", "", 1)])
        self.assertEqual(orders[-1], "show rvkms xr24")
        self.assertRegex(measured.costs["xr24"]["vkms"].failed, "more than one CRC: 1 2")

    def test_frames_for(self) -> None:
        """Neither none nor forever."""
        self.assertEqual(speed.frames_for(0.01, 0.5), (12, 50))
        self.assertEqual(speed.frames_for(10.0, 0.5), (1, speed.MIN_FRAMES))
        self.assertEqual(speed.frames_for(0.0, 0.5)[1], speed.MAX_FRAMES)


class MeterTest(unittest.TestCase):
    """Orders are files, answers are lines."""

    def test_meter(self) -> None:
        """One order at a time, each of them whole, the last one "end"."""
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
        """Of the whole group, this process being in it."""
        clock = meter.group_clock(os.getpgrp())
        before = clock()
        sum(range(100_000))
        self.assertGreater(clock(), before)

    def test_no_group(self) -> None:
        """Nothing to measure is not a cost of nothing."""
        self.assertRaises(console.RigError, meter.group_clock, 2**30)
