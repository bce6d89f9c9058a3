# SPDX-License-Identifier: GPL-2.0
"""Test the check of the page of regressions: the tests and files that it names must exist."""

import unittest
from unittest import mock

from rig.base import paths
from rig.lint import regressions
from tests.rig import support

SUITE = """\
static void test_wraps(struct kunit *test)
static void test_forgotten(struct kunit *test)
\tKUNIT_CASE_PARAM(test_wraps, params),
\t/* test_named */
"""

PAGE = """\
# Title

| Defect | Tests | How it shows |
|---|---|---|
"""


class RegressionsTest(unittest.TestCase):
    """Test one row per case."""

    def findings(self, *rows: str) -> list[str]:
        """Return the findings about a page with these rows."""
        root = support.scratch(self)
        for name, text in (("tests/a_kunit.c", SUITE),
                           ("docs/regressions.md", PAGE + "\n".join(rows) + "\n")):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        with mock.patch.object(paths, "ROOT", root):
            return regressions.findings()

    def test_project(self) -> None:
        """Report nothing about the project's own page."""
        self.assertEqual(regressions.findings(), [])

    def test_good(self) -> None:
        """Accept a test that exists and is run."""
        self.assertEqual(self.findings("| it wraps | [test_wraps](../tests/a_kunit.c) | dark |"),
                         [])

    def test_no_test(self) -> None:
        """Report a row without a link to a test."""
        self.assertEqual(self.findings("| it wraps | test_wraps | dark |", "| it wraps |"),
                         ["docs/regressions.md:5: names no test",
                          "docs/regressions.md:6: names no test"])

    def test_gone(self) -> None:
        """Report a missing test or file, and a name that is only mentioned or is a prefix."""
        self.assertEqual(
            self.findings("| a | [test_gone](../tests/a_kunit.c) | b |",
                          "| a | [test_wraps](../tests/b_kunit.c) | b |",
                          "| a | [test_named](../tests/a_kunit.c) | b |",
                          "| a | [test_wrap](../tests/a_kunit.c) | b |"),
            ["docs/regressions.md:5: test_gone is not in ../tests/a_kunit.c",
             "docs/regressions.md:6: test_wraps is not in ../tests/b_kunit.c",
             "docs/regressions.md:7: test_named is not in ../tests/a_kunit.c",
             "docs/regressions.md:8: test_wrap is not in ../tests/a_kunit.c"])

    def test_second_of_a_row(self) -> None:
        """Check the second test of a row, too."""
        self.assertEqual(
            self.findings("| a | [test_wraps](../tests/a_kunit.c), [x](../tests/a_kunit.c) | b |"),
            ["docs/regressions.md:5: x is not in ../tests/a_kunit.c"])

    def test_not_run(self) -> None:
        """Report a test that is in no suite."""
        self.assertEqual(self.findings("| a | [test_forgotten](../tests/a_kunit.c) | b |"),
                         ["docs/regressions.md:5: test_forgotten is not run"])

    def test_nothing(self) -> None:
        """Report a page without rows, and a missing page."""
        self.assertEqual(self.findings(), ["docs/regressions.md: has no defects"])
        with mock.patch.object(paths, "ROOT", support.scratch(self)):
            self.assertEqual(regressions.findings(), ["docs/regressions.md: is missing"])
