# SPDX-License-Identifier: GPL-2.0
"""Run child processes that end no later than the tool that started them.

Each child leads its own process group, so that it can be killed with its descendants. If the tool
itself is killed, the kernel sends the child a signal.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1

# make deletes half-written targets before it exits.
GRACE_SECONDS = 5.0

_libc = ctypes.CDLL(None, use_errno=True)
_running: dict[int, subprocess.Popen] = {}


def spawn(argv: Sequence[str], death_signal: int = signal.SIGTERM, **options) -> subprocess.Popen:
    """Start a child in its own process group; options are Popen's."""
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
    """Wait for a child and forget it; raise subprocess.TimeoutExpired after @timeout seconds."""
    status = child.wait(timeout)
    # Kill the rest of its group: no process waits for it any more.
    _signal_group(child, signal.SIGKILL)
    _running.pop(child.pid, None)
    return status


def end(child: subprocess.Popen, grace: float = GRACE_SECONDS) -> None:
    """Terminate a child and its group; kill them after @grace seconds."""
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
    """End all running children."""
    for child in list(_running.values()):
        end(child)


def _signal_group(child: subprocess.Popen, number: int) -> None:
    try:
        os.killpg(child.pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def run(argv: Sequence[str], **options) -> subprocess.CompletedProcess:
    """Run a child as subprocess.run() does, with text by default."""
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
    """Wait up to @step seconds for a child; return its status, or None if it still runs."""
    try:
        return child.wait(step)
    except subprocess.TimeoutExpired:
        return None
