# SPDX-License-Identifier: GPL-2.0
"""Give orders to a client in a kernel, and measure the host's CPU time of each.

An order is a file that appears in the client's directory, an answer is a line on its console: see
tests/bench/order.h. The CPU clock is read before an order appears and after its answer; in between
the client does nothing else. Only the host's clock is usable: time in the kernel is virtual.
"""

from __future__ import annotations

import ctypes
import dataclasses
import os
import re
import time
from collections.abc import Callable, Generator
from pathlib import Path

from rig.base import console

ANSWER = re.compile(r"^bench (ok|unsupported|failed)(?: (.*))?$")

_libc = ctypes.CDLL(None, use_errno=True)


@dataclasses.dataclass(frozen=True)
class Answer:
    """The client's answer to an order."""

    word: str  # ok, unsupported, failed
    text: str
    cpu_seconds: float  # CPU time since the order

    @property
    def is_ok(self) -> bool:
        """Return whether the order was carried out."""
        return self.word == "ok"


# A generator that yields orders and receives their answers.
Script = Generator[str, Answer, None]


class Meter:
    """Runs a script with the client of one kernel."""

    def __init__(self, directory: Path, script: Script) -> None:
        self._directory = directory
        self._script = script
        self._clock: Callable[[], float] | None = None
        self._group = 0
        self._orders = 0
        self._start = 0.0

    def started(self, pid: int) -> None:
        """Record the kernel's process, which leads the process group of the kernel."""
        self._group = pid

    def hear(self, line: str) -> None:
        """Handle a line of the console."""
        match = ANSWER.match(line)
        if not match:
            return
        if not self._clock:
            # From here on, nothing but the client runs in the kernel.
            self._clock = group_clock(self._group)
            self._give(next(self._script))
            return
        answer = Answer(match.group(1), match.group(2) or "", self._clock() - self._start)
        try:
            self._give(self._script.send(answer))
        except StopIteration:
            self._give("end")

    def _give(self, order: str) -> None:
        """Write an order; the rename makes it appear complete."""
        fresh = self._directory / "fresh"
        fresh.write_text(order, encoding="ascii")
        self._start = self._clock()
        fresh.rename(self._directory / f"order-{self._orders}")
        self._orders += 1


def group_clock(group: int) -> Callable[[], float]:
    """Return a clock of the user and system CPU time of a process group's current members."""
    clocks = [process_clock(int(entry.name)) for entry in os.scandir("/proc")
              if entry.name.isdigit() and group_of(Path(entry.path)) == group]
    if not clocks:
        raise console.RigError("the kernel has no process to measure")
    return lambda: sum(map(time.clock_gettime, clocks))


def group_of(process: Path) -> int | None:
    """Return the process group of a directory of /proc; None if the process is gone."""
    try:
        stat = (process / "stat").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The second field, the program's name in brackets, may contain spaces and brackets.
    return int(stat.rpartition(")")[2].split()[2])


def process_clock(pid: int) -> int:
    """Return the id of a process's CPU clock, which has nanoseconds; /proc has ticks only."""
    clock = ctypes.c_int()
    if _libc.clock_getcpuclockid(pid, ctypes.byref(clock)):
        raise console.RigError(f"process {pid} has no clock of its CPU time")
    return clock.value
