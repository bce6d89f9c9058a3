# SPDX-License-Identifier: GPL-2.0
"""Bind a kernel to a CPU."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator


@contextlib.contextmanager
def pinned() -> Iterator[None]:
    """Bind this thread and its children to one CPU.

    A UML kernel and the program that runs on it alternate. On two CPUs this takes 1.5 times as
    long.
    """
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
