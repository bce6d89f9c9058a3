# SPDX-License-Identifier: GPL-2.0
"""Test how `make test` reads and adds up its parts."""

import unittest
from unittest import mock

from rig.base import console, paths
from rig.suites import test
from tests.rig import support


class PartsTest(unittest.TestCase):
    """Test good and bad closing lines."""

    def test_closing_line(self) -> None:
        """Read the closing line of the part, and not one of another part."""
        self.assertEqual(test.read_closing_line("kunit", "kunit: 3 passed, 2 failed, 1 skipped\n"),
                         (3, 2, 1))
        self.assertIsNone(test.read_closing_line("kunit", "lint: 3 passed, 2 failed, 1 skipped\n"))
        self.assertIsNone(test.read_closing_line("kunit", "kunit: 3 passed\n"))

    def test_good_part(self) -> None:
        """Take the counts of a part that succeeded."""
        self.assertEqual(test.judged(0, (3, 0, 1)), (3, 0, 1))

    def test_no_closing_line(self) -> None:
        """Count a missing closing line as a failure, also with status 0."""
        self.assertEqual(test.judged(0, None), (0, 1, 0))

    def test_nothing_passed(self) -> None:
        """Count a part without a passed test as a failure, also with status 0."""
        self.assertEqual(test.judged(0, (0, 0, 5)), (0, 1, 5))

    def test_bad_status(self) -> None:
        """Count a bad status as a failure, also without a failed test."""
        self.assertEqual(test.judged(1, (3, 0, 0)), (3, 1, 0))

    def run_parts(self, bodies: dict[str, str]) -> int:
        """Run parts that are scripts."""
        root = support.scratch(self)
        for name, body in bodies.items():
            support.script(root / name, body)
        support.script(root / "rvkms", f'exec "{root}/$1"')
        with mock.patch.multiple(paths, RVKMS=root / "rvkms", REPORTS=root / "reports"), \
                mock.patch.object(test, "PARTS", tuple(bodies)), \
                mock.patch("builtins.print"), mock.patch.object(console, "note") as note:
            status = test.run()
        self.last = note.call_args.args[0]
        return status

    def test_sum(self) -> None:
        """Add up the counts of every part."""
        status = self.run_parts({"a": "echo a: 2 passed, 0 failed, 1 skipped",
                                 "b": "echo b: 3 passed, 0 failed, 0 skipped"})
        self.assertEqual((status, self.last), (0, "test: 5 passed, 0 failed, 1 skipped"))

    def test_failed_part_does_not_hide_those_after_it(self) -> None:
        """Run the parts after a failed one."""
        status = self.run_parts({"a": "echo a: 0 passed, 1 failed, 0 skipped; exit 2",
                                 "b": "echo b: 3 passed, 0 failed, 0 skipped"})
        self.assertEqual((status, self.last), (1, "test: 3 passed, 1 failed, 0 skipped"))
