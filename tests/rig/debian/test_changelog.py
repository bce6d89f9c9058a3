# SPDX-License-Identifier: GPL-2.0
"""Test how docs/changes.md becomes debian/changelog."""

import datetime
import subprocess
import unittest

from rig.base import console, paths
from rig.debian import changelog

HEAD = datetime.datetime(2026, 12, 24, 18, 30, tzinfo=datetime.timezone.utc)

CHANGES = """\
# Changes

## [Unreleased]

### Added

- A new thing whose description is so long that it does not fit on one line of the file that is
  made of it.

## [1.0.0] - 2026-12-01

### Fixed

- A fault.
"""


class ChangelogTest(unittest.TestCase):
    """Test changelog.make()."""

    def test_version_after_a_release(self) -> None:
        """Give the unreleased items the version and the time of the commit."""
        self.assertEqual(changelog.make(CHANGES, "1.0.0+5.gabc", HEAD), """\
rvkms (1.0.0+5.gabc) unstable; urgency=medium

  * A new thing whose description is so long that it does not fit on one line
    of the file that is made of it.

 -- The rvkms authors <dri-devel@lists.freedesktop.org>  Thu, 24 Dec 2026 18:30:00 +0000

rvkms (1.0.0) unstable; urgency=medium

  * A fault.

 -- The rvkms authors <dri-devel@lists.freedesktop.org>  Tue, 01 Dec 2026 00:00:00 +0000
""")

    def test_released_version(self) -> None:
        """Leave the unreleased items out of a released version."""
        made = changelog.make(CHANGES, "1.0.0", HEAD)
        self.assertTrue(made.startswith("rvkms (1.0.0) unstable"))
        self.assertNotIn("A new thing", made)

    def test_bad_pages(self) -> None:
        """Reject a page without the version, without items, or with another heading."""
        for text, pattern in (("## [1.0.0] - 2026-12-01\n\n- A fault.\n", "neither 2.0 nor"),
                              ("## [Unreleased]\n", "Unreleased has no items"),
                              ("## News\n\n- A fault.\n", "no release in '## News'"),
                              (CHANGES.replace("Unreleased", "3.0.0"), "neither 2.0 nor")):
            with self.subTest(pattern), self.assertRaisesRegex(console.RigError, pattern):
                changelog.make(text, "2.0", HEAD)

    def test_order(self) -> None:
        """Reject a page with a release above the version."""
        with self.assertRaisesRegex(console.RigError, "has 3.0.0 above 1.0.0"):
            changelog.make(CHANGES.replace("Unreleased", "3.0.0"), "1.0.0", HEAD)

    def test_page_of_the_project(self) -> None:
        """Accept the project's page; dpkg reads the result."""
        text = (paths.ROOT / "docs/changes.md").read_text(encoding="utf-8")
        made = changelog.make(text, "99.0+1.gabc", HEAD)
        ran = subprocess.run(["dpkg-parsechangelog", "-l", "-", "-S", "Version"], input=made,
                             check=True, text=True, stdout=subprocess.PIPE)
        self.assertEqual(ran.stdout, "99.0+1.gabc\n")
