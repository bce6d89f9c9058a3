# SPDX-License-Identifier: GPL-2.0
"""Run `make rig-test`: the unittest cases of tests/rig, with the rig's own reports."""

from __future__ import annotations

import argparse
import sys
import time
import unittest

from rig.base import checks, console, paths, report


class _Results(unittest.TestResult):
    """Prints and keeps each result."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[checks.Result] = []
        self._start = 0.0

    def startTest(self, test: unittest.TestCase) -> None:  # noqa: N802
        super().startTest(test)
        self._start = time.monotonic()

    def addSuccess(self, test: unittest.TestCase) -> None:  # noqa: N802
        super().addSuccess(test)
        self._keep(test, [])

    def addFailure(self, test: unittest.TestCase, err) -> None:  # noqa: N802
        super().addFailure(test, err)
        self._keep(test, self.failures[-1][1].splitlines())

    def addError(self, test: unittest.TestCase, err) -> None:  # noqa: N802
        super().addError(test, err)
        self._keep(test, self.errors[-1][1].splitlines())

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase,  # noqa: N802
                   err) -> None:
        # unittest reports neither success nor failure for a test with a failed subtest.
        super().addSubTest(test, subtest, err)
        if err is not None:
            kind = self.failures if issubclass(err[0], test.failureException) else self.errors
            self._keep(subtest, kind[-1][1].splitlines())

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:  # noqa: N802
        super().addSkip(test, reason)
        self._keep(test, [], reason)

    def _keep(self, test: unittest.TestCase, findings: list[str], reason: str = "") -> None:
        name = test.id().removeprefix("tests.rig.")
        result = checks.Result(name, findings, time.monotonic() - self._start, reason)
        self.kept.append(result)
        checks.show(len(self.kept), result)


def run(names: list[str]) -> int:
    """Run the tests with names that contain one of @names, or all; return the exit status."""
    sys.path.insert(0, str(paths.ROOT))
    loader = unittest.TestLoader()
    suite = loader.discover(str(paths.ROOT / "tests/rig"), top_level_dir=str(paths.ROOT))
    chosen = [test for test in _flat(suite)
              if not names or any(name in test.id() for name in names)]
    if not chosen:
        raise console.RigError("no test has such a name: " + " ".join(names))
    files = report.Report("rig-test")
    results = _Results()
    unittest.TestSuite(chosen).run(results)
    return checks.finish(files, results.kept)


def _flat(suite: unittest.TestSuite) -> list[unittest.TestCase]:
    found = []
    for test in suite:
        found += _flat(test) if isinstance(test, unittest.TestSuite) else [test]
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("names", nargs="*", metavar="TEST",
                        help="only tests with one of these in their name")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run(options.names)
