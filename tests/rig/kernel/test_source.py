# SPDX-License-Identifier: GPL-2.0
"""Test how the kernel's source is found if the network, the disk or the user's tree fails."""

import os
import shutil
import signal
import subprocess
import unittest
from pathlib import Path
from unittest import mock

from rig.base import console
from rig.kernel import cachedir, source
from tests.rig import support

# An apt with one package in one suite. Files next to it choose its faults.
FAKE_APT_GET = """\
here=$(dirname "$0")
case $1 in
indextargets) echo "Debian|Debian|bookworm|file:/nowhere/debian" ;;
update) [ ! -e "$here/no-network" ] || { echo "Err:1 Could not resolve host" >&2; exit 100; } ;;
download)
\tcp "$here/package.deb" "$PWD/linux-source.deb"
\tif [ -e "$here/half" ]; then
\t\thead -c 500 "$here/package.deb" >"$PWD/linux-source.deb"
\t\tread -r status <"$here/half"
\t\texit "$status"
\tfi ;;
esac
"""
FAKE_APT_CACHE = """\
here=$(dirname "$0")
case $1 in
search) cat "$here/names" ;;
show) printf 'Package: x\\nVersion: 7.3.4-1~test\\nSize: %s\\n' \
\t"$(stat -c %s "$here/package.deb")" ;;
esac
"""


class OwnTreeTest(unittest.TestCase):
    """Test KERNEL_SRC."""

    def setUp(self) -> None:
        self.directory = support.scratch(self)

    def refused(self, path: Path, pattern: str) -> None:
        """Expect an error of one line."""
        with self.assertRaisesRegex(console.RigError, pattern) as caught:
            source.own_tree(path)
        self.assertNotIn("\n", str(caught.exception))

    def test_good_tree(self) -> None:
        """Use a good tree in place."""
        kernel = support.fake_kernel(self.directory)
        found = source.own_tree(kernel)
        self.assertEqual((found.path, found.version, found.pristine),
                         (kernel.resolve(), "7.3.0", False))

    def test_no_such_directory(self) -> None:
        """Reject a directory that does not exist."""
        self.refused(self.directory / "nothing", "is not a kernel tree")

    def test_another_directory(self) -> None:
        """Reject a directory that is not a kernel tree."""
        self.refused(self.directory, "is not a kernel tree")

    def test_old_version(self) -> None:
        """Reject an old version, and name the required one."""
        self.refused(support.fake_kernel(self.directory, version=(6, 12)),
                     "is Linux 6.12.0; rvkms needs 7.3 or newer")

    def test_newer_version_is_used_with_a_notice(self) -> None:
        """Accept a newer version, compared by number, with a notice."""
        kernel = support.fake_kernel(self.directory, version=(7, 10))
        with mock.patch.object(console, "note") as note:
            self.assertEqual(source.own_tree(kernel).version, "7.10.0")
        self.assertIn("rvkms is tested with 7.3", note.call_args.args[0])

    def test_no_version(self) -> None:
        """Reject a Makefile without a version."""
        kernel = support.fake_kernel(self.directory)
        (kernel / "Makefile").write_text("all:\n")
        self.refused(kernel, "names no kernel version")

    def test_built_in_place(self) -> None:
        """Report a tree that was built in place on one line instead of kbuild's three."""
        kernel = support.fake_kernel(self.directory)
        (kernel / ".config").write_text("")
        self.refused(kernel, "has been built in place")


class DownloadTest(unittest.TestCase):
    """Test the cache, filled by `make kernel-source` with a fake apt."""

    def setUp(self) -> None:
        directory = support.scratch(self)
        self.project = support.copy_project(directory)
        self.cache = directory / "cache"
        self.apt = directory / "apt"
        self.apt.mkdir()
        support.script(self.apt / "apt-get", FAKE_APT_GET)
        support.script(self.apt / "apt-cache", FAKE_APT_CACHE)
        (self.apt / "names").write_text("linux-source-7.3 - Linux kernel source\n")
        self.make_package(directory)

    def make_package(self, directory: Path) -> None:
        """Make the package linux-source-7.3 with a tree of one Makefile."""
        tree = directory / "linux-source-7.3"
        tree.mkdir()
        (tree / "Makefile").write_text("VERSION = 7\nPATCHLEVEL = 3\nSUBLEVEL = 4\n")
        root = directory / "package"
        (root / "usr/src").mkdir(parents=True)
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN/control").write_text(
            "Package: linux-source-7.3\nVersion: 7.3.4-1\nArchitecture: all\n"
            "Maintainer: nobody <nobody@invalid>\nDescription: fake\n")
        subprocess.run(["tar", "-cJf", root / "usr/src/linux-source-7.3.tar.xz", tree.name],
                       cwd=directory, check=True)
        subprocess.run(["dpkg-deb", "--build", root, self.apt / "package.deb"], check=True,
                       stdout=subprocess.DEVNULL)

    def environment(self) -> dict[str, str]:
        """Return an environment with the fake apt and an empty cache."""
        return support.environment(RVKMS_CACHE=self.cache,
                                   PATH=f"{self.apt}:{os.environ['PATH']}")

    def get(self) -> subprocess.CompletedProcess:
        """Run the tool."""
        return support.run([self.project / "tools/rvkms", "kernel-source"], env=self.environment())

    def refused(self, pattern: str) -> None:
        """Expect status 2, the reason on the last line, and no tree that looks complete."""
        ran = self.get()
        self.assertEqual(ran.returncode, 2, ran.stderr)
        self.assertRegex(ran.stderr.splitlines()[-1], pattern)
        self.assertIsNone(source.newest_cached(self.cache))
        self.assertEqual(list(self.cache.glob(cachedir.WORK_PREFIX + "*")), [])

    def test_source_comes_and_stays(self) -> None:
        """Download once, and do not call apt the second time."""
        ran = self.get()
        self.assertEqual(ran.returncode, 0, ran.stderr)
        (self.apt / "apt-get").unlink()
        support.script(self.apt / "apt-get", "exit 1")
        again = self.get()
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(again.stdout.splitlines(), ran.stdout.splitlines()[-1:])

    def test_no_network(self) -> None:
        """Report apt's failure as a missing network."""
        (self.apt / "no-network").touch()
        self.refused("no network.*KERNEL_SRC")

    @unittest.skipUnless(os.geteuid() == 0, "needs root, for a network namespace")
    def test_no_network_for_real(self) -> None:
        """Report a missing network with the machine's own apt."""
        if support.run(["unshare", "--net", "true"]).returncode:
            self.skipTest("cannot leave the network here")
        ran = support.run(["unshare", "--net", self.project / "tools/rvkms", "kernel-source"],
                          env=support.environment(RVKMS_CACHE=self.cache))
        self.assertEqual(ran.returncode, 2, ran.stderr)
        self.assertRegex(ran.stderr.splitlines()[-1], "no network.*KERNEL_SRC")
        self.assertIsNone(source.newest_cached(self.cache))

    def test_half_download_that_apt_reports(self) -> None:
        """Report a partial download, and complete it in the next run."""
        (self.apt / "half").write_text("100\n")
        self.refused("cannot be downloaded")
        (self.apt / "half").unlink()
        self.assertEqual(self.get().returncode, 0)

    def test_half_download_that_apt_does_not_report(self) -> None:
        """Report a partial download by its size if apt reports success."""
        (self.apt / "half").write_text("0\n")
        self.refused("not downloaded completely")

    def test_killed_in_the_middle(self) -> None:
        """Do not use the tree of a killed run, and delete it in the next run."""
        support.script(self.apt / "apt-cache", "sleep 60")
        tool = support.start([self.project / "tools/rvkms", "kernel-source"],
                             env=self.environment())
        self.addCleanup(tool.communicate)
        self.assertTrue(support.wait_for(lambda: list(self.cache.glob("*/lists"))
                                         or list(self.cache.glob(".unfinished-*/lists"))))
        os.kill(tool.pid, signal.SIGKILL)
        tool.wait()
        self.assertNotEqual(list(self.cache.glob(cachedir.WORK_PREFIX + "*")), [])
        self.assertIsNone(source.newest_cached(self.cache))
        support.script(self.apt / "apt-cache", FAKE_APT_CACHE)
        self.assertEqual(self.get().returncode, 0)
        self.assertEqual(list(self.cache.glob(cachedir.WORK_PREFIX + "*")), [])

    def test_suite_offers_only_old_kernels(self) -> None:
        """Suggest KERNEL_SRC if apt offers only old kernels."""
        (self.apt / "names").write_text("linux-source-6.12 - Linux kernel source\n")
        self.refused("no linux-source of 7.3 or newer any more; KERNEL_SRC=DIR")

    def test_newest_is_taken(self) -> None:
        """Choose 7.10 over 7.3; this apt has the files of 7.3 only."""
        (self.apt / "names").write_text("linux-source-7.3 - x\nlinux-source-7.10 - x\n")
        ran = self.get()
        self.assertIn("linux-source-7.10", ran.stdout)
        self.assertIn("rvkms is tested with 7.3", ran.stdout)

    @unittest.skipUnless(os.geteuid() == 0, "needs root, to mount a small disk")
    def test_disk_too_small(self) -> None:
        """Report a disk that is too small before the download."""
        self.mount("64k")
        self.refused("needs 2.3 GB and .* has 0.0 GB free; RVKMS_CACHE=DIR")

    @unittest.skipUnless(os.geteuid() == 0, "needs root, to mount a small disk")
    def test_disk_fills_up(self) -> None:
        """Report a disk that fills up while unpacking."""
        self.mount("256k")
        (self.cache / "filler").write_bytes(bytes(100_000))
        tree = self.cache / "tree"
        big = support.scratch(self) / "linux-source-7.3"
        big.mkdir()
        (big / "Makefile").write_bytes(bytes(400_000))
        tarball = big.parent / "linux.tar.xz"
        subprocess.run(["tar", "-cJf", tarball, big.name], cwd=big.parent, check=True)
        with self.assertRaisesRegex(console.RigError, "no space left"):
            source._untar(tarball, tree)

    def mount(self, size: str) -> None:
        """Mount a small disk as the cache."""
        self.cache.mkdir()
        mounted = support.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", self.cache])
        if mounted.returncode:
            self.skipTest(f"cannot mount here: {mounted.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", str(self.cache)], check=True)


class CacheTest(unittest.TestCase):
    """Test the search in the cache."""

    def test_newest_is_by_number(self) -> None:
        """Compare versions by number, not by text."""
        cache = support.scratch(self)
        for name in ("linux-7.9.1-1", "linux-7.10.2-1", "linux-7.10.1-1"):
            (cache / name).mkdir()
            (cache / name / "Makefile").touch()
        self.assertEqual(source.newest_cached(cache).name, "linux-7.10.2-1")

    def test_unfinished_is_not_found(self) -> None:
        """Ignore an unfinished tree even if it is complete."""
        cache = support.scratch(self)
        shutil.copytree(support.fake_kernel(support.scratch(self)),
                        cache / (cachedir.WORK_PREFIX + "x"))
        self.assertIsNone(source.newest_cached(cache))
