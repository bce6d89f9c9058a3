# SPDX-License-Identifier: GPL-2.0
"""Install the package in the Debian root, as a user does, and keep the modules that DKMS builds."""

from __future__ import annotations

import dataclasses
import re
import shutil
from pathlib import Path

from rig.base import console, paths
from rig.debian import package
from rig.debian.root import Kernel, Root

WORK = paths.BUILD / "debian"
STAMP = "stamp"

SCRIPT = paths.ROOT / "tests/deb/install"

# The package's own build has the kernel's default warnings; a test has those of W=1 as well.
WARNINGS = {"KBUILD_EXTRA_WARN": "1"}

INSTALLED = re.compile(r"^rig: installed 0$", re.MULTILINE)
PURGED = re.compile(r"^rig: purged 0\n?\Z", re.MULTILINE)
WARNING = re.compile(r"^.*: (?:warning|error): .*$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Built:
    """The module of a kernel, as DKMS built it."""

    kernel: Kernel
    module: Path
    modinfo: str
    warnings: list[str]


@dataclasses.dataclass(frozen=True)
class Installed:
    """The results of an installation."""

    log: str  # of apt and dpkg
    failed: list[str]  # the compiler's messages in a build that failed
    modules: list[Built]
    lintian: str
    udevadm: str


def module(root: Root, kernel: Kernel) -> Path:
    """Return the module for a kernel; build it if the driver or its packaging has changed."""
    stamp = WORK / kernel.release / STAMP
    found = list(stamp.parent.glob("rvkms.ko*"))
    if found and stamp.is_file() and stamp.read_text(encoding="utf-8") == package.key():
        return found[0]
    installed = install(root, [kernel])
    for built in installed.modules:
        return built.module
    raise console.RigError(f"DKMS builds no module for {kernel.release}",
                           "\n".join([*installed.log.splitlines()[-30:], *installed.failed]))


def install(root: Root, kernels: list[Kernel]) -> Installed:
    """Install the package with only the headers of @kernels, then purge it."""
    made = package.build()
    shutil.rmtree(WORK / "root", ignore_errors=True)
    shared = WORK / "root/shared"
    shared.mkdir(parents=True)
    shutil.copy(made.deb, shared)
    shutil.copy(SCRIPT, shared)
    log = paths.LOG / "debian-install.log"
    releases = " ".join(kernel.release for kernel in kernels)
    root.run("/results/install", WORK / "root", log, "installing " + made.deb.name,
             WARNINGS | {"DEB": made.deb.name, "RELEASES": releases})
    built = [_keep(shared, kernel, made.key) for kernel in kernels
             if list((shared / kernel.release).glob("rvkms.ko*"))]
    installed = Installed(log.read_text(encoding="utf-8", errors="backslashreplace"),
                          WARNING.findall(_read(shared / "failed.log")), built,
                          _read(shared / "lintian"), _read(shared / "udevadm"))
    shutil.rmtree(WORK / "root", ignore_errors=True)
    return installed


def _keep(shared: Path, kernel: Kernel, key: str) -> Built:
    target = WORK / kernel.release
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(shared / kernel.release, target)
    (target / STAMP).write_text(key, encoding="utf-8")
    log = _read(target / "make.log")
    warnings = WARNING.findall(log) if log else ["there is no make.log"]
    return Built(kernel, next(target.glob("rvkms.ko*")), _read(target / "modinfo"), warnings)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="backslashreplace") if path.is_file() else ""
