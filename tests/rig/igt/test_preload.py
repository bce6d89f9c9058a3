# SPDX-License-Identifier: GPL-2.0
"""Test that tests/igt/preload.c changes nothing on this machine except its own fixes."""

import subprocess
import sys
import unittest

from rig.base import console
from rig.igt import expectations, jobs
from tests.rig import support

# Programs that print their findings: about writable memory, a pipe, and the clock.
MEMORY = """
import mmap
memory = mmap.mmap(-1, 1 << 20, mmap.MAP_SHARED, mmap.PROT_WRITE)
print(*{line.split()[1] for line in open("/proc/self/maps") if "/dev/zero" in line})
"""
IOCTL = """
import fcntl, os, struct, termios
inlet, outlet = os.pipe()
os.write(outlet, b"x" * 41)
print({struct.unpack("i", fcntl.ioctl(inlet, termios.FIONREAD, b"1234"))[0] for _ in range(300)})
try:
    fcntl.ioctl(inlet, termios.TIOCGWINSZ, b"12345678")
except OSError as error:
    print(error.errno)
"""
CLOCK = """
import os, time
times = [time.monotonic() for _ in range(1000)]
print(times == sorted(times), len(set(times)) > 1)
try:
    time.clock_gettime(77)
except OSError as error:
    print(error.errno)
os.sched_yield()
"""


class PreloadTest(unittest.TestCase):
    """Test the library, preloaded into this machine's Python."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.library = jobs.make_preload(support.WORK / "preload") / f"{jobs.PRELOAD}.so"

    def say(self, program: str, **more: str) -> list[str]:
        """Return the output of a program that runs with the library."""
        ran = support.run([sys.executable, "-c", program],
                          env=support.environment(LD_PRELOAD=self.library, **more))
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        return ran.stdout.splitlines()

    def test_memory_can_be_read(self) -> None:
        """Make writable memory readable, too, which UML requires."""
        bare = subprocess.run([sys.executable, "-c", MEMORY], stdout=subprocess.PIPE, text=True,
                              check=True)
        self.assertEqual(bare.stdout.split(), ["-w-s"])
        self.assertEqual(self.say(MEMORY), ["rw-s"])

    def test_calls_do_what_they_did(self) -> None:
        """Keep the results and errors of calls, with and without the cost of virtual time."""
        for more in ({}, {"RIG_VIRTUAL_TIME": "1"}):
            self.assertEqual(self.say(IOCTL, **more), ["{41}", "25"])
            self.assertEqual(self.say(CLOCK, **more), ["True True", "22"])

    def test_broken_source(self) -> None:
        """Report the compiler's errors for a broken source."""
        directory = support.scratch(self)
        (directory / "preload.c").write_text("int broken(\n", encoding="utf-8")
        before, expectations.DIRECTORY = expectations.DIRECTORY, directory
        try:
            with self.assertRaisesRegex(console.RigError, "does not compile") as caught:
                jobs.make_preload(directory)
        finally:
            expectations.DIRECTORY = before
        self.assertIn("error:", caught.exception.details)
