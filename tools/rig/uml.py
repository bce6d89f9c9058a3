# SPDX-License-Identifier: GPL-2.0
"""Boot a UML kernel on this machine's own root, or on a directory, and listen to its console.

The root is read-only: no image to make, every program of the host at hand. Nothing
of a run survives it: the kernel and the host processes its user space is made of are one process
group, which is ended at the latest when this program is.
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

from rig import process
from rig.watchdog import Limit, Watchdog

MEMORY_MIB = 256

# Console input is null: epoll, which UML is built on, does not take a file, and nobody types.
# Output must be a pipe for the same reason.
CONSOLE = ("con=null", "con0=null,fd:1", "printk.time=1")

# Every wait is over at once and computing takes no time, so that times are exact.
VIRTUAL_TIME = "time-travel=inf-cpu"
# A system call costs the host less so than by ptrace, which it is where the host forbids it.
QUICK_SYSTEM_CALLS = "seccomp=auto"
# There is a monitor from the beginning; a module reads it from the command line too.
MONITOR = "rvkms.connected=1"

# What a kernel says when something is wrong with it. DRM says "Please fix" to a driver. A
# module ignores an option that it does not know: a run that asks for delays would have none.
COMPLAINT = re.compile(
    r"WARNING: |BUG: |UBSAN: |Oops: |Kernel panic|ODEBUG: "
    r"|INFO: (task .* blocked|trying to register|\S+ (self-)?detected (expedited )?stall)"
    r"|cut here|list_(add|del) corruption|refcount_t: |\*ERROR\*|Please fix|possible .* deadlock"
    r"|unreferenced object|[Ll]eaked|stack-protector|segfault|unknown parameter '\w+' ignored")
KERNEL_LINE = re.compile(r"^\[ *\d+\.\d+\] ")
CONTEXT_LINES = 40


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    lines: list[str]  # all of the console's, the kernel's and those of user space
    seconds: float  # of the host
    status: int  # the kernel's exit status; negative: the signal that ended it
    timed_out: bool  # it ran into the host's limit

    def complaints(self) -> list[str]:
        """The first complaint of the kernel and what follows, or nothing."""
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
    """Boot @linux, with @init as its first program and @variables in the environment of that.

    @environment is for the kernel itself, which is a program too.
    @on_start is told the kernel's process. Each line of the console goes to @log and to @on_line
    as it comes. @time_limit is in seconds of the host: a kernel that hangs, or whose time is
    virtual, knows no other. It begins anew with each line that @on_line returns true for.
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
        lines = _listen(child, log, on_line, watchdog)
        status = process.finish(child)
    finally:
        watchdog.stop()
        process.end(child, grace=0)
        shutil.rmtree(own_files, ignore_errors=True)
    return Outcome(lines, time.monotonic() - start, status, watchdog.expired)


def memory_directory(otherwise: Path, needed_mib: int) -> str:
    """Where a kernel's memory, an unlinked file, has room and may be executed from.

    In a container /dev/shm may be small or noexec. A disk is slower, and always there.
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


def _listen(child: subprocess.Popen, log: Path, on_line: Callable[[str], object],
            watchdog: Watchdog) -> list[str]:
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
    """What the kernel hands to init."""
    words = [f'"{word}"' if " " in word else word for word in arguments]
    return ["--", *words] if words else []


def _quoted(name: str, value: str) -> str:
    """An argument as the kernel's parser takes it: quotes around what has a space in it."""
    return f'{name}="{value}"' if " " in value else f"{name}={value}"
