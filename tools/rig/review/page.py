# SPDX-License-Identifier: GPL-2.0
"""Write the diff as an HTML page, coloured by coverage, with comments below their lines."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Iterator

from rig.base import c_source
from rig.review import diff, mail
from rig.review.verdict import CHECKS, Finding, State, Verdict, is_driver

CONTEXT = 3

STYLE = """\
body { font: 14px/1.4 sans-serif; margin: 2em auto; max-width: 75em; color: #222; }
table { border-collapse: collapse; width: 100%; font: 12px/1.5 monospace; }
td { padding: 0 .6em; white-space: pre-wrap; tab-size: 8; }
td.n { color: #888; text-align: right; width: 4em; user-select: none; white-space: nowrap; }
tr.run td.c { background: #d8f5d8; }
tr.missed td.c { background: #ffc9c9; }
tr.partly td.c { background: #ffe7b3; }
tr.nocode td.c { background: #eef3fb; }
tr.gone td.c { background: #f4f4f4; color: #999; text-decoration: line-through; }
tr.note td { background: #fff8dc; font-family: sans-serif; border-left: 4px solid #d33; }
tr.remark td { background: #fff8dc; font-family: sans-serif; border-left: 4px solid #888; }
tr.cut td { color: #888; background: #fafafa; }
h2.green { border-left: .4em solid #2a2; padding-left: .4em; }
h2.red { border-left: .4em solid #d33; padding-left: .4em; }
pre { white-space: pre-wrap; }
"""

LEGEND = (("run", "run, all outcomes"), ("partly", "run, some outcomes missing"),
          ("missed", "never run"), ("nocode", "no code"), ("gone", "removed"))


@dataclasses.dataclass(frozen=True)
class Section:
    """A patch that was applied."""

    verdict: Verdict
    change: diff.Change
    state: State | None  # None without coverage data

    def source(self, name: str) -> c_source.Source | None:
        """Return the text of a file after the patch."""
        file = self.change.file(name)
        if file is not None:
            return None if file.binary else file.new
        return self.state.sources.get(name) if self.state else None


def page(verdicts: list[Verdict], sections: list[Section]) -> str:
    """Return the page as one self-contained file."""
    by_number = {section.verdict.number: section for section in sections}
    body = [part for verdict in verdicts
            for part in _section(verdict, by_number.get(verdict.number))]
    legend = "".join(f'<tr class="{name}"><td class="c">{text}</td></tr>' for name, text in LEGEND)
    return ("<!DOCTYPE html>\n<!-- SPDX-License-Identifier: GPL-2.0 -->\n"
            '<html lang="en"><head><meta charset="utf-8"><title>rvkms: review</title>'
            f"<style>\n{STYLE}</style></head><body>\n<h1>Review</h1>\n"
            f"<table>{legend}</table>\n" + "\n".join(body) + "\n</body></html>\n")


def _section(verdict: Verdict, section: Section | None) -> Iterator[str]:
    colour = "green" if verdict.green else "red"
    yield (f'<h2 class="{colour}" id="patch-{verdict.number}">{verdict.number}/{verdict.total}'
           f" {_text(verdict.subject)}</h2>")
    yield f"<pre>{_text(mail.summary(verdict))}</pre>"
    shown: set[int] = set()
    tables = []
    for file in section.change if section else ():
        tables += _file(file, section, shown)
    rest = [finding for finding in verdict.findings + verdict.remarks if id(finding) not in shown]
    if rest:
        items = "".join(f"<li>{_text(CHECKS[one.check])}: <pre>{_text(str(one))}</pre></li>"
                        for one in rest)
        yield f"<ul>{items}</ul>"
    yield from tables


def _file(file: diff.File, section: Section, shown: set[int]) -> Iterator[str]:
    title = file.name
    if file.old_name and file.new_name and file.old_name != file.new_name:
        title = f"{file.old_name} → {file.new_name}"
    elif not file.new_name:
        title += " (removed)"
    yield f"<h3>{_text(title)}</h3>"
    if file.binary:
        yield "<p>not text</p>"
        return
    notes: dict[int, list[tuple[str, Finding]]] = {}
    for kind, found in (("note", section.verdict.findings), ("remark", section.verdict.remarks)):
        for finding in found:
            if finding.file == file.new_name and finding.line:
                last = max(finding.last, finding.line)
                notes.setdefault(last, []).append((kind, finding))
    yield "<table>"
    for row in _rows(file, set(notes)):
        yield _line(file, section, row)
        for kind, finding in notes.get(row[1], []) if row[2] != "-" else ():
            shown.add(id(finding))
            yield (f'<tr class="{kind}"><td></td><td></td><td>{_text(finding.text)}</td></tr>')
    yield "</table>"


def _rows(file: diff.File, wanted: set[int]) -> Iterator[tuple[int, int, str]]:
    """Yield old line, new line and sign of each row: hunks and comments, with context."""
    rows: list[tuple[int, int, str]] = []
    old_at = new_at = 1
    for hunk in file.hunks:
        rows += [(old_at + step, new_at + step, " ") for step in range(hunk.new_first - new_at)]
        rows += [(line, 0, "-") for line in hunk.old]
        rows += [(0, line, "+") for line in hunk.new]
        old_at, new_at = hunk.old.stop, hunk.new.stop
    rows += [(old_at + step, new_at + step, " ")
             for step in range(len(file.new.lines) + 1 - new_at)]
    if not file.new_name:
        rows = [row for row in rows if row[2] == "-"]
    matter = [number for number, row in enumerate(rows) if row[2] != " " or row[1] in wanted]
    near = {other for number in matter
            for other in range(number - CONTEXT, number + CONTEXT + 1)}
    skipped = False
    for number, row in enumerate(rows):
        if number in near:
            if skipped:
                yield 0, 0, "…"
            yield row
        skipped = number not in near


def _line(file: diff.File, section: Section, row: tuple[int, int, str]) -> str:
    old, new, sign = row
    if sign == "…":
        return '<tr class="cut"><td></td><td></td><td>…</td></tr>'
    text = file.old.lines[old - 1] if sign == "-" else file.new.lines[new - 1]
    kind = "gone" if sign == "-" else colour(section, file.new_name, new)
    return (f'<tr class="{kind}"><td class="n">{old or ""}</td><td class="n">{new or ""}</td>'
            f'<td class="c">{_text(sign + text)}</td></tr>')


def colour(section: Section, name: str, line: int) -> str:
    """Return the CSS class for the coverage of a line of the new file."""
    if section.state is None or not is_driver(name):
        return ""
    count = section.state.counts(name).get(line)
    if count is None:
        return "nocode"
    if not count:
        return "missed"
    for _, file in section.state.files(name):
        if any(not branch.count for branch in file.branches.get(line, [])) \
                or any(condition.line == line for _, _, condition in file.unmet_conditions()):
            return "partly"
    return "run"


def _text(text: str) -> str:
    return html.escape(text)
