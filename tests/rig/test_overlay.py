# SPDX-License-Identifier: GPL-2.0
"""tools/overlay on trees good and bad."""

import os
import unittest
from pathlib import Path

from rig import paths
from tests.rig import support


class OverlayTest(unittest.TestCase):
    """Runs a copy of the tool on a fake tree."""

    def setUp(self) -> None:
        directory = support.scratch(self)
        self.project = support.copy_project(directory)
        self.kernel = support.fake_kernel(directory)
        self.drm = self.kernel / "drivers/gpu/drm"
        self.driver = self.kernel / paths.DRIVER

    def overlay(self, status: int = 0) -> str:
        """Run it; return what it said to stderr."""
        ran = support.run([self.project / "tools/overlay", self.kernel])
        self.assertEqual(ran.returncode, status, ran.stderr)
        return ran.stderr

    def core_file(self) -> Path:
        """Some file of the driver, in the project."""
        return sorted((self.project / paths.DRIVER / "core").rglob("*.c"))[0]

    def laid(self, path: Path) -> Path:
        """Where a file of the project's driver is in the tree."""
        return self.kernel / path.relative_to(self.project)

    def test_driver_and_tests_and_hooks_are_there(self) -> None:
        """The lines are below vkms's, and once."""
        self.overlay()
        self.assertTrue((self.driver / "Kconfig").is_file())
        self.assertTrue((self.driver / "tests/.kunitconfig").is_file())
        self.assertEqual((self.drm / "Kconfig").read_text().splitlines()[1:], [
            'source "drivers/gpu/drm/vkms/Kconfig"', 'source "drivers/gpu/drm/rvkms/Kconfig"'])
        self.assertEqual((self.drm / "Makefile").read_text().splitlines()[1:], [
            "obj-$(CONFIG_DRM_VKMS)\t+= vkms/", "obj-$(CONFIG_DRM_RVKMS) += rvkms/"])

    def test_again_changes_nothing(self) -> None:
        """Not even a time: nothing would be built anew."""
        self.overlay()
        before = support.files_below(self.kernel)
        self.overlay()
        self.assertEqual(support.files_below(self.kernel), before)

    def test_touched_file_keeps_its_time(self) -> None:
        """An editor's save without a change builds nothing."""
        self.overlay()
        laid = self.laid(self.core_file())
        before = laid.stat().st_mtime_ns
        os.utime(self.core_file())
        self.overlay()
        self.assertEqual(laid.stat().st_mtime_ns, before)

    def test_older_file_with_other_content_gets_a_new_time(self) -> None:
        """make compares times: what comes back from a backup must still be built."""
        self.overlay()
        laid = self.laid(self.core_file())
        before = laid.stat().st_mtime_ns
        self.core_file().write_text("/* restored */\n")
        os.utime(self.core_file(), (0, 0))
        self.overlay()
        self.assertEqual(laid.read_text(), "/* restored */\n")
        self.assertGreater(laid.stat().st_mtime_ns, before)

    def test_removed_file_goes(self) -> None:
        """And the tests, which come from elsewhere, stay."""
        self.overlay()
        removed = self.core_file()
        self.assertTrue(self.laid(removed).exists())
        removed.unlink()
        self.overlay()
        self.assertFalse(self.laid(removed).exists())
        self.assertTrue((self.driver / "tests/Makefile").is_file())

    def test_links_are_not_written_through(self) -> None:
        """A tree's files may be another tree's."""
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
        """Named, with the file."""
        (self.drm / "Kconfig").write_text('source "drivers/gpu/drm/vgem/Kconfig"\n')
        said = self.overlay(status=2)
        self.assertIn(str(self.drm / "Kconfig"), said)
        self.assertIn("vkms/Kconfig", said)
        self.assertEqual(len(said.splitlines()), 1)

    def test_broken_anchor_in_makefile(self) -> None:
        """Named, with the file."""
        (self.drm / "Makefile").write_text("obj-$(CONFIG_DRM_VGEM) += vgem/\n")
        said = self.overlay(status=2)
        self.assertIn(str(self.drm / "Makefile"), said)
        self.assertIn("CONFIG_DRM_VKMS", said)

    def test_old_kernel(self) -> None:
        """7.2 is too old."""
        makefile = self.kernel / "Makefile"
        makefile.write_text(makefile.read_text().replace("PATCHLEVEL = 3", "PATCHLEVEL = 2"))
        self.assertIn("is Linux 7.2; rvkms needs 7.3", self.overlay(status=2))
        self.assertFalse(self.driver.exists())

    def test_no_kernel_tree(self) -> None:
        """A directory of something else."""
        (self.kernel / "Kbuild").unlink()
        self.assertIn("is not a kernel tree", self.overlay(status=2))
