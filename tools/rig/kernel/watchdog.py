# SPDX-License-Identifier: GPL-2.0
"""End a kernel that makes no progress, by the host's clocks.

A kernel in virtual time hangs by computing: its CPU time shows that, independently of other load on
the machine. A kernel that waits for ever takes no CPU time: wall-clock time shows that.
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
    """The limits of a kernel without progress, in seconds."""

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
        """Record progress."""
        self._fed = (time.monotonic(), self._cpu_seconds())

    def stop(self) -> None:
        """Stop watching after the kernel has ended."""
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
    """Return the CPU time of a process group's members and of their reaped children."""
    total = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat = entry.read_text(encoding="ascii", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        # The second field, the program's name in brackets, may contain spaces and brackets.
        fields = stat.rpartition(")")[2].split()
        if int(fields[2]) == group:
            total += sum(map(int, fields[11:15]))
    return total / TICKS
