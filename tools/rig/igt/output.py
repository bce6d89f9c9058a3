# SPDX-License-Identifier: GPL-2.0
"""Read the verdicts of an IGT test from the console of its kernel.

IGT reports its progress twice: on its standard output and, through /dev/kmsg, in the kernel's log.
Both are printed on the console, in order. A kernel warning fails the running subtest; between
subtests, the previous one; during boot, the first.
"""

from __future__ import annotations

import dataclasses
import enum
import re
from collections.abc import Iterable

from rig.kernel import uml

# Output of tests/igt/init, and of IGT on standard output and in the kernel's log.
EXIT = re.compile(r"^rig: exit (\d+)$")
READY = "rig: ready"
BEGIN = re.compile(r"\[IGT\] \S+: starting subtest (\S+)$|^Starting subtest: (\S+)$")
DYNAMIC = re.compile(r"^Starting dynamic subtest: ")
END = re.compile(r"^Subtest (\S+): ([A-Z]+) \(([\d.]+)s\)")
LOGGED_END = re.compile(r"\[IGT\] \S+: finished subtest (\S+), ([A-Z]+)$")
PLAIN_END = re.compile(r"^(SUCCESS|SKIP|FAIL) \(([\d.]+)s\)")
ESCAPES = re.compile(r"\x1b\[[\d;]*m")

REQUIREMENT = re.compile(r"^Test requirement not met in function")
EXPRESSION = re.compile(r"^Test requirement: (.*)$")
FAILURE = re.compile(r"Failed assertion: |Test assertion failure|Last errno: |Test abort|"
                     r"Received signal|error: |CRITICAL: ")
# Lines of IGT that look like kernel messages, and DRM's message for a client that requests CRCs and
# does not read them, as some tests do.
NOT_A_COMPLAINT = re.compile(r"\[IGT\] |^\[ *\d+\.\d+\] \(\S+:\d+\) |Overflow of CRC buffer")

# Exit statuses of a test: see IGT's lib/igt_core.h.
EXIT_PASS, EXIT_SKIP, EXIT_INVALID = 0, 77, 79

COMPLAINT_LINES = 25
MAX_COMPLAINT_LINES = 60
REASON_LINES = 6


class Status(enum.Enum):
    """The result of a subtest."""

    PASS = "pass"
    FAIL = "fail"
    SKIP = "skip"
    CRASH = "crash"  # the test or the kernel
    HANG = "hang"  # killed at the host's limit
    MISSING = "missing"  # the run ended before it


FROM_WORD = {"SUCCESS": Status.PASS, "SKIP": Status.SKIP, "FAIL": Status.FAIL,
             "CRASH": Status.CRASH, "TIMEOUT": Status.HANG}
FROM_EXIT = {EXIT_PASS: Status.PASS, EXIT_SKIP: Status.SKIP}


@dataclasses.dataclass
class Verdict:
    """The result of a subtest with its reason and its part of the log."""

    status: Status = Status.MISSING
    reason: list[str] = dataclasses.field(default_factory=list)
    seconds: float = 0.0  # measured by the test, possibly in virtual time
    log: list[str] = dataclasses.field(default_factory=list)
    complaints: list[str] = dataclasses.field(default_factory=list)

    def is_final(self) -> bool:
        """Return whether another run would give no new result."""
        return bool(self.complaints) or self.status not in (Status.HANG, Status.MISSING)


def read(subtests: Iterable[str], outcome: uml.Outcome) -> dict[str, Verdict]:
    """Return the verdicts of a run; the key "" stands for a test without subtests."""
    reader = _Reader(subtests)
    for line in outcome.lines:
        reader.hear(ESCAPES.sub("", line))
    reader.close(outcome)
    return reader.verdicts


def is_progress(line: str) -> bool:
    """Return whether a line shows progress of a test."""
    line = ESCAPES.sub("", line)
    return bool(line == READY or BEGIN.search(line) or DYNAMIC.search(line) or END.match(line)
                or EXIT.match(line))


class _Reader:
    """Parses a console, line by line."""

    def __init__(self, subtests: Iterable[str]) -> None:
        self.verdicts = {name: Verdict() for name in subtests}
        self._current = "" if "" in self.verdicts else None
        self._last: str | None = None
        self._exit: int | None = None
        self._outside: list[str] = []  # lines since the last subtest, or before the first
        self._early: list[str] = []  # complaints before the first
        self._quote = 0  # how many more lines belong to a complaint

    def hear(self, line: str) -> None:
        """Parse a line."""
        if match := BEGIN.search(line):
            self._begin(match.group(1) or match.group(2))
        self._keep(line)
        self._listen_for_complaint(line)
        if match := END.match(line):
            self._end(match.group(1), match.group(2), float(match.group(3)))
        elif match := LOGGED_END.search(line):
            self._end(match.group(1), match.group(2))
        elif (match := PLAIN_END.match(line)) and "" in self.verdicts:
            self._end("", match.group(1), float(match.group(2)))
        elif match := EXIT.match(line):
            self._exit = int(match.group(1))
            self._test_ended()

    def close(self, outcome: uml.Outcome) -> None:
        """End the verdicts after the last line."""
        if self._early:
            self._blame(next(iter(self.verdicts.values())), self._early)
        current = self._running()
        if current is None:
            return
        if outcome.timed_out:
            current.status = Status.HANG
            current.reason = ["it was still running when the host's limit was reached"]
        else:
            current.status = Status.CRASH
            current.reason = [f"the kernel ended, with status {outcome.status}"]

    def _running(self) -> Verdict | None:
        return None if self._current is None else self.verdicts[self._current]

    def _begin(self, name: str) -> None:
        if name == self._current or name not in self.verdicts:
            return
        self._current = name
        self._outside = []
        self._quote = 0
        if self._early:
            self._blame(self.verdicts[name], self._early)
            self._early = []

    def _keep(self, line: str) -> None:
        running = self._running()
        (self._outside if running is None else running.log).append(line)

    def _listen_for_complaint(self, line: str) -> None:
        if NOT_A_COMPLAINT.search(line):
            return
        if uml.KERNEL_LINE.match(line) and uml.COMPLAINT.search(line):
            self._quote = self._quote or COMPLAINT_LINES
        if not self._quote:
            return
        self._quote -= 1
        name = self._current if self._current is not None else self._last
        if name is None:
            self._early.append(line)
        else:
            self._blame(self.verdicts[name], [line])

    @staticmethod
    def _blame(verdict: Verdict, lines: list[str]) -> None:
        verdict.complaints += lines[:max(0, MAX_COMPLAINT_LINES - len(verdict.complaints))]

    def _end(self, name: str, word: str, seconds: float = 0.0) -> None:
        verdict = self.verdicts.get(name)
        if verdict is None:
            return
        if name != self._current:
            # A subtest that its group skipped has no lines of its own: the lines before it hold the
            # reason. Or a child of the test reported the result before the test did.
            verdict.log += self._outside
        verdict.status = FROM_WORD.get(word, Status.FAIL)
        verdict.reason = _reason(verdict.status, verdict.log)
        verdict.seconds = max(verdict.seconds, seconds)
        if name == self._current:
            self._current, self._last = None, name
            self._outside = []

    def _test_ended(self) -> None:
        """Set the verdicts of subtests without a result after the test's process has ended."""
        name = self._current
        self._current = None
        if name is not None:
            self._last = name
            verdict = self.verdicts[name]
            if verdict.status is Status.MISSING:
                verdict.status = (FROM_EXIT.get(self._exit, Status.FAIL) if name == ""
                                  else Status.CRASH)
                verdict.reason = [f"the test ended with status {self._exit}",
                                  *_reason(verdict.status, verdict.log)]
        missing = [verdict for verdict in self.verdicts.values()
                   if verdict.status is Status.MISSING]
        if name is None and missing:
            # The test ended between subtests.
            for verdict in missing:
                verdict.status = Status.FAIL
                verdict.reason = [f"the test ended with status {self._exit} without it",
                                  *self._outside[-REASON_LINES:]]
                verdict.log = list(self._outside)


def _reason(status: Status, lines: list[str]) -> list[str]:
    """Return the lines with the reason."""
    if status is Status.SKIP:
        return _skip_reason(lines)
    if status is Status.PASS:
        return []
    told = [line for line in lines if FAILURE.search(line)]
    return list(dict.fromkeys(told))[:REASON_LINES]


def _skip_reason(lines: list[str]) -> list[str]:
    """Return the message of the last unmet requirement, or else its expression."""
    for number in range(len(lines) - 1, -1, -1):
        if not REQUIREMENT.match(lines[number]):
            continue
        following = [line for line in lines[number + 1:number + 4]
                     if line and not uml.KERNEL_LINE.match(line)]
        match = EXPRESSION.match(following[0]) if following else None
        if not match:
            return following[:1]
        text = [line for line in following[1:2]
                if not re.match(r"(Last errno|Subtest|Dynamic subtest|Stack trace)", line)]
        return text or [match.group(1)]
    said = [line for line in lines if line and not uml.KERNEL_LINE.match(line)
            and not re.match(r"(Starting |Subtest |Dynamic )", line)]
    return said[-1:]
