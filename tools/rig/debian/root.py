# SPDX-License-Identifier: GPL-2.0
"""Make and find a Debian 13 root with DKMS and the kernels that the package supports.

debootstrap makes it once in the cache, from the mirror of the machine's apt. Tests run in it under
an overlay, so that it stays as it is.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from rig.base import console, lock, paths, process
from rig.igt import userland
from rig.kernel import cachedir, packages, source

RELEASE = "trixie"
ARCHITECTURE = "amd64"

# The series of kernels that packaging/dkms/dkms.conf names, newest first.
SERIES = ("7.3", "7.2", "6.12")

# Packages that apt installs, apart from the headers.
INCLUDED = ("dkms", "lintian", "udev", "kmod")

NEEDED_BYTES = 4_000_000_000
PREFIX = "debian-13-"
HINT = "RVKMS_CACHE=DIR names a cache that has it already"

# Below the root: the kernels' images with the modules that rvkms needs, one directory per release.
KERNELS = "opt/kernels"
COMPLETE = "opt/complete"
NEEDED_MODULES = ("drm_shmem_helper", "drm_kms_helper", "vgem", "drm_client_lib", "configfs",
                  "udmabuf")

PACKAGES = userland.PACKAGES | {"kmod": "/sbin/modprobe"}

DEPENDS = re.compile(r"^ *Depends: linux-headers-(\S+)$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Kernel:
    """One of Debian's kernels, with its headers in the root."""

    series: str  # "7.3"
    release: str  # "7.3.4+deb13-amd64", as uname -r prints it
    path: Path  # directory with vmlinuz, and with modules below lib/modules


@dataclasses.dataclass(frozen=True)
class Root:
    """A root directory of Debian 13."""

    path: Path

    def kernels(self) -> list[Kernel]:
        """Return the kernels, newest first."""
        found = {path.name: path for path in (self.path / KERNELS).iterdir()}
        return [Kernel(series, release, found[release]) for series in SERIES
                for release in found if series_of(release) == series]

    def kernel(self, series: str) -> Kernel:
        """Return the kernel of a series, or of the newest one for an empty string."""
        for kernel in self.kernels():
            if kernel.series == (series or SERIES[0]):
                return kernel
        raise console.RigError(f"there is no Debian kernel {series}; choose one of "
                               + " ".join(SERIES))

    def run(self, script: str, work: Path, log: Path, what: str,
            variables: dict[str, str] | None = None) -> int:
        """Run a shell script in the root; its changes go to @work, and its output to @log.

        The directory shared of @work is /results inside. Returns the exit status.
        """
        for name in ("upper", "overlay", "merged", "shared"):
            (work / name).mkdir(parents=True, exist_ok=True)
        mounts = "\n".join((
            "set -e",
            f"mount -t overlay overlay -o lowerdir={self.path},upperdir={work}/upper,"
            f"workdir={work}/overlay {work}/merged",
            f"mkdir -p {work}/merged/results",
            f"mount --bind {work}/shared {work}/merged/results",
            f"mount -t proc none {work}/merged/proc",
            f"mount -t sysfs -o ro none {work}/merged/sys",
            f"mount -t devpts none {work}/merged/dev/pts",
            f"exec chroot {work}/merged sh -c {shlex.quote(script)}",
        ))
        return _run(["unshare", "--mount", "sh", "-c", mounts], log, what, variables or {})


def series_of(release: str) -> str:
    """Return the series of a release: 6.12 of 6.12.118+deb13-amd64."""
    return ".".join(re.split(r"[.+-]", release)[:2])


def find() -> Root:
    """Return the cache's newest root; make one if there is none."""
    cached = newest_cached(paths.cache())
    if cached is None:
        with lock.held(paths.cache()):
            # The previous holder of the lock may have made it.
            cached = newest_cached(paths.cache()) or make(paths.cache())
    return Root(cached)


def newest_cached(cache: Path) -> Path | None:
    """Return the newest complete root, or None."""
    found = [path for path in cache.glob(PREFIX + "*") if (path / COMPLETE).is_file()]
    return max(found, key=source.natural_order, default=None)


def make(cache: Path) -> Path:
    """Make a root with the kernels that apt offers now."""
    if os.geteuid() != 0:
        raise console.RigError("the Debian root is made by debootstrap, which needs root; run once:"
                               " sudo make debian-root")
    packages.ensure(PACKAGES)
    with cachedir.unfinished(cache, NEEDED_BYTES, "the Debian root") as work:
        return _make_in(work, cache)


def _make_in(work: Path, cache: Path) -> Path:
    root = work / "root"
    mirror = source.machine_mirror(HINT)
    console.note(f"Debian root: asking {mirror} for {RELEASE}")
    _must(["unshare", "--mount", "debootstrap", "--variant=minbase",
           f"--keyring={source.KEYRING}", "--include=ca-certificates", RELEASE, str(root), mirror])
    suites = [(mirror, RELEASE), (mirror, f"{RELEASE}-backports")]
    suites += [(uri, f"{RELEASE}-security") for uri in _security_mirror()]
    (root / "etc/apt/sources.list").write_text(
        "".join(f"deb {uri} {suite} main\n" for uri, suite in suites), encoding="utf-8")
    _inside(root, ["apt-get", "update", "--error-on=any"])
    releases = [_choose(root, series) for series in SERIES]
    _inside(root, ["apt-get", "install", "--yes", "--no-install-recommends", *INCLUDED,
                   *(f"linux-headers-{release}" for release in releases)])
    for release in releases:
        _fetch_kernel(root, release)
    shutil.rmtree(root / "var/cache/apt", ignore_errors=True)
    (root / COMPLETE).write_text("".join(f"{release}\n" for release in releases), encoding="utf-8")
    target = cache / (PREFIX + "_".join(release.split("+")[0] for release in releases))
    root.rename(target)
    console.note(f"Debian root: {', '.join(releases)}, kept in {target}")
    return target


def _choose(root: Path, series: str) -> str:
    """Return the newest release of a series that apt offers headers of.

    The metapackage's dependency comes first. It has no series that another one has replaced.
    """
    found = []
    meta = f"linux-headers-{ARCHITECTURE}"
    for version in re.findall(r"\| *(\S+) *\|", _ask(root, "apt-cache", "madison", meta)):
        found += DEPENDS.findall(_ask(root, "apt-cache", "depends", f"{meta}={version}"))
    named = re.compile(rf"{re.escape(series)}\.\d+\+deb\d+(\.\d+)?-{ARCHITECTURE}")
    pattern = f"linux-headers-{series}."
    others = [name.removeprefix("linux-headers-") for name in
              _ask(root, "apt-cache", "pkgnames", pattern).split()]
    for names in (found, others):
        wanted = [name for name in names if named.fullmatch(name)]
        if wanted:
            return max(wanted, key=lambda name: source.natural_order(Path(name)))
    raise console.RigError(f"apt offers no headers of Linux {series} for Debian 13; is the series"
                           f" gone from {RELEASE}-backports? Then drop it from dkms.conf")


def _fetch_kernel(root: Path, release: str) -> None:
    """Unpack the image of a kernel, and the modules that rvkms needs."""
    download = root / "opt/download"
    download.mkdir(parents=True)
    names = [f"linux-image-{release}"]
    names += [name for name in re.findall(r"Depends: (\S+)", _ask(
        root, "apt-cache", "depends", names[0])) if name.endswith(release)]
    _inside(root, ["sh", "-c", "cd /opt/download && apt-get download " + " ".join(names)])
    for deb in download.glob("*.deb"):
        _must(["dpkg", "-x", str(deb), str(download / "tree")])
    tree = download / "tree"
    target = root / KERNELS / release
    target.mkdir(parents=True)
    images = [*tree.rglob(f"vmlinuz-{release}"), *tree.rglob("vmlinuz")]
    if not images:
        raise console.RigError(f"Debian's packages of {release} have no vmlinuz")
    shutil.copy(images[0], target / "vmlinuz")
    modules = [path for path in tree.rglob(release) if (path / "kernel").is_dir()][0]
    _keep_needed(modules, target / "lib/modules" / release)
    shutil.rmtree(download)


def _keep_needed(modules: Path, target: Path) -> None:
    """Copy the needed modules and the modules that they depend on."""
    target.mkdir(parents=True)
    for path in modules.glob("modules.builtin*"):
        shutil.copy(path, target)
    shutil.copy(modules / "modules.order", target)
    found = {re.sub(r"\.ko.*$", "", path.name).replace("-", "_"): path
             for path in (modules / "kernel").rglob("*.ko*")}
    queue = [name for name in NEEDED_MODULES if name in found]
    done: set[str] = set()
    while queue:
        name = queue.pop()
        if name in done or name not in found:
            continue
        done.add(name)
        (target / found[name].relative_to(modules)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(found[name], target / found[name].relative_to(modules))
        queue += _depends(found[name])


def _depends(module: Path) -> list[str]:
    said = process.run(["modinfo", "-F", "depends", str(module)], stdout=subprocess.PIPE).stdout
    return [name.replace("-", "_") for name in said.strip().split(",") if name]


def _security_mirror() -> list[str]:
    listed = process.run(["apt-get", "indextargets", "--format", "$(LABEL)|$(REPO_URI)"],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout
    return [line.split("|")[1] for line in listed.splitlines()
            if line.startswith("Debian-Security|")][:1]


def _ask(root: Path, *argv: str) -> str:
    return process.run(["chroot", str(root), *argv], stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, env=dict(os.environ, LC_ALL="C")).stdout


def _inside(root: Path, argv: list[str]) -> None:
    """Run a command in the unfinished root; its services do not start."""
    script = f"mount -t proc none {root}/proc && exec chroot {root} {shlex.join(argv)}"
    _must(["unshare", "--mount", "sh", "-c", script])


def _must(argv: list[str]) -> None:
    log = paths.LOG / "debian-root.log"
    if _run(argv, log, "Debian root", {}):
        errors = console.tail(log)
        reason = f"the Debian root cannot be made (no network?); {HINT}"
        if source.FULL_DISK.search(errors):
            reason = "no space left on the disk that holds the cache"
        raise console.RigError(reason, errors)


def _run(argv: Iterable[str], log: Path, what: str, variables: dict[str, str]) -> int:
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, LC_ALL="C", DEBIAN_FRONTEND="noninteractive",
                       **userland.proxy(), **variables)
    with open(log, "w", encoding="utf-8") as out, console.Progress(what) as progress:
        child = process.spawn(list(argv), stdout=out, stderr=subprocess.STDOUT, env=environment)
        while process.wait_step(child) is None:
            progress.update(userland.last_line(log))
        return process.finish(child)


def main(_options: argparse.Namespace) -> int:
    """Print the root's directory on the last line; make it first if it is missing."""
    print(find().path)
    return console.PASSED
