# SPDX-License-Identifier: GPL-2.0
"""Run `make deb`: build the Debian package, without compiling the driver."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from rig.base import console, paths, process, report
from rig.debian import changelog
from rig.kernel import packages

WORK = paths.BUILD / "deb"
NAME = "rvkms-dkms"
PACKAGING = "packaging"

# The parts of the project that the package is made of.
PARTS = (paths.DRIVER, PACKAGING, "docs", "README.md")

PACKAGES = {
    "dpkg-dev": "dpkg-buildpackage",
    "debhelper": "dh",
    "dh-dkms": "dh_dkms",
    "patch": "patch",
}


@dataclasses.dataclass(frozen=True)
class Package:
    """A built package."""

    deb: Path
    version: str
    key: str  # hash of the driver, its patches and the packaging


def main(_options: argparse.Namespace) -> int:
    """Build the package and print its path."""
    with report.of_run("deb") as files:
        made = build()
        files.write_result("passed", (1, 0, 0), version=made.version)
    console.note(paths.shown(made.deb))
    console.note(console.closing_line("deb", 1, 0, 0))
    return console.PASSED


def build() -> Package:
    """Build the package of the working tree in build/deb/."""
    packages.ensure(PACKAGES)
    _run("the patches do not fit the driver", [PACKAGING + "/refresh-patches", "--check"])
    version = _run("the project has no version", [PACKAGING + "/version"]).strip()
    shutil.rmtree(WORK, ignore_errors=True)
    source = WORK / "source" / "rvkms"
    for part in PARTS:
        _copy(paths.ROOT / part, source / part)
    shutil.copytree(paths.ROOT / PACKAGING / "debian", source / "debian")
    (source / "debian/source").mkdir()
    (source / "debian/source/format").write_text("3.0 (native)\n", encoding="ascii")
    (source / "debian/changelog").write_text(_changelog(version), encoding="utf-8")
    _run("the package cannot be built", ["dpkg-buildpackage", "--build=binary", "--no-sign"],
         cwd=source)
    for path in (WORK / "source").glob("rvkms*.*"):
        path.rename(WORK / path.name)
    return Package(WORK / f"{NAME}_{version}_all.deb", version, key())


def key() -> str:
    """Return a hash of the files that the module is made of."""
    digest = hashlib.sha256()
    for part in (paths.DRIVER, PACKAGING):
        for path in sorted((paths.ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(paths.ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _changelog(version: str) -> str:
    head = _run("the project has no commit", ["git", "log", "-1", "--format=%cI"]).strip()
    changes = (paths.ROOT / "docs/changes.md").read_text(encoding="utf-8")
    return changelog.make(changes, version, datetime.datetime.fromisoformat(head))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def _run(reason: str, argv: list[str], cwd: Path = paths.ROOT) -> str:
    ran = process.run(argv, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                      env=dict(os.environ, LC_ALL="C"))
    if ran.returncode:
        raise console.RigError(reason, ran.stdout + ran.stderr)
    return ran.stdout
