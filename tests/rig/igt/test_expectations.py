# SPDX-License-Identifier: GPL-2.0
"""Test the selection of IGT's subtests, and the check of the lists."""

import unittest

from rig.base import console
from rig.igt import expectations
from tests.rig import support

FILES = {
    "subtests": "# comment\nkms_toy@a\nkms_toy@b\nkms_toy@hdcp\ncore_plain\n",
    "left-out": "[a vendor's]\nkms_toy@tiled-*\n",
    "skips": "[no HDCP]\nkms_toy@hdcp*\n[never]\ncore_plain\n",
    "needs-real-time": "[polls]\nkms_toy@b\n",
    "devices": "[crtcs=1 overlays=3; stumbles]\nkms_toy@a\n",
    "alone": "[waits]\nkms_toy@a\n",
    "slow": "[measures]\nkms_toy@b\n",
    "load": "[measures]\nkms_toy@b\n",
    "smoke": "kms_toy@[ab]\n",
    "smoke-slow": "kms_toy@a\n",
    "real": "kms_toy@a\n",
}
OFFERED = ["core_plain", "kms_toy@a", "kms_toy@b", "kms_toy@hdcp", "kms_toy@tiled-x"]

# Tests that compare CRCs, or frames of a writeback connector, of many frames.
CAPTURING = ("kms_async_flips", "kms_color", "kms_cursor_crc", "kms_dither", "kms_pipe_crc_basic",
             "kms_plane", "kms_plane_alpha_blend", "kms_rotation_crc", "kms_vrr", "kms_writeback")


class ListsTest(unittest.TestCase):
    """Test the files of tests/igt."""

    def load(self, **changed: str) -> expectations.Lists:
        """Load FILES with some of them changed."""
        directory = support.scratch(self)
        for name, text in (FILES | changed).items():
            (directory / name.replace("_", "-")).write_text(text, encoding="utf-8")
        return expectations.load(directory)

    def test_good_lists(self) -> None:
        """Accept good lists, and take each reason from the brackets above a pattern."""
        lists = self.load()
        self.assertEqual(lists.faults(OFFERED), [])
        self.assertEqual(lists.skips.reason("kms_toy@hdcp"), "no HDCP")
        self.assertEqual(lists.skips.reason("kms_toy@a"), "")

    def test_subtest_that_is_gone(self) -> None:
        """Report a listed subtest that IGT does not have."""
        self.assertEqual(self.load().faults([name for name in OFFERED if name != "kms_toy@a"]),
                         ["tests/igt/subtests: IGT has no kms_toy@a"])

    def test_subtest_that_is_new(self) -> None:
        """Report a subtest that is neither listed nor left out."""
        self.assertEqual(self.load().faults([*OFFERED, "kms_toy@new"]),
                         ["kms_toy@new is in neither of tests/igt/subtests and left-out"])

    def test_subtest_that_is_twice(self) -> None:
        """Report a subtest that is both listed and left out."""
        lists = self.load(subtests=FILES["subtests"] + "kms_toy@tiled-x\n")
        self.assertEqual(lists.faults(OFFERED),
                         ["kms_toy@tiled-x is in both of tests/igt/subtests and left-out"])

    def test_patterns_of_nothing(self) -> None:
        """Report patterns without a match in every file."""
        lists = self.load(left_out="[x]\nkms_toy@tiled-*\nold_a\n", skips="[x]\nold_b\n",
                          needs_real_time="[x]\nold_c\n", alone="[x]\nold_d\n",
                          devices="[x=1; y]\nold_e\n", slow="[x]\nold_f\n",
                          load="[x]\nold_g\n", smoke="old_h\n", smoke_slow="old_i\n",
                          real="kms_toy@a\nold_j\n")
        (lists.skips.reasons)["kms_toy@hdcp"] = "x"
        self.assertEqual([fault.rpartition(" ")[2] for fault in lists.faults(OFFERED)],
                         [f"old_{letter}" for letter in "abcdefghij"])

    def test_real_time_has_all_tests_of_kms(self) -> None:
        """Report a test of KMS without a subtest in the list for real time."""
        subtests = FILES["subtests"] + "kms_one\nkms_other@a\n"
        offered = [*OFFERED, "kms_one", "kms_other@a"]
        self.assertEqual(self.load(subtests=subtests).faults(offered),
                         ["tests/igt/real: there is no subtest of kms_one",
                          "tests/igt/real: there is no subtest of kms_other"])
        self.assertEqual(self.load(subtests=subtests, real="kms_*\n").faults(offered), [])

    def test_pattern_without_reason(self) -> None:
        """Reject a pattern without a reason."""
        with self.assertRaisesRegex(console.RigError, "kms_toy@hdcp has no reason"):
            self.load(skips="kms_toy@hdcp\n")

    def test_pattern_twice(self) -> None:
        """Reject a pattern that occurs twice, because its reason would be ambiguous."""
        with self.assertRaisesRegex(console.RigError, "kms_toy@a is there twice"):
            self.load(skips="[x]\nkms_toy@a\n[y]\nkms_toy@a\n")

    def test_devices(self) -> None:
        """Read options and a reason, and reject a heading without either."""
        lists = self.load()
        self.assertEqual(lists.devices.options("kms_toy@a"), "crtcs=1 overlays=3")
        self.assertEqual(lists.devices.options("kms_toy@b"), "")
        for bad in ("stumbles", "crtcs=1", "crtcs=1;", "two crtcs; stumbles", "; stumbles"):
            with self.subTest(bad), self.assertRaisesRegex(console.RigError, "no options, or no"):
                self.load(devices=f"[{bad}]\nkms_toy@a\n")

    def test_the_projects_own(self) -> None:
        """Load the project's own lists without duplicates and unused patterns."""
        lists = expectations.load()
        self.assertEqual(len(set(lists.subtests)), len(lists.subtests))
        self.assertEqual(lists.skips.unused(lists.subtests), [])
        self.assertEqual(lists.needs_real_time.unused(lists.subtests), [])
        self.assertEqual(lists.alone.unused(lists.subtests), [])
        self.assertEqual(lists.slow.unused(lists.subtests), [])
        self.assertEqual(lists.load.unused(lists.subtests), [])
        self.assertEqual(lists.devices.unused(lists.subtests), [])
        self.assertTrue(expectations.select(lists.subtests, " ".join(lists.smoke)))
        self.assertFalse([name for name in expectations.select(lists.subtests,
                                                               " ".join(lists.smoke_slow))
                          if lists.slow.reason(name)])
        self.assertEqual(lists.tests_without_real_time(), [])

    def test_real_time_captures(self) -> None:
        """Expect in the list for real time each test that reads many CRCs."""
        lists = expectations.load()
        real = {expectations.test_of(name)
                for name in expectations.select(lists.subtests, " ".join(lists.real))}
        for test in CAPTURING:
            self.assertIn(test, real)
        self.assertIn("kms_plane@pixel-format-linear-modifier",
                      expectations.select(lists.subtests, " ".join(lists.real)))


class SelectTest(unittest.TestCase):
    """Test IGT=... and SHARD=..."""

    NAMES = ["core_plain", *(f"kms_big@{number}" for number in range(8)), "kms_one@a",
             "kms_two@a", "kms_two@b"]

    def test_patterns(self) -> None:
        """Select by globs, IGT's full names, whole tests, and several of them."""
        for patterns, count in (("kms_two@*", 2), ("igt@kms_two@b", 1), ("kms_big", 8),
                                ("kms_one core_plain", 2), ("kms_one@a,kms_two@a", 2), ("", 12)):
            with self.subTest(patterns):
                self.assertEqual(len(expectations.select(self.NAMES, patterns)), count)

    def test_no_such_subtest(self) -> None:
        """Reject a name that matches no subtest."""
        with self.assertRaisesRegex(console.RigError, "no subtest is called kms_tow"):
            expectations.select(self.NAMES, "kms_tow")

    def test_shards_are_all_of_it(self) -> None:
        """Put each subtest into one shard, and all subtests of a test into the same shard."""
        parts = [expectations.shard(self.NAMES, f"{part}/3") for part in (1, 2, 3)]
        self.assertEqual(sorted(sum(parts, [])), sorted(self.NAMES))
        self.assertEqual([len(part) for part in parts], [8, 2, 2])

    def test_bad_shards(self) -> None:
        """Reject a malformed shard, and one that is out of range."""
        for which in ("0/2", "3/2", "1/0", "2", "a/b", "-1/2"):
            with self.subTest(which), self.assertRaisesRegex(console.RigError, "is no shard"):
                expectations.shard(self.NAMES, which)

    def test_names(self) -> None:
        """Split and join a name without a change."""
        for name in ("kms_toy@a", "core_plain", "vkms/vkms_configfs@b"):
            self.assertEqual(expectations.full_name(expectations.test_of(name),
                                                    expectations.subtest_of(name)),
                             name)
