# SPDX-License-Identifier: GPL-2.0
"""Test the gate's verdicts on good and bad patches of a driver that is compiled and run."""


import contextlib
import html
import io
import json
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from unittest import mock

from rig.base import c_source, console, git, paths, report
from rig.coverage import profile
from rig.review import diff, dropped, gate, uncovered
from rig.review.verdict import CHECKS, Finding, State, Verdict
from tests.rig import support
from tests.rig.review import gateproject
from tests.rig.review.gateproject import (CHECK, CHECK_TEST, DRIVER, GEOMETRY, GEOMETRY_TEST,
                                          HEADER, MAKEFILE, PLANE, RULES)

HALVE = """
u32 rvkms_halve(u32 x)
{
\tif (x & 1)
\t\tx++;

\treturn x / 2;
}
"""

STEPS = """\
/* No test has ever called this. */
u32 rvkms_unused_steps(u32 from, u32 to)
{
\tu32 steps = 0;

\tfor (u32 at = from; at < to; at++)
\t\tsteps += at & 1;

\treturn steps;
}
"""

CLAMP = """\
/* The nearest number that is not past a limit. */
u32 rvkms_clamp(u32 x, u32 limit)
{
\tif (x > limit)
\t\treturn limit;

\treturn x;
}
"""


class CoverageTest(gateproject.GateTest):
    """Test the coverage of changed lines."""

    def declare(self, prototype: str) -> None:
        """Declare a function in the header of core/plane/geometry.c."""
        self.edit(HEADER, "u32 rvkms_area(", f"{prototype}\nu32 rvkms_area(")

    def test_tested_function(self) -> None:
        """Accept a new function if tests cover its lines and outcomes."""
        self.declare("u32 rvkms_halve(u32 x);")
        self.append(GEOMETRY, HALVE)
        self.add_test("rvkms_test_halve", "\tKUNIT_EXPECT_EQ(test, rvkms_halve(3), 2);\n"
                                          "\tKUNIT_EXPECT_EQ(test, rvkms_halve(4), 2);\n")
        verdict = self.judged()
        self.is_green(verdict)
        figures = verdict.figures
        # The number of lines with code differs a little between the compilers.
        self.assertGreaterEqual(figures.lines, 3)
        self.assertEqual(figures.lines, figures.lines_run)
        self.assertEqual(figures.outcomes, figures.outcomes_taken)
        self.assertGreaterEqual(figures.outcomes, 2)
        self.assertEqual(figures.tests - figures.tests_before, 1)

    def test_uncovered_line(self) -> None:
        """Report a new function that no test calls."""
        self.declare("u32 rvkms_halve(u32 x);")
        self.append(GEOMETRY, HALVE)
        self.is_red(self.judged(), ("lines", rf"^{GEOMETRY}:38-43: never run, in rvkms_halve\(\)$"))

    def test_uncovered_line_in_covered_function(self) -> None:
        """Report a new branch that no test takes: the line and the decision."""
        self.edit(GEOMETRY, "\tarea *= height;\n",
                  "\tif (height > 0x10000)\n\t\treturn 0;\n\tarea *= height;\n")
        self.is_red(self.judged(),
                    ("lines", rf"^{GEOMETRY}:10: never run, in rvkms_area\(\)$"),
                    ("outcomes", rf"^{GEOMETRY}:9: never true, in rvkms_area\(\)$"))

    def test_half_taken_branch(self) -> None:
        """Report an outcome that is not taken although all lines are run."""
        self.declare("u32 rvkms_halve(u32 x);")
        self.append(GEOMETRY, HALVE)
        self.add_test("rvkms_test_halve", "\tKUNIT_EXPECT_EQ(test, rvkms_halve(3), 2);\n")
        self.is_red(self.judged(), ("outcomes", rf"^{GEOMETRY}:40: never false, in rvkms_halve"))

    def test_half_taken_conditional_operator(self) -> None:
        """Report an outcome of a conditional operator although its line is run."""
        self.edit(GEOMETRY, "\tu32 area = width;\n",
                  "\tu32 area = width > 0x10000 ? 0x10000 : width;\n")
        self.is_red(self.judged(), ("outcomes", rf"^{GEOMETRY}:7: never true, in rvkms_area"))

    def test_loop_that_always_runs(self) -> None:
        """Report a do loop that no test repeats."""
        self.edit(GEOMETRY, "\tarea *= height;\n",
                  "\tarea = 0;\n\tdo\n\t\tarea += width;\n\twhile (--height > 0x10000);\n"
                  "\tarea *= 1;\n")
        verdict = self.judged()
        self.assertEqual({finding.check for finding in verdict.findings}, {"outcomes", "tests"})

    def test_masked_condition(self) -> None:
        """Report a condition that is false only where another condition masks it."""
        self.declare("bool rvkms_both(u32 x, u32 y);")
        self.append(GEOMETRY, "\nbool rvkms_both(u32 x, u32 y)\n{\n\treturn x > 3 &&\n"
                              "\t       y > 3;\n}\n")
        self.add_test("rvkms_test_both", "\tKUNIT_EXPECT_EQ(test, rvkms_both(4, 4), true);\n"
                                         "\tKUNIT_EXPECT_EQ(test, rvkms_both(3, 3), false);\n")
        verdict = self.judged()
        self.assertEqual([str(finding) for finding in verdict.of("mcdc")],
                         [f'{GEOMETRY}:41: condition 2 "y > 3" never false, in rvkms_both()'])

    def test_changed_condition_of_several_lines(self) -> None:
        """Judge the whole decision if any of its lines has changed."""
        self.edit(CHECK, "!rect->width || !rect->height)",
                  "!rect->width || !rect->height ||\n\t    rect->height > 0x10000)")
        self.edit(CHECK_TEST, "\t\t{ 0, 1, 0 },\n", "\t\t{ 0, 2, 0 },\n")
        verdict = self.judged()
        self.assertEqual([str(finding) for finding in verdict.of("mcdc")],
                         [f'{CHECK}:15: condition 3 "rect->height > 0x10000" never true,'
                          " in rvkms_check_plane()"])
        self.assertFalse(verdict.green)

    def test_decision_of_which_another_line_changed(self) -> None:
        """Report an unseen outcome on an unchanged line of a changed decision."""
        self.edit(PLANE, "if (rvkms_is_far(rect->x))",
                  "if (rvkms_is_far(rect->x) &&\n\t    rvkms_is_far(rect->x + 1))")
        self.commit("First")
        self.edit(PLANE, "if (rvkms_is_far(rect->x) &&", "if (rvkms_is_far(rect->x + 0) &&")
        self.commit("Second")
        second = self.review()[1]
        self.assertIn(f"{PLANE}:12: never false, in cost()",
                      [str(finding) for finding in second.of("outcomes")])

    def test_condition_outside_of_core(self) -> None:
        """Require both outcomes outside of core/, but no MC/DC."""
        self.edit(PLANE, "if (rvkms_is_far(rect->x))",
                  "if (rvkms_is_far(rect->x) && rvkms_is_far(rect->x + 1))")
        verdict = self.judged()
        self.assertEqual(verdict.of("mcdc"), [])
        self.is_red(verdict, ("outcomes", f"^{PLANE}:11: never false, in cost"))

    def test_moved_code(self) -> None:
        """Treat code that moves within a file as unchanged, covered or not."""
        self.edit(GEOMETRY, f"{STEPS}", "")
        self.edit(GEOMETRY, "u32 rvkms_area(", f"{STEPS}\nu32 rvkms_area(")
        verdict = self.judged()
        self.is_green(verdict)
        self.assertGreater(verdict.figures.moved, 3)

    def test_code_moved_to_another_file(self) -> None:
        """Treat code that moves to another file as unchanged."""
        self.edit(GEOMETRY, STEPS, "")
        self.edit(PLANE, "static u32 cost(", f"{STEPS}\nstatic u32 cost(")
        self.is_green(self.judged())

    def test_moved_code_that_loses_coverage(self) -> None:
        """Report moved code that is not run any more."""
        self.edit(GEOMETRY, CLAMP, "")
        self.append(GEOMETRY, f"\n{CLAMP}")
        self.edit(PLANE, "rvkms_clamp(cost(&rect), 0x10000)", "cost(&rect)")
        self.edit(GEOMETRY_TEST, "\tKUNIT_EXPECT_EQ(test, rvkms_clamp(7, 9), 7);\n", "")
        self.edit(GEOMETRY_TEST, "\tKUNIT_EXPECT_EQ(test, rvkms_clamp(11, 9), 9);\n", "")
        verdict = self.judged()
        self.is_red(verdict, ("kept", r"was run before the patch, is not any more, in rvkms_clamp"),
                    *[("kept", "rvkms_clamp")] * (len(verdict.findings) - 1))

    def test_copied_code_is_new(self) -> None:
        """Report a copy of uncovered code as new code."""
        copy = STEPS.replace("rvkms_unused_steps", "rvkms_more_steps")
        self.declare("u32 rvkms_more_steps(u32 from, u32 to);")
        self.append(GEOMETRY, f"\n{copy}")
        self.is_red(self.judged(), ("lines", "never run, in rvkms_more_steps"))

    def test_pure_deletion(self) -> None:
        """Accept the deletion of covered and uncovered functions together with their tests."""
        self.edit(GEOMETRY, CLAMP, "")
        self.edit(GEOMETRY, STEPS, "")
        self.edit(HEADER, "u32 rvkms_clamp(u32 x, u32 limit);\n", "")
        self.edit(HEADER, "u32 rvkms_unused_steps(u32 from, u32 to);\n", "")
        self.edit(PLANE, "rvkms_clamp(cost(&rect), 0x10000)", "cost(&rect)")
        self.edit(GEOMETRY_TEST, "\tKUNIT_CASE(rvkms_test_clamp),\n", "")
        text = self.read(GEOMETRY_TEST)
        start = text.index("static void rvkms_test_clamp")
        self.write(GEOMETRY_TEST,
                   text[:start] + text[text.index("static void rvkms_test_is_far"):])
        verdict = self.judged()
        self.is_green(verdict)
        self.assertIn("rvkms_geometry.rvkms_test_clamp was removed with rvkms_clamp",
                      "\n".join(map(str, verdict.remarks)))

    def test_deletion_alone(self) -> None:
        """Accept the deletion of a function's only call."""
        self.edit(PLANE, "\tif (rvkms_is_far(rect->x))\n\t\tpixels *= 2;\n\n", "")
        self.edit(GEOMETRY_TEST, "show(0x9000, 2, 3), 12", "show(1, 2, 3), 6")
        self.is_green(self.judged())

    def test_renamed_file(self) -> None:
        """Accept a renamed file, covered or not."""
        self.git("mv", GEOMETRY, f"{DRIVER}/core/plane/area.c")
        self.edit(MAKEFILE, "core/plane/geometry.o", "core/plane/area.o")
        self.is_green(self.judged())

    def test_renamed_file_with_a_new_line(self) -> None:
        """Report a new line of a renamed file under the new name."""
        self.git("mv", GEOMETRY, f"{DRIVER}/core/plane/area.c")
        self.edit(MAKEFILE, "core/plane/geometry.o", "core/plane/area.o")
        self.edit(f"{DRIVER}/core/plane/area.c", "\tarea *= height;\n",
                  "\tif (!height)\n\t\treturn 0;\n\tarea *= height;\n")
        verdict = self.judged()
        self.assertIn(f"{DRIVER}/core/plane/area.c:10: never run, in rvkms_area()",
                      [str(finding) for finding in verdict.findings])

    def test_comment_only_change(self) -> None:
        """Accept changed comments in code that no test runs."""
        self.edit(GEOMETRY, "/* No test has ever called this. */\n",
                  "/*\n * No test\n * calls this.\n */\n")
        self.edit(GEOMETRY, "\tu32 steps = 0;\n", "\tu32 steps = 0; /* odd ones */\n\n")
        verdict = self.judged()
        self.is_green(verdict)
        self.assertEqual(verdict.figures.lines, 0)

    def test_white_space_only_change(self) -> None:
        """Accept changed white space in code that no test runs."""
        self.edit(GEOMETRY, "\tu32 steps = 0;\n", "\tu32  steps  =  0;\n")
        self.is_green(self.judged())

    def test_changed_macro_of_covered_lines(self) -> None:
        """Accept a changed macro if all lines that use it are run."""
        self.edit(HEADER, "((x) > 0x7fff)", "((x) >= 0x8000)")
        verdict = self.judged()
        self.is_green(verdict)
        self.assertGreaterEqual(verdict.figures.lines, 1)

    def test_changed_macro_of_an_uncovered_line(self) -> None:
        """Report an uncovered line that uses a changed macro, also through another macro."""
        self.edit(GEOMETRY, "steps += at & 1;", "steps += RVKMS_STEP(at);")
        self.edit(HEADER, "u32 rvkms_area(",
                  "#define RVKMS_STEP(x) RVKMS_PART(x)\n#define RVKMS_PART(x) ((x) & RVKMS_BIT)\n"
                  "#define RVKMS_BIT 1\n\nu32 rvkms_area(")
        self.commit("A macro in what no test runs")
        self.edit(HEADER, "#define RVKMS_BIT 1", "#define RVKMS_BIT 2")
        self.commit("Change the macro below")
        second = self.review()[1]
        self.assertIn(f"{GEOMETRY}:33: never run, in rvkms_unused_steps(); it uses RVKMS_STEP,"
                      " which changed", [str(finding) for finding in second.of("lines")])
        self.assertFalse(second.green)

    def test_changed_macro_with_a_new_outcome(self) -> None:
        """Report a new outcome of a macro in a line that did not change."""
        self.edit(HEADER, "((x) > 0x7fff)", "((x) > 0x7fff || (x) == 0x7ffe)")
        verdict = self.judged()
        self.assertFalse(verdict.green)
        self.assertTrue({finding.check for finding in verdict.findings} & {"outcomes", "mcdc"})

    def test_macro_that_nobody_uses(self) -> None:
        """Report a new macro without users, which no test can run."""
        self.edit(HEADER, "u32 rvkms_area(", "#define RVKMS_TWICE(x) ((x) * 2)\n\nu32 rvkms_area(")
        self.is_red(self.judged(), ("profile", r"RVKMS_TWICE\(\) is nowhere used"))

    def test_new_file_without_tests(self) -> None:
        """Report the lines of a new file that no test runs."""
        self.write(f"{DRIVER}/core/plane/half.c", f'#include "geometry.h"\n{HALVE}')
        self.declare("u32 rvkms_halve(u32 x);")
        self.edit(MAKEFILE, "core/plane/geometry.o", "core/plane/geometry.o core/plane/half.o")
        self.is_red(self.judged(), ("lines", f"^{DRIVER}/core/plane/half.c:3-8: never run, in rv"))

    def test_new_file_that_is_not_built(self) -> None:
        """Report a new file that is not built, because it has no profile."""
        self.write(f"{DRIVER}/core/plane/half.c", f'#include "geometry.h"\n{HALVE}')
        self.is_red(self.judged(), ("profile", f"^{DRIVER}/core/plane/half.c:1: the suites have"))

    def test_file_that_is_not_built_any_more(self) -> None:
        """Report a covered file that is not built any more."""
        self.declare("u32 rvkms_halve(u32 x);")
        self.write(f"{DRIVER}/core/plane/half.c", f'#include "geometry.h"\n{HALVE}')
        self.edit(MAKEFILE, "core/plane/geometry.o", "core/plane/geometry.o core/plane/half.o")
        calls = "\tKUNIT_EXPECT_EQ(test, rvkms_halve(3), rvkms_halve(4));\n"
        self.edit(GEOMETRY_TEST, "\tKUNIT_EXPECT_EQ(test, rvkms_area(3, 5), 15);\n",
                  f"\tKUNIT_EXPECT_EQ(test, rvkms_area(3, 5), 15);\n{calls}")
        self.commit("First")
        self.edit(MAKEFILE, "core/plane/geometry.o core/plane/half.o", "core/plane/geometry.o")
        self.edit(GEOMETRY_TEST, calls, "")
        self.commit("Second")
        first, second = self.review()
        self.is_green(first)
        self.is_red(second, ("kept", f"^{DRIVER}/core/plane/half.c:3-8: was run before the patch,"
                             " is not compiled any more"),
                    ("profile", f"^{DRIVER}/core/plane/half.c:1: the suites have no profile"))

    def test_code_that_is_not_compiled(self) -> None:
        """Report new lines that are not compiled."""
        self.edit(GEOMETRY, "\tarea *= height;\n",
                  "#ifdef CONFIG_NEVER\n\tarea += height;\n\theight = 0;\n#endif\n"
                  "\tarea *= height;\n")
        self.is_red(self.judged(), ("profile", "not compiled into the kernel that is tested"))

    def test_covered_code_compiled_out(self) -> None:
        """Report covered lines that are not compiled any more."""
        self.edit(PLANE, "\tif (rvkms_is_far(rect->x))\n\t\tpixels *= 2;\n",
                  "#ifdef CONFIG_NEVER\n\tif (rvkms_is_far(rect->x))\n\t\tpixels *= 2;\n#endif\n")
        self.edit(GEOMETRY_TEST, "0x9000, 2, 3), 12", "0x9000, 2, 3), 6")
        verdict = self.judged()
        self.assertIn("kept", {finding.check for finding in verdict.findings})
        self.assertIn(f"{PLANE}:12-13: was run before the patch, is not compiled any more,"
                      " in cost()", [str(finding) for finding in verdict.findings])

    def test_unchanged_line_that_loses_coverage(self) -> None:
        """Report an unchanged line that the patch makes unreachable."""
        self.edit(PLANE, "rvkms_check_plane(&rect) != RVKMS_RULE_NONE",
                  "rvkms_check_plane(&rect) == RVKMS_RULE_COUNT")
        self.edit(GEOMETRY_TEST, "\tKUNIT_EXPECT_EQ(test, rvkms_plane_show(0, 0, 3), -EINVAL);\n",
                  "\tKUNIT_EXPECT_EQ(test, rvkms_plane_show(0, 0, 3), 0);\n")
        verdict = self.judged()
        self.assertIn(f"{PLANE}:22: was run before the patch, is not any more,"
                      " in rvkms_plane_show()", [str(finding) for finding in verdict.findings])

    def test_unchanged_outcome_that_is_lost(self) -> None:
        """Report an outcome that is not seen any more although its line is run."""
        self.edit(GEOMETRY_TEST, "\tKUNIT_EXPECT_EQ(test, rvkms_is_far(0x8000), true);\n",
                  "\tKUNIT_EXPECT_EQ(test, rvkms_is_far(0), false);\n")
        self.edit(GEOMETRY_TEST, "show(0x9000, 2, 3), 12", "show(9, 2, 3), 6")
        verdict = self.judged()
        self.is_red(verdict,
                    ("kept", f"^{PLANE}:12: was run before the patch, is not any more, in cost"),
                    ("kept", f"^{PLANE}:11: was seen before the patch, is not any more: true, in"))


class RuleTest(gateproject.GateTest):
    """Test that a changed check needs a changed test of its rule."""

    def test_changed_guard(self) -> None:
        """Report a changed guard, and name its rule."""
        self.edit(CHECK, "!rect->width || !rect->height", "!rect->height || !rect->width")
        self.is_red(self.judged(), ("rule-tests", f"^{CHECK}:14: the check of PLANE_EMPTY changed,"
                                    " but no test of PLANE_EMPTY was$"))

    def test_changed_guard_with_a_test_of_another_rule(self) -> None:
        """Report a changed guard if only the test of another rule changed."""
        self.edit(CHECK, "!rect->width || !rect->height", "!rect->height || !rect->width")
        self.edit(CHECK_TEST, "{ 0xffff, 1, 1 }", "{ 0xfffe, 2, 1 }")
        verdict = self.judged()
        self.assertEqual([finding.text for finding in verdict.of("rule-tests")],
                         ["the check of PLANE_EMPTY changed, but no test of PLANE_EMPTY was"])

    def test_changed_guard_with_its_test(self) -> None:
        """Accept a changed guard if a field of its table row changed."""
        self.edit(CHECK, "!rect->width || !rect->height", "!rect->height || !rect->width")
        self.edit(CHECK_TEST, "\t\t{ 0, 1, 0 },\n", "\t\t{ 0, 5, 0 },\n")
        self.is_green(self.judged())

    def test_changed_helper(self) -> None:
        """Report the rules of all guards that call a changed helper."""
        self.edit(CHECK, "rect->x <= RVKMS_LAST - rect->width",
                  "rect->width <= RVKMS_LAST - rect->x")
        self.is_red(self.judged(), ("rule-tests",
                                    f"^{CHECK}:9: changed, but no test of PLANE_RANGE was "))

    def test_changed_text(self) -> None:
        """Report a changed text in the table of rules."""
        self.edit(RULES, "the plane has no pixels", "the plane is empty")
        self.is_red(self.judged(), ("rule-tests", f"^{RULES}:2: the rule PLANE_EMPTY changed"))

    def test_new_rule_without_a_test(self) -> None:
        """Report a new rule without a test by its name and by its uncovered lines."""
        self.append(RULES, 'RVKMS_RULE(PLANE_HIGH, ERANGE, "the plane is too high")\n')
        self.edit(CHECK, "\treturn RVKMS_RULE_NONE;\n",
                  "\tif (rect->height > 0x8000)\n\t\treturn RVKMS_RULE_PLANE_HIGH;\n\n"
                  "\treturn RVKMS_RULE_NONE;\n")
        verdict = self.judged()
        self.assertEqual({finding.check for finding in verdict.findings},
                         {"lines", "outcomes", "rule-tests"})
        self.assertIn("PLANE_HIGH", "\n".join(map(str, verdict.of("rule-tests"))))

    def test_comment_in_a_check(self) -> None:
        """Ignore a changed comment in a check."""
        self.edit(CHECK, "/* Does a rectangle end", "/* Does any rectangle end")
        self.is_green(self.judged())

    def test_comment_in_a_test_is_no_test(self) -> None:
        """Do not take a changed comment in a test for a changed test."""
        self.edit(CHECK, "!rect->width || !rect->height", "!rect->height || !rect->width")
        self.edit(CHECK_TEST, "\t\t{ 0, 1, 0 },\n",
                  "\t\t{ 0, 1, 0 }, /* RVKMS_RULE_PLANE_EMPTY */\n")
        verdict = self.judged()
        self.assertEqual(len(verdict.of("rule-tests")), 1)


class SuitesTest(gateproject.GateTest):
    """Test the verdicts about changed tests."""

    def test_test_only_patch(self) -> None:
        """Accept a patch of tests only, and count its new test."""
        self.add_test("rvkms_test_area_again", "\tKUNIT_EXPECT_EQ(test, rvkms_area(2, 2), 4);\n")
        verdict = self.judged()
        self.is_green(verdict)
        self.assertEqual(verdict.figures.tests - verdict.figures.tests_before, 1)

    def test_patch_that_does_not_build(self) -> None:
        """Report a patch that does not build, with the compiler's errors."""
        self.edit(GEOMETRY, "\tarea *= height;\n", "\tarea *= depth;\n")
        verdict = self.judged()
        self.is_red(verdict, ("build", r"(?s)it does not build.*geometry\.c:9:.*error: .depth."))
        self.assertNotIn("lines", verdict.judged)

    def test_patch_whose_tests_panic(self) -> None:
        """Report a patch if its tests panic, with the kernel's message."""
        self.edit(GEOMETRY_TEST, "\tKUNIT_EXPECT_EQ(test, rvkms_area(3, 5), 15);\n",
                  "\tKUNIT_EXPECT_EQ(test, rvkms_area(3, 5), 15);\n\t__builtin_trap();\n")
        verdict = self.judged()
        self.is_red(verdict, ("tests", "^the kernel panicked"))
        self.assertNotIn("lines", verdict.judged)

    def test_patch_whose_test_fails(self) -> None:
        """Report a failed test by its name."""
        self.edit(GEOMETRY_TEST, "rvkms_area(3, 5), 15", "rvkms_area(3, 5), 16")
        self.is_red(self.judged(), ("tests", "^rvkms_geometry.rvkms_test_area fails$"))

    def test_patch_that_drops_a_test(self) -> None:
        """Report a dropped test even if all code is covered without it."""
        text = self.read(GEOMETRY_TEST)
        start = text.index("static void rvkms_test_is_far")
        self.write(GEOMETRY_TEST, text[:start]
                   + text[text.index("static void rvkms_test_plane_show"):].replace(
                       "\tKUNIT_CASE(rvkms_test_is_far),\n", ""))
        self.is_red(self.judged(), ("dropped-tests",
                                    "rvkms_geometry.rvkms_test_is_far is dropped, but the tested"))

    def test_patch_that_drops_a_suite(self) -> None:
        """Report a dropped suite."""
        self.edit(CHECK_TEST, "kunit_test_suite(check_plane_suite);\n",
                  "struct kunit_suite *unused_suite = &check_plane_suite;\n")
        verdict = self.judged()
        self.assertEqual(len(verdict.of("dropped-tests")), 1)
        self.assertTrue(verdict.of("kept"))

    def test_patch_that_skips_a_test(self) -> None:
        """Report a test that is skipped now as dropped."""
        self.edit(GEOMETRY_TEST, "\tKUNIT_EXPECT_EQ(test, rvkms_area(3, 5), 15);\n",
                  '\tkunit_skip(test, "not today");\n')
        verdict = self.judged()
        self.assertEqual([finding.text for finding in verdict.of("dropped-tests")],
                         ["rvkms_geometry.rvkms_test_area passed before the patch, is skipped now"])

    def test_renamed_test(self) -> None:
        """Accept a renamed test with a remark."""
        text = self.read(GEOMETRY_TEST)
        self.write(GEOMETRY_TEST, text.replace("rvkms_test_is_far", "rvkms_test_far"))
        verdict = self.judged()
        self.is_green(verdict)
        self.assertIn("rvkms_geometry.rvkms_test_is_far is now rvkms_geometry.rvkms_test_far",
                      "\n".join(map(str, verdict.remarks)))

    def test_test_that_is_not_run(self) -> None:
        """Report the tests of a suite that is not registered."""
        self.write("tests/kunit/more_kunit.c",
                   self.read(GEOMETRY_TEST).replace("kunit_test_suite(geometry_suite);", "\n"
                                                    "struct kunit_suite *more = &geometry_suite;")
                   .replace("rvkms_test_", "rvkms_test_more_"))
        self.is_red(self.judged(), *[("dropped-tests", r"rvkms_test_more_\w+ is not run$")] * 4)

    def test_test_that_is_slow_now(self) -> None:
        """Remark on a test that is marked as slow now."""
        self.edit(GEOMETRY_TEST, "KUNIT_CASE(rvkms_test_is_far)",
                  "KUNIT_CASE_SLOW(rvkms_test_is_far)")
        verdict = self.judged()
        self.is_green(verdict)
        self.assertIn("rvkms_test_is_far is slow now", "\n".join(map(str, verdict.remarks)))

    def test_fewer_expectations(self) -> None:
        """Remark on fewer expectations."""
        self.edit(GEOMETRY_TEST, "\tKUNIT_EXPECT_EQ(test, rvkms_is_far(1), false);\n", "")
        verdict = self.judged()
        self.is_green(verdict)
        self.assertIn("1 expectations fewer than before", "\n".join(map(str, verdict.remarks)))


class WaiverTest(gateproject.GateTest):
    """Test patches that add waivers."""

    GUARD = "\tif (height > 0x10000)\n\t\treturn 0;{}\n\tarea *= height;\n"

    def waive(self, waiver: str, extra: str = "") -> None:
        """Add a guard that no test enters, with a waiver after it."""
        self.edit(GEOMETRY, "\tarea *= height;\n", extra + self.GUARD.format(waiver))

    def test_waiver_with_a_reason(self) -> None:
        """Accept a waiver of a decision and its line, and show it."""
        self.waive("", "\t/* coverage: unreachable, no plane is so high */\n")
        verdict = self.judged()
        # A comment before a statement covers the condition and the statement that it guards.
        self.is_green(verdict)
        self.assertEqual([(remark.check, remark.text) for remark in verdict.remarks],
                         [("waivers", "new waiver: no plane is so high")])

    def test_waiver_of_a_part(self) -> None:
        """Report the decision if only its line is waived."""
        self.waive(" /* coverage: unreachable, no plane is so high */")
        self.is_red(self.judged(), ("outcomes", f"^{GEOMETRY}:9: never true"))

    def test_waiver_without_a_reason(self) -> None:
        """Report a waiver without a reason, and the lines that it does not waive."""
        self.waive(" /* coverage: unreachable */")
        verdict = self.judged()
        self.is_red(verdict, ("lines", f"^{GEOMETRY}:10: never run"),
                    ("outcomes", f"^{GEOMETRY}:9: never true"),
                    ("waivers", f"^{GEOMETRY}:10: a new waiver gives no reason"))

    def test_waiver_of_a_covered_line(self) -> None:
        """Report a waiver of a covered line."""
        self.edit(GEOMETRY, "\tarea *= height;\n",
                  "\tarea *= height; /* coverage: unreachable, nobody multiplies */\n")
        self.is_red(self.judged(), ("waivers", f"^{GEOMETRY}:9: a new waiver of covered code"))

    def test_old_waiver_that_moves(self) -> None:
        """Do not report an old waiver that moves as a new one."""
        self.waive("", "\t/* coverage: unreachable, no plane is so high */\n")
        self.commit("First")
        self.edit(GEOMETRY, "u32 rvkms_area(", "/* So many pixels. */\nu32 rvkms_area(")
        self.commit("Second")
        second = self.review()[1]
        self.is_green(second)
        self.assertEqual(second.remarks, [])


class SeriesTest(gateproject.GateTest):
    """Test series of patches, and that the user's tree is not changed."""

    def test_good_bad_good(self) -> None:
        """Judge each patch by itself."""
        self.edit(GEOMETRY, "\tarea *= height;\n", "\tarea = area * height;\n")
        self.commit("First")
        self.edit(GEOMETRY, "\tu32 area = width;\n",
                  "\tu32 area = width > 9 ? 9 : width;\n")
        self.commit("Second")
        self.edit(GEOMETRY, "\treturn x;\n", "\treturn x + 0;\n")
        self.commit("Third")
        verdicts = self.review()
        self.assertEqual([verdict.green for verdict in verdicts], [True, False, True])
        self.assertEqual([verdict.subject for verdict in verdicts], ["First", "Second", "Third"])

    def test_patch_after_one_that_does_not_build(self) -> None:
        """Judge a patch after a broken one together with it, against the last good state."""
        self.edit(GEOMETRY, "\tarea *= height;\n",
                  "\tif (depth)\n\t\treturn 1;\n\tarea *= height;\n")
        self.commit("Does not build")
        self.edit(GEOMETRY, "\tif (depth)\n", "\tif (height > 0x10000)\n")
        self.commit("Builds")
        first, second = self.review()
        self.assertIn("it does not build", first.findings[0].text)
        self.is_red(second, ("lines", f"{GEOMETRY}:10"), ("outcomes", f"{GEOMETRY}:9"))

    def test_patch_that_does_not_apply(self) -> None:
        """Report git's message for a patch that does not apply, and do not judge later ones."""
        self.edit(GEOMETRY, "\tarea *= height;\n", "\tarea = area * height;\n")
        self.commit("First")
        self.edit(GEOMETRY, "\tarea = area * height;\n", "\tarea = height * area;\n")
        self.commit("Second")
        self.edit(GEOMETRY, "\treturn x;\n", "\treturn x + 0;\n")
        self.commit("Third")
        mailbox = self.directory / "holes.mbox"
        mailbox.write_text(self.git("format-patch", "--stdout", "HEAD~2..HEAD"))
        self.git("checkout", "--quiet", "main")
        first, second = self.gate().judge_series("", mbox=str(mailbox))
        self.is_red(first, ("apply", rf"(?s)^it does not apply:\n.*{GEOMETRY}"))
        self.is_red(second, ("apply", "not judged: it depends on patch 1, which does not"))

    def test_empty_series(self) -> None:
        """Reject a series without patches."""
        empty = self.directory / "empty.mbox"
        for content in ("", "From nobody Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\n"
                            "Subject: [PATCH 0/0] nothing\n\nOnly words.\n"):
            empty.write_text(content)
            with self.assertRaisesRegex(console.RigError, "there is no patch in"):
                self.gate().judge_series("", mbox=str(empty))
        with self.assertRaisesRegex(console.RigError, "there is no patch in"):
            self.gate().judge_series("", revisions="main..main")

    def test_empty_patch(self) -> None:
        """Accept an empty commit."""
        self.commit("Nothing")
        verdicts = self.gate().judge_series("", revisions="main..topic")
        self.assertEqual([verdict.green for verdict in verdicts], [True])

    def test_unordered_mail_with_a_cover_letter(self) -> None:
        """Order patches by their numbers, and ignore the cover letter."""
        self.edit(GEOMETRY, "\tarea *= height;\n", "\tarea = area * height;\n")
        self.commit("First")
        self.edit(GEOMETRY, "\tarea = area * height;\n", "\tarea = height * area;\n")
        self.commit("Second")
        mails = self.git("format-patch", "--stdout", "--cover-letter", "main..topic")
        parts = ["From " + part for part in mails.split("\nFrom ")]
        parts[0] = parts[0].removeprefix("From ")
        mailbox = self.directory / "unordered.mbox"
        mailbox.write_text("\n".join(part.rstrip("\n") + "\n" for part in reversed(parts)))
        self.git("checkout", "--quiet", "main")
        verdicts = self.gate().judge_series("", mbox=str(mailbox))
        self.assertEqual([verdict.subject for verdict in verdicts], ["First", "Second"])
        self.assertTrue(all(verdict.green for verdict in verdicts))

    def test_diff_without_mail(self) -> None:
        """Judge a plain diff, given with PATCH=."""
        self.edit(GEOMETRY, "\tu32 area = width;\n", "\tu32 area = width > 9 ? 9 : width;\n")
        patch = self.directory / "plain.patch"
        patch.write_text(self.git("diff"))
        self.git("checkout", "--quiet", "--force", "main")
        verdict, = self.gate().judge_series("", patch=str(patch))
        self.is_red(verdict, ("outcomes", f"{GEOMETRY}:7: never true"))

    def test_revisions(self) -> None:
        """Judge commits of a linear range of revisions, and reject any other range."""
        self.edit(GEOMETRY, "\tu32 area = width;\n", "\tu32 area = width > 9 ? 9 : width;\n")
        self.commit("First")
        verdict, = self.gate().judge_series("", revisions="main..topic")
        self.is_red(verdict, ("outcomes", f"{GEOMETRY}:7: never true"))
        self.git("checkout", "--quiet", "-b", f"other-{self.id()}", "main")
        self.write("notes.txt", "remember\n")
        self.commit("Beside")
        self.git("merge", "--quiet", "--no-edit", "topic")
        with self.assertRaisesRegex(console.RigError, "is no series"):
            self.gate().judge_series("", revisions="main..HEAD")
        for wrong in ("topic", "main...topic", "main..nowhere"):
            with self.assertRaises(console.RigError):
                self.gate().judge_series("", revisions=wrong)

    def test_users_tree_is_untouched(self) -> None:
        """Leave the user's tree unchanged if it has staged, new and ignored files."""
        self.edit(GEOMETRY, "\tarea *= height;\n", "\tarea = area * height;\n")
        self.commit("First")
        mailbox = self.mailbox()
        self.git("checkout", "--quiet", "main")
        self.edit(PLANE, "\tpixels *= 2;\n", "\tpixels *= 3;\n")
        self.git("add", PLANE)
        self.edit(GEOMETRY, "\treturn area;\n", "\treturn area + 1;\n")
        self.write("notes.txt", "remember\n")
        before = self.everything()
        verdict, = self.gate().judge_series("", mbox=str(mailbox))
        self.is_green(verdict)
        self.gate().judge_tree("main")
        self.assertEqual(self.everything(), before)

    def everything(self) -> dict:
        """Read every file of the user's tree and of its repository."""
        return {str(path): path.read_bytes() for path in sorted(self.project.rglob("*"))
                if path.is_file() and "build" not in path.relative_to(self.project).parts}

    def test_working_tree(self) -> None:
        """Judge staged, unstaged and new files as one change."""
        self.edit(GEOMETRY, "\tu32 area = width;\n", "\tu32 area = width > 9 ? 9 : width;\n")
        self.git("add", GEOMETRY)
        self.write(f"{DRIVER}/core/plane/half.c", "u32 rvkms_halve(u32 x);" + gate_text())
        verdict, = self.gate().judge_tree("HEAD")
        self.is_red(verdict, ("outcomes", f"{GEOMETRY}:7: never true"),
                    ("profile", "core/plane/half.c:1: the suites have no profile"))

    def test_clean_working_tree(self) -> None:
        """Reject a clean working tree and an unknown revision."""
        with self.assertRaisesRegex(console.RigError, "there is nothing to judge"):
            self.gate().judge_tree("HEAD")
        with self.assertRaisesRegex(console.RigError, "git knows no revision"):
            self.gate().judge_tree("nowhere")

    def test_base_that_fails(self) -> None:
        """Reject a base that does not build."""
        self.edit(GEOMETRY, "\tarea *= height;\n", "\tarea *= depth;\n")
        self.commit("Broken")
        self.edit(GEOMETRY, "\tarea *= depth;\n", "\tarea *= height;\n")
        self.commit("Mended")
        with self.assertRaisesRegex(console.RigError, "the base fails"):
            self.gate().judge_series("", revisions="topic^..topic")

    def test_state_that_is_known_is_not_measured_again(self) -> None:
        """Reuse the results of a base and of a patch that were judged before."""
        self.edit(GEOMETRY, "\tarea *= height;\n", "\tarea = area * height;\n")
        self.is_green(self.judged())
        before = self.rig.measured
        self.is_green(self.review()[0])
        self.assertEqual(self.rig.measured, before)


class FilesTest(gateproject.GateTest):
    """Test binary files, changed modes, links, and findings of lint."""

    def test_binary_file_of_the_driver(self) -> None:
        """Report a binary file of the driver."""
        (self.project / DRIVER / "firmware.bin").write_bytes(bytes(range(256)))
        self.commit("A blob")
        mailbox = self.directory / "binary.mbox"
        mailbox.write_text(self.git("format-patch", "--stdout", "--binary", "main..topic"))
        self.git("checkout", "--quiet", "main")
        verdict, = self.gate().judge_series("", mbox=str(mailbox))
        self.is_red(verdict, ("readable", f"^{DRIVER}/firmware.bin: not text"))

    def test_binary_file_elsewhere(self) -> None:
        """Remark on a binary file elsewhere."""
        self.write("docs/page.md", "text\n")
        (self.project / "docs/picture.png").write_bytes(b"\x89PNG\0\0")
        verdict = self.judged()
        self.is_green(verdict)
        self.assertEqual([str(remark) for remark in verdict.remarks],
                         ["docs/picture.png: not text: it cannot be judged"])

    def test_binary_patch_without_its_data(self) -> None:
        """Report a binary patch without its data."""
        (self.project / "picture.png").write_bytes(b"\x89PNG\0\0")
        self.git("add", "--all")
        patch = self.directory / "nodata.patch"
        patch.write_text(self.git("diff", "--cached"))
        self.git("reset", "--quiet", "--hard")
        verdict, = self.gate().judge_series("", patch=str(patch))
        self.is_red(verdict, ("apply", "(?s)does not apply:.*binary patch"))

    def test_mode_change(self) -> None:
        """Remark on a changed mode."""
        (self.project / PLANE).chmod(0o755)
        verdict = self.judged()
        self.is_green(verdict)
        self.assertIn("mode 100644 became 100755", str(verdict.remarks[0]))

    def test_link_in_the_driver(self) -> None:
        """Report a symbolic link in the driver."""
        (self.project / DRIVER / "again.c").symlink_to("plane.c")
        self.is_red(self.judged(), ("readable", "again.c: not text"))

    def test_finding_of_lint(self) -> None:
        """Report findings of lint as findings of the patch."""
        self.edit(GEOMETRY, "\tarea *= height;\n", "\tarea = area * height;\n")
        self.rig.linted = [Finding("checkpatch", "ERROR:SPACING: spaces", GEOMETRY, 9),
                           Finding("sparse", "warning: odd", GEOMETRY, 9)]
        self.is_red(self.judged(), ("checkpatch", f"^{GEOMETRY}:9: ERROR:SPACING"),
                    ("sparse", "warning: odd"))

    def test_no_repository(self) -> None:
        """Reject a directory that is not the top of a repository."""
        with self.assertRaisesRegex(console.RigError, "not the top of a git repository"):
            git.top(self.project / "drivers")


def gate_text() -> str:
    """Return the text of a function."""
    return HALVE


class OutputTest(gateproject.GateTest):
    """Test the reports of verdicts."""

    def finished(self, *subjects: str) -> tuple[int, Path]:
        """Review the topic, and write the reports; return the status and their directory."""
        mailbox = self.mailbox()
        self.git("checkout", "--quiet", "main")
        judge = self.gate()
        verdicts = judge.judge_series("", mbox=str(mailbox))
        self.assertEqual(tuple(verdict.subject for verdict in verdicts), subjects)
        with mock.patch.object(paths, "REPORTS", self.directory / "reports"), \
                contextlib.redirect_stdout(io.StringIO()) as self.printed:
            status = gate.finish(report.Report("review"), verdicts, judge.pages)
        return status, self.directory / "reports/review"

    def two_patches(self) -> None:
        """Commit a good patch and a bad one."""
        self.edit(GEOMETRY, "\tarea *= height;\n", "\tarea = area * height;\n")
        self.commit("Be explicit")
        self.edit(GEOMETRY, "\tu32 area = width;\n", "\tu32 area = width > 9 ? 9 : width;\n")
        self.edit(GEOMETRY, "\tfor (u32 at = from;", "\tfor (u32 at = from + 1;")
        self.commit("Limit <width>")

    def test_reply(self) -> None:
        """Quote the lines with findings, each followed by its findings."""
        self.two_patches()
        status, directory = self.finished("Be explicit", "Limit <width>")
        self.assertEqual(status, console.FAILED)
        text = (directory / gate.REPLY).read_text(encoding="utf-8")
        self.assertRegex(text, r"(?m)^\[1/2\] green: Be explicit  \(\d")
        self.assertRegex(text, r"(?m)^\[2/2\] red: Limit <width>")
        self.assertIn(f"\n> +\tu32 area = width > 9 ? 9 : width;\n{GEOMETRY}:7: never true, in"
                      " rvkms_area()\n", text)
        self.assertIn(f"\n> +\tfor (u32 at = from + 1; at < to; at++)\n{GEOMETRY}:32: never run,",
                      text)
        self.assertIn(text, self.printed.getvalue())
        self.assertRegex(self.printed.getvalue().splitlines()[-1],
                         r"^review: \d+ passed, 2 failed, 0 skipped$")

    def test_reports(self) -> None:
        """Write result.json and junit.xml."""
        self.two_patches()
        _, directory = self.finished("Be explicit", "Limit <width>")
        result = json.loads((directory / "result.json").read_text(encoding="utf-8"))
        self.assertEqual((result["outcome"], result["failed"]), ("failed", 2))
        first, second = result["patches"]
        self.assertEqual((first["verdict"], first["findings"]), ("green", []))
        self.assertEqual((second["verdict"], second["subject"]), ("red", "Limit <width>"))
        self.assertIn({"check": "outcomes", "text": "never true, in rvkms_area()",
                       "file": GEOMETRY, "line": 7, "last": 0}, second["findings"])
        root = ElementTree.parse(directory / "junit.xml").getroot()
        failed = {case.get("name") for case in root if case.find("failure") is not None}
        self.assertEqual(failed, {"2/lines", "2/outcomes"})
        self.assertEqual(len(root), 2 * len(CHECKS))

    def test_unchanged_line_in_a_reply(self) -> None:
        """Quote an unchanged line as context."""
        self.edit(GEOMETRY_TEST, "\tKUNIT_EXPECT_EQ(test, rvkms_is_far(0x8000), true);\n", "")
        self.edit(GEOMETRY_TEST, "show(0x9000, 2, 3), 12", "show(9, 2, 3), 6")
        self.commit("Test less")
        _, directory = self.finished("Test less")
        self.assertIn(f"\n>  \t\tpixels *= 2;\n{PLANE}:12: was run before the patch",
                      (directory / gate.REPLY).read_text(encoding="utf-8"))

    def test_page(self) -> None:
        """Colour each line of the diff by its coverage."""
        self.two_patches()
        _, directory = self.finished("Be explicit", "Limit <width>")
        page = (directory / gate.PAGE).read_text(encoding="utf-8")
        rows = {html.unescape(text): kind for kind, text in re.findall(
            r'<tr class="(\w+)"><td class="n">\d*</td><td class="n">\d*</td>'
            r'<td class="c">([^<]*)</td>', page)}
        self.assertEqual(rows["+\tarea = area * height;"], "run")
        self.assertEqual(rows["-\tarea *= height;"], "gone")
        self.assertEqual(rows["+\tu32 area = width > 9 ? 9 : width;"], "partly")
        self.assertEqual(rows["+\tfor (u32 at = from + 1; at < to; at++)"], "missed")
        self.assertIn("Limit &lt;width&gt;", page)
        self.assertIn("never true, in rvkms_area()", page)
        ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>").replace(
            '<meta charset="utf-8">', ""))

    def test_patch_without_figures(self) -> None:
        """Count checks that were not done as skipped, and fail the patch."""
        self.edit(GEOMETRY, "\tarea *= height;\n", "\tarea *= depth;\n")
        self.commit("Break it")
        status, directory = self.finished("Break it")
        self.assertEqual(status, console.FAILED)
        result = json.loads((directory / "result.json").read_text(encoding="utf-8"))
        self.assertIn("lines", result["patches"][0]["not_judged"])
        self.assertEqual(result["passed"] + result["failed"] + result["skipped"], len(CHECKS))
        self.assertTrue((directory / gate.PAGE).is_file())


class VerdictTest(unittest.TestCase):
    """Test verdict.Verdict."""

    def test_green_is_all_judged(self) -> None:
        """Return green only if every check was done without findings."""
        one = Verdict(1, 1, "a patch")
        self.assertFalse(one.green)
        for check in CHECKS:
            one.add(check, [])
        self.assertTrue(one.green)
        one.add("lines", [Finding("lines", "never run")])
        self.assertFalse(one.green)


class NoDataTest(unittest.TestCase):
    """Test new code for which the compilers have no data."""

    TEXT = "static inline u32 twice(u32 x)\n{\n\treturn x * 2;\n}\n"

    def measured(self, lines: dict[int, int]) -> list[str]:
        """Return the findings about a new header with these line counts."""
        source = c_source.Source(self.TEXT)
        counted = profile.Profile(profile.Provenance(profile.GCOV),
                                  {HEADER: profile.FileProfile(lines)})
        change = diff.Change([diff.File("", HEADER, "", self.TEXT, (diff.Hunk(1, 0, 1, 5),))])
        judge = uncovered.Judge(change, State({}), State({HEADER: source}, (counted,)))
        return [str(finding) for finding in judge.measured()]

    def test_function_that_nobody_uses(self) -> None:
        """Report a function without data."""
        self.assertEqual(self.measured({}),
                         [f"{HEADER}:1-4: twice() is nowhere compiled or used"])
        self.assertEqual(self.measured({3: 1}), [])


class DroppedTest(unittest.TestCase):
    """Test parameterised tests, each row of a table being one test."""

    SOURCE = c_source.Source(
        'static const struct row rows[] = {\n\t{ "one", 1 },\n\t{ "two", TWO },\n};\n\n'
        "static void test_rows(struct kunit *test)\n{\n\tcheck(test->param_value);\n}\n")

    def dropped(self, before: list[str], after: list[str], driver: str = "") -> tuple:
        """Return findings and remarks about missing tests; @driver is the old source."""
        states = [State({"tests/kunit/a_kunit.c": self.SOURCE,
                         f"{DRIVER}/a.c": c_source.Source(text)},
                        tests={"suite": dict.fromkeys(tests, "passed")})
                  for tests, text in ((before, driver), (after, ""))]
        return tuple([finding.text for finding in found]
                     for found in dropped.tests(diff.Change([]), *states))

    def test_row(self) -> None:
        """Report a dropped row by its name."""
        self.assertEqual(self.dropped(["test_rows/one", "test_rows/two"], ["test_rows/one"]),
                         (["suite.test_rows/two is dropped, but the tested code is not"], []))

    def test_row_that_went_with_a_name(self) -> None:
        """Remark on a dropped row if the patch removes its identifier from the driver."""
        self.assertEqual(self.dropped(["test_rows/one", "test_rows/two"], ["test_rows/one"],
                                      "int x = TWO;\n"),
                         ([], ["suite.test_rows/two was removed with TWO"]))
        self.assertEqual(self.dropped(["test_rows/one", "test_rows/two"], ["test_rows/two"],
                                      "int x = TWO;\n"),
                         (["suite.test_rows/one is dropped, but the tested code is not"], []))

    def test_all_rows(self) -> None:
        """Report the loss of all rows as one dropped test."""
        self.assertEqual(self.dropped(["test_rows/one", "test_rows/two"], []),
                         (["suite.test_rows is dropped, but the tested code is not"], []))


class CommandLineTest(unittest.TestCase):
    """Test the command lines of the tools, as far as they run without a kernel."""

    def ends(self, reason: str, *argv: str) -> None:
        """Expect status 2, a reason on one line, and a closing line."""
        ran = support.run(argv, env=support.environment())
        self.assertEqual(ran.returncode, console.COULD_NOT_RUN, ran.stdout + ran.stderr)
        self.assertIn(reason, ran.stderr)
        self.assertRegex(ran.stdout.splitlines()[-1], r"^\w+: 0 passed, 1 failed, 0 skipped$")

    def test_review_of_nothing(self) -> None:
        """Reject no input, two inputs, and a file that does not exist."""
        project = support.copy_project(support.scratch(self))
        subprocess.run(["git", "init", "--quiet", project], check=True)
        review = (str(project / "tools/rvkms"), "review")
        gate_ = (str(project / "tools/rvkms"), "gate")
        self.ends("name one source", *review)
        self.ends("name one source", *review, "--mbox", "a", "--revisions", "a..b")
        self.ends("cannot be read: No such file", *review, "--mbox", str(project / "none.mbox"))
        self.ends("there is no patch in", *review, "--mbox", "/dev/null")
        self.ends("git knows no revision HEAD", *gate_)
        shutil.rmtree(project / ".git")
        self.ends("is not the top of a git repository", *gate_)
