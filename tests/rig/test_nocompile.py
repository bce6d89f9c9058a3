# SPDX-License-Identifier: GPL-2.0
"""tools/nocompile and the Coccinelle rules: what is red must be red."""

import tempfile
import unittest
from pathlib import Path

from rig import cocci, nocompile

FIXTURE = "/*\n * EXPECT: read-only\n */\n#ifdef NEGATIVE\n#endif\n"
REFUSED = "x.c:1:2: error: assignment of member in read-only object\n"


class FakeCompiler:
    """Says what it is told to of the control and of the negative variant."""

    name = "fake"
    precompiled: list[str] = []

    def __init__(self, control: str | None, negative: str | None) -> None:
        self._control = control
        self._negative = negative

    def compile(self, _file: Path, *more: str) -> str | None:
        """Answer as told."""
        return self._negative if "-DNEGATIVE" in more else self._control


class NocompileTest(unittest.TestCase):
    """One fixture, every way that it can end."""

    def check(self, control: str | None, negative: str | None, text: str = FIXTURE) -> str:
        """The findings, as one text."""
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "fixture.c"
            path.write_text(text, encoding="utf-8")
            result = nocompile._check(FakeCompiler(control, negative), path)
        self.assertEqual(result.name, "fake/fixture")
        return "\n".join(result.findings)

    def test_expected_diagnostic(self) -> None:
        """The only way to pass."""
        self.assertEqual(self.check(None, REFUSED), "")

    def test_negative_compiles(self) -> None:
        """What must not compile, does."""
        self.assertIn("the negative variant compiles", self.check(None, None))

    def test_other_diagnostic(self) -> None:
        """It fails for another reason."""
        self.assertIn("but not with", self.check(None, "x.c:1:2: error: expected ';'\n"))

    def test_diagnostic_in_a_note(self) -> None:
        """The words are there, but not as the error."""
        said = "x.c:1:2: error: expected ';'\nx.c:1:2: note: read-only\n"
        self.assertIn("but not with", self.check(None, said))

    def test_control_fails(self) -> None:
        """A negative that fails proves nothing if the control fails too."""
        self.assertIn("the control does not compile", self.check(REFUSED, REFUSED))

    def test_no_expectation(self) -> None:
        """A fixture without EXPECT is no fixture."""
        self.assertIn("no EXPECT", self.check(None, REFUSED, "#ifdef NEGATIVE\n#endif\n"))

    def test_no_negative(self) -> None:
        """Nor is one without NEGATIVE."""
        self.assertIn("no NEGATIVE", self.check(None, REFUSED, "/*\n * EXPECT: a\n */\n"))

    def test_tutorial_is_the_toy(self) -> None:
        """What is shown is run, and short enough to be called minimal."""
        self.assertIn("static int toy_create_objects(struct kms_setup *setup)", nocompile.toy())
        self.assertEqual(nocompile.tutorial_faults(nocompile.tutorial(), nocompile.toy()), [])

    def test_tutorial_differs(self) -> None:
        """A line more, a line less, a line too many."""
        self.assertIn("+more", nocompile.tutorial_faults(["a"], ["a", "more"]))
        self.assertIn("-less", nocompile.tutorial_faults(["a", "less"], ["a"]))
        long = ["a"] * nocompile.TUTORIAL_LINES
        self.assertEqual(nocompile.tutorial_faults(long, long), ["it has 150 lines"])

    def test_code_is_code(self) -> None:
        """Neither comments nor guards."""
        self.assertEqual(nocompile._code("/* a\n * b\n */\n#ifndef A_H\n#define A_H\n\nint a;\n"
                                         "#define B 1 // c\n#endif /* A_H */\n"),
                         ["int a;", "#define B 1"])


class CocciTest(unittest.TestCase):
    """The comment that excuses a cast."""

    def excused(self, text: str) -> bool:
        """Is the last line of @text?"""
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "driver.c"
            path.write_text(text, encoding="utf-8")
            return cocci._is_excused(path, len(text.splitlines()))

    def test_excuse_above(self) -> None:
        """A comment right above, of one line or more."""
        self.assertTrue(self.excused("\t/* SAFETY: known. */\n\tcast\n"))
        self.assertTrue(self.excused("\t/*\n\t * SAFETY: known,\n\t * and well.\n\t */\n\tcast\n"))

    def test_no_excuse(self) -> None:
        """No comment, another comment, or one that is not right above."""
        self.assertFalse(self.excused("\tcast\n"))
        self.assertFalse(self.excused("\t/* A cast. */\n\tcast\n"))
        self.assertFalse(self.excused("\t/* SAFETY: known. */\n\tother\n\tcast\n"))
