# SPDX-License-Identifier: GPL-2.0
"""Ends a kernel that gets nowhere, by the host's clocks.

A kernel whose time is virtual hangs by computing: then CPU time tells it, which does not depend on
what else the machine does. One that waits for ever takes none: wall-clock time tells that.
"""

from __future__ import annotations

import dataclasses
import math
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

STEP_SECONDS = 0.5
TICKS = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass(frozen=True)
class Limit:
    """How long a kernel may go on without progress, in seconds."""

    wall: float
    cpu: float = math.inf


class Watchdog:
    """Calls @expire once a process group has made no progress for longer than its limit."""

    def __init__(self, group: int, limit: Limit, expire: Callable[[], None]) -> None:
        self._group = group
        self._limit = limit
        self._expire = expire
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.expired = False
        self._fed = (time.monotonic(), 0.0)
        self._thread.start()

    def feed(self) -> None:
        """There is progress."""
        self._fed = (time.monotonic(), self._cpu_seconds())

    def stop(self) -> None:
        """It has ended."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        step = min(STEP_SECONDS, self._limit.wall / 4)
        while not self._stop.wait(step):
            since, cpu = self._fed
            if (time.monotonic() - since > self._limit.wall
                    or self._cpu_seconds() - cpu > self._limit.cpu):
                self.expired = True
                self._expire()
                return

    def _cpu_seconds(self) -> float:
        return 0.0 if math.isinf(self._limit.cpu) else group_cpu_seconds(self._group)


def group_cpu_seconds(group: int) -> float:
    """CPU time of a process group's members and of the children they have waited for."""
    total = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat = entry.read_text(encoding="ascii", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        # The second field, the program's name in brackets, may hold anything.
        fields = stat.rpartition(")")[2].split()
        if int(fields[2]) == group:
            total += sum(map(int, fields[11:15]))
    return total / TICKS
