# SPDX-License-Identifier: GPL-2.0
"""Print notes, progress and one-line reasons; define the exit statuses."""

from __future__ import annotations

import errno
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rig.base import process

PASSED = 0
FAILED = 1
COULD_NOT_RUN = 2
INTERRUPTED = 128 + signal.SIGINT

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# A step that is shorter than this prints no progress.
QUIET_SECONDS = 2.0
# The interval of progress lines if the output is not a terminal.
LINE_SECONDS = 10.0
TTY_SECONDS = 0.2


class RigError(Exception):
    """An error that prevents a run, as a one-line reason; the exit status is 2.

    @details are printed before the reason: a compiler's diagnostics, or the end of a log.
    """

    def __init__(self, reason: str, details: str = "") -> None:
        super().__init__(reason)
        self.details = details


def note(text: str) -> None:
    """Print a line and flush it."""
    print(text, flush=True)


def seconds(value: float) -> str:
    """Format a duration."""
    return f"{value:.1f} s" if value < 60 else f"{int(value) // 60} min {int(value) % 60} s"


def closing_line(target: str, passed: int, failed: int, skipped: int) -> str:
    """Return the line that ends the output of every target."""
    return f"{target}: {passed} passed, {failed} failed, {skipped} skipped"


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log, and its path."""
    text = log.read_text(encoding="utf-8", errors="backslashreplace").splitlines()
    return "\n".join([*text[-lines:], f"(full log: {log})"])


class Progress:
    """Progress of a long step: an updated line on a terminal, otherwise a line per interval."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._start = time.monotonic()
        self._tty = sys.stdout.isatty()
        self._next = self._start + QUIET_SECONDS
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, exception: type | None, *unused: object) -> None:
        if self._shown and self._tty:
            sys.stdout.write("\r\033[K")
        if self._shown and exception is None:
            note(f"{self._label}: done in {seconds(self.elapsed())}")
        sys.stdout.flush()

    def elapsed(self) -> float:
        """Return the seconds since the step began."""
        return time.monotonic() - self._start

    def update(self, text: str) -> None:
        """Print @text unless the last update is too recent."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (TTY_SECONDS if self._tty else LINE_SECONDS)
        self._shown = True
        line = f"{self._label}: {text}, {seconds(self.elapsed())}"
        if self._tty:
            sys.stdout.write(f"\r\033[K{line}")
            sys.stdout.flush()
        else:
            note(line)


def _raise_interrupt(_number: int, _frame: object) -> None:
    # Ignore further signals, from make or a time limit: they must not interrupt the clean-up.
    for number in ENDING_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def main(target: str, function: Callable[[], int]) -> int:
    """Run a tool; return its exit status.

    No child process is left in any case. A tool that could not run prints a closing line with one
    failure, so that a sum of closing lines does not count it as a success.
    """
    for number in ENDING_SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _raise_interrupt)
    try:
        return function()
    except KeyboardInterrupt:
        print(f"{target}: interrupted", file=sys.stderr)
        return INTERRUPTED
    except RigError as error:
        return _could_not_run(target, str(error), error.details)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return _could_not_run(target, f"no space left on the disk: {error}", "")
    finally:
        process.end_all()


def _could_not_run(target: str, reason: str, details: str) -> int:
    process.end_all()
    if details:
        print(details.rstrip("\n"), file=sys.stderr)
    print(f"{target}: could not run: {reason}", file=sys.stderr, flush=True)
    note(closing_line(target, 0, 1, 0))
    return COULD_NOT_RUN
