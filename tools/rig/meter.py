# SPDX-License-Identifier: GPL-2.0
"""Tell a client in a kernel what to do, and see what CPU time that takes of the host.

Orders are files that appear where the client looks, answers are lines on its console: see
tests/bench/order.h. The CPU's clock is read before an order appears and when its answer is here;
in between the client does nothing but what it is told. The host's clock is the only one there is:
time in the kernel is virtual.
"""

from __future__ import annotations

import ctypes
import dataclasses
import os
import re
import time
from collections.abc import Callable, Generator
from pathlib import Path

from rig import console

ANSWER = re.compile(r"^bench (ok|unsupported|failed)(?: (.*))?$")

_libc = ctypes.CDLL(None, use_errno=True)


@dataclasses.dataclass(frozen=True)
class Answer:
    """What the client said to an order."""

    word: str  # ok, unsupported, failed
    text: str
    cpu_seconds: float  # since the order was given

    @property
    def is_ok(self) -> bool:
        """Whether what was ordered was done."""
        return self.word == "ok"


# What is to be ordered: it gives orders and gets their answers.
Script = Generator[str, Answer, None]


class Meter:
    """Goes through a script with the client of one kernel."""

    def __init__(self, directory: Path, script: Script) -> None:
        self._directory = directory
        self._script = script
        self._clock: Callable[[], float] | None = None
        self._group = 0
        self._orders = 0
        self._start = 0.0

    def started(self, pid: int) -> None:
        """Take note of the kernel's process, which leads the group of all of its processes."""
        self._group = pid

    def hear(self, line: str) -> None:
        """Take in a line of the console."""
        match = ANSWER.match(line)
        if not match:
            return
        if not self._clock:
            # From its first line to its end, the client is all that runs in the kernel.
            self._clock = group_clock(self._group)
            self._give(next(self._script))
            return
        answer = Answer(match.group(1), match.group(2) or "", self._clock() - self._start)
        try:
            self._give(self._script.send(answer))
        except StopIteration:
            self._give("end")

    def _give(self, order: str) -> None:
        """Let an order appear, all of it at once."""
        fresh = self._directory / "fresh"
        fresh.write_text(order, encoding="ascii")
        self._start = self._clock()
        fresh.rename(self._directory / f"order-{self._orders}")
        self._orders += 1


def group_clock(group: int) -> Callable[[], float]:
    """A clock of the CPU time, user's and system's, of a process group's present members."""
    clocks = [process_clock(int(entry.name)) for entry in os.scandir("/proc")
              if entry.name.isdigit() and group_of(Path(entry.path)) == group]
    if not clocks:
        raise console.RigError("the kernel has no process to measure")
    return lambda: sum(map(time.clock_gettime, clocks))


def group_of(process: Path) -> int | None:
    """The group of a process that is a directory of /proc; None if it is gone."""
    try:
        stat = (process / "stat").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The second field, the program's name in brackets, may hold anything.
    return int(stat.rpartition(")")[2].split()[2])


def process_clock(pid: int) -> int:
    """The id of a process's CPU clock, which is exact to the nanosecond; ticks are not."""
    clock = ctypes.c_int()
    if _libc.clock_getcpuclockid(pid, ctypes.byref(clock)):
        raise console.RigError(f"process {pid} has no clock of its CPU time")
    return clock.value
