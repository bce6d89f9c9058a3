# SPDX-License-Identifier: GPL-2.0
"""What the runner of these tests makes of their results."""

import contextlib
import io
import unittest

from rig import selftest


class Toy(unittest.TestCase):
    """Tests of each outcome; run by ResultsTest alone."""

    def parts(self) -> None:
        """Of three parts two fail, each in its own way."""
        for part in range(3):
            with self.subTest(part):
                self.assertNotEqual(part, 1)
                if part == 2:
                    raise KeyError(part)

    def whole(self) -> None:
        """Passes, part by part."""
        for part in range(3):
            with self.subTest(part):
                self.assertLess(part, 3)


class ResultsTest(unittest.TestCase):
    """Each outcome becomes a result."""

    def kept(self, name: str) -> list[tuple[str, str]]:
        """Of one of the toys: names, and the last line of what was found."""
        results = selftest._Results()
        with contextlib.redirect_stdout(io.StringIO()):
            Toy(name).run(results)
        return [(result.name.rpartition("Toy.")[2], (result.findings or [""])[-1])
                for result in results.kept]

    def test_failing_parts(self) -> None:
        """A test that failed in parts alone was no result at all, and the run was green."""
        self.assertEqual(self.kept("parts"), [
            ("parts [1]", "AssertionError: 1 == 1"), ("parts [2]", "KeyError: 2")])

    def test_passing_parts(self) -> None:
        """They are one result."""
        self.assertEqual(self.kept("whole"), [("whole", "")])


if __name__ == "__main__":
    unittest.main()
