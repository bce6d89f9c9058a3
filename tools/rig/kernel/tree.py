# SPDX-License-Identifier: GPL-2.0
"""Make the kernel tree that is built: a farm of links to the source, plus the overlay.

The source itself is not modified. Directories that lead to files of the overlay are real, full of
links; the two edited files are copies; every other entry of these directories is one link. kunit.py
is a copy too: it resolves links to find the kernel's tree.

A build directory is a direct child of the farm. Only then the kernel's build names sources
relatively (../kernel/fork.c). Objects thus do not depend on the project's path: ccache finds them
from another clone, and a copy of build/ stays up to date.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rig.base import console, paths, process
from rig.kernel.source import Source

# The directory that the overlay adds to a tree, and the files that it edits.
ADDED = paths.DRIVER
EDITED = ("drivers/gpu/drm/Kconfig", "drivers/gpu/drm/Makefile")
KUNIT = "tools/testing/kunit"

# The files that a patch changes.
PATCHED = re.compile(r"^\+\+\+ b/(\S+)$", re.MULTILINE)

# kbuild prefers this file to a Makefile. The layer's suites are instrumented for the code that they
# inline from its headers; their own lines do not count.
KBUILD = b"""\
# SPDX-License-Identifier: GPL-2.0
include $(src)/Makefile
instrumented := $(filter-out tests/%,$(rvkms-y) $(vgem-y)) $(filter tests/kms/%,$(rvkms-y))
$(foreach object,$(instrumented),$(eval CFLAGS_$(object) += $(RVKMS_INSTRUMENT)))
"""

# Entries of a source's top directory that a build must not see.
LEFT_OUT = {".git", ".config", ".config.old", "build"}

FARM_PREFIX = "tree-"
OBJECTS_PREFIX = "O-"

# The stamp of an up-to-date build directory.
BUILT = ".rvkms-built"


def prepare(source: Source, instrumented: bool = False) -> Path:
    """Make or refresh the farm for @source with the overlay; return its directory.

    An instrumented kernel has a separate farm, with the patches of coverage/ and additional flags
    for the driver's directory.
    """
    directory = paths.BUILD / f"{FARM_PREFIX}{source.identity}{'-coverage' if instrumented else ''}"
    made = farm(source, directory, [KUNIT], patches() if instrumented else [])
    overlay(made)
    if instrumented:
        _refresh_content(made / ADDED / "Kbuild", KBUILD)
    return made


def patches() -> list[Path]:
    """Return the patches of the kernel for instrumentation."""
    return sorted(paths.COVERAGE.glob("*.patch"))


def farm(source: Source, directory: Path, copied: list[str], patched: list[Path] = []) -> Path:
    """Make or refresh a farm, with some directories of the source copied, not linked."""
    # make splits words at spaces, and paths at colons.
    if any(character in str(directory) for character in " :"):
        raise console.RigError(
            f"a kernel cannot be built in {directory}: it has a space or a colon")
    contents = patched_files(source, patched)
    for name, ours in _real_directories([ADDED, *EDITED, *copied, *contents]).items():
        _refresh_links(source.path / name, directory / name, ours)
    for name in EDITED:
        _refresh_copy(source.path / name, directory / name)
    for name in copied:
        _refresh_copies(source.path / name, directory / name)
    for name, content in contents.items():
        _refresh_content(directory / name, content)
    return directory


def patched_files(source: Source, series: list[Path]) -> dict[str, bytes]:
    """Return the patched contents of the files that patches change."""
    names = {name for patch in series
             for name in PATCHED.findall(patch.read_text(encoding="utf-8"))}
    with tempfile.TemporaryDirectory() as work:
        for name in names:
            copy = Path(work) / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not (source.path / name).is_file():
                raise console.RigError(f"{source.path / name} is missing: nothing to patch")
            copy.write_bytes((source.path / name).read_bytes())
        for patch in series:
            _apply(patch, work, source)
        return {name: (Path(work) / name).read_bytes() for name in sorted(names)}


def _apply(patch: Path, directory: str, source: Source) -> None:
    """Apply a patch unless the source has it already."""
    argv = ["patch", f"--directory={directory}", "--strip=1", "--batch", f"--input={patch}"]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    if process.run([*argv, "--reverse", "--dry-run", "--force"], **options).returncode == 0:
        return
    ran = process.run([*argv, "--forward"], **options)
    if ran.returncode:
        raise console.RigError(f"{paths.shown(patch)} does not apply to {source.path}", ran.stdout)


def _real_directories(ours: list[str]) -> dict[str, set[str]]:
    """Return the directories that are real, each with its entries that are not links."""
    real: dict[str, set[str]] = {}
    for name in ours:
        path = Path(name)
        for parent in path.parents:
            real.setdefault(str(parent), set()).add(path.name)
            path = parent
    return real


def build_directory(farm: Path, config: str) -> Path:
    """Return the build directory of a config."""
    return farm / (OBJECTS_PREFIX + config)


def lend(clone: Path, configs: Iterable[str]) -> None:
    """Copy the farms, with the objects of some configs, to a clone that has built nothing.

    Most objects are equal. The driver is rebuilt, because instrumented objects contain the path of
    their counters. The stamp of an up-to-date build is therefore not copied.
    """
    kept = {OBJECTS_PREFIX + config for config in configs}

    def others(directory: str, names: list[str]) -> list[str]:
        return [name for name in names
                if name.startswith(OBJECTS_PREFIX) and name not in kept or name == BUILT
                or Path(directory, name).match(f"{OBJECTS_PREFIX}*/{ADDED}")]

    for ours in sorted(paths.BUILD.glob(FARM_PREFIX + "*")):
        theirs = clone / "build" / ours.name
        if not theirs.exists():
            half = theirs.with_name("." + theirs.name)
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(ours, half, symlinks=True, ignore=others)
            half.rename(theirs)


def overlay(farm: Path) -> None:
    """Run tools/overlay."""
    ran = process.run([str(paths.OVERLAY), str(farm)], stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT)
    if ran.returncode:
        raise console.RigError(ran.stdout.strip() or "tools/overlay failed")


def _refresh_links(source: Path, farm: Path, ours: set[str]) -> None:
    """Make @farm contain links to all entries of @source, and @ours."""
    farm.mkdir(parents=True, exist_ok=True)
    wanted = {entry.name: entry.path for entry in os.scandir(source)} if source.is_dir() else {}
    for name in LEFT_OUT | ours:
        wanted.pop(name, None)
    for entry in list(os.scandir(farm)):
        if entry.is_symlink():
            if wanted.get(entry.name) == os.readlink(entry.path):
                del wanted[entry.name]
            else:
                os.unlink(entry.path)
    for name, target in wanted.items():
        os.symlink(target, farm / name)


def _refresh_copy(source: Path, copy: Path) -> None:
    """Make @copy equal to @source, apart from the lines of the overlay."""
    if not source.is_file():
        raise console.RigError(f"{source} is missing: nothing to hook rvkms into")
    text = source.read_bytes()
    if copy.is_file() and _without_overlay(copy.read_bytes()) == _without_overlay(text):
        return
    _refresh_content(copy, text)


def _refresh_content(path: Path, content: bytes) -> None:
    """Write a file unless it has this content, which keeps its time stamp."""
    if path.is_file() and path.read_bytes() == content:
        return
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    fresh.rename(path)


def _without_overlay(text: bytes) -> list[bytes]:
    return [line for line in text.splitlines() if b"rvkms" not in line]


def _refresh_copies(source: Path, copy: Path) -> None:
    """Copy the files of a directory that differ in size or time."""
    for directory, _, names in os.walk(source):
        target = copy / Path(directory).relative_to(source)
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            original = Path(directory) / name
            made = target / name
            if _stamp(original) != _stamp(made):
                made.write_bytes(original.read_bytes())
                made.chmod(original.stat().st_mode & 0o777)
                os.utime(made, ns=(original.stat().st_mtime_ns,) * 2)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns
