# SPDX-License-Identifier: GPL-2.0
"""Provide a copy of the project, a fake kernel tree, and helpers to run tools."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from rig.base import paths
from rig.kernel import tree
from rig.kernel import source as kernel_source

COPIED = ("drivers", "tests/kunit", "tests/fuzz", "tools", "uml-configs", "coverage")
WORK = paths.BUILD / "rig-test"

# Timeout in seconds for events that must happen. It is long because machines may be slow and busy,
# and lint builds the driver. Only a fault reaches it.
PATIENCE = 600.0

PASSING = """\
KTAP version 1
1..1
    KTAP version 1
    # Subtest: rvkms_fake
    1..2
    ok 1 first
    ok 2 second # SKIP not today
ok 1 rvkms_fake
reboot: System halted
"""

# Template of VERSION and PATCHLEVEL. The built kernel is a script, the tree's fake-uml.
FAKE_MAKEFILE = """\
VERSION = {version}
PATCHLEVEL = {patchlevel}
SUBLEVEL = 0
EXTRAVERSION =
NAME = Fake

olddefconfig:
\t@echo configured >>$(O)/made

linux:
\t@echo '  CC      init/main.o'
\t@echo built >>$(O)/made
\t@cp $(CURDIR)/fake-uml $(O)/linux
"""


def scratch(test: unittest.TestCase) -> Path:
    """Create a directory on the disk that has room for builds, and remove it after the test."""
    WORK.mkdir(parents=True, exist_ok=True)
    made = tempfile.mkdtemp(dir=WORK)
    test.addCleanup(shutil.rmtree, made)
    return Path(made)


def copy_project(directory: Path) -> Path:
    """Copy the project, so that it has a build/ of its own."""
    project = directory / "project"
    for name in COPIED:
        shutil.copytree(paths.ROOT / name, project / name, symlinks=True)
    shutil.copy(paths.ROOT / "Makefile", project)
    return project


def fake_kernel(directory: Path, says: str = PASSING, version: tuple[int, int] = (7, 3)) -> Path:
    """Create a tree with every file of a kernel that the rig reads; its kernel prints @says."""
    kernel = directory / "kernel"
    drm = kernel / "drivers/gpu/drm"
    drm.mkdir(parents=True)
    (kernel / "Makefile").write_text(
        FAKE_MAKEFILE.format(version=version[0], patchlevel=version[1]), encoding="utf-8")
    (kernel / "Kbuild").write_text("", encoding="utf-8")
    (drm / "Kconfig").write_text(
        'source "drivers/gpu/drm/vgem/Kconfig"\nsource "drivers/gpu/drm/vkms/Kconfig"\n',
        encoding="utf-8")
    (drm / "Makefile").write_text(
        "obj-$(CONFIG_DRM_VGEM)\t+= vgem/\nobj-$(CONFIG_DRM_VKMS)\t+= vkms/\n", encoding="utf-8")
    shutil.copytree(kernel_source.find().path / tree.KUNIT, kernel / tree.KUNIT)
    kernel_says(kernel, says)
    return kernel


def kernel_says(kernel: Path, says: str, then: str = "") -> None:
    """Replace the console of a fake kernel with @says, followed by the shell commands @then."""
    script(kernel / "fake-uml", f"cat <<'END'\n{says}END\n{then}")


def script(path: Path, body: str) -> None:
    """Write an executable shell script."""
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def environment(**more: object) -> dict[str, str]:
    """Return this process's environment without the variables that choose a kernel, plus @more."""
    kept = {name: value for name, value in os.environ.items()
            if name not in ("KERNEL_SRC", "RVKMS_CACHE", "RVKMS_PROJECT", "SUITE")}
    return kept | {name: str(value) for name, value in more.items()}


def run(argv: list[object], **options) -> subprocess.CompletedProcess:
    """Run a tool to its end, and keep its output as text."""
    return subprocess.run([str(word) for word in argv], text=True, errors="replace",
                          timeout=PATIENCE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, **options)


def _heed_interrupts() -> None:
    """Restore SIGINT: shells ignore it in background jobs, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(argv: list[object], **options) -> subprocess.Popen:
    """Start a tool as from a terminal, and keep its output as text."""
    return subprocess.Popen([str(word) for word in argv], text=True, errors="replace",
                            preexec_fn=_heed_interrupts,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, **options)


def wait_for(condition, seconds: float = PATIENCE) -> bool:
    """Wait until a condition holds. Return false after the timeout."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def processes_of(directory: Path) -> list[str]:
    """Return the command lines of processes that name a path below a directory."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(directory) in line:
            found.append(line)
    return found


def files_below(directory: Path) -> dict[str, tuple]:
    """Return each file of a directory with its content and time, to detect changes."""
    return {str(path.relative_to(directory)): (path.stat().st_mtime_ns, path.read_bytes())
            for path in sorted(directory.rglob("*")) if path.is_file()}


def class_scratch(case: type[unittest.TestCase]) -> Path:
    """Create a directory, and remove it after all tests of a class."""
    WORK.mkdir(parents=True, exist_ok=True)
    made = tempfile.mkdtemp(dir=WORK)
    case.addClassCleanup(shutil.rmtree, made)
    return Path(made)
