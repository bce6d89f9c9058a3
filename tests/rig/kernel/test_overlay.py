# SPDX-License-Identifier: GPL-2.0
"""Test tools/overlay on good and broken trees."""

import os
import unittest
from pathlib import Path

from rig.base import paths
from tests.rig import support


class OverlayTest(unittest.TestCase):
    """Run a copy of the tool on a fake tree."""

    def setUp(self) -> None:
        directory = support.scratch(self)
        self.project = support.copy_project(directory)
        self.kernel = support.fake_kernel(directory)
        self.drm = self.kernel / "drivers/gpu/drm"
        self.driver = self.kernel / paths.DRIVER

    def overlay(self, status: int = 0) -> str:
        """Run the tool; return its stderr."""
        ran = support.run([self.project / "tools/overlay", self.kernel])
        self.assertEqual(ran.returncode, status, ran.stderr)
        return ran.stderr

    def core_file(self) -> Path:
        """Return a source file of the core, in the project."""
        return sorted((self.project / paths.DRIVER / "core").rglob("*.c"))[0]

    def laid(self, path: Path) -> Path:
        """Return the path of a driver's file in the tree."""
        return self.kernel / path.relative_to(self.project)

    def test_driver_and_tests_and_hooks_are_there(self) -> None:
        """Add the driver, the tests, and one line after vkms's in Kconfig and Makefile."""
        self.overlay()
        self.assertTrue((self.driver / "Kconfig").is_file())
        self.assertTrue((self.driver / "tests/.kunitconfig").is_file())
        self.assertEqual((self.drm / "Kconfig").read_text().splitlines()[1:], [
            'source "drivers/gpu/drm/vkms/Kconfig"', 'source "drivers/gpu/drm/rvkms/Kconfig"'])
        self.assertEqual((self.drm / "Makefile").read_text().splitlines()[1:], [
            "obj-$(CONFIG_DRM_VKMS)\t+= vkms/", "obj-y += rvkms/"])

    def test_again_changes_nothing(self) -> None:
        """Change no content and no time in a second run."""
        self.overlay()
        before = support.files_below(self.kernel)
        self.overlay()
        self.assertEqual(support.files_below(self.kernel), before)

    def test_touched_file_keeps_its_time(self) -> None:
        """Keep the time of a file that was saved without a change."""
        self.overlay()
        laid = self.laid(self.core_file())
        before = laid.stat().st_mtime_ns
        os.utime(self.core_file())
        self.overlay()
        self.assertEqual(laid.stat().st_mtime_ns, before)

    def test_older_file_with_other_content_gets_a_new_time(self) -> None:
        """Give a restored older file a new time, or make would not build it."""
        self.overlay()
        laid = self.laid(self.core_file())
        before = laid.stat().st_mtime_ns
        self.core_file().write_text("/* restored */\n")
        os.utime(self.core_file(), (0, 0))
        self.overlay()
        self.assertEqual(laid.read_text(), "/* restored */\n")
        self.assertGreater(laid.stat().st_mtime_ns, before)

    def test_removed_file_goes(self) -> None:
        """Delete a removed file of the driver, and keep the tests."""
        self.overlay()
        removed = self.core_file()
        self.assertTrue(self.laid(removed).exists())
        removed.unlink()
        self.overlay()
        self.assertFalse(self.laid(removed).exists())
        self.assertTrue((self.driver / "tests/Makefile").is_file())

    def test_links_are_not_written_through(self) -> None:
        """Replace links, because their targets may belong to another tree."""
        real = self.kernel.parent / "other-Kconfig"
        (self.drm / "Kconfig").rename(real)
        before = real.read_text()
        (self.drm / "Kconfig").symlink_to(real)
        twin = self.kernel.parent / "other-Makefile"
        os.link(self.drm / "Makefile", twin)
        makefile = twin.read_text()
        self.overlay()
        self.assertEqual(real.read_text(), before)
        self.assertEqual(twin.read_text(), makefile)
        self.assertIn("rvkms", (self.drm / "Kconfig").read_text())
        self.assertIn("rvkms", (self.drm / "Makefile").read_text())

    def test_broken_anchor_in_kconfig(self) -> None:
        """Report a missing anchor, and name the Kconfig file."""
        (self.drm / "Kconfig").write_text('source "drivers/gpu/drm/vgem/Kconfig"\n')
        said = self.overlay(status=2)
        self.assertIn(str(self.drm / "Kconfig"), said)
        self.assertIn("vkms/Kconfig", said)
        self.assertEqual(len(said.splitlines()), 1)

    def test_broken_anchor_in_makefile(self) -> None:
        """Report a missing anchor, and name the Makefile."""
        (self.drm / "Makefile").write_text("obj-$(CONFIG_DRM_VGEM) += vgem/\n")
        said = self.overlay(status=2)
        self.assertIn(str(self.drm / "Makefile"), said)
        self.assertIn("CONFIG_DRM_VKMS", said)

    def test_old_kernel(self) -> None:
        """Reject a kernel that is too old."""
        makefile = self.kernel / "Makefile"
        makefile.write_text(makefile.read_text().replace("PATCHLEVEL = 3", "PATCHLEVEL = 2"))
        self.assertIn("is Linux 7.2; rvkms needs 7.3", self.overlay(status=2))
        self.assertFalse(self.driver.exists())

    def test_no_kernel_tree(self) -> None:
        """Reject a directory that is not a kernel tree."""
        (self.kernel / "Kbuild").unlink()
        self.assertIn("is not a kernel tree", self.overlay(status=2))
