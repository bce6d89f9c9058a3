# SPDX-License-Identifier: GPL-2.0
"""Boot a UML kernel on the machine's root or on a directory, and read its console.

The root is read-only: it needs no image, and has all programs of the host. Nothing of a run is
left: the kernel and the host processes of its user space are one process group, which is killed
when this program exits, at the latest.
"""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from rig.base import process
from rig.kernel.watchdog import Limit, Watchdog

MEMORY_MIB = 256

# Console input is null: UML uses epoll, which does not accept a file, and there is no input. For
# the same reason the output must be a pipe.
CONSOLE = ("con=null", "con0=null,fd:1", "printk.time=1")

# Waits end at once and computing takes no virtual time, so times are exact.
VIRTUAL_TIME = "time-travel=inf-cpu"
# System calls are cheaper for the host with seccomp than with ptrace, the fallback.
QUICK_SYSTEM_CALLS = "seccomp=auto"
# A monitor is connected from the start; a module too reads this from the command line.
MONITOR = "rvkms.connected=1"

# Messages of a kernel with a fault. DRM prints "Please fix" for faults of a driver. A module
# ignores unknown options: a run that requests delays would have none.
COMPLAINT = re.compile(
    r"WARNING: |BUG: |UBSAN: |Oops: |Kernel panic|ODEBUG: "
    r"|INFO: (task .* blocked|trying to register|\S+ (self-)?detected (expedited )?stall)"
    r"|cut here|list_(add|del) corruption|refcount_t: |\*ERROR\*|Please fix|possible .* deadlock"
    r"|unreferenced object|[Ll]eaked|stack-protector|segfault|unknown parameter '\w+' ignored")
KERNEL_LINE = re.compile(r"^\[ *\d+\.\d+\] ")
CONTEXT_LINES = 40


@dataclasses.dataclass(frozen=True)
class Outcome:
    """The result of a run."""

    lines: list[str]  # the console's lines, of the kernel and of user space
    seconds: float  # wall-clock time of the host
    status: int  # the kernel's exit status; negative: the signal that ended it
    timed_out: bool  # whether the host's limit was reached

    def complaints(self) -> list[str]:
        """Return the first complaint of the kernel and the lines after it, or nothing."""
        for number, line in enumerate(self.lines):
            if KERNEL_LINE.match(line) and COMPLAINT.search(line):
                return self.lines[number:number + CONTEXT_LINES]
        return []


def run(linux: Path, init: Path, log: Path, *, variables: Mapping[str, str],
        arguments: Iterable[str] = (), init_arguments: Iterable[str] = (), root: Path = Path("/"),
        memory_mib: int = MEMORY_MIB, time_limit: float | Limit,
        environment: Mapping[str, str] | None = None,
        on_start: Callable[[int], None] = lambda pid: None,
        on_line: Callable[[str], object] = lambda line: None) -> Outcome:
    """Boot @linux with @init as its first program and @variables in the environment of @init.

    @environment is the environment of the kernel process itself.

    @on_start is called with the id of the kernel's process. Each line of the console is written to
    @log and passed to @on_line immediately. @time_limit is in seconds of the host: it also ends a
    kernel that hangs or runs in virtual time. It restarts with each line for which @on_line
    returns true.
    """
    own_files = log.with_suffix(".uml")
    shutil.rmtree(own_files, ignore_errors=True)
    own_files.mkdir(parents=True)
    argv = [str(linux), f"mem={memory_mib}M", f"uml_dir={own_files}/", *CONSOLE, "root=/dev/root",
            "rootfstype=hostfs", f"rootflags={root}", "ro", *arguments,
            *(_quoted(name, value) for name, value in variables.items()),
            _quoted("init", str(init)), *_after_dashes(init_arguments)]
    start = time.monotonic()
    child = process.spawn(argv, death_signal=signal.SIGKILL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="backslashreplace",
                          env=os.environ | {"TMPDIR": memory_directory(own_files, memory_mib)}
                          | (environment or {}))
    limit = time_limit if isinstance(time_limit, Limit) else Limit(time_limit)
    watchdog = Watchdog(child.pid, limit, lambda: process.end(child, grace=0))
    try:
        on_start(child.pid)
        lines = listen(child, log, on_line, watchdog)
        status = process.finish(child)
    finally:
        watchdog.stop()
        process.end(child, grace=0)
        shutil.rmtree(own_files, ignore_errors=True)
    return Outcome(lines, time.monotonic() - start, status, watchdog.expired)


def memory_directory(otherwise: Path, needed_mib: int) -> str:
    """Return a directory for the kernel's memory, with room and without noexec.

    The memory is an unlinked file. In a container, /dev/shm may be small or noexec. A directory on
    disk is slower, and always available.
    """
    for directory in ("/dev/shm", "/tmp"):
        try:
            state = os.statvfs(directory)
        except OSError:
            continue
        free_mib = state.f_bavail * state.f_frsize >> 20
        if (free_mib >= needed_mib and not state.f_flag & os.ST_NOEXEC
                and os.access(directory, os.W_OK)):
            return directory
    return str(otherwise)


def listen(child: subprocess.Popen, log: Path, on_line: Callable[[str], object],
           watchdog: Watchdog) -> list[str]:
    """Read the console of a kernel to its end; return its lines."""
    lines: list[str] = []
    with open(log, "w", encoding="utf-8") as out:
        for line in child.stdout:
            line = line.rstrip("\r\n")
            out.write(line + "\n")
            out.flush()
            lines.append(line)
            if on_line(line):
                watchdog.feed()
    return lines


def _after_dashes(arguments: Iterable[str]) -> list[str]:
    """Return the arguments that the kernel passes to init."""
    words = [f'"{word}"' if " " in word else word for word in arguments]
    return ["--", *words] if words else []


def _quoted(name: str, value: str) -> str:
    """Return an argument for the kernel's command line, with quotes if it contains spaces."""
    return f'{name}="{value}"' if " " in value else f"{name}={value}"
