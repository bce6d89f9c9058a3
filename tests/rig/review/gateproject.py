# SPDX-License-Identifier: GPL-2.0
"""Provide a git repository with the fixture driver, and helpers to patch it and to judge it."""

from __future__ import annotations

import shutil
import subprocess
import unittest
from pathlib import Path

from rig.base import git
from rig.review import gate
from rig.review.verdict import Verdict
from tests.rig import support
from tests.rig.review import gaterig

DRIVER = "drivers/gpu/drm/rvkms"
CHECK = f"{DRIVER}/core/check/plane.c"
GEOMETRY = f"{DRIVER}/core/plane/geometry.c"
HEADER = f"{DRIVER}/core/plane/geometry.h"
PLANE = f"{DRIVER}/plane.c"
MAKEFILE = f"{DRIVER}/Makefile"
RULES = f"{DRIVER}/core/check/rules.h"
CHECK_TEST = "tests/kunit/check_plane_kunit.c"
GEOMETRY_TEST = "tests/kunit/geometry_kunit.c"

# A test of the code that a patch adds. It is inserted before the table of tests.
TEST = """\
static void {name}(struct kunit *test)
{{
{body}}}

static struct kunit_case geometry_tests[] = {{
\tKUNIT_CASE({name}),
"""
TABLE = "static struct kunit_case geometry_tests[] = {\n"


class GateTest(unittest.TestCase):
    """Provide a repository with the fixture driver. Each test changes it in another way."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.directory = support.class_scratch(cls)
        cls.project = cls.directory / "project"
        shutil.copytree(gaterig.FIXTURE / "project", cls.project)
        cls.git("init", "--quiet", "--initial-branch=main")
        cls.git("config", "user.name", "A Developer")
        cls.git("config", "user.email", "developer@example.org")
        (cls.project / ".gitignore").write_text("/build/\n", encoding="utf-8")
        cls.commit("the base")
        cls.rig = gaterig.UserSpace(cls.directory / "work")
        cls.said: list[str] = []

    def setUp(self) -> None:
        self.rig.linted = []
        self.git("checkout", "--quiet", "--force", "main")
        self.git("clean", "-fdq")
        self.git("checkout", "--quiet", "-B", "topic")

    @classmethod
    def git(cls, *argv: str) -> str:
        """Run git as the user."""
        return subprocess.run(["git", "-C", cls.project, "-c", "core.fsync=none", *argv],
                              check=True, text=True, errors="surrogateescape",
                              stdout=subprocess.PIPE).stdout

    @classmethod
    def commit(cls, subject: str) -> None:
        """Commit all changes."""
        cls.git("add", "--all")
        cls.git("commit", "--quiet", "--allow-empty", f"--message={subject}\n\nWhy it is so.")

    def read(self, name: str) -> str:
        """Return the text of a file of the repository."""
        return (self.project / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Create or replace a file."""
        (self.project / name).parent.mkdir(parents=True, exist_ok=True)
        (self.project / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that occurs once in a file."""
        text = self.read(name)
        self.assertEqual(text.count(old), 1, f"{old!r} in {name}")
        self.write(name, text.replace(old, new))

    def append(self, name: str, text: str) -> None:
        """Append a text to a file."""
        self.write(name, self.read(name) + text)

    def add_test(self, name: str, body: str, file: str = GEOMETRY_TEST) -> None:
        """Add a test with this body."""
        self.edit(file, TABLE, TEST.format(name=name, body=body))

    def gate(self) -> gate.Gate:
        """Return a gate that keeps its measurements for all tests of the class."""
        return gate.Gate(self.rig, git.top(self.project), self.directory / "review",
                         self.said.append)

    def mailbox(self) -> Path:
        """Write the commits since main to a mailbox."""
        path = self.directory / "series.mbox"
        path.write_text(self.git("format-patch", "--stdout", "main..topic"), encoding="utf-8",
                        errors="surrogateescape")
        return path

    def review(self) -> list[Verdict]:
        """Send the commits since main through a mailbox, and return their verdicts."""
        mailbox = self.mailbox()
        self.git("checkout", "--quiet", "main")
        return self.gate().judge_series("", mbox=str(mailbox))

    def judged(self) -> Verdict:
        """Commit all changes as one patch, and return its verdict."""
        self.commit("Change something")
        verdicts = self.review()
        self.assertEqual(len(verdicts), 1)
        return verdicts[0]

    def is_green(self, verdict: Verdict) -> None:
        """Expect a verdict without findings in which every check was done."""
        self.assertEqual([str(finding) for finding in verdict.findings], [])
        self.assertTrue(verdict.green)

    def is_red(self, verdict: Verdict, *expected: tuple[str, str]) -> None:
        """Expect exactly these findings, each given as its check and a pattern of its text."""
        self.assertFalse(verdict.green)
        found = [(finding.check, str(finding)) for finding in verdict.findings]
        self.assertEqual([check for check, _ in found], [check for check, _ in expected], found)
        for (_, text), (_, pattern) in zip(found, expected):
            self.assertRegex(text, pattern)
