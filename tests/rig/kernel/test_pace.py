# SPDX-License-Identifier: GPL-2.0
"""Test the parsing of TIME=, SLOW= and LOAD=."""

import unittest

from rig.base import console
from rig.kernel import pace
from rig.kernel.pace import Pace


class DurationTest(unittest.TestCase):
    """Test pace.parse_duration()."""

    def test_good(self) -> None:
        """Accept a number and a unit."""
        for text, ns in (("1ns", 1), ("500us", 500_000), ("5ms", 5_000_000), ("20ms", 20_000_000),
                         ("1s", 1_000_000_000)):
            with self.subTest(text):
                self.assertEqual(pace.parse_duration(text), ns)

    def test_bad(self) -> None:
        """Reject all other texts: no unit, no number, a sign, a fraction, spaces."""
        for text in ("20", "ms", "-5ms", "0.5ms", "0ms", "", "20 ms", "20ms ", "x20ms", "5min"):
            with self.subTest(text), self.assertRaisesRegex(console.RigError, "is no duration"):
                pace.parse_duration(text)

    def test_too_long(self) -> None:
        """Reject a delay that is longer than the timeouts of tests."""
        for text in ("2s", "1001ms"):
            with self.subTest(text), self.assertRaisesRegex(console.RigError, "than a second"):
                pace.parse_duration(text)


class ParseTest(unittest.TestCase):
    """Test pace.parse()."""

    def test_default(self) -> None:
        """Take the tool's own clock, no delay, no load."""
        self.assertEqual(pace.parse("", "", "", "rvkms"), Pace())
        self.assertEqual(pace.parse("", "", "", "vkms", pace.REAL), Pace(real=True))

    def test_given(self) -> None:
        """Take the user's values."""
        self.assertEqual(pace.parse("real", "5ms", "4", "rvkms"), Pace(True, "5ms", 4))
        self.assertEqual(pace.parse("virtual", "5ms", "", "rvkms", pace.REAL), Pace(slow="5ms"))
        self.assertEqual(pace.parse("virtual", "", "0", "vkms"), Pace())

    def test_no_such_time(self) -> None:
        """Reject an unknown time."""
        with self.assertRaisesRegex(console.RigError, "TIME=reel is neither real nor virtual"):
            pace.parse("reel", "", "", "rvkms")

    def test_slow_peer(self) -> None:
        """Reject SLOW= for the in-tree driver, which has no such parameter."""
        with self.assertRaisesRegex(console.RigError, "only rvkms can be slowed down"):
            pace.parse("", "20ms", "", "vkms")

    def test_load_in_virtual_time(self) -> None:
        """Reject busy loops in virtual time, which would stop."""
        with self.assertRaisesRegex(console.RigError, "LOAD=4 needs TIME=real"):
            pace.parse("virtual", "", "4", "rvkms")

    def test_bad_load(self) -> None:
        """Reject words, negative numbers, and numbers that are too great."""
        for load in ("x", "-1", "65", "1.5"):
            with self.subTest(load), self.assertRaisesRegex(console.RigError, "is no number of"):
                pace.parse("real", "", load, "rvkms")


class PaceTest(unittest.TestCase):
    """Test how a pace is applied and described."""

    def test_options(self) -> None:
        """Add the delay, in nanoseconds, after the module's other options."""
        self.assertEqual(Pace(slow="20ms").module_options("crtcs=2"),
                         "crtcs=2 delay_frame_ns=20000000")
        self.assertEqual(Pace(slow="1us").module_options(""), "delay_frame_ns=1000")
        self.assertEqual(Pace(real=True).module_options("crtcs=2"), "crtcs=2")

    def test_clock(self) -> None:
        """Boot with or without time travel."""
        self.assertEqual(Pace().arguments(), ["time-travel=inf-cpu"])
        self.assertEqual(Pace(real=True).arguments(), [])

    def test_words(self) -> None:
        """Describe a pace for users, for file names, and for programs."""
        plain, loaded = Pace(), Pace(True, "20ms", 4)
        self.assertEqual((plain.describe(), plain.label()), ("virtual time", ""))
        self.assertEqual(loaded.describe(), "real time, each frame takes 20ms more, 4 busy loops")
        self.assertEqual(loaded.label(), "real-slow-20ms-load-4")
        self.assertEqual(loaded.as_json(), {"time": "real", "slow_ns": 20_000_000, "load": 4})
