# SPDX-License-Identifier: GPL-2.0
"""Allow one run at a time in a directory."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from rig.base import console, paths

_held: set[Path] = set()


@contextlib.contextmanager
def held(directory: Path = paths.BUILD) -> Iterator[None]:
    """Hold @directory's lock; print a notice and wait while another run holds it.

    The kernel releases the lock when its holder exits in any way, so there is no stale lock. The
    holder may lock again.
    """
    if directory in _held:
        yield
        return
    directory.mkdir(parents=True, exist_ok=True)
    with open(directory / ".lock", "w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.note(f"another run is using {paths.shown(directory)}; waiting for it to end")
            fcntl.flock(file, fcntl.LOCK_EX)
        _held.add(directory)
        try:
            yield
        finally:
            _held.discard(directory)
