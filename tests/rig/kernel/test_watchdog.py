# SPDX-License-Identifier: GPL-2.0
"""Test when a kernel without progress is stopped."""

import math
import os
import subprocess
import threading
import time
import unittest

from rig.kernel.watchdog import Limit, Watchdog, group_cpu_seconds
from tests.rig import support


class WatchdogTest(unittest.TestCase):
    """Test the watchdog with shells that compute or wait."""

    def start(self, command: str) -> subprocess.Popen:
        """Start a shell in a process group of its own."""
        child = subprocess.Popen(["sh", "-c", command], process_group=0, stdout=subprocess.PIPE)
        self.addCleanup(child.stdout.close)
        self.addCleanup(child.wait)
        self.addCleanup(os.killpg, child.pid, 9)
        return child

    def watch(self, command: str, limit: Limit) -> tuple[Watchdog, threading.Event]:
        """Start a shell, and watch it."""
        barked = threading.Event()
        watchdog = Watchdog(self.start(command).pid, limit, barked.set)
        self.addCleanup(watchdog.stop)
        return watchdog, barked

    def test_computing(self) -> None:
        """Stop a process by its CPU time and that of its children, before the wall-clock limit."""
        for command in ("while :; do :; done", "sh -c 'while :; do :; done' & wait"):
            watchdog, barked = self.watch(command, Limit(wall=3600, cpu=0.2))
            self.assertTrue(barked.wait(support.PATIENCE))
            self.assertTrue(watchdog.expired)

    def test_waiting(self) -> None:
        """Stop a waiting process by wall-clock time."""
        _, barked = self.watch("sleep 1000", Limit(wall=0.2, cpu=1000))
        self.assertTrue(barked.wait(support.PATIENCE))

    def test_progress(self) -> None:
        """Start again after each sign of progress."""
        watchdog, barked = self.watch("sleep 1000", Limit(wall=1.5))
        end = time.monotonic() + 3
        while time.monotonic() < end:
            watchdog.feed()
            time.sleep(0.05)
        self.assertFalse(barked.is_set())
        self.assertTrue(barked.wait(support.PATIENCE))

    def test_stopped(self) -> None:
        """Do not stop a process after the watchdog was stopped."""
        watchdog, barked = self.watch("sleep 1000", Limit(wall=0.4, cpu=math.inf))
        watchdog.stop()
        self.assertFalse(barked.wait(1))
        self.assertFalse(watchdog.expired)

    def test_children_that_are_gone(self) -> None:
        """Count the CPU time of children after their parent has waited for them."""
        child = self.start("sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; echo;"
                           "sleep 1000")
        child.stdout.readline()
        self.assertGreater(group_cpu_seconds(child.pid), 0.02)
