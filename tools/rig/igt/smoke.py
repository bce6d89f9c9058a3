# SPDX-License-Identifier: GPL-2.0
"""Run `make igt-smoke`: the subtests of tests/igt/smoke, and those of smoke-slow with slow frames.
"""

from __future__ import annotations

import argparse

from rig.igt import igt
from rig.igt.run import Order
from rig.kernel.pace import Pace

# Longer than a frame lasts in any mode that the tests use.
SLOW = Pace(slow="20ms")


def main(_options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return igt.run_orders(Order("igt-smoke", smoke=True),
                          Order("igt-smoke", smoke=True, pace=SLOW))
