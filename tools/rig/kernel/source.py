# SPDX-License-Identifier: GPL-2.0
"""Find the kernel's source: the user's own tree, or Debian's newest one in the cache."""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import os
import re
import subprocess
from pathlib import Path

from rig.base import console, lock, paths, process
from rig.kernel import cachedir, packages

# The oldest supported kernel, which is also the tested one.
OLDEST = (7, 3)
SUITE = "trixie-backports"
KEYRING = packages.BUILD["debian-archive-keyring"]

# The package (0.2 GB), the unpacked tree (1.8 GB) and a reserve.
NEEDED_BYTES = 2_300_000_000

# Directory prefix of a complete source in the cache.
PREFIX = "linux-"

# Messages of tar, dpkg and apt; tar has two.
FULL_DISK = re.compile(r"No space left on device|Wrote only \d+ of|enough free space")

OWN_TREE_HINT = "KERNEL_SRC=DIR uses a kernel tree of your own"


@dataclasses.dataclass(frozen=True)
class Source:
    """A kernel source."""

    path: Path
    version: str  # "7.3.4"
    pristine: bool  # from the cache, which never changes

    @property
    def identity(self) -> str:
        """Return a directory name that is unique per tree and version."""
        digest = hashlib.sha256(str(self.path).encode()).hexdigest()
        return f"{self.version}-{digest[:8]}"


def find() -> Source:
    """Return KERNEL_SRC, or else the cache's newest source; download one if there is none."""
    own = os.environ.get("KERNEL_SRC")
    if own:
        return own_tree(Path(own))
    cached = newest_cached(paths.cache())
    if cached is None:
        with lock.held(paths.cache()):
            # The previous holder of the lock may have downloaded it.
            cached = newest_cached(paths.cache()) or download(paths.cache())
    version = kernel_version(cached)
    check_version(version, "the cached source")
    return Source(cached, version, pristine=True)


def own_tree(path: Path) -> Source:
    """Check a user's tree; it is never modified."""
    path = path.expanduser()
    if not (path / "Makefile").is_file() or not (path / "drivers/gpu/drm/Kconfig").is_file():
        raise console.RigError(f"KERNEL_SRC={path} is not a kernel tree")
    path = path.resolve()
    version = kernel_version(path)
    check_version(version, f"KERNEL_SRC={path}")
    if (path / ".config").exists() or (path / "include/config").exists():
        raise console.RigError(
            f"KERNEL_SRC={path} has been built in place, which the kernel's own build refuses to"
            f" mix with other build directories; run make mrproper there, or use a git worktree")
    return Source(path, version, pristine=False)


def check_version(version: str, what: str) -> None:
    """Raise an error if the kernel is too old; print a notice if it is newer than the tested one.
    """
    numbers = tuple(int(number) for number in version.split("-")[0].split(".")[:2])
    oldest = ".".join(map(str, OLDEST))
    if numbers < OLDEST:
        raise console.RigError(f"{what} is Linux {version}; rvkms needs {oldest} or newer")
    if numbers > OLDEST:
        console.note(f"notice: {what} is Linux {version}; rvkms is tested with {oldest}")


def kernel_version(tree: Path) -> str:
    """Return a tree's version from its Makefile."""
    with open(tree / "Makefile", encoding="utf-8", errors="replace") as file:
        head = file.read(4096)
    part = dict(re.findall(r"^(VERSION|PATCHLEVEL|SUBLEVEL|EXTRAVERSION) *=[ \t]*(\S*)", head,
                           re.MULTILINE))
    if not part.get("VERSION", "").isdigit() or not part.get("PATCHLEVEL", "").isdigit():
        raise console.RigError(f"{tree}/Makefile names no kernel version")
    version = f"{part['VERSION']}.{part['PATCHLEVEL']}"
    if part.get("SUBLEVEL"):
        version += f".{part['SUBLEVEL']}"
    return version + part.get("EXTRAVERSION", "")


def newest_cached(cache: Path) -> Path | None:
    """Return the newest complete source in the cache, or None."""
    found = [path for path in cache.glob(PREFIX + "*") if (path / "Makefile").is_file()]
    return max(found, key=natural_order, default=None)


def natural_order(path: Path) -> list[tuple[int, str]]:
    """Return a sort key that puts 7.10 after 7.9."""
    return [(int(digits or 0), text)
            for digits, text in re.findall(r"(\d+)|(\D+)", path.name)]


def download(cache: Path) -> Path:
    """Download Debian's newest kernel source to the cache.

    The work is done under a temporary name: a directory linux-* is complete.
    """
    packages.ensure(packages.BUILD, packages.WANTED)
    with cachedir.unfinished(cache, NEEDED_BYTES, "the kernel's source") as work:
        return _download_in(work, cache)


def _download_in(work: Path, cache: Path) -> Path:
    archive = Archive(work)
    console.note(f"kernel source: asking {archive.mirror} for the newest in {SUITE}")
    archive.update()
    name, version, size = archive.newest()
    check_version(name.removeprefix("linux-source-"), f"{SUITE}'s {name}")
    console.note(f"kernel source: {name} {version}, {size / 1e6:.0f} MB, kept in {cache}")
    package = archive.fetch(name, size)
    tree = _unpack(work, package, name)
    # The kernel's build does not accept a colon, as in an epoch, in a path.
    target = cache / (PREFIX + version.replace(":", "_"))
    tree.rename(target)
    return target


def _unpack(work: Path, package: Path, name: str) -> Path:
    with console.Progress("kernel source: unpacking the package") as progress:
        child = process.spawn(["dpkg", "-x", str(package), str(work / "package")],
                              stderr=subprocess.PIPE, text=True,
                              env=dict(os.environ, LC_ALL="C"))
        while process.wait_step(child) is None:
            progress.update("dpkg -x")
        _check(child, "the downloaded package cannot be unpacked", child.stderr.read())
    package.unlink()
    tarball = work / f"package/usr/src/{name}.tar.xz"
    if not tarball.is_file():
        raise console.RigError(f"{name} has no usr/src/{name}.tar.xz; {OWN_TREE_HINT}")
    _untar(tarball, work / "tree")
    tree = work / "tree" / name
    if not (tree / "Makefile").is_file():
        raise console.RigError(f"{name}.tar.xz holds no {name}/Makefile; {OWN_TREE_HINT}")
    return tree


def _untar(tarball: Path, target: Path) -> None:
    """Unpack a tarball through tar's standard input, to show the progress."""
    target.mkdir()
    total = tarball.stat().st_size
    child = process.spawn(["tar", "-xJ", "-C", str(target)], stdin=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=dict(os.environ, LC_ALL="C"))
    with open(tarball, "rb") as file, console.Progress("kernel source: unpacking") as progress:
        try:
            while block := file.read(1 << 20):
                child.stdin.write(block)
                progress.update(f"{100 * file.tell() // total} %")
            child.stdin.close()
        except BrokenPipeError:
            # tar has exited; its message has the reason.
            pass
        _check(child, "the kernel's source cannot be unpacked",
               child.stderr.read().decode(errors="backslashreplace"))


def _check(child: subprocess.Popen, reason: str, errors: str) -> None:
    status = process.finish(child)
    if FULL_DISK.search(errors):
        raise console.RigError("no space left on the disk that holds the cache;"
                               " RVKMS_CACHE=DIR puts it elsewhere")
    if status:
        raise console.RigError(reason, errors)


def machine_mirror(hint: str = OWN_TREE_HINT) -> str:
    """Return the Debian mirror of the machine's apt; @hint is for the error message."""
    listed = process.run(
        ["apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(CODENAME)|$(REPO_URI)"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout
    for line in listed.splitlines():
        origin, label, codename, uri = line.split("|", 3)
        # Only the name of a main suite has no dash: bookworm, not bookworm-updates.
        if origin == "Debian" and label == "Debian" and "-" not in codename:
            return uri
    raise console.RigError(f"apt knows no Debian mirror (does apt-get update work here?); {hint}")


class Archive:
    """Debian's archive, accessed through apt with private lists and cache.

    The machine's apt configuration is only read, for its mirror and proxy.
    """

    def __init__(self, work: Path) -> None:
        self._work = work
        self.mirror = machine_mirror()
        for directory in ("lists/partial", "cache/archives/partial", "download"):
            (work / directory).mkdir(parents=True)
        sources = work / "sources.list"
        sources.write_text(f"deb [signed-by={KEYRING}] {self.mirror} {SUITE} main\n",
                           encoding="utf-8")
        configuration = work / "apt.conf"
        configuration.write_text("".join(f'{key} "{value}";\n' for key, value in {
            "Dir::Etc::sourcelist": sources,
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferences": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Dir::State::lists": work / "lists",
            "Dir::Cache": work / "cache",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
        }.items()), encoding="utf-8")
        self._environment = dict(os.environ, APT_CONFIG=str(configuration), LC_ALL="C")

    def update(self) -> None:
        """Download the lists; apt checks their signature."""
        self._run_long(["apt-get", "update", "--error-on=any"], self._work / "lists", 0,
                       f"the list of {SUITE} cannot be fetched (no network?)")

    def newest(self) -> tuple[str, str, int]:
        """Return name, version and size of the newest kernel source; raise an error if it is too
        old.
        """
        names = self._ask("apt-cache", "search", "--names-only", "^linux-source-[0-9]")
        found = {tuple(map(int, match.groups())): match.group(0)
                 for match in re.finditer(r"^linux-source-(\d+)\.(\d+)(?= )", names, re.MULTILINE)}
        if not found or max(found) < OLDEST:
            raise console.RigError(f"{SUITE} offers no linux-source of 7.3 or newer any more;"
                                   f" {OWN_TREE_HINT}")
        name = found[max(found)]
        shown = self._ask("apt-cache", "show", "--no-all-versions", name)
        field = dict(re.findall(r"^(Version|Size): (\S+)", shown, re.MULTILINE))
        return name, field["Version"], int(field["Size"])

    def fetch(self, name: str, size: int) -> Path:
        """Download a package; apt checks it against the signed list."""
        directory = self._work / "download"
        self._run_long(["apt-get", "download", name], self._work, size,
                       f"{name} cannot be downloaded", cwd=directory)
        found = list(directory.glob("*.deb"))
        if len(found) != 1 or found[0].stat().st_size != size:
            raise console.RigError(f"{name} was not downloaded completely; run it again")
        return found[0]

    def _ask(self, *argv: str) -> str:
        return process.run(argv, env=self._environment, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE).stdout

    def _run_long(self, argv: list[str], growing: Path, size: int, reason: str,
                  cwd: Path | None = None) -> None:
        log = paths.LOG / "kernel-source.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        before = _bytes_below(growing)
        with open(log, "wb") as out, console.Progress("kernel source: " + argv[1]) as progress:
            child = process.spawn(argv, env=self._environment, cwd=cwd, stdout=out,
                                  stderr=subprocess.STDOUT)
            while process.wait_step(child) is None:
                done = _bytes_below(growing) - before
                share = f" of {size / 1e6:.0f} MB, {100 * done // size} %" if size else " MB"
                progress.update(f"{done / 1e6:.0f}{share}")
            status = process.finish(child)
        if status:
            errors = console.tail(log)
            if FULL_DISK.search(errors):
                reason = f"no space left on the disk: {reason}"
            raise console.RigError(f"{reason}; {OWN_TREE_HINT}", errors)


def _bytes_below(directory: Path) -> int:
    total = 0
    for path in directory.rglob("*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            pass
    return total


def main(_options: argparse.Namespace) -> int:
    """Print the source's directory on the last line; download it first if it is missing."""
    print(find().path)
    return console.PASSED
