# SPDX-License-Identifier: GPL-2.0
"""Test the doctor on directories that look like machines."""

import os
import unittest
from pathlib import Path
from unittest import mock

from rig.debian import doctor
from tests.rig import support

RELEASE = "7.3.4+deb13-amd64"


class DoctorTest(unittest.TestCase):
    """Test doctor.examine()."""

    def setUp(self) -> None:
        self.root = support.scratch(self)
        self.machine = doctor.Machine(self.root, RELEASE)
        self.write(f"boot/config-{RELEASE}",
                   "CONFIG_DRM=m\nCONFIG_DRM_KMS_HELPER=m\nCONFIG_DRM_GEM_SHMEM_HELPER=m\n")
        self.write(f"lib/modules/{RELEASE}/updates/dkms/rvkms.ko.xz", "")
        self.write("sys/module/rvkms/refcnt", "0\n")
        self.write("sys/kernel/security/lockdown", "[none] integrity confidentiality\n")
        (self.root / "sys/kernel/debug/dri").mkdir(parents=True)
        self.write("sys/class/drm/card1/dev", "226:1\n")
        self.write("sys/class/drm/card1/card1-Virtual-1/status", "connected\n")
        self.write("sys/class/drm/card1/card1-Writeback-1/status", "unknown\n")
        self.write("sys/bus/platform/drivers/rvkms/uevent", "")
        self.write("sys/class/drm/card1/device/uevent", "")
        (self.root / "sys/class/drm/card1/device/driver").symlink_to(
            self.root / "sys/bus/platform/drivers/rvkms")
        self.write("run/udev/data/c226:1", "G:seat\nQ:seat\n")
        self.write("dev/dri/card1", "")
        patch = mock.patch("fcntl.ioctl")
        self.ioctl = patch.start()
        self.addCleanup(patch.stop)

    def write(self, name: str, text: str) -> None:
        """Write a file of the machine."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def remove(self, name: str) -> None:
        """Remove a file of the machine."""
        (self.root / name).unlink()

    def bad(self) -> list[tuple[str, str]]:
        """Return the texts and advice of all findings that are not ok."""
        return [(finding.text, finding.advice) for finding in doctor.examine(self.machine)
                if finding.kind != "ok"]

    def test_healthy(self) -> None:
        """Find nothing on a machine with everything, and tell what is there."""
        self.assertEqual([finding.text for finding in doctor.examine(self.machine)], [
            "the kernel is Linux 7.3.4+deb13-amd64",
            "the kernel has DRM with its helpers",
            "the module is installed",
            "the module is loaded: /dev/dri/card1",
            "a monitor is connected: card1-Virtual-1",
            "card1 belongs to seat0, and does not make it graphical",
            "you can be DRM master of card1",
        ])
        self.assertEqual(self.bad(), [])

    def test_kernel(self) -> None:
        """Report a series that the package does not support."""
        self.machine = doctor.Machine(self.root, "6.1.0-57-amd64")
        self.assertEqual(self.bad()[0][0], "Linux 6.1.0-57-amd64 is not supported")

    def test_configuration(self) -> None:
        """Name the missing options; note that they are unknown."""
        self.write(f"boot/config-{RELEASE}", "CONFIG_DRM=m\n# CONFIG_DRM_KMS_HELPER is not set\n")
        self.assertEqual(self.bad()[0][0], "the kernel has no CONFIG_DRM_KMS_HELPER,"
                         " CONFIG_DRM_GEM_SHMEM_HELPER")
        self.remove(f"boot/config-{RELEASE}")
        self.assertIn("options are unknown", self.bad()[0][0])

    def test_module(self) -> None:
        """Report a module that is not there, with the reason."""
        self.remove(f"lib/modules/{RELEASE}/updates/dkms/rvkms.ko.xz")
        self.remove("sys/module/rvkms/refcnt")
        self.assertEqual(self.bad()[0], (
            "the module is not built: the kernel's headers are missing",
            f"sudo apt install linux-headers-{RELEASE}"))
        self.write(f"lib/modules/{RELEASE}/build/Makefile", "")
        self.assertEqual(self.bad()[0][0], "the package rvkms-dkms is not installed")
        self.write("usr/src/rvkms-1.0.0/dkms.conf", "")
        self.assertEqual(self.bad()[0][0], "DKMS has not built the module for this kernel")

    def test_not_loaded(self) -> None:
        """Report a module that is not loaded, and what may reject it."""
        self.remove("sys/module/rvkms/refcnt")
        (self.root / "sys/module/rvkms").rmdir()
        self.assertEqual(self.bad()[0], ("the module is not loaded",
                                         "sudo modprobe rvkms connected=1"))
        path = self.root / "sys/firmware/efi/efivars" / doctor.SECURE_BOOT
        path.parent.mkdir(parents=True)
        path.write_bytes(b"\6\0\0\0\1")
        self.assertIn("Secure Boot may reject it", self.bad()[0][1])

    def test_unbound(self) -> None:
        """Report a device without driver."""
        self.remove("sys/class/drm/card1/device/driver")
        self.assertIn("its device is unbound", self.bad()[0][0])

    def test_lockdown(self) -> None:
        """Note a lockdown, or a debugfs that is not mounted."""
        self.write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n")
        self.assertEqual(self.bad()[0][0],
                         "the kernel is locked down (integrity): debugfs is closed")
        self.remove("sys/kernel/security/lockdown")
        (self.root / "sys/kernel/debug/dri").rmdir()
        self.assertIn("debugfs is not mounted", self.bad()[0][0])

    def test_no_monitor(self) -> None:
        """Tell how to connect a monitor."""
        self.write("sys/class/drm/card1/card1-Virtual-1/status", "disconnected\n")
        self.assertEqual(self.bad(), [("no monitor is connected to card1", "echo on | sudo tee"
                                       " /sys/class/drm/card1-Virtual-1/status")])

    def test_seat(self) -> None:
        """Note a card that makes its seat graphical, and one that udev does not know."""
        self.write("run/udev/data/c226:1", "E:ID_SEAT=seat-rvkms\nQ:master-of-seat\nQ:seat\n")
        self.assertIn("card1 makes seat-rvkms graphical", self.bad()[0][0])
        self.remove("run/udev/data/c226:1")
        self.assertIn("udev does not know card1", self.bad()[0][0])

    def test_no_permission(self) -> None:
        """Tell which group may open the card."""
        with mock.patch("os.open", side_effect=PermissionError(13, "Permission denied")):
            bad = self.bad()
        self.assertEqual(bad[0][0], "you cannot open /dev/dri/card1: Permission denied")
        self.assertIn("sudo adduser $USER video", bad[0][1])

    def test_other_master(self) -> None:
        """Name the process that has the card open."""
        self.write("proc/4711/comm", "compositor\n")
        (self.root / "proc/4711/fd").mkdir()
        (self.root / "proc/4711/fd/7").symlink_to("/dev/dri/card1")
        self.write("proc/4712/comm", "other\n")
        (self.root / "proc/4712/fd").mkdir()
        (self.root / "proc/4712/fd/7").symlink_to("/dev/dri/card0")
        self.ioctl.side_effect = OSError(16, os.strerror(16))
        self.assertEqual(self.bad()[0][0],
                         "another client is DRM master of card1: compositor (process 4711)")


class MachineTest(unittest.TestCase):
    """Test doctor.Machine on this machine."""

    def test_real_machine(self) -> None:
        """Report on this machine, whatever it has."""
        findings = doctor.examine(doctor.Machine(Path("/"), os.uname().release))
        self.assertGreater(len(findings), 0)
