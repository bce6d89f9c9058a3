# SPDX-License-Identifier: GPL-2.0
"""Test the check of commit messages."""

import subprocess
import unittest
from unittest import mock

from rig.base import checks, paths
from rig.lint import commits
from tests.rig import support

SIGNED = "Signed-off-by: A Developer <developer@example.org>"
GOOD = f"core: halve numbers\n\nWhy it is so.\n\n{SIGNED}\n"


class CommitsTest(unittest.TestCase):
    """Test messages, and the choice of commits."""

    def test_faults(self) -> None:
        """Report each fault of a message."""
        for message, wanted in (
                (GOOD, []),
                (GOOD.replace("core", "scanout"), []),
                (GOOD.replace("core: ", ""),
                 ['"halve numbers" is not of the form "area: verb object"']),
                (GOOD.replace("halve", "Halve"),
                 ['"core: Halve numbers" is not of the form "area: verb object"']),
                (GOOD.replace("core", "misc"), ['"misc" is no area of docs/writing.md']),
                (GOOD.replace("core", "core, kms"),
                 ['"core, kms: halve numbers" is not of the form "area: verb object"']),
                (GOOD.replace("numbers", "numbers."), ["the subject ends with a full stop"]),
                (GOOD.replace("numbers", "n" * 63), []),
                (GOOD.replace("numbers", "n" * 64),
                 ["the subject has 76 characters; at most 75"]),
                (GOOD.replace("Why it is so.\n", ""), ["no body says why"]),
                (GOOD.replace(SIGNED, ""), ["no Signed-off-by"])):
            with self.subTest(message):
                self.assertEqual(commits.faults(message), wanted)

    def test_areas(self) -> None:
        """Expect each area in the page."""
        page = (paths.ROOT / "docs/writing.md").read_text(encoding="utf-8")
        for area in commits.AREAS:
            self.assertIn(f"`{area}`", page)

    def test_commits(self) -> None:
        """Check the commits since main; skip without any, and without main."""
        root = support.scratch(self)

        def git(*argv: str) -> None:
            subprocess.run(["git", "-C", root, "-c", "user.name=A", "-c", "user.email=a@b", *argv],
                           check=True)

        git("init", "--quiet", "--initial-branch=main")
        with mock.patch.object(paths, "ROOT", root):
            with self.assertRaisesRegex(checks.Skip, "no branch main"):
                commits.findings()
            git("commit", "--quiet", "--allow-empty", "--message=old")
            with self.assertRaisesRegex(checks.Skip, "main has every commit"):
                commits.findings()
            git("checkout", "--quiet", "-b", "topic")
            git("commit", "--quiet", "--allow-empty", f"--message={GOOD}")
            self.assertEqual(commits.findings(), [])
            git("commit", "--quiet", "--allow-empty", f"--message=new\n\nWhy.\n\n{SIGNED}")
            self.assertRegex("\n".join(commits.findings()), r'^\w+: "new" is not of the form .*$')
