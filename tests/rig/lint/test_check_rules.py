# SPDX-License-Identifier: GPL-2.0
"""Test the generator of docs/check-rules.md."""

import unittest
from unittest import mock

from rig.base import console, paths
from rig.lint import check_rules
from tests.rig import support

RULES = """\
/* Planes: one rule per line. */
RVKMS_RULE(PLANE_X, EINVAL, "x is not 1")

/* Modes. */
RVKMS_RULE(MODE_Y, ERANGE, "y is not 2")
"""


class CheckRulesTest(unittest.TestCase):
    """Test the page of small rules."""

    def setUp(self) -> None:
        root = support.scratch(self)
        patch = mock.patch.object(paths, "ROOT", root)
        patch.start()
        self.addCleanup(patch.stop)
        for name in (check_rules.RULES, check_rules.PAGE):
            (root / name).parent.mkdir(parents=True)
        (root / check_rules.RULES).write_text(RULES, encoding="utf-8")
        self.page = root / check_rules.PAGE

    def test_written_page(self) -> None:
        """Write a section per type of object and a row per rule."""
        self.assertEqual(check_rules.main(mock.Mock()), 0)
        self.assertEqual(self.page.read_text(encoding="utf-8").splitlines()[-11:], [
            "## Planes", "", "| rule | errno | message |", "|---|---|---|",
            "| PLANE_X | EINVAL | x is not 1 |", "", "## Modes", "", "| rule | errno | message |",
            "|---|---|---|", "| MODE_Y | ERANGE | y is not 2 |"])
        self.assertEqual(check_rules.findings(), [])

    def test_old_page(self) -> None:
        """Report a page that is missing or differs."""
        wanted = ["docs/check-rules.md is not up to date; run tools/rvkms check-rules"]
        self.assertEqual(check_rules.findings(), wanted)
        self.page.write_text(check_rules.wanted() + "\n", encoding="utf-8")
        self.assertEqual(check_rules.findings(), wanted)

    def test_rule_of_two_lines(self) -> None:
        """Reject a rule that is not on one line."""
        with self.assertRaisesRegex(console.RigError, "not a rule of one line"):
            check_rules.page('RVKMS_RULE(A, EINVAL,\n\t"b")\n')
