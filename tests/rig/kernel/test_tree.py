# SPDX-License-Identifier: GPL-2.0
"""Test the farm of links: its content, and that the source is never written to."""

import unittest
from pathlib import Path
from unittest import mock

from rig.base import console, paths
from rig.kernel import tree
from rig.kernel.source import Source
from tests.rig import support


class TreeTest(unittest.TestCase):
    """Test farms of a fake source, in a build/ of their own."""

    def setUp(self) -> None:
        directory = support.scratch(self)
        self.kernel = support.fake_kernel(directory)
        self.build = directory / "build"
        patch = mock.patch.object(paths, "BUILD", self.build)
        patch.start()
        self.addCleanup(patch.stop)

    def prepare(self, kernel: Path | None = None) -> Path:
        """Make the farm."""
        return tree.prepare(Source(kernel or self.kernel, "7.3.0", pristine=False))

    def test_clone_that_has_built_nothing(self) -> None:
        """Lend a new clone the objects of the requested configurations, without the driver's."""
        for name in ("O-mine", "O-mine/drivers/gpu/drm/rvkms", "O-other"):
            (self.build / "tree-1" / name).mkdir(parents=True)
            (self.build / "tree-1" / name / "file.o").write_text("object")
        (self.build / "tree-1/link").symlink_to("nowhere")
        (self.build / "log").mkdir()
        (self.build / "tree-1/O-mine/.rvkms-built").write_text("all")
        clone = self.build.parent / "clone"
        tree.lend(clone, ["mine"])
        made = clone / "build/tree-1"
        self.assertEqual((made / "O-mine/file.o").read_text(), "object")
        self.assertEqual((made / "O-mine/file.o").stat().st_mtime_ns,
                         (self.build / "tree-1/O-mine/file.o").stat().st_mtime_ns)
        self.assertTrue((made / "link").is_symlink())
        self.assertFalse((made / "O-other").exists())
        self.assertFalse((made / "O-mine/drivers/gpu/drm/rvkms").exists())
        self.assertFalse((made / "O-mine/.rvkms-built").exists())
        self.assertEqual([path.name for path in (clone / "build").iterdir()], ["tree-1"])

    def test_clone_that_has_built_something(self) -> None:
        """Lend nothing to a clone that has objects of its own."""
        (self.build / "tree-1/O-mine").mkdir(parents=True)
        clone = self.build.parent / "clone"
        (clone / "build/tree-1").mkdir(parents=True)
        tree.lend(clone, ["mine"])
        self.assertEqual(list((clone / "build/tree-1").iterdir()), [])

    def test_source_is_never_written_to(self) -> None:
        """Change no file and no time in the source."""
        before = support.files_below(self.kernel)
        self.prepare()
        self.prepare()
        self.assertEqual(support.files_below(self.kernel), before)

    def test_farm_has_all_of_the_source_and_the_driver(self) -> None:
        """Link each file of the source and of the driver, except the edited ones."""
        farm = self.prepare()
        self.assertTrue((farm / "Kbuild").is_symlink())
        self.assertFalse((farm / "drivers/gpu/drm/Kconfig").is_symlink())
        self.assertTrue((farm / paths.DRIVER / "tests/Makefile").is_file())
        self.assertFalse((farm / "tools/testing/kunit").is_symlink())

    def test_what_a_build_must_not_find_is_left_out(self) -> None:
        """Leave out a repository and a configuration of the user."""
        (self.kernel / ".git").mkdir()
        (self.kernel / ".config").write_text("")
        farm = self.prepare()
        self.assertFalse((farm / ".git").exists())
        self.assertFalse((farm / ".config").exists())

    def test_entries_come_and_go_with_the_source(self) -> None:
        """Add and remove links with the source's files, in each directory above the driver."""
        (self.kernel / "old").write_text("")
        farm = self.prepare()
        self.assertTrue((farm / "old").is_symlink())
        (self.kernel / "old").unlink()
        (self.kernel / "drivers/gpu/new").mkdir()
        self.prepare()
        self.assertFalse((farm / "old").is_symlink())
        self.assertTrue((farm / "drivers/gpu/new").is_symlink())

    def test_edited_file_follows_the_source(self) -> None:
        """Update an edited file with the source, and keep the added line."""
        farm = self.prepare()
        kconfig = self.kernel / "drivers/gpu/drm/Kconfig"
        kconfig.write_text(kconfig.read_text() + 'source "drivers/gpu/drm/zzz/Kconfig"\n')
        self.prepare()
        text = (farm / "drivers/gpu/drm/Kconfig").read_text()
        self.assertIn("zzz", text)
        self.assertEqual(text.count("rvkms"), 1)

    def test_unchanged_edited_file_keeps_its_time(self) -> None:
        """Keep the time of an unchanged edited file, or each run would configure again."""
        farm = self.prepare()
        before = (farm / "drivers/gpu/drm/Kconfig").stat().st_mtime_ns
        self.prepare()
        self.assertEqual((farm / "drivers/gpu/drm/Kconfig").stat().st_mtime_ns, before)

    def test_another_source_has_another_farm(self) -> None:
        """Make a farm of its own for another source, so that objects are never mixed."""
        other = support.fake_kernel(self.build.parent / "elsewhere")
        self.assertNotEqual(self.prepare(), self.prepare(other))

    def test_build_directory_is_a_child_of_the_farm(self) -> None:
        """Put the build directory into the farm: kbuild then prints relative paths."""
        farm = self.prepare()
        self.assertEqual(tree.build_directory(farm, "fast").parent, farm)

    def test_missing_anchor_is_an_error(self) -> None:
        """Report a missing anchor with the reason of tools/overlay."""
        (self.kernel / "drivers/gpu/drm/Makefile").write_text("")
        with self.assertRaisesRegex(console.RigError, "CONFIG_DRM_VKMS"):
            self.prepare()

    def test_directory_with_a_space_is_an_error(self) -> None:
        """Reject a path with a space, because make would split it."""
        with mock.patch.object(paths, "BUILD", self.build / "with space"), \
                self.assertRaisesRegex(console.RigError, "space"):
            self.prepare()
