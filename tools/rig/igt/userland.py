# SPDX-License-Identifier: GPL-2.0
"""Make and find IGT's userland: a Debian root directory in the cache.

debootstrap makes it once, from the mirror of the machine's apt; kernels boot it read-only.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterable
from pathlib import Path

from rig.base import console, lock, paths, process
from rig.kernel import cachedir, packages, source

SUITE = "sid"
IGT = "igt-gpu-tools-tests"
INCLUDED = (IGT, "udev", "kmod", "util-linux-extra")
TESTED_WITH = "2.5"

# Programs with listed subtests; docs/igt.md describes the others.
WANTED = re.compile(r"(core|kms|prime|dumb|fbdev|drm_read|syncobj|sw_sync|dmabuf|vkms|vgem)")

# Paths below the root directory. The cache is shared by versions of this file: each choice of
# programs has a list of its own.
TESTS = "usr/libexec/igt-gpu-tools"
MODULES = "usr/lib/modules"
SUBTESTS = f"subtests-{zlib.crc32(WANTED.pattern.encode()):08x}"

NEEDED_BYTES = 900_000_000
PREFIX = "igt-"
HINT = "RVKMS_CACHE=DIR names a cache that has it already"

PACKAGES = {
    "debootstrap": "/usr/sbin/debootstrap",
    "debian-archive-keyring": source.KEYRING,
    "util-linux": "unshare",
}


@dataclasses.dataclass(frozen=True)
class Userland:
    """A root directory with IGT."""

    path: Path
    version: str  # "2.5-1"

    def subtests(self) -> list[str]:
        """Return all subtests of the wanted tests, as kms_flip@basic, or as the test's name alone.
        """
        return (self.path / SUBTESTS).read_text(encoding="utf-8").split()


def find() -> Userland:
    """Return the cache's newest userland; make one if there is none."""
    cached = newest_cached(paths.cache())
    if cached is None:
        with lock.held(paths.cache()):
            # The previous holder of the lock may have made it.
            cached = newest_cached(paths.cache()) or make(paths.cache())
    if not (cached / SUBTESTS).is_file():
        _list(cached, cached.name.removeprefix(PREFIX))
    version = cached.name.removeprefix(PREFIX)
    if not version.startswith(TESTED_WITH):
        console.note(f"notice: this is IGT {version}; the lists are those of {TESTED_WITH}")
    return Userland(cached, version)


def newest_cached(cache: Path) -> Path | None:
    """Return the newest complete userland, or None."""
    found = [path for path in cache.glob(PREFIX + "*") if (path / TESTS).is_dir()]
    return max(found, key=source.natural_order, default=None)


def make(cache: Path) -> Path:
    """Make a userland under a temporary name: a directory igt-* is complete."""
    if os.geteuid() != 0:
        raise console.RigError("IGT's userland is made by debootstrap, which needs root; run once:"
                               " sudo make igt-userland")
    packages.ensure(PACKAGES)
    with cachedir.unfinished(cache, NEEDED_BYTES, "IGT's userland") as work:
        return _make_in(work, cache)


def _make_in(work: Path, cache: Path) -> Path:
    root = work / "root"
    mirror = source.machine_mirror(HINT)
    console.note(f"IGT's userland: asking {mirror} for {SUITE}")
    # In a separate mount namespace, so that no mount is left in any case.
    _run(["unshare", "--mount", "debootstrap", "--variant=minbase", f"--keyring={source.KEYRING}",
          "--include=" + ",".join(INCLUDED), SUITE, str(root), mirror])
    version = _version(root)
    for name in ("var/cache/apt", "var/lib/apt/lists"):
        shutil.rmtree(root / name, ignore_errors=True)
    (root / MODULES).mkdir(exist_ok=True)
    count = _list(root, version)
    target = cache / (PREFIX + version)
    root.rename(target)
    console.note(f"IGT's userland: {IGT} {version} with {count} subtests, kept in {target}")
    return target


def _list(root: Path, version: str) -> int:
    """Write the list of subtests; return their number."""
    if os.geteuid() != 0:
        raise console.RigError("IGT's subtests are listed in a chroot, which needs root; run once:"
                               " sudo make igt-userland")
    subtests = list(_subtests(root))
    if not subtests:
        raise console.RigError(f"{IGT} {version} lists no subtests")
    fresh = root / f"{SUBTESTS}.{os.getpid()}"
    fresh.write_text("".join(f"{name}\n" for name in subtests), encoding="utf-8")
    fresh.rename(root / SUBTESTS)
    return len(subtests)


def _run(argv: list[str]) -> None:
    log = paths.LOG / "igt-userland.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w", encoding="utf-8") as out, console.Progress("IGT's userland") as progress:
        child = process.spawn(argv, stdout=out, stderr=subprocess.STDOUT,
                              env=dict(os.environ, LC_ALL="C", **proxy()))
        while process.wait_step(child) is None:
            progress.update(last_line(log))
        status = process.finish(child)
    if status:
        errors = console.tail(log)
        reason = f"debootstrap failed (no network?); {HINT}"
        if source.FULL_DISK.search(errors):
            reason = "no space left on the disk that holds the cache"
        raise console.RigError(reason, errors)


def last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="backslashreplace").splitlines()
    return lines[-1] if lines else "debootstrap"


def proxy() -> dict[str, str]:
    """Return apt's proxy as a variable for wget, which debootstrap uses."""
    said = process.run(["apt-config", "shell", "PROXY", "Acquire::http::Proxy"],
                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    match = re.match(r"PROXY='(.+)'", said)
    return {"http_proxy": match.group(1)} if match else {}


def _version(root: Path) -> str:
    asked = process.run(["dpkg-query", f"--admindir={root}/var/lib/dpkg", "-W",
                         "-f=${Version}", IGT], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if asked.returncode or not asked.stdout:
        raise console.RigError(f"debootstrap has made a root without {IGT}", asked.stderr)
    return asked.stdout.replace(":", "_")


def _subtests(root: Path) -> Iterable[str]:
    """Yield the subtests of each test; listing needs no device."""
    directory = root / TESTS
    for path in sorted([*directory.iterdir(), *directory.glob("vkms/*")]):
        name = str(path.relative_to(directory))
        if path.is_dir() or not WANTED.match(name) or not os.access(path, os.X_OK):
            continue
        listed = process.run(["chroot", str(root), f"/{TESTS}/{name}", "--list-subtests"],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        subtests = listed.stdout.split()
        yield from (f"{name}@{subtest}" for subtest in subtests)
        # A test without subtests fails to list them.
        if not subtests:
            yield name


def main(_options: argparse.Namespace) -> int:
    """Print the userland's directory on the last line; make it first if it is missing."""
    print(find().path)
    return console.PASSED
