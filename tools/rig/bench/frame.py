# SPDX-License-Identifier: GPL-2.0
"""Measure the cost of a frame: rvkms and the in-tree vkms, in one kernel, with one client.

The drivers alternate, so that other load on the machine affects both. The cost of a frame is the
CPU time of many frames minus that of few frames, divided by the difference of their numbers: the
cost of start and stop cancels out.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import os
import platform
import re
import shutil
from collections.abc import Generator
from pathlib import Path

from rig.base import checks, console, paths, report
from rig.base.drivers import OURS, PEER
from rig.bench import meter, plot, scenes
from rig.kernel import build, client, packages, uml

CONFIG = "bench"
SOURCE = paths.ROOT / "tests/bench"
WORK = paths.BUILD / "bench"

# vkms has overlays only on request.
ARGUMENTS = (uml.VIRTUAL_TIME, uml.MONITOR, uml.QUICK_SYSTEM_CALLS, "vkms.enable_overlay=1")

OTHERS_LINE = re.compile(rf"\[[ .\d]+\] \w+ {PEER}: ")

# Limits for the slowest and the quickest scene. "Few" is a quarter of "many".
PILOT_FRAMES = 2
MIN_FRAMES = 4
MAX_FRAMES = 20000


@dataclasses.dataclass(frozen=True)
class Effort:
    """The extent of a measurement."""

    rounds: int  # in each round, compared scenes and drivers alternate
    samples: int  # per scene, driver and round
    seconds: float  # CPU time of a sample, unless MIN_FRAMES take longer
    time_limit: float  # of the host, for the whole run


FULL = Effort(rounds=5, samples=2, seconds=0.5, time_limit=1800)
QUICK = Effort(rounds=1, samples=1, seconds=0.3, time_limit=300)


@dataclasses.dataclass
class Measured:
    """The results so far."""

    memcpy: scenes.Cost
    costs: scenes.Costs


def run(pattern: str, quick: bool) -> int:
    """Run `make bench`; return its exit status."""
    with report.of_run("bench") as files:
        chosen = scenes.select(pattern)
        packages.ensure(client.PACKAGES | plot.PACKAGES)
        kernel = build.ensure_kernel(CONFIG)
        programs = client.ensure(SOURCE, WORK / "client")
        load = [os.getloadavg()[0]]
        measured = Measured(scenes.Cost(), {scene.name: {driver: scenes.Cost() for driver
                            in scenes.DRIVERS} for scene in chosen})
        boot(kernel, programs, measured, chosen, QUICK if quick else FULL)
        load.append(os.getloadavg()[0])
        return _report(files, kernel, chosen, measured, load)


def boot(kernel: build.Kernel, programs: Path, measured: Measured, chosen: list[scenes.Scene],
         effort: Effort) -> None:
    """Measure in a kernel, from power-on to power-off."""
    orders = WORK / "orders"
    shutil.rmtree(orders, ignore_errors=True)
    orders.mkdir(parents=True)
    log = paths.LOG / "bench-console.log"
    with console.Progress("bench") as progress:
        talk = meter.Meter(orders, script(measured, chosen, effort, progress))
        outcome = uml.run(kernel.linux, SOURCE / "init", log, arguments=ARGUMENTS,
                          variables={"BENCH_BIN": str(programs), "BENCH_ORDERS": str(orders)},
                          time_limit=effort.time_limit, on_start=talk.started, on_line=talk.hear)
    if outcome.timed_out:
        raise console.RigError(f"the kernel was still running after {outcome.seconds:.0f} s",
                               console.tail(log))
    if outcome.status or not measured.memcpy.is_known:
        raise console.RigError(f"the kernel ended early, with status {outcome.status}",
                               console.tail(log))
    # DRM's notices about vkms do not concern rvkms.
    ours = [line for line in outcome.lines if not OTHERS_LINE.match(line)]
    complaints = dataclasses.replace(outcome, lines=ours).complaints()
    if complaints:
        raise console.RigError("the kernel complains", "\n".join(complaints))


def script(measured: Measured, chosen: list[scenes.Scene], effort: Effort,
           progress: console.Progress) -> meter.Script:
    """Yield the orders of the whole measurement."""
    progress.update("memcpy")
    for _ in range(effort.rounds):
        yield from _samples(measured.memcpy, "copy", effort)
    for group in scenes.groups(chosen):
        for round_, scene, driver in itertools.product(range(effort.rounds), group,
                                                       scenes.DRIVERS):
            progress.update(f"{scene.name}, {driver}, round {round_ + 1} of {effort.rounds}")
            yield from _show(measured.costs[scene.name][driver], f"{driver} {scene.name}", effort)


def _show(cost: scenes.Cost, what: str, effort: Effort) -> meter.Script:
    """Show a scene, measure it, hide it; skip a scene that failed before."""
    if cost.unsupported or cost.failed:
        return
    shown = yield f"show {what}"
    if shown.word == "unsupported":
        cost.unsupported = shown.text
    elif not shown.is_ok:
        cost.failed = shown.text
    if not shown.is_ok:
        return
    yield from _samples(cost, "frames", effort)
    hidden = yield "hide"
    if not hidden.is_ok:
        cost.failed = hidden.text


def _samples(cost: scenes.Cost, order: str, effort: Effort) -> meter.Script:
    """Add a round's samples to a cost."""
    pilot = yield from _ask(cost, f"{order} {PILOT_FRAMES}")
    few, many = frames_for(pilot / PILOT_FRAMES, effort.seconds)
    for _ in range(effort.samples):
        less = yield from _ask(cost, f"{order} {few}")
        more = yield from _ask(cost, f"{order} {many}")
        if not cost.failed:
            cost.samples.append((more - less) / (many - few) * 1e3)


def frames_for(seconds_each: float, seconds: float) -> tuple[int, int]:
    """Return the numbers of few and of many frames, for samples of about @seconds."""
    wanted = int(seconds / max(seconds_each, 1e-6))
    many = min(max(wanted, MIN_FRAMES), MAX_FRAMES)
    return many // 4, many


def _ask(cost: scenes.Cost, order: str) -> Generator[str, meter.Answer, float]:
    """Give an order that must succeed; return its CPU seconds."""
    if cost.failed:
        return 0.0
    answer = yield order
    if not answer.is_ok:
        cost.failed = f"{order}: {answer.text}"
        return 0.0
    cost.crcs.add(answer.text)
    if len(cost.crcs) > 1:
        cost.failed = "the frame has more than one CRC: " + " ".join(sorted(cost.crcs))
    return answer.cpu_seconds


def _report(files: report.Report, kernel: build.Kernel, chosen: list[scenes.Scene],
            measured: Measured, load: list[float]) -> int:
    """Print and write the results."""
    costs, memcpy = measured.costs, measured.memcpy
    growth = scenes.growth(costs)
    console.note("\nCPU time of the host per frame, the median of "
                 f"{len(memcpy.samples)}; spread is the range of the samples\n")
    for line in scenes.table(costs, chosen, memcpy):
        console.note(line)
    console.note("")
    if picture := plot.draw(growth, memcpy.ms, WORK / "growth.png"):
        console.note(f"growth: {paths.shown(picture)}")
    _note_load(load)
    results = [scenes.judge(costs, scene) for scene in chosen if scene.is_required()]
    for number, result in enumerate(results, 1):
        checks.show(number, result)
    return checks.finish(
        files, results, kernel=kernel.version, compiler=kernel.compiler, config=kernel.config,
        config_hash=kernel.config_hash, cpu=cpu_model(), load=[round(value, 2) for value in load],
        memcpy=memcpy.as_json(), growth=growth, scenes={
            scene.name: _scene_json(costs, scene, memcpy) for scene in chosen})


def _scene_json(costs: scenes.Costs, scene: scenes.Scene, memcpy: scenes.Cost
                ) -> dict[str, object]:
    ours = costs[scene.name][OURS]
    limit = scenes.limit_ms(costs, scene)
    ratio = scenes.ratio(costs, scene.name)
    return {
        "label": scene.label,
        **{driver: costs[scene.name][driver].as_json() for driver in scenes.DRIVERS},
        "ratio": ratio and round(ratio, 2),
        "times_memcpy": round(ours.ms / memcpy.ms, 3) if ours.is_known else None,
        "limit_ms": limit and round(limit, 4),
        "min_ratio": scene.min_ratio or None,
    }


def _note_load(load: list[float]) -> None:
    """Print a notice if the machine was busy: CPU time depends on shared caches and memory."""
    cpus = len(os.sched_getaffinity(0))
    # The kernel itself keeps one CPU busy.
    if load[0] > 0.5 or load[1] > 1.5:
        console.note(f"the machine was busy (load {load[0]:.1f} before, {load[1]:.1f} after, "
                     f"{cpus} CPUs): costs are higher than on an idle one")


def cpu_model() -> str:
    """Return the name of the CPU."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    match = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    return match.group(1) if match else platform.machine()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--scene", default="", metavar="GLOB",
                        help="measure only these scenes, e.g. 'xr24*'")
    parser.add_argument("--quick", action="store_true", help="run one short round: less precise")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run(options.scene, options.quick)
