# SPDX-License-Identifier: GPL-2.0
"""Test how the runner of these tests collects their results."""

import contextlib
import io
import unittest

from rig.suites import rig_test


class Toy(unittest.TestCase):
    """Provide tests with each outcome, which only ResultsTest runs."""

    def parts(self) -> None:
        """Fail in two of three parts, by an assertion and by an exception."""
        for part in range(3):
            with self.subTest(part):
                self.assertNotEqual(part, 1)
                if part == 2:
                    raise KeyError(part)

    def whole(self) -> None:
        """Pass in every part."""
        for part in range(3):
            with self.subTest(part):
                self.assertLess(part, 3)


class ResultsTest(unittest.TestCase):
    """Test that each outcome becomes a result."""

    def kept(self, name: str) -> list[tuple[str, str]]:
        """Run one of Toy's tests; return the names and last lines of its findings."""
        results = rig_test._Results()
        with contextlib.redirect_stdout(io.StringIO()):
            Toy(name).run(results)
        return [(result.name.rpartition("Toy.")[2], (result.findings or [""])[-1])
                for result in results.kept]

    def test_failing_parts(self) -> None:
        """Report a test that fails in its parts only."""
        self.assertEqual(self.kept("parts"), [
            ("parts [1]", "AssertionError: 1 == 1"), ("parts [2]", "KeyError: 2")])

    def test_passing_parts(self) -> None:
        """Report a test that passes in all parts once."""
        self.assertEqual(self.kept("whole"), [("whole", "")])


if __name__ == "__main__":
    unittest.main()
