# SPDX-License-Identifier: GPL-2.0
"""Make entries of the cache under a temporary name until they are complete."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rig.base import console

WORK_PREFIX = ".unfinished-"


@contextlib.contextmanager
def unfinished(cache: Path, needed_bytes: int, what: str) -> Iterator[Path]:
    """Yield a temporary directory in the cache; delete it afterwards.

    The error for a full disk names the entry to be made. The caller holds the cache's lock.
    Leftovers of interrupted runs are deleted.
    """
    cache.mkdir(parents=True, exist_ok=True)
    for left in cache.glob(WORK_PREFIX + "*"):
        shutil.rmtree(left)
    free = shutil.disk_usage(cache).free
    if free < needed_bytes:
        raise console.RigError(
            f"{what} needs {needed_bytes / 1e9:.1f} GB and {cache} has"
            f" {free / 1e9:.1f} GB free; RVKMS_CACHE=DIR puts it elsewhere")
    work = Path(tempfile.mkdtemp(prefix=WORK_PREFIX, dir=cache))
    # apt downloads as an unprivileged user, which needs to enter the directory.
    work.chmod(0o755)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
