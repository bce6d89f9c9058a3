# SPDX-License-Identifier: GPL-2.0
"""Test how the gate reads the kernel's own checks of a patch, and which findings count."""

import unittest

from rig.base import paths
from rig.review import diff, patchlint, series
from tests.rig import support

PATCH = """\
From: A Developer <developer@example.org>
Date: Tue, 1 Dec 2026 12:00:00 +0000
Subject: [PATCH] core: {subject}

{message}
---
 {name} | 2 ++
 1 file changed, 2 insertions(+)

diff --git a/{name} b/{name}
index 1111111..2222222 100644
--- a/{name}
+++ b/{name}
@@ -10,3 +10,5 @@ int f(void)
 \tint a = 1;

+{line}
+
 \treturn a;
"""

CORE = f"{paths.DRIVER}/core/plane/geometry.c"
SIGNED = "Why it is so.\n\nSigned-off-by: A Developer <developer@example.org>"


class CheckpatchTest(unittest.TestCase):
    """Test findings of checkpatch and their places in the source."""

    def checked(self, line: str, message: str = SIGNED, name: str = CORE, is_mail: bool = True):
        """Return the findings about a patch that adds a line."""
        text = PATCH.format(subject="do something", message=message, name=name, line=line)
        findings, remarks = patchlint.checkpatch(series.Patch("do something", "", text, is_mail))
        return [str(one) for one in findings], [str(one) for one in remarks]

    def test_good_patch(self) -> None:
        """Report nothing about a good patch."""
        self.assertEqual(self.checked("\ta += 2;"), ([], []))

    def test_style(self) -> None:
        """Report bad style at the line of the source."""
        findings, remarks = self.checked("\ta+= 2;")
        self.assertEqual(remarks, [])
        self.assertEqual(len(findings), 1)
        self.assertRegex(findings[0], rf"^{CORE}:12: \w+:SPACING: ")

    def test_message(self) -> None:
        """Check the commit message, too."""
        findings, _ = self.checked("\ta += 2;", "This fixes commit 0123456789 which was bad.\n\n"
                                   + SIGNED)
        self.assertIn("ERROR:GIT_COMMIT_ID", "\n".join(findings))
        self.assertTrue(all(one.startswith("commit message: ") for one in findings), findings)

    def test_what_comes_on_the_way(self) -> None:
        """Show accepted findings as remarks that do not count."""
        findings, remarks = self.checked("\ta += 2;", "")
        self.assertEqual(findings, [])
        self.assertEqual(len(remarks), 2)
        self.assertRegex("\n".join(remarks), "COMMIT_MESSAGE(?s:.*)MISSING_SIGN_OFF")

    def test_diff_without_message(self) -> None:
        """Do not require a commit message of a plain diff."""
        self.assertEqual(self.checked("\ta += 2;", "", is_mail=False), ([], []))

    def test_other_files(self) -> None:
        """Ignore scripts, which the project's linter checks."""
        self.assertEqual(self.checked("x = 1" + "0" * 120, name="tools/rig/thing.py"), ([], []))


class KernelDocTest(unittest.TestCase):
    """Test kernel-doc of the files that a patch changes."""

    BAD = "/**\n * f - does\n * @a: this\n */\nint f(int a, int b);\n"

    def test_changed_file(self) -> None:
        """Report an undocumented parameter of a changed file, and none of other files."""
        root = support.scratch(self)
        for name in (CORE, f"{paths.DRIVER}/other.h"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(self.BAD, encoding="utf-8")
        change = diff.Change([diff.File(CORE, CORE, "", self.BAD, ())])
        found = [str(one) for one in patchlint.kernel_doc(root, change)]
        self.assertTrue(found)
        self.assertRegex(found[0], rf"^{CORE}:\d+: .*'b' not described")
        self.assertFalse([one for one in found if "other.h" in one])
        self.assertEqual(patchlint.kernel_doc(root, diff.Change([])), [])
