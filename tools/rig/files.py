# SPDX-License-Identifier: GPL-2.0
"""The project's files, by kind."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from rig import console, paths, process

# What is not text of ours.
BINARY = {".png", ".jpg", ".gif", ".ico", ".gz", ".xz", ".bin"}


def all_files() -> list[Path]:
    """Every file git has or would add; without git, every file that is not a build's."""
    # A directory that is not the top of a repository may be one another repository ignores.
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
    """Keep os.walk() out of what is not ours."""
    below[:] = [name for name in below if name not in ("build", ".git", "__pycache__")]
    return True


def text_files() -> list[Path]:
    """Those a person reads."""
    return [path for path in all_files() if path.suffix not in BINARY]


def c_files(*below: str) -> list[Path]:
    """C and headers below some directories."""
    return [path for path in all_files() if path.suffix in (".c", ".h")
            and any(path.is_relative_to(paths.ROOT / directory) for directory in below)]


def scripts(interpreters: tuple[str, ...], suffix: str) -> list[Path]:
    """Files for one of some interpreters, by suffix or by their first line."""
    return [path for path in text_files()
            if path.suffix == suffix or _interpreter(path) in interpreters]


def _interpreter(path: Path) -> str:
    with open(path, "rb") as file:
        first = file.readline(200).decode(errors="replace").split()
    if not first or not first[0].startswith("#!"):
        return ""
    command = first[1:] if first[0].endswith("/env") and len(first) > 1 else [first[0][2:]]
    return os.path.basename(command[0])
