# SPDX-License-Identifier: GPL-2.0
"""Run `make igt-compare`: the same tests on rvkms and on the in-tree vkms."""

from __future__ import annotations

import argparse
import dataclasses
import html

from rig.base import checks, console, paths, report
from rig.base.drivers import OURS, PEER
from rig.igt import expectations, run
from rig.igt.output import Status

PAGE = "compare.html"

STYLE = """
body { font: 14px sans-serif; margin: 2em; max-width: 75em }
table { border-collapse: collapse; margin-bottom: 2em }
td, th { border: 1px solid #ccc; padding: .15em .6em; text-align: left; vertical-align: top }
td.n { text-align: right }
.pass { background: #d6f0d6 } .skip { background: #eee }
.fail, .crash, .hang, .missing { background: #f6c9c4 }
"""

# Verdicts that the table shows as failed.
BAD = (Status.FAIL, Status.CRASH, Status.HANG, Status.MISSING)


@dataclasses.dataclass(frozen=True)
class Row:
    """A subtest and its result on both drivers."""

    name: str
    ours: run.Judged
    peer: run.Judged

    def is_worse(self) -> bool:
        """Return whether only the peer passes."""
        return word(self.peer) == "pass" and word(self.ours) != "pass"

    def result(self) -> checks.Result:
        """Return the result: a failure if only the peer passes and no skip is expected."""
        result = self.ours.result()
        if self.is_worse() and not result.skip_reason:
            worse = f"{PEER} passes, {OURS} does not: {word(self.ours)}"
            return dataclasses.replace(result, findings=[worse, *result.findings], skip_reason="")
        return result


def compare(patterns: str, shard: str, patience: float) -> int:
    """Run both drivers and write the table; return the exit status."""
    with report.of_run("igt-compare") as files:
        order = run.Order("igt-compare", patterns=patterns, shard=shard, patience=patience)
        ours = run.execute(files, order)
        peer = run.execute(files, dataclasses.replace(order, driver=PEER))
        rows = [Row(one.name, one, other) for one, other in zip(ours.judged, peer.judged)]
        text = table(totals(rows))
        report.write_text(files.directory / PAGE, page(rows, ours.kernel.version))
        excused = sum(row.is_worse() and bool(row.ours.skip_reason) for row in rows)
        console.note("\n".join(["", *text, "", f"{PEER} passes {excused} that tests/igt/skips has"
                                " reasons for", ""]))
        console.note(f"all of it: {paths.shown(files.directory / PAGE)}")
        return checks.finish(files, [row.result() for row in rows], kernel=ours.kernel.version,
                             config=ours.kernel.config, totals=totals(rows),
                             took={OURS: ours.took(), PEER: peer.took()},
                             verdicts={row.name: [word(row.ours), word(row.peer)]
                                       for row in rows})


def word(one: run.Judged) -> str:
    """Return the verdict of IGT and the kernel, without regard to expectations."""
    return "fail" if one.verdict.complaints and one.verdict.status not in BAD \
        else one.verdict.status.value


def totals(rows: list[Row]) -> dict[str, dict[str, int]]:
    """Return the numbers of passed, failed and skipped subtests, by driver."""
    bad = {status.value for status in BAD}

    def count(judged: list[run.Judged]) -> dict[str, int]:
        words = [word(one) for one in judged]
        return {"passed": words.count("pass"), "skipped": words.count("skip"),
                "failed": sum(each in bad for each in words)}

    return {OURS: count([row.ours for row in rows]), PEER: count([row.peer for row in rows])}


def table(counts: dict[str, dict[str, int]]) -> list[str]:
    """Return the totals as lines of text."""
    kinds = list(counts[OURS])
    return [f"{'':8}" + "".join(f"{kind:>10}" for kind in kinds),
            *(f"{driver:8}" + "".join(f"{count[kind]:10}" for kind in kinds)
              for driver, count in counts.items())]


def page(rows: list[Row], kernel: str) -> str:
    """Return the HTML page: totals, a row per test, a row per subtest."""
    tests: dict[str, list[Row]] = {}
    for row in rows:
        tests.setdefault(expectations.test_of(row.name), []).append(row)
    parts = [f"<!DOCTYPE html><meta charset=utf-8><title>IGT: {OURS} and {PEER}</title>",
             f"<style>{STYLE}</style><h1>IGT on Linux {html.escape(kernel)}</h1>",
             _counts({"all": rows}), "<h2>Tests</h2>", _counts(tests), "<h2>Subtests</h2>",
             f"<table><tr><th>subtest<th>{OURS}<th>{PEER}"]
    parts += [f"<tr><td>{html.escape(row.name)}{_cell(row.ours)}{_cell(row.peer)}" for row in rows]
    return "\n".join([*parts, "</table>"]) + "\n"


def _counts(groups: dict[str, list[Row]]) -> str:
    lines = ["<table><tr><th>", *(f"<th colspan=3>{driver}" for driver in (OURS, PEER)),
             "<tr><th>", *("<th>passed<th>skipped<th>failed" for _ in (OURS, PEER))]
    for name, rows in groups.items():
        cells = "".join(f"<td class=n>{count}" for counts in totals(rows).values()
                        for count in counts.values())
        lines.append(f"<tr><td>{html.escape(name)}{cells}")
    return "\n".join([*lines, "</table>"])


def _cell(one: run.Judged) -> str:
    said = one.verdict.complaints[:1] or one.verdict.reason[:1]
    why = f": {html.escape(said[0][:160])}" if said and word(one) != "pass" else ""
    return f"<td class={word(one)}>{word(one)}{why}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--igt", default="", metavar="GLOBS", help="only these subtests")
    parser.add_argument("--shard", default="", metavar="N/M", help="the Nth of M parts")
    parser.add_argument("--patience", type=float, default=1.0, metavar="FACTOR",
                        help="factor of all time limits, for a busy machine")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return compare(options.igt, options.shard, options.patience)
