# SPDX-License-Identifier: GPL-2.0
"""Test tests/client/timeline.c: the framebuffer of each frame, and frames without a CRC."""

import ctypes
import unittest

from rig.base import paths, process
from rig.kernel import build
from tests.rig import support

SOURCE = paths.ROOT / "tests/client/timeline.c"
CHANGES = 256


class TimelineTest(unittest.TestCase):
    """Test the file as a library."""

    @classmethod
    def setUpClass(cls) -> None:
        library = support.class_scratch(cls) / "timeline.so"
        ran = process.run(["gcc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", str(library),
                           str(SOURCE)], env=build.environment())
        assert ran.returncode == 0
        cls.library = ctypes.CDLL(str(library))

    def setUp(self) -> None:
        # The size is larger than the struct.
        self.timeline = ctypes.create_string_buffer(CHANGES * 16 + 64)
        self.library.timeline_begin(self.timeline)

    def note(self, frame: int, picture: int) -> None:
        """Note a change."""
        self.library.timeline_note(self.timeline, ctypes.c_uint32(frame), picture)

    def find(self, frame: int) -> int:
        """Return the framebuffer of a frame."""
        return self.library.timeline_find(self.timeline, ctypes.c_uint32(frame))

    def missing(self) -> int:
        """Count the changes without a CRC."""
        return self.library.timeline_missing(self.timeline)

    def test_empty(self) -> None:
        """Return no framebuffer and no missing CRC for an empty timeline."""
        self.assertEqual((self.find(7), self.missing()), (-1, 0))

    def test_find(self) -> None:
        """Return a framebuffer from its first frame until the first frame of the next one."""
        self.note(10, 2)
        self.note(13, 3)
        self.assertEqual([self.find(frame) for frame in (9, 10, 12, 13, 99)], [-1, 2, 2, 3, 3])

    def test_missing(self) -> None:
        """Count a change until its first frame has a CRC."""
        self.note(10, 0)
        self.note(13, 1)
        self.assertEqual(self.missing(), 2)
        self.find(11)
        self.find(14)
        self.assertEqual(self.missing(), 2)
        self.find(13)
        self.find(10)
        self.assertEqual(self.missing(), 0)

    def test_numbers_that_wrap(self) -> None:
        """Continue if the 32 bits of a vblank's number wrap."""
        self.note(2**32 - 2, 1)
        self.note(1, 2)
        self.assertEqual([self.find(frame) for frame in (2**32 - 1, 0, 1, 2)], [1, 1, 2, 2])

    def test_ring(self) -> None:
        """Count a change that leaves the ring, and forget its framebuffer."""
        for number in range(CHANGES + 3):
            self.note(10 + number, number % 4)
            if number != 1:
                self.find(10 + number)
        self.assertEqual((self.find(12), self.find(13)), (-1, 3))
        self.assertEqual(self.missing(), 1)
