# SPDX-License-Identifier: GPL-2.0
"""Test packaging/refresh-patches on a small driver with two patches."""

import shutil
import unittest
from pathlib import Path

from rig.base import paths
from tests.rig import support

DRIVER = "".join(f"line {number}\n" for number in range(1, 31))
HUNK = """\
diff -ruN a/file.c b/file.c
--- a/file.c
+++ b/file.c
@@ -{0},7 +{0},7 @@
 line {0}
 line {1}
 line {2}
-line {3}
+Line {3}
 line {4}
 line {5}
 line {6}
"""
PATCHES = {
    "second.patch": "Applied first.\n\n" + HUNK.format(*range(7, 14)),
    "first.patch": "Applied last.\n\n" + HUNK.format(*range(17, 24)),
}
DKMS_CONF = 'PATCH[0]="second.patch"\nPATCH_MATCH[0]="x"\nPATCH[1]="first.patch"\n'


class PatchesTest(unittest.TestCase):
    """Run a copy of the tool."""

    def setUp(self) -> None:
        self.project = support.scratch(self) / "project"
        self.driver = self.project / paths.DRIVER / "file.c"
        self.patches = self.project / "packaging/dkms/patches"
        for directory in (self.driver.parent, self.patches):
            directory.mkdir(parents=True)
        self.driver.write_text(DRIVER, encoding="utf-8")
        (self.patches.parent / "dkms.conf").write_text(DKMS_CONF, encoding="utf-8")
        for name, text in PATCHES.items():
            (self.patches / name).write_text(text, encoding="utf-8")
        self.tool = self.project / "packaging/refresh-patches"
        shutil.copy(paths.HOME / "packaging/refresh-patches", self.tool)

    def refresh(self, *arguments: str, status: int = 0) -> str:
        """Run the tool; return its stderr."""
        ran = support.run([self.tool, *arguments])
        self.assertEqual(ran.returncode, status, ran.stdout + ran.stderr)
        return ran.stderr

    def texts(self) -> dict[str, str]:
        """Return the patches."""
        return {path.name: path.read_text(encoding="utf-8") for path in self.patches.iterdir()}

    def change(self, old: str, new: str, file: Path | None = None) -> None:
        """Change the driver, or another file."""
        file = file or self.driver
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def test_nothing_to_do(self) -> None:
        """Write equal patches for an unchanged driver."""
        self.refresh("--check")
        self.refresh()
        self.assertEqual(self.texts(), PATCHES)

    def test_moved_context(self) -> None:
        """Report changed context in a check, and adapt the patches to it."""
        self.change("line 17", "another line 17")
        self.assertIn("first.patch does not apply", self.refresh("--check", status=2))
        self.refresh()
        self.refresh("--check")
        self.assertIn("\n another line 17\n", self.texts()["first.patch"])

    def test_conflict(self) -> None:
        """Keep the tree of a patch that does not apply, and make the patch of the corrected one."""
        self.change("line 20", "changed 20")
        self.assertIn("first.patch does not apply; correct build/patches/first.patch/b",
                      self.refresh(status=2))
        self.change("changed 20", "corrected 20",
                    self.project / "build/patches/first.patch/b/file.c")
        self.refresh("--from-tree", "first.patch")
        self.refresh("--check")
        self.assertEqual(self.texts()["first.patch"],
                         PATCHES["first.patch"].replace("line 20", "changed 20")
                         .replace("Line 20", "corrected 20"))

    def test_wrong_arguments(self) -> None:
        """Reject unknown options, and a patch without a tree."""
        self.assertIn("usage", self.refresh("--other", status=2))
        self.assertIn("there is no build/patches/first.patch/b",
                      self.refresh("--from-tree", "first.patch", status=2))
