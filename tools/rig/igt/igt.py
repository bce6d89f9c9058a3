# SPDX-License-Identifier: GPL-2.0
"""Run `make igt`: one or more runs of IGT in virtual or real time, the peer's runs and the race."""

from __future__ import annotations

import argparse
import dataclasses

from rig.base import checks, console, report
from rig.base.drivers import OURS, PEER
from rig.igt import run
from rig.igt.output import Status
from rig.igt.run import Judged, Order, Run
from rig.kernel import build, pace
from rig.suites import race

# Frames per race test in `make igt`. `make race` shows more. The peer composes slowly and shows
# fewer.
RACE_FLIPS = {OURS: 50, PEER: 10}
# The config that includes the race: kernels with sanitizers are too slow for it.
RACE_CONFIG = "igt"


def run_orders(*orders: Order) -> int:
    """Run the orders of a target one after the other and write the report; return the exit status.
    """
    target = orders[0].target
    with report.of_run(target) as files:
        runs = [beside_peer(files, run.execute(files, order)) for order in orders]
        more = race_results(orders[0], runs[0].kernel)
        return _report(files, target, runs, more)


def beside_peer(files: report.Report, ran: Run) -> Run:
    """Repeat the failures of a run in real time with the peer, and add the peer's results.

    In real time a subtest may fail because the machine is slow, or because the test assumes a
    faster one. The peer then fails too.
    """
    order = ran.order
    red = tuple(one.name for one in ran.judged if one.findings)
    if not red or not order.pace.real or order.driver != OURS:
        return ran
    # The peer has no option for slow frames.
    undelayed = dataclasses.replace(order.pace, slow="")
    peer = run.execute(files, dataclasses.replace(order, driver=PEER, names=red, pace=undelayed))
    words = {one.name: _words(one) for one in peer.judged}
    judged = [_with_peer(one, words[one.name], undelayed.describe()) if one.findings else one
              for one in ran.judged]
    return dataclasses.replace(ran, judged=judged)


def _words(one: Judged) -> str:
    why = [*one.verdict.complaints[:1], *one.verdict.reason[:1]]
    status = one.verdict.status
    return ": ".join([status.value, *(why if status is not Status.PASS else why[:0])])


def _with_peer(one: Judged, words: str, pace: str) -> Judged:
    first, *others = one.findings
    return dataclasses.replace(one, findings=[first, f"{PEER}, {pace}: {words}", *others])


def race_results(order: Order, kernel: build.Kernel) -> list[checks.Result]:
    """Return the results of the race; it is part of a full run in real time only."""
    if (not order.pace.real or order.driver != OURS or order.patterns or order.shard
            or order.config != RACE_CONFIG):
        return []
    console.note(f"{order.target}: the race of {RACE_FLIPS[OURS]} flips a test")
    ours = race.execute(race.Order(OURS, order.pace, RACE_FLIPS[OURS]), kernel)
    for line in race.table(ours.said):
        console.note(line)
    results = ours.results
    if any(result.findings for result in results):
        undelayed = dataclasses.replace(order.pace, slow="")
        results = _with_race_of_peer(results, race.execute(
            race.Order(PEER, undelayed, RACE_FLIPS[PEER]), kernel).results)
    return [dataclasses.replace(result, name=f"race: {result.name}") for result in results]


def _with_race_of_peer(ours: list[checks.Result], peer: list[checks.Result]
                       ) -> list[checks.Result]:
    """Add the peer's result to each failure."""
    words = {result.name: result.skip_reason or "; ".join(result.findings[:1]) or "pass"
             for result in peer}
    return [dataclasses.replace(result, findings=[
        result.findings[0], f"{PEER}: {words.get(result.name, 'nothing')}", *result.findings[1:]])
        if result.findings else result for result in ours]


def _report(files: report.Report, target: str, runs: list[Run], more: list[checks.Result]) -> int:
    """Write the reports of all runs."""
    for ran in runs:
        _note(target, ran)
    for line in [f"not ok {result.name}: {result.findings[0]}" for result in more
                 if result.findings]:
        console.note(line)
    kernel = runs[0].kernel
    results = [result for ran in runs for result in ran.results()]
    return checks.finish(
        files, results + more, driver=runs[0].order.driver, kernel=kernel.version,
        config=kernel.config, config_hash=kernel.config_hash,
        runs=[{**ran.order.pace.as_json(), "took": ran.took(), "raw": raw(ran),
               "verdicts": _verdicts(ran)} for ran in runs])


def _note(target: str, ran: Run) -> None:
    console.note(f"{target}: {ran.order.pace.describe()}: IGT says: "
                 + ", ".join(f"{count} {word}" for word, count in raw(ran).items() if count)
                 + f"; {console.seconds(ran.seconds)},"
                   f" {console.seconds(ran.cpu_seconds)} of CPU time")
    for reason in dict.fromkeys(ran.left_out.values()):
        names = [name for name, why in ran.left_out.items() if why == reason]
        console.note(f"{target}: skipped, {reason}: {' '.join(names)}")


def raw(ran: Run) -> dict[str, int]:
    """Return the number of IGT's verdicts by status, without regard to expectations."""
    counts = {status.value: sum(one.verdict.status is status for one in ran.judged)
              for status in Status}
    return counts | {"complaints": sum(bool(one.verdict.complaints) for one in ran.judged)}


def _verdicts(ran: Run) -> dict[str, dict[str, object]]:
    return {one.name: {"status": one.verdict.status.value, "reason": one.verdict.reason,
                       "complaint": one.verdict.complaints[:1], "real_time": one.real_time}
            for one in ran.judged}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--igt", default="", metavar="GLOBS",
                        help="only these subtests, e.g. 'kms_flip@*' or kms_flip")
    parser.add_argument("--shard", default="", metavar="N/M", help="the Nth of M parts")
    parser.add_argument("--driver", default=OURS, choices=list(run.OPTIONS))
    parser.add_argument("--config", default="", choices=["", "sanitize", "coverage"],
                        help="the kernel: plain, with sanitizers for memory, locks and arithmetic,"
                        " or with coverage counters in the driver")
    parser.add_argument("--patience", type=float, default=1.0, metavar="FACTOR",
                        help="factor of all time limits, for a busy machine")
    pace.add_options(parser)


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    wanted = pace.of(options)
    target = "-".join(word for word in ("igt", options.driver, options.config, wanted.label())
                      if word and word != OURS)
    config = f"igt-{options.config}" if options.config else "igt"
    return run_orders(Order(target=target, driver=options.driver, config=config,
                            patterns=options.igt, shard=options.shard,
                            patience=options.patience, pace=wanted))
