# SPDX-License-Identifier: GPL-2.0
"""Choose the CPU of a kernel."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator


@contextlib.contextmanager
def pinned() -> Iterator[None]:
    """Bind this thread, and the children that it starts, to one CPU.

    A UML kernel and the program that runs on it take turns. Across CPUs that costs half as much
    again.
    """
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
