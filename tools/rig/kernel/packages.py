# SPDX-License-Identifier: GPL-2.0
"""Find missing Debian packages of a target without apt, and install them if root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from rig.base import console, paths, process

# A package is installed if its probe exists: a command's name, or a file's path.
BUILD = {
    "gcc": "gcc",
    "libc6-dev": "/usr/include/stdlib.h",
    "make": "make",
    "flex": "flex",
    "bison": "bison",
    "bc": "bc",
    "rsync": "rsync",
    "perl": "perl",
    "xz-utils": "xz",
    "debian-archive-keyring": "/usr/share/keyrings/debian-archive-keyring.gpg",
}

# Optional packages: installed by root only.
WANTED = {"ccache": "ccache"}

LINT = {
    "sparse": "sparse",
    "shellcheck": "shellcheck",
    "flake8": "flake8",
}


def missing(packages: dict[str, str]) -> list[str]:
    """Return the packages that are not installed."""
    def there(probe: str) -> bool:
        return Path(probe).exists() if probe.startswith("/") else bool(shutil.which(probe))

    return [name for name, probe in packages.items() if not there(probe)]


def ensure(packages: dict[str, str], wanted: dict[str, str] | None = None) -> None:
    """Install the missing packages, or raise an error with the command."""
    needed = missing(packages)
    if os.geteuid() == 0:
        needed += missing(wanted or {})
    if not needed:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *needed]
    if not shutil.which("apt-get"):
        raise console.RigError("install the packages that provide: "
                               + " ".join(_probes(packages, needed)))
    if os.geteuid() != 0:
        raise console.RigError("missing packages; run: sudo " + " ".join(command))
    _install(command, needed)
    still = missing(packages)
    if still:
        raise console.RigError("still missing after installation: " + " ".join(still))


def _probes(packages: dict[str, str], names: Iterable[str]) -> list[str]:
    return [packages[name] for name in names if name in packages]


def _install(command: list[str], names: list[str]) -> None:
    log = paths.LOG / "packages.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    console.note("installing " + " ".join(names))
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with open(log, "w", encoding="utf-8") as out, console.Progress("packages") as progress:
        for argv in (["apt-get", "update"], command):
            child = process.spawn(argv, stdout=out, stderr=subprocess.STDOUT, env=environment)
            while process.wait_step(child) is None:
                progress.update(" ".join(argv[:2]))
            if process.finish(child):
                raise console.RigError(f"{' '.join(argv)} failed", console.tail(log))
