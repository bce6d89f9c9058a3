# SPDX-License-Identifier: GPL-2.0
"""Format verdicts as text: a short summary, and comments for a reply by mail."""

from __future__ import annotations

from rig.base import console
from rig.review.verdict import CHECKS, Figures, Finding, Verdict

# A longer range of lines is cut to its first lines.
QUOTED_LINES = 4

# The maximum width of a quoted line.
WIDTH = 100

# Names of the findings of a check, for one and for several.
_NOUNS = {
    "lines": ("place never run", "places never run"),
    "outcomes": ("decision with missing outcomes", "decisions with missing outcomes"),
    "mcdc": ("condition not shown to decide", "conditions not shown to decide"),
    "kept": ("place that lost coverage", "places that lost coverage"),
    "profile": ("place not measured", "places not measured"),
    "tests": ("failure of the suites", "failures of the suites"),
    "rule-tests": ("changed check without a test", "changed checks without a test"),
    "dropped-tests": ("test dropped", "tests dropped"),
    "waivers": ("wrong waiver", "wrong waivers"),
    "readable": ("file that cannot be read", "files that cannot be read"),
}


def summary(verdict: Verdict) -> str:
    """Return the short form of the verdict."""
    colour = "green" if verdict.green else "red"
    lines = [f"[{verdict.number}/{verdict.total}] {colour}: {verdict.subject}"
             f"  ({console.seconds(verdict.seconds)})"]
    lines += [f"      {text}" for text in (_reasons(verdict), _figures(verdict.figures)) if text]
    return "\n".join(lines)


def _reasons(verdict: Verdict) -> str:
    reasons = []
    for check in CHECKS:
        found = verdict.of(check)
        if not found:
            continue
        if check in ("apply", "build"):
            reasons.append(found[0].text.splitlines()[0].rstrip(":"))
        elif check in _NOUNS:
            reasons.append(f"{len(found)} {_NOUNS[check][len(found) != 1]}")
        else:
            reasons.append(f"{len(found)} from {check}")
    if verdict.remarks:
        reasons.append(f"{len(verdict.remarks)} to look at")
    return ", ".join(reasons)


def _figures(figures: Figures) -> str:
    parts = []
    if figures.lines:
        parts.append(f"{figures.lines_run} of {figures.lines} changed lines with code run")
    if figures.outcomes:
        parts.append(f"{figures.outcomes_taken} of {figures.outcomes} outcomes seen")
    if figures.conditions:
        parts.append(f"{figures.conditions_shown} of {figures.conditions} conditions shown")
    if figures.moved:
        parts.append(f"{figures.moved} lines moved")
    if figures.tests != figures.tests_before:
        parts.append(f"{figures.tests - figures.tests_before:+d} tests")
    return ", ".join(parts)


def text(verdicts: list[Verdict], sections: list) -> str:
    """Return the comments on all patches."""
    by_number = {section.verdict.number: section for section in sections}
    return "\n".join(comments(verdict, by_number.get(verdict.number)) for verdict in verdicts)


def comments(verdict: Verdict, section=None) -> str:
    """Return a verdict with its comments, each below the quoted lines."""
    lines = [summary(verdict), ""]
    for finding in verdict.findings:
        lines += _comment(finding, section)
    if verdict.remarks:
        lines += ["For the reviewer, not counted against the patch:", ""]
        for remark in verdict.remarks:
            lines += _comment(remark, section)
    return "\n".join(lines)


def _comment(finding: Finding, section) -> list[str]:
    quoted = quote(finding, section)
    first, *more = str(finding).splitlines() or [""]
    return [*quoted, first, *(f"    {line}" for line in more), ""]


def quote(finding: Finding, section) -> list[str]:
    """Return the lines of a finding, quoted as in a mail."""
    if section is None or not finding.line:
        return []
    source = section.source(finding.file)
    if source is None:
        return []
    last = max(finding.last, finding.line)
    changed = section.change.changed(finding.file)
    quoted = [f"> {'+' if line in changed else ' '}{source.lines[line - 1]}"[:WIDTH]
              for line in range(finding.line, min(last, len(source.lines)) + 1)]
    if len(quoted) > QUOTED_LINES:
        quoted = [*quoted[:QUOTED_LINES - 1], "> [...]"]
    return quoted
