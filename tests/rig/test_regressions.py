# SPDX-License-Identifier: GPL-2.0
"""The page of regressions cannot name what there is not."""

import unittest
from unittest import mock

from rig import paths, regressions
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
    """One row each."""

    def findings(self, *rows: str) -> list[str]:
        """Of a page with these rows."""
        root = support.scratch(self)
        for name, text in (("tests/a_kunit.c", SUITE),
                           ("docs/regressions.md", PAGE + "\n".join(rows) + "\n")):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        with mock.patch.object(paths, "ROOT", root):
            return regressions.findings()

    def test_project(self) -> None:
        """Has all it names."""
        self.assertEqual(regressions.findings(), [])

    def test_good(self) -> None:
        """A test that there is, and that runs."""
        self.assertEqual(self.findings("| it wraps | [test_wraps](../tests/a_kunit.c) | dark |"),
                         [])

    def test_no_test(self) -> None:
        """Names are links; a row that is none has no test."""
        self.assertEqual(self.findings("| it wraps | test_wraps | dark |", "| it wraps |"),
                         ["docs/regressions.md:5: names no test",
                          "docs/regressions.md:6: names no test"])

    def test_gone(self) -> None:
        """The test, its file, and what is but mentioned or begins like it."""
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
        """Is looked at too."""
        self.assertEqual(
            self.findings("| a | [test_wraps](../tests/a_kunit.c), [x](../tests/a_kunit.c) | b |"),
            ["docs/regressions.md:5: x is not in ../tests/a_kunit.c"])

    def test_not_run(self) -> None:
        """Is in no suite."""
        self.assertEqual(self.findings("| a | [test_forgotten](../tests/a_kunit.c) | b |"),
                         ["docs/regressions.md:5: test_forgotten is not run"])

    def test_nothing(self) -> None:
        """No row, or no page, is no success."""
        self.assertEqual(self.findings(), ["docs/regressions.md: has no defects"])
        with mock.patch.object(paths, "ROOT", support.scratch(self)):
            self.assertEqual(regressions.findings(), ["docs/regressions.md: is missing"])
