# SPDX-License-Identifier: GPL-2.0
"""Read TIME=, SLOW= and LOAD=: the clock of a kernel, and the delays of its frames."""

from __future__ import annotations

import argparse
import dataclasses
import re

from rig.base import console
from rig.base.drivers import OURS
from rig.kernel import uml

REAL, VIRTUAL = "real", "virtual"

# Only our driver has this option: see CONFIG_DRM_RVKMS_DELAYS.
SLOW_OPTION = "delay_frame_ns"

DURATION = re.compile(r"^([1-9]\d*)(ns|us|ms|s)$")
NS = {"ns": 1, "us": 10**3, "ms": 10**6, "s": 10**9}
# A frame that takes longer than this is of no use to any test.
MAX_SLOW_NS = NS["s"]
MAX_LOAD = 64


@dataclasses.dataclass(frozen=True)
class Pace:
    """Hold the clock of a run, and the delays of its frames."""

    real: bool = False  # otherwise UML's time travel: no time passes while something computes
    slow: str = ""  # how much longer each composition of a frame takes, as the user said it
    load: int = 0  # busy loops beside the test, in the kernel of the test

    def slow_ns(self) -> int:
        """Return the delay of a composition in nanoseconds, or 0."""
        return parse_duration(self.slow) if self.slow else 0

    def module_options(self, options: str) -> str:
        """Add the options that delay frames to the module's options."""
        if not self.slow:
            return options
        return f"{options} {SLOW_OPTION}={self.slow_ns()}".strip()

    def arguments(self) -> list[str]:
        """Return the arguments that set the kernel's clock."""
        return [] if self.real else [uml.VIRTUAL_TIME]

    def label(self) -> str:
        """Return a suffix for names of files and reports; "" for virtual time without delays."""
        words = [REAL if self.real else "", f"slow-{self.slow}" if self.slow else "",
                 f"load-{self.load}" if self.load else ""]
        return "-".join(word for word in words if word)

    def describe(self) -> str:
        """Describe the pace in words."""
        words = [f"{REAL if self.real else VIRTUAL} time"]
        if self.slow:
            words.append(f"each frame takes {self.slow} more")
        if self.load:
            words.append(f"{self.load} busy loops")
        return ", ".join(words)

    def as_json(self) -> dict[str, object]:
        """Return the pace for result.json."""
        return {"time": REAL if self.real else VIRTUAL, "slow_ns": self.slow_ns(),
                "load": self.load}


def add_options(parser: argparse.ArgumentParser, default_time: str = VIRTUAL) -> None:
    """Give a tool the options --time, --slow and --load; an empty one is as none."""
    parser.add_argument("--time", default="", metavar=f"{REAL}|{VIRTUAL}",
                        help=f"how time passes; {default_time} unless told")
    parser.add_argument("--slow", default="", metavar="DURATION",
                        help="how much longer each composition of a frame takes, e.g. 20ms")
    parser.add_argument("--load", default="", metavar="N", help="busy loops beside the tests")
    parser.set_defaults(default_time=default_time)


def of(options: argparse.Namespace) -> Pace:
    """Make a pace of the options of a tool that also has --driver."""
    return parse(options.time, options.slow, options.load, options.driver, options.default_time)


def parse(time: str, slow: str, load: str, driver: str, default_time: str = VIRTUAL) -> Pace:
    """Make a pace of a user's words; raise RigError where it cannot be had."""
    time = time or default_time
    if time not in (REAL, VIRTUAL):
        raise console.RigError(f"TIME={time} is neither {REAL} nor {VIRTUAL}")
    if slow:
        if driver != OURS:
            raise console.RigError(f"SLOW={slow}: only {OURS} can be slowed down,"
                                   f" not {driver}")
        parse_duration(slow)
    loops = parse_load(load)
    if loops and time != REAL:
        raise console.RigError(f"LOAD={load} needs TIME={REAL}: in virtual time a busy loop takes"
                               " no time, and none passes for the test")
    return Pace(time == REAL, slow, loops)


def parse_duration(text: str) -> int:
    """Return the nanoseconds of 500us, 20ms or 1s."""
    match = DURATION.match(text)
    if not match:
        raise console.RigError(f"SLOW={text} is no duration; 500us and 20ms are")
    ns = int(match.group(1)) * NS[match.group(2)]
    if ns > MAX_SLOW_NS:
        raise console.RigError(f"SLOW={text} is longer than a second")
    return ns


def parse_load(text: str) -> int:
    """Return a number of busy loops."""
    if not text:
        return 0
    if not text.isdecimal() or int(text) > MAX_LOAD:
        raise console.RigError(f"LOAD={text} is no number of busy loops from 0 to {MAX_LOAD}")
    return int(text)
