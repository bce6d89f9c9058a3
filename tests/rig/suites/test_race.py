# SPDX-License-Identifier: GPL-2.0
"""Test how `make race` judges a console: a missing line fails, and so does a wrong frame."""

import re
import unittest

from rig.base import console
from rig.kernel import uml
from rig.kernel.pace import Pace
from rig.suites import race

CLAIM = "all is well"


def count(test: str, width: int, bad: int = 0, none: int = 0) -> str:
    """Make the line of a test's counts."""
    return f"fact count {test} {width} ok 1000 bad {bad} none {none} stale 0 torn {bad}"


GOOD = [
    "ok the module loads",
    "ok the device opens",
    *(line for width in race.WIDTHS for line in (
        f"ok the screens of {width} are on",
        f"fact mode {width} {width}x768 60 Hz, 2 screens",
        *(line for test in race.TESTS for line in (
            f"fact beat {test} {width}: flip 0", count(test, width),
            f"ok {test} {width}: {CLAIM}")))),
    "ok the client gets to its end",
    "ok the module unloads",
    "ok the race gets to its end",
]


class JudgeTest(unittest.TestCase):
    """Test race.judge()."""

    def results(self, lines: list[str], timed_out: bool = False, status: int = 0) -> list:
        """Judge a console."""
        return race.judge(race.listen(lines), uml.Outcome(lines, 1.0, status, timed_out),
                          race.Order().tests())

    def red(self, lines: list[str], **more) -> dict[str, list[str]]:
        """Return the red results, and the reasons."""
        return {result.name: result.findings for result in self.results(lines, **more)
                if result.findings}

    def test_good(self) -> None:
        """Pass a console that has all lines and no fault."""
        self.assertEqual(self.red(GOOD), {})
        said = race.listen(GOOD)
        self.assertEqual(len(said.counts), len(race.TESTS) * len(race.WIDTHS))
        self.assertEqual(said.modes["1024"], "1024x768 60 Hz, 2 screens")

    def test_bad_frame(self) -> None:
        """Fail for one wrong frame, and quote it."""
        lines = [line for line in GOOD if not line.startswith("ok D 1920")]
        lines += ["fact bad D 1920: frame 7 is torn: 00000001, 00000002 is due",
                  f"not ok D 1920: {CLAIM} # ok 999, bad 1 (stale 0, torn 1), none 0"]
        self.assertEqual(self.red(lines), {
            f"D 1920: {CLAIM}": ["ok 999, bad 1 (stale 0, torn 1), none 0",
                                 "frame 7 is torn: 00000001, 00000002 is due"]})

    def test_missing_test(self) -> None:
        """Fail if a test reports nothing about one width."""
        lines = [line for line in GOOD if not line.startswith("ok W 3840")]
        self.assertEqual(self.red(lines), {"W 3840": ["nothing was said of it"]})

    def test_missing_step(self) -> None:
        """Fail if a step of init or of the client is missing or failed."""
        for name in race.EXPECTED:
            with self.subTest(name):
                lines = [line for line in GOOD if line != f"ok {name}"]
                self.assertEqual(self.red(lines), {name: ["nothing was said of it"]})
                self.assertEqual(self.red([*lines, f"not ok {name} # no"]), {name: ["no"]})

    def test_skip(self) -> None:
        """Skip a test of two CRTCs on a device with one."""
        lines = [line.replace(CLAIM, f"{CLAIM} # SKIP the device has one CRTC")
                 if line.startswith("ok E") else line for line in GOOD]
        self.assertEqual(self.red(lines), {})
        skipped = [result for result in self.results(lines) if result.skip_reason]
        self.assertEqual([result.name for result in skipped],
                         [f"E {width}: {CLAIM}" for width in race.WIDTHS])

    def test_kernel(self) -> None:
        """Fail for a complaint, a hang, and a crash, but not for a client without CPU time."""
        overflow = "[    3.000000] rvkms: [drm] *ERROR* Overflow of CRC buffer, userspace reads"
        self.assertEqual(self.red([*GOOD, overflow]), {})
        warning = "[    3.000000] WARNING: toy"
        self.assertEqual(self.red([*GOOD, warning]), {"the kernel does not complain": [warning]})
        self.assertEqual(list(self.red(GOOD, timed_out=True, status=-9)),
                         ["the kernel gets on", "the kernel powers off"])

    def test_unknown_option(self) -> None:
        """Fail if the driver has no parameter for delays, because no frame was slow."""
        line = "[    0.500000] rvkms: unknown parameter 'delay_frame_ns' ignored"
        self.assertEqual(self.red([*GOOD, line]), {"the kernel does not complain": [line]})

    def test_unknown_step(self) -> None:
        """Fail for an unknown check."""
        self.assertEqual(self.red([*GOOD, "not ok the moon # it fell"]), {"the moon": ["it fell"]})

    def test_nothing(self) -> None:
        """Pass no test of an empty console."""
        self.assertFalse([result.name for result in self.results([])
                          if not result.findings and result.name[:2] in ("A ", "D ")])

    def test_table(self) -> None:
        """Show one line per test."""
        lines = race.table(race.listen([count("D", 1024, bad=3, none=2)]))
        self.assertEqual(lines[1].split(), ["D", "1024", "1000", "3", "2", "0", "3"])


class ClientTest(unittest.TestCase):
    """Test that the tool and the client have the same list of tests."""

    def test_names(self) -> None:
        """Compare the tests, in their order, and the widths."""
        main = (race.SOURCE / "main.c").read_text(encoding="utf-8")
        tests = re.search(r"tests\[\] = \{\s*([^}]*)\}", main).group(1)
        text = "".join(path.read_text(encoding="utf-8")
                       for path in sorted(race.SOURCE.glob("*.c")))
        names = dict(re.findall(r'struct race_test (\w+) = \{\s*\.name = "(\w+)"', text))
        self.assertEqual([names[word] for word in re.findall(r"&(\w+)", tests)],
                         list(race.TESTS))
        widths = re.search(r"widths\[\] = \{ ([\d, ]+) \}", main).group(1)
        self.assertEqual([int(word) for word in widths.split(",")], list(race.WIDTHS))

    def test_picks(self) -> None:
        """Pick tests, widths, or both, in the order of the client; refuse any other word."""
        for picks, tests in (("D", ["D 1024", "D 1920", "D 3840"]),
                             ("E,D 1920", ["D 1920", "E 1920"]),
                             ("3840", [f"{test} 3840" for test in race.TESTS])):
            with self.subTest(picks):
                self.assertEqual(race.Order(picks=picks).tests(), tests)
        self.assertEqual(len(race.Order().tests()), len(race.TESTS) * len(race.WIDTHS))
        for picks in ("F", "1080", "D1920"):
            with self.subTest(picks), self.assertRaisesRegex(console.RigError, "there is no test"):
                race.Order(picks=picks).tests()

    def test_no_flips(self) -> None:
        """Reject a run without flips."""
        with self.assertRaisesRegex(console.RigError, "RACE_FLIPS has to be"):
            race.execute(race.Order(pace=Pace(real=True), flips=0), None)
