# SPDX-License-Identifier: GPL-2.0
"""Test what the boot reads from a console, and the archive that it boots."""

import unittest

from rig.kernel import uml
from rig.debian import boot, qemu
from tests.rig import support

CONSOLE = """\
[    0.000000] Linux version 7.3.4
ok the module loads
not ok two outputs # exit status 1
boot: igt kms_flip
\x1b[1mStarting subtest: basic-plain-flip\x1b[0m
\x1b[1mSubtest basic-plain-flip: SUCCESS (2.133s)\x1b[0m
\x1b[1mSubtest basic-flip-vs-modeset: SKIP (0.000s)\x1b[0m
boot: exit 0
ok the boot gets to its end
""".splitlines()


def judged(lines: list[str], *expected: str) -> dict[str, list[str]]:
    """Return the findings of a console, by check."""
    outcome = uml.Outcome(lines, 1.0, 0, False)
    return {result.name: result.findings for result in boot.judge(outcome, list(expected))}


class JudgeTest(unittest.TestCase):
    """Test boot.judge()."""

    def test_verdicts(self) -> None:
        """Pass what passed; fail the rest, and a check that was not made."""
        results = judged(CONSOLE, "the module loads", "the module unloads",
                         "igt kms_flip@basic-plain-flip", "igt kms_flip@basic-flip-vs-modeset")
        self.assertEqual(results, {
            "the kernel does not complain": [],
            "the kernel gets on": [],
            "the module loads": [],
            "the module unloads": ["nothing was said of it"],
            "igt kms_flip@basic-plain-flip": [],
            "igt kms_flip@basic-flip-vs-modeset": ["SKIP"],
            "two outputs": ["exit status 1"],
        })

    def test_warning(self) -> None:
        """Fail if the kernel warns."""
        line = "[    3.141592] WARNING: CPU: 0 PID: 77 at drivers/gpu/drm/drm_vblank.c:1472"
        results = judged([*CONSOLE, line])
        self.assertEqual(results["the kernel does not complain"], [line])

    def test_failed_once(self) -> None:
        """Fail a check that failed once and passed later."""
        results = judged(["not ok it unloads # exit status 1", "ok it unloads"], "it unloads")
        self.assertEqual(results["it unloads"], ["exit status 1"])

    def test_lists(self) -> None:
        """Read the names of checks from init, and the subtests from their list."""
        self.assertEqual(boot.init_checks("stress"), [
            "there are several CPUs", "the helpers load without a console", "the module loads",
            "the module unloads", "the boot gets to its end"])
        self.assertIn("kms_flip@basic-plain-flip", boot.subtests())
        self.assertIn("igt kms_flip@basic-plain-flip", boot.expected_of("smoke"))
        self.assertIn("worker hostile", boot.expected_of("stress"))


class InitramfsTest(unittest.TestCase):
    """Test qemu.write_initramfs()."""

    def test_archive(self) -> None:
        """Write directories, a file and a link, each entry padded to four bytes."""
        directory = support.scratch(self)
        (directory / "file").write_bytes(b"12345")
        (directory / "file").chmod(0o755)
        (directory / "link").symlink_to("tool")
        path = directory / "archive"
        qemu.write_initramfs(path, {"bin/tool": directory / "file", "sh": directory / "link"},
                             ["dev"])
        self.assertEqual(path.read_bytes(), b"".join((
            entry(0o040755, 0, 4), b"dev\0" b"\0\0",
            entry(0o040755, 0, 4), b"bin\0" b"\0\0",
            entry(0o100755, 5, 9), b"bin/tool\0" b"\0", b"12345\0\0\0",
            entry(0o120777, 4, 3), b"sh\0" b"\0\0\0", b"tool",
            entry(0, 0, 11), b"TRAILER!!!\0" b"\0\0\0")))


def entry(mode: int, size: int, name_size: int) -> bytes:
    """Return the head of an entry: 110 characters."""
    return (f"070701{0:08X}{mode:08X}{0:08X}{0:08X}{1:08X}{0:08X}{size:08X}"
            f"{0:08X}{0:08X}{0:08X}{0:08X}{name_size:08X}{0:08X}").encode()
