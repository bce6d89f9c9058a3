# SPDX-License-Identifier: GPL-2.0
"""Child processes that never outlive the tool that started them.

Each child leads a process group of its own, so that it can be ended with all it started. Should
the tool itself be killed without a chance to do so, the kernel sends the child a signal.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1

# make needs a moment to delete the targets it has half written.
GRACE_SECONDS = 5.0

_libc = ctypes.CDLL(None, use_errno=True)
_running: dict[int, subprocess.Popen] = {}


def spawn(argv: Sequence[str], death_signal: int = signal.SIGTERM, **options) -> subprocess.Popen:
    """Start a child in a process group of its own; options are Popen's."""
    parent = os.getpid()

    def in_child() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:
            os._exit(1)

    options.setdefault("stdin", subprocess.DEVNULL)
    child = subprocess.Popen(argv, process_group=0, preexec_fn=in_child, **options)
    _running[child.pid] = child
    return child


def finish(child: subprocess.Popen, timeout: float | None = None) -> int:
    """Wait for a child and forget it; subprocess.TimeoutExpired if it takes longer."""
    status = child.wait(timeout)
    # What it left behind in its group has nobody to report to.
    _signal_group(child, signal.SIGKILL)
    _running.pop(child.pid, None)
    return status


def end(child: subprocess.Popen, grace: float = GRACE_SECONDS) -> None:
    """End a child and all its group: politely, then for certain."""
    if child.poll() is None and grace > 0:
        _signal_group(child, signal.SIGTERM)
        try:
            child.wait(grace)
        except subprocess.TimeoutExpired:
            pass
    _signal_group(child, signal.SIGKILL)
    child.wait()
    _running.pop(child.pid, None)


def end_all() -> None:
    """End every child that still runs."""
    for child in list(_running.values()):
        end(child)


def _signal_group(child: subprocess.Popen, number: int) -> None:
    try:
        os.killpg(child.pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def run(argv: Sequence[str], **options) -> subprocess.CompletedProcess:
    """subprocess.run() for children of this module: text in, text out."""
    options.setdefault("text", True)
    options.setdefault("errors", "backslashreplace")
    child = spawn(argv, **options)
    try:
        out, err = child.communicate()
    except BaseException:
        end(child)
        raise
    return subprocess.CompletedProcess(argv, finish(child), out, err)


def wait_step(child: subprocess.Popen, step: float = 0.2) -> int | None:
    """Wait a moment for a child; its status if it has ended."""
    try:
        return child.wait(step)
    except subprocess.TimeoutExpired:
        return None
