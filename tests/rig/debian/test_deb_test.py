# SPDX-License-Identifier: GPL-2.0
"""Test how the results of an installation are judged."""

import unittest
from pathlib import Path

from rig.debian import deb_test, install
from rig.debian.root import Kernel

KERNEL = Kernel("6.12", "6.12.118+deb13-amd64", Path("/nowhere"))
MODINFO = "description:    Virtual KMS display driver\n"
MISSING = "missing:        plane colour pipelines, formats T430 and Y8\n"


def module(modinfo: str = MODINFO, warnings: tuple[str, ...] = ()) -> install.Built:
    """Return a module."""
    return install.Built(KERNEL, Path("/nowhere/rvkms.ko"), modinfo, list(warnings))


class JudgeTest(unittest.TestCase):
    """Test the judgements of deb_test."""

    def test_lintian(self) -> None:
        """Report each tag; report lintian if it did not run."""
        self.assertEqual(deb_test.lintian("rig: lintian 0\n"), [])
        self.assertEqual(deb_test.lintian("N: a note\nP: rvkms-dkms: tag\nrig: lintian 0\n"),
                         ["P: rvkms-dkms: tag"])
        self.assertEqual(deb_test.lintian("sh: lintian: not found\nrig: lintian 127\n"),
                         ["sh: lintian: not found", "rig: lintian 127"])
        self.assertEqual(deb_test.lintian(""), ["no output"])

    def test_udevadm(self) -> None:
        """Report the output of a rule that is rejected."""
        self.assertEqual(deb_test.udevadm("1 udev rules files\nrig: udevadm 0\n"), [])
        self.assertEqual(deb_test.udevadm("Invalid key\nrig: udevadm 1\n"),
                         ["Invalid key", "rig: udevadm 1"])
        self.assertEqual(deb_test.udevadm(""), ["no output"])

    def test_build(self) -> None:
        """Report warnings, and a module that is not there."""
        self.assertEqual(deb_test.built(module()), [])
        self.assertEqual(deb_test.built(module(warnings=("crtc.c:7: warning: x",))),
                         ["crtc.c:7: warning: x"])
        self.assertIn("there is none", deb_test.built(None)[0])

    def test_modinfo(self) -> None:
        """Expect the missing features of 6.12, and none of newer kernels."""
        self.assertEqual(deb_test.modinfo(module(MODINFO + MISSING), "6.12"), [])
        self.assertEqual(deb_test.modinfo(module(), "6.12"), ["it lists nothing"])
        self.assertEqual(deb_test.modinfo(module(), "7.3"), [])
        self.assertEqual(deb_test.modinfo(module(MODINFO + MISSING), "7.3"), [MISSING.strip()])
        self.assertEqual(deb_test.modinfo(None, "7.3"), ["modinfo prints nothing"])
