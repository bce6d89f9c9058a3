# SPDX-License-Identifier: GPL-2.0
"""Checks that find faults, run one after the other and reported as tests."""

from __future__ import annotations

import dataclasses
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

from rig.base import console, report


@dataclasses.dataclass(frozen=True)
class Result:
    """The result of a check: it passes without findings, and is skipped if it has a reason to skip.
    """

    name: str
    findings: list[str]
    seconds: float
    skip_reason: str = ""


class Skip(Exception):
    """Raised by a check that does not apply here; the text is the reason."""


def run(target: str, checks: dict[str, Callable[[], list[str]]]) -> list[Result]:
    """Run every check and print its result; a check that cannot run fails."""
    console.note(f"{target}: {len(checks)} checks")
    results = []
    for number, (name, check) in enumerate(checks.items(), 1):
        result = one(name, check)
        results.append(result)
        show(number, result)
    return results


def show(number: int, result: Result) -> None:
    """Print a result and its findings."""
    console.note(f"{_line(number, result)}  ({console.seconds(result.seconds)})")
    for finding in result.findings:
        console.note("  " + finding.replace("\n", "\n  "))


def one(name: str, check: Callable[[], list[str]]) -> Result:
    """Run a check and return its result."""
    start = time.monotonic()
    skip_reason = ""
    try:
        findings = check()
    except Skip as skip:
        findings, skip_reason = [], str(skip)
    except console.RigError as error:
        findings = [f"could not run: {error}", *error.details.splitlines()]
    return Result(name, findings, time.monotonic() - start, skip_reason)


def finish(files: report.Report, results: list[Result], **more: object) -> int:
    """Write the report, print the closing line, return the exit status."""
    counts = count(results)
    files.write("ktap", _ktap(results))
    files.write("junit.xml", _junit(files.target, results))
    ok = counts[1] == 0 and counts[0] > 0
    files.write_result("passed" if ok else "failed", counts,
                       durations={result.name: round(result.seconds, 3) for result in results},
                       **more)
    console.note(console.closing_line(files.target, *counts))
    return console.PASSED if ok else console.FAILED


def count(results: list[Result]) -> tuple[int, int, int]:
    """Return the numbers of passed, failed and skipped checks."""
    failed = sum(bool(result.findings) for result in results)
    skipped = sum(bool(result.skip_reason) for result in results)
    return len(results) - failed - skipped, failed, skipped


def _line(number: int, result: Result) -> str:
    line = f"{'not ok' if result.findings else 'ok'} {number} {result.name}"
    return f"{line} # SKIP {result.skip_reason}" if result.skip_reason else line


def _ktap(results: list[Result]) -> str:
    lines = ["KTAP version 1", f"1..{len(results)}"]
    for number, result in enumerate(results, 1):
        lines += [f"# {line}" for finding in result.findings for line in finding.splitlines()]
        lines.append(_line(number, result))
    return "\n".join(lines) + "\n"


def _junit(target: str, results: list[Result]) -> str:
    passed, failed, skipped = count(results)
    suite = ElementTree.Element("testsuite", {
        "name": target, "tests": str(passed + failed + skipped), "failures": str(failed),
        "skipped": str(skipped), "errors": "0"})
    for result in results:
        case = ElementTree.SubElement(suite, "testcase", {
            "name": result.name, "time": f"{result.seconds:.3f}"})
        if result.findings:
            ElementTree.SubElement(case, "failure").text = "\n".join(result.findings)
        elif result.skip_reason:
            ElementTree.SubElement(case, "skipped").text = result.skip_reason
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"
