# SPDX-License-Identifier: GPL-2.0
"""List the project's files by type."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from rig.base import console, paths, process

# Suffixes of files that are not text.
BINARY = {".png", ".jpg", ".gif", ".ico", ".gz", ".xz", ".bin"}


def all_files() -> list[Path]:
    """Return all files that git tracks or would add; without git, all files outside of build/."""
    # Without .git in this directory, git would use an enclosing repository, which may ignore it.
    if (paths.ROOT / ".git").exists():
        found = _listed_by_git()
    else:
        found = [Path(directory) / name
                 for directory, below, names in os.walk(paths.ROOT) if _ours(below)
                 for name in names]
    return sorted(path for path in set(found) if path.is_file() and not path.is_symlink())


def _listed_by_git() -> list[Path]:
    listed = process.run(["git", "-C", str(paths.ROOT), "ls-files", "-z", "--cached", "--others",
                          "--exclude-standard"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if listed.returncode:
        raise console.RigError("git cannot list the project's files", listed.stderr)
    return [paths.ROOT / name for name in listed.stdout.split("\0") if name]


def _ours(below: list[str]) -> bool:
    """Remove directories that os.walk() must not enter; return True."""
    below[:] = [name for name in below if name not in ("build", ".git", "__pycache__")]
    return True


def text_files() -> list[Path]:
    """Return all text files."""
    return [path for path in all_files() if path.suffix not in BINARY]


def c_files(*below: str) -> list[Path]:
    """Return the C files and headers below some directories."""
    return [path for path in all_files() if path.suffix in (".c", ".h")
            and any(path.is_relative_to(paths.ROOT / directory) for directory in below)]


def scripts(interpreters: tuple[str, ...], suffix: str) -> list[Path]:
    """Return the files with a suffix, or with one of some interpreters in the first line."""
    return [path for path in text_files()
            if path.suffix == suffix or _interpreter(path) in interpreters]


def _interpreter(path: Path) -> str:
    with open(path, "rb") as file:
        first = file.readline(200).decode(errors="replace").split()
    if not first or not first[0].startswith("#!"):
        return ""
    command = first[1:] if first[0].endswith("/env") and len(first) > 1 else [first[0][2:]]
    return os.path.basename(command[0])
