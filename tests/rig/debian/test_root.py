# SPDX-License-Identifier: GPL-2.0
"""Test how the Debian root and its kernels are found, with fake answers of apt."""

import os
import unittest
from pathlib import Path
from unittest import mock

from rig.base import console
from rig.debian import root
from tests.rig import support

MADISON = """\
linux-headers-amd64 | 7.3.4-1~bpo13+1 | http://mirror.invalid trixie-backports/main amd64 Packages
linux-headers-amd64 | 6.12.118-1 | http://mirror.invalid trixie-security/main amd64 Packages
linux-headers-amd64 | 6.12.117-1 | http://mirror.invalid trixie/main amd64 Packages
"""
DEPENDS = {
    "linux-headers-amd64=7.3.4-1~bpo13+1": "  Depends: linux-headers-7.3.4+deb13-amd64\n",
    "linux-headers-amd64=6.12.118-1": "  Depends: linux-headers-6.12.118+deb13-amd64\n",
    "linux-headers-amd64=6.12.117-1": "  Depends: linux-headers-6.12.117+deb13-amd64\n",
}
NAMES = """\
linux-headers-7.2.9+deb13-amd64
linux-headers-7.2.12+deb13-cloud-amd64
linux-headers-7.2.12+deb13-amd64
linux-headers-7.2.12+deb13-common
linux-headers-6.12.200+deb13-amd64
"""


def fake_ask(_root: Path, *argv: str) -> str:
    """Answer as apt-cache does."""
    if argv[1] == "madison":
        return MADISON
    if argv[1] == "depends":
        return DEPENDS[argv[2]]
    return "".join(line for line in NAMES.splitlines(True) if line.startswith(argv[2]))


class ChooseTest(unittest.TestCase):
    """Test root._choose()."""

    def setUp(self) -> None:
        patch = mock.patch.object(root, "_ask", fake_ask)
        patch.start()
        self.addCleanup(patch.stop)

    def test_metapackage(self) -> None:
        """Take the newest dependency of the metapackage, not other packages of the series."""
        self.assertEqual(root._choose(Path(), "7.3"), "7.3.4+deb13-amd64")
        self.assertEqual(root._choose(Path(), "6.12"), "6.12.118+deb13-amd64")

    def test_older_series(self) -> None:
        """Take the newest package of a series without metapackage, by number."""
        self.assertEqual(root._choose(Path(), "7.2"), "7.2.12+deb13-amd64")

    def test_absent_series(self) -> None:
        """Report a series that apt does not offer."""
        with self.assertRaisesRegex(console.RigError, "no headers of Linux 6.18"):
            root._choose(Path(), "6.18")


class FindTest(unittest.TestCase):
    """Test root.find() and the kernels of a root."""

    def setUp(self) -> None:
        self.cache = support.scratch(self)
        patch = mock.patch.dict(os.environ, RVKMS_CACHE=str(self.cache))
        patch.start()
        self.addCleanup(patch.stop)

    def make(self, name: str, releases: tuple[str, ...] = ("7.3.4+deb13-amd64",)) -> Path:
        """Make a complete root."""
        path = self.cache / name
        for release in releases:
            (path / root.KERNELS / release).mkdir(parents=True)
        (path / root.COMPLETE).write_text("", encoding="utf-8")
        return path

    def test_newest(self) -> None:
        """Choose 7.10 over 7.9, and leave out an incomplete root."""
        self.make("debian-13-7.9.1_7.2.12_6.12.118")
        newest = self.make("debian-13-7.10.0_7.2.12_6.12.118")
        (self.cache / "debian-13-8.0.0").mkdir()
        self.assertEqual(root.find().path, newest)

    def test_kernels(self) -> None:
        """Return the kernels newest first, and one by its series."""
        self.make("debian-13-x", ("6.12.118+deb13-amd64", "7.3.4+deb13-amd64",
                                  "7.2.12+deb13-amd64"))
        found = root.find()
        self.assertEqual([kernel.series for kernel in found.kernels()], ["7.3", "7.2", "6.12"])
        self.assertEqual(found.kernel("6.12").release, "6.12.118+deb13-amd64")
        self.assertEqual(found.kernel("").release, "7.3.4+deb13-amd64")
        with self.assertRaisesRegex(console.RigError, "no Debian kernel 6.1; choose one of 7.3"):
            found.kernel("6.1")

    def test_not_root(self) -> None:
        """Name the command to run if the user is not root."""
        with mock.patch.object(os, "geteuid", lambda: 1000), \
                self.assertRaisesRegex(console.RigError, "sudo make debian-root"):
            root.find()
        self.assertEqual(list(self.cache.glob("debian*")), [])

    def test_series(self) -> None:
        """Take the series from a release."""
        self.assertEqual(root.series_of("6.12.118+deb13-amd64"), "6.12")
        self.assertEqual(root.series_of("7.3-rc7-amd64"), "7.3")

    def test_dkms_conf(self) -> None:
        """Build for the series of dkms.conf."""
        text = (Path(__file__).parents[3] / "packaging/dkms/dkms.conf").read_text(encoding="utf-8")
        self.assertIn('BUILD_EXCLUSIVE_KERNEL="^(6\\.12|7\\.2|7\\.3)\\."', text)
        self.assertEqual(root.SERIES, ("7.3", "7.2", "6.12"))
