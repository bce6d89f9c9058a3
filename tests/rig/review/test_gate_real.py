# SPDX-License-Identifier: GPL-2.0
"""Test the gate with rvkms itself and real kernels of both compilers; these tests are slow.

The tests use the scratch clone of `make review` for its warm build directories. Results are stored
by content, so each patch contains a number that no earlier run has used.
"""

import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from rig.base import git, lock, paths
from rig.lint import files
from rig.review import gate, kernel
from tests.rig import support

CHECK = f"{paths.DRIVER}/core/check/mode.c"
GEOMETRY = f"{paths.DRIVER}/core/plane/geometry.c"
HEADER = f"{paths.DRIVER}/core/plane/geometry.h"
GEOMETRY_TEST = f"{paths.SUITES}/core/geometry_kunit.c"

GUARD = "\tif (timing->clock <= 0)\n"
MASKED = "\tif (timing->clock <= 0 && timing->clock != -{number})\n"

TESTED = """
/**
 * rvkms_rig_halve - half of a number, if it is small
 * @x: the number
 *
 * Returns:
 * What is asked for.
 */
u32 rvkms_rig_halve(u32 x)
{{
\tif (x > {number})
\t\treturn x;

\treturn x / 2;
}}
"""
UNTESTED = "\nu32 rvkms_rig_undeclared(void)\n{\n\treturn 0;\n}\n"

TABLE = "static struct kunit_case rvkms_geometry_tests[] = {\n"
TEST = """\
static void rvkms_test_rig(struct kunit *test)
{{
{body}}}

static struct kunit_case rvkms_geometry_tests[] = {{
\tKUNIT_CASE(rvkms_test_rig),
"""


class RealGateTest(unittest.TestCase):
    """Provide a repository with the project as it is now, and patches of it."""

    @classmethod
    def setUpClass(cls) -> None:
        support.WORK.mkdir(parents=True, exist_ok=True)
        cls.directory = Path(tempfile.mkdtemp(dir=support.WORK))
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        cls.project = cls.directory / "project"
        for path in files.all_files():
            target = cls.project / path.relative_to(paths.ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
        cls.git("init", "--quiet", "--initial-branch=main")
        cls.git("config", "user.name", "A Developer")
        cls.git("config", "user.email", "developer@example.org")
        cls.commit("the base")
        cls.number = time.time_ns() % 0x7fffffff

    def setUp(self) -> None:
        self.git("checkout", "--quiet", "--force", "-B", "topic", "main")

    @classmethod
    def git(cls, *argv: str) -> str:
        """Run git as the user."""
        return subprocess.run(["git", "-C", cls.project, "-c", "core.fsync=none", *argv],
                              check=True, text=True, stdout=subprocess.PIPE).stdout

    @classmethod
    def commit(cls, subject: str) -> None:
        """Commit all changes."""
        cls.git("add", "--all")
        cls.git("commit", "--quiet", f"--message={subject}\n\nWhy it is so.\n\n"
                "Signed-off-by: A Developer <developer@example.org>")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that occurs once in a file."""
        text = (self.project / name).read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, f"{old!r} in {name}")
        (self.project / name).write_text(text.replace(old, new), encoding="utf-8")

    def review(self) -> list:
        """Send the commits since main through a mailbox, and return their verdicts."""
        mailbox = self.directory / "series.mbox"
        mailbox.write_text(self.git("format-patch", "--stdout", "main..topic"), encoding="utf-8")
        self.git("checkout", "--quiet", "main")
        with lock.held():
            judge = gate.Gate(kernel.KernelRig(), git.top(self.project),
                              paths.BUILD / "review")
            return judge.judge_series("", mbox=str(mailbox))

    def test_series(self) -> None:
        """Accept a tested change, and report an untested one by every check concerned."""
        with open(self.project / GEOMETRY, "a", encoding="utf-8") as file:
            file.write(TESTED.format(number=self.number))
        self.edit(HEADER, "\n#endif /* ", "\nu32 rvkms_rig_halve(u32 x);\n\n#endif /* ")
        large = self.number + 1
        calls = (f"\tKUNIT_EXPECT_EQ(test, rvkms_rig_halve({large}), {large});\n"
                 "\tKUNIT_EXPECT_EQ(test, rvkms_rig_halve(4), 2);\n")
        self.edit(GEOMETRY_TEST, TABLE, TEST.format(body=calls))
        self.commit("core: halve numbers")
        self.edit(CHECK, GUARD, MASKED.format(number=self.number))
        with open(self.project / GEOMETRY, "a", encoding="utf-8") as file:
            file.write(UNTESTED)
        self.commit("core: let one clock be negative")
        first, second = self.review()
        self.assertEqual([str(finding) for finding in first.findings], [])
        self.assertTrue(first.green)
        self.assertGreaterEqual(first.figures.lines, 3)
        self.assertEqual(first.figures.lines, first.figures.lines_run)
        self.assertEqual(first.figures.tests - first.figures.tests_before, 1)
        self.assertGreater(first.figures.tests, 1000)
        self.is_as_expected(second)

    def is_as_expected(self, verdict) -> None:
        """Expect the findings about the second patch."""
        self.assertEqual({(finding.check, finding.file) for finding in verdict.findings},
                         {("outcomes", CHECK), ("mcdc", CHECK), ("rule-tests", CHECK),
                          ("lines", GEOMETRY), ("sparse", GEOMETRY)})
        self.assertIn("MODE_CLOCK", str(verdict.of("rule-tests")[0]))
        self.assertIn(f'condition 2 "timing->clock != -{self.number}" never false',
                      str(verdict.of("mcdc")[0]))
        self.assertIn("rvkms_rig_undeclared", str(verdict.of("sparse")[0]))

    def test_patches_that_have_no_figures(self) -> None:
        """Report a patch that does not build, and one that panics."""
        self.edit(CHECK, GUARD, f"\tif (timing->clocks <= {self.number})\n")
        self.commit("core: break the build")
        self.edit(CHECK, f"\tif (timing->clocks <= {self.number})\n", GUARD)
        self.edit(GEOMETRY_TEST, TABLE, TEST.format(body=f'\tpanic("number {self.number}");\n'))
        self.edit(GEOMETRY_TEST, "#include <kunit/test.h>\n",
                  "#include <kunit/test.h>\n#include <linux/panic.h>\n")
        self.commit("tests: panic")
        first, second = self.review()
        self.assertEqual([finding.check for finding in first.findings], ["build"])
        self.assertRegex(first.findings[0].text, rf"{CHECK}:\d+:\d+: error: .*clocks")
        self.assertEqual([finding.check for finding in second.findings], ["tests"])
        self.assertIn(f"number {self.number}", second.findings[0].text)
