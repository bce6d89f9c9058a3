# SPDX-License-Identifier: GPL-2.0
"""The gate in front of rvkms itself, with real kernels of both compilers; these are the slow ones.

The scratch clone is that of `make review`, whose build directories are warm. What the patches are
of is kept by its content, so they hold a number that no run before has had.
"""

import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from rig import files, gate, kernelrig, lock, paths, repo
from tests.rig import support

CHECK = f"{paths.DRIVER}/core/check_plane.c"
CHECK_TEST = f"{paths.SUITES}/check_plane_kunit.c"

GEOMETRY = f"{paths.DRIVER}/core/geometry.c"

UNDECLARED = "\nu32 rvkms_undeclared(void)\n{\n\treturn 0;\n}\n"

MASKED = """\
\tif (is_scaled(at) && at->src_w != {number}u)
"""


class RealGateTest(unittest.TestCase):
    """A repository with the project as it is now, and patches of it."""

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
        """Commit all there is."""
        cls.git("add", "--all")
        cls.git("commit", "--quiet", f"--message={subject}\n\nWhy it is so.\n\n"
                "Signed-off-by: A Developer <developer@example.org>")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace what is there once."""
        text = (self.project / name).read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, f"{old!r} in {name}")
        (self.project / name).write_text(text.replace(old, new), encoding="utf-8")

    def review(self) -> list:
        """The verdicts of the commits since main, by way of mail."""
        mailbox = self.directory / "series.mbox"
        mailbox.write_text(self.git("format-patch", "--stdout", "main..topic"), encoding="utf-8")
        self.git("checkout", "--quiet", "main")
        with lock.held():
            judge = gate.Gate(kernelrig.KernelRig(), repo.top(self.project),
                              paths.BUILD / "review")
            return judge.judge_series("", mbox=str(mailbox))

    def test_series(self) -> None:
        """A tested change is green; a masked condition, an outcome and a rule's test are missed."""
        self.edit(CHECK_TEST, "/* Cursor limits; is_cursor,", f"/* Case {self.number}. */\n"
                  "/* Cursor limits; is_cursor,")
        self.edit(CHECK, "\treturn request->fb_width % format->group_width == 0 &&\n",
                  f"\t/* {self.number} */\n"
                  "\treturn request->fb_width % format->group_width == 0 &&\n")
        self.commit("core: say something")
        self.edit(CHECK, "\tif (is_scaled(at))\n", MASKED.format(number=self.number))
        with open(self.project / GEOMETRY, "a", encoding="utf-8") as file:
            file.write(UNDECLARED)
        self.commit("core: let one width be scaled")
        first, second = self.review()
        self.assertEqual([str(finding) for finding in first.findings], [])
        self.assertTrue(first.green)
        self.assertEqual(first.figures.lines, 0)
        self.assertGreater(first.figures.tests, 1000)
        line = 1 + next(number for number, text in enumerate(
            self.git("show", f"topic:{CHECK}").splitlines()) if str(self.number) in text
            and "is_scaled" in text)
        found = {(finding.check, finding.line) for finding in second.findings
                 if finding.file == CHECK}
        self.assertEqual(found, {("outcomes", line), ("mcdc", line), ("rule-tests", line)})
        self.assertEqual({finding.check for finding in second.findings
                          if finding.file == GEOMETRY}, {"lines", "sparse"})
        self.assertIn("rvkms_undeclared", str(second.of("sparse")[0]))
        self.assertIn("PLANE_SCALING", str(second.of("rule-tests")[0]))
        self.assertIn(f'condition 2 "at->src_w != {self.number}u" never false',
                      str(second.of("mcdc")[0]))

    def test_patches_that_have_no_figures(self) -> None:
        """One does not build, one panics; and what sparse and checkpatch say of one."""
        self.edit(CHECK, "\tif (is_scaled(at))\n", f"\tif (is_scaled(at, {self.number}))\n")
        self.commit("core: break the build")
        self.edit(CHECK, f"is_scaled(at, {self.number})", "is_scaled(at)")
        self.edit(CHECK_TEST, "#include <kunit/test.h>\n",
                  "#include <kunit/test.h>\n#include <linux/panic.h>\n")
        text = (self.project / CHECK_TEST).read_text(encoding="utf-8")
        start = text.index("static void rvkms_test_check_plane_order(struct kunit *test)\n{\n")
        body = text.index("{\n", start) + 2
        (self.project / CHECK_TEST).write_text(
            text[:body] + f'\tpanic("number {self.number}");\n' + text[body:], encoding="utf-8")
        self.commit("tests: panic")
        first, second = self.review()
        self.assertEqual([finding.check for finding in first.findings], ["build"])
        self.assertRegex(first.findings[0].text, rf"{CHECK}:\d+:\d+: error: too many arguments")
        self.assertEqual([finding.check for finding in second.findings], ["tests"])
        self.assertIn(f"number {self.number}", second.findings[0].text)
