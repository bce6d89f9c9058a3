# SPDX-License-Identifier: GPL-2.0
"""Test how IGT's userland gets into the cache, with a fake debootstrap and apt."""

import os
import unittest
from unittest import mock

from rig.base import console
from rig.igt import userland
from rig.kernel import packages
from tests.rig import support

FAKE_APT_GET = 'echo "Debian|Debian|bookworm|file:/nowhere/debian"\n'
FAKE_APT_CONFIG = "echo \"PROXY='proxy.invalid:1'\"\n"
FAKE_UNSHARE = '[ "$1" = --mount ] && shift && exec "$@"\n'

# It makes the files that the rig reads. Files next to it choose its faults.
FAKE_DEBOOTSTRAP = """\
here=$(dirname "$0")
echo "$http_proxy $*" >>"$here/asked"
for last; do root=$mirror; mirror=$last; done
mkdir -p "$root/usr/libexec/igt-gpu-tools/vkms" "$root/var/lib/dpkg" "$root/usr/lib"
[ ! -e "$here/fails" ] || { cat "$here/fails" >&2; exit 1; }
printf 'Package: igt-gpu-tools-tests\\nStatus: install ok installed\\nVersion: %s\\n' \\
\t"$(cat "$here/version")" >"$root/var/lib/dpkg/status"
for test in kms_toy core_plain gem_other vkms/vkms_configfs; do
\ttouch "$root/usr/libexec/igt-gpu-tools/$test"
\tchmod +x "$root/usr/libexec/igt-gpu-tools/$test"
done
touch "$root/usr/libexec/igt-gpu-tools/kms_list.txt"
"""
FAKE_CHROOT = """\
case $2 in
*/kms_toy | */gem_other | */vkms_configfs) printf 'a\\nb\\n' ;;
*) exit 79 ;;
esac
"""


class UserlandTest(unittest.TestCase):
    """Test userland.find()."""

    def setUp(self) -> None:
        directory = support.scratch(self)
        self.cache = directory / "cache"
        self.bin = directory / "bin"
        self.bin.mkdir()
        for name, body in (("apt-get", FAKE_APT_GET), ("apt-config", FAKE_APT_CONFIG),
                           ("unshare", FAKE_UNSHARE), ("debootstrap", FAKE_DEBOOTSTRAP),
                           ("chroot", FAKE_CHROOT)):
            support.script(self.bin / name, body)
        (self.bin / "version").write_text("2.5-1", encoding="utf-8")
        for patch in (mock.patch.dict(os.environ, RVKMS_CACHE=str(self.cache),
                                      PATH=f"{self.bin}:{os.environ['PATH']}"),
                      mock.patch.object(os, "geteuid", lambda: 0),
                      mock.patch.object(packages, "ensure")):
            patch.start()
            self.addCleanup(patch.stop)
        os.environ.pop("http_proxy", None)

    def asked(self) -> list[str]:
        """Return the calls of debootstrap."""
        return (self.bin / "asked").read_text(encoding="utf-8").splitlines()

    def refused(self, pattern: str) -> None:
        """Expect an error, and no directory that looks complete."""
        with self.assertRaisesRegex(console.RigError, pattern):
            userland.find()
        self.assertEqual(list(self.cache.glob("*igt*")), [])

    def test_made_once(self) -> None:
        """Use apt's mirror and proxy, and call debootstrap only once."""
        found = userland.find()
        self.assertEqual((found.path, found.version), (self.cache / "igt-2.5-1", "2.5-1"))
        self.assertRegex(self.asked()[0], "^proxy.invalid:1 .* sid .* file:/nowhere/debian$")
        self.assertEqual(userland.find(), found)
        self.assertEqual(len(self.asked()), 1)

    def test_subtests(self) -> None:
        """List the subtests of the wanted programs, and a program without subtests by its name."""
        self.assertEqual(userland.find().subtests(),
                         ["core_plain", "kms_toy@a", "kms_toy@b", "vkms/vkms_configfs@a",
                          "vkms/vkms_configfs@b"])

    def test_other_choice_of_programs(self) -> None:
        """List the subtests again if the cached list is of other programs; keep that list."""
        found = userland.find()
        (found.path / userland.SUBTESTS).rename(found.path / "subtests-0")
        self.assertIn("kms_toy@a", userland.find().subtests())
        self.assertTrue((found.path / "subtests-0").is_file())
        self.assertEqual(len(self.asked()), 1)

    def test_other_choice_without_root(self) -> None:
        """Name the command to run if the list is missing and the user is not root."""
        (self.cache / "igt-2.5-1" / userland.TESTS).mkdir(parents=True)
        with mock.patch.object(os, "geteuid", lambda: 1000), \
                self.assertRaisesRegex(console.RigError, "listed in a chroot"):
            userland.find()

    def test_newest_counts(self) -> None:
        """Choose 2.10 over 2.5, with a notice that the lists are of 2.5."""
        for version in ("2.5-1", "2.10-1"):
            root = self.cache / f"igt-{version}"
            (root / userland.TESTS).mkdir(parents=True)
            (root / userland.SUBTESTS).write_text("kms_toy@a\n", encoding="utf-8")
        with mock.patch.object(console, "note") as note:
            self.assertEqual(userland.find().version, "2.10-1")
        self.assertIn("the lists are those of 2.5", note.call_args.args[0])

    def test_no_network(self) -> None:
        """Report a failure of debootstrap."""
        (self.bin / "fails").write_text("E: Failed getting release file\n", encoding="utf-8")
        self.refused("debootstrap failed")

    def test_full_disk(self) -> None:
        """Report a full disk."""
        (self.bin / "fails").write_text("tar: No space left on device\n", encoding="utf-8")
        self.refused("no space left")

    def test_small_disk(self) -> None:
        """Report a disk that is too small before the download."""
        with mock.patch.object(userland, "NEEDED_BYTES", 10 ** 18):
            self.refused("GB free")
        self.assertFalse((self.bin / "asked").exists())

    def test_root_without_igt(self) -> None:
        """Report a userland without IGT."""
        support.script(self.bin / "debootstrap", "exit 0")
        self.refused("without igt-gpu-tools-tests")

    def test_igt_without_subtests(self) -> None:
        """Report an IGT without subtests."""
        support.script(self.bin / "chroot", "exit 79")
        support.script(self.bin / "debootstrap", FAKE_DEBOOTSTRAP.replace("core_plain", ""))
        with mock.patch.object(userland, "WANTED", mock.Mock(match=lambda name: False)):
            self.refused("lists no subtests")

    def test_not_root(self) -> None:
        """Name the command to run if the user is not root."""
        with mock.patch.object(os, "geteuid", lambda: 1000):
            self.refused("sudo make igt-userland")

    def test_leftovers_go(self) -> None:
        """Delete the files of a killed run."""
        (self.cache / ".unfinished-igt-x/root").mkdir(parents=True)
        userland.find()
        self.assertEqual(list(self.cache.glob(".unfinished*")), [])
