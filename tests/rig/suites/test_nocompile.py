# SPDX-License-Identifier: GPL-2.0
"""Test `make nocompile` and the check of Coccinelle's exceptions."""

import tempfile
import unittest
from pathlib import Path

from rig.lint import cocci
from rig.suites import nocompile

FIXTURE = "/*\n * EXPECT: read-only\n */\n#ifdef NEGATIVE\n#endif\n"
REFUSED = "x.c:1:2: error: assignment of member in read-only object\n"


class FakeCompiler:
    """Return preset errors for the control and for the negative variant."""

    name = "fake"
    precompiled: list[str] = []

    def __init__(self, control: str | None, negative: str | None) -> None:
        self._control = control
        self._negative = negative

    def compile(self, _file: Path, *more: str) -> str | None:
        """Return the preset errors."""
        return self._negative if "-DNEGATIVE" in more else self._control


class NocompileTest(unittest.TestCase):
    """Test one fixture with each possible result."""

    def check(self, control: str | None, negative: str | None, text: str = FIXTURE) -> str:
        """Return the findings as one text."""
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "fixture.c"
            path.write_text(text, encoding="utf-8")
            result = nocompile._check(FakeCompiler(control, negative), path)
        self.assertEqual(result.name, "fake/fixture")
        return "\n".join(result.findings)

    def test_expected_diagnostic(self) -> None:
        """Accept a negative variant that fails with the expected error."""
        self.assertEqual(self.check(None, REFUSED), "")

    def test_negative_compiles(self) -> None:
        """Report a negative variant that compiles."""
        self.assertIn("the negative variant compiles", self.check(None, None))

    def test_other_diagnostic(self) -> None:
        """Report a negative variant that fails with another error."""
        self.assertIn("but not with", self.check(None, "x.c:1:2: error: expected ';'\n"))

    def test_diagnostic_in_a_note(self) -> None:
        """Report an expected text that is only in a note."""
        said = "x.c:1:2: error: expected ';'\nx.c:1:2: note: read-only\n"
        self.assertIn("but not with", self.check(None, said))

    def test_control_fails(self) -> None:
        """Report a control that does not compile."""
        self.assertIn("the control does not compile", self.check(REFUSED, REFUSED))

    def test_no_expectation(self) -> None:
        """Report a fixture without EXPECT."""
        self.assertIn("no EXPECT", self.check(None, REFUSED, "#ifdef NEGATIVE\n#endif\n"))

    def test_no_negative(self) -> None:
        """Report a fixture without NEGATIVE."""
        self.assertIn("no NEGATIVE", self.check(None, REFUSED, "/*\n * EXPECT: a\n */\n"))

    def test_tutorial_is_the_toy(self) -> None:
        """Expect the tutorial's code in the toy driver, within the limit of lines."""
        self.assertIn("static int toy_create_objects(struct tkms_setup *setup)", nocompile.toy())
        self.assertEqual(nocompile.tutorial_faults(nocompile.tutorial(), nocompile.toy()), [])

    def test_tutorial_differs(self) -> None:
        """Report a line too many, a missing line, and a tutorial that is too long."""
        self.assertIn("+more", nocompile.tutorial_faults(["a"], ["a", "more"]))
        self.assertIn("-less", nocompile.tutorial_faults(["a", "less"], ["a"]))
        long = ["a"] * nocompile.TUTORIAL_LINES
        self.assertEqual(nocompile.tutorial_faults(long, long), ["it has 150 lines"])

    def test_code_is_code(self) -> None:
        """Ignore comments and include guards."""
        self.assertEqual(nocompile._code("/* a\n * b\n */\n#ifndef A_H\n#define A_H\n\nint a;\n"
                                         "#define B 1 // c\n#endif /* A_H */\n"),
                         ["int a;", "#define B 1"])


class CocciTest(unittest.TestCase):
    """Test the comment that allows a cast."""

    def excused(self, text: str) -> bool:
        """Return true if a comment allows the last line of @text."""
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "driver.c"
            path.write_text(text, encoding="utf-8")
            return cocci._is_excused(path, len(text.splitlines()))

    def test_excuse_above(self) -> None:
        """Accept a comment directly above, of one line or more."""
        self.assertTrue(self.excused("\t/* SAFETY: known. */\n\tcast\n"))
        self.assertTrue(self.excused("\t/*\n\t * SAFETY: known,\n\t * and well.\n\t */\n\tcast\n"))

    def test_no_excuse(self) -> None:
        """Reject no comment, another comment, or one that is further above."""
        self.assertFalse(self.excused("\tcast\n"))
        self.assertFalse(self.excused("\t/* A cast. */\n\tcast\n"))
        self.assertFalse(self.excused("\t/* SAFETY: known. */\n\tother\n\tcast\n"))
