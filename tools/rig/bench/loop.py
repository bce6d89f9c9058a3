# SPDX-License-Identifier: GPL-2.0
"""Measure the time from an edit to the test results, and the time of a run without an edit.

The same loop is measured for the in-tree vkms, that is kunit.py's `run` with an equal config, and
so is a bare `make linux`. All loops work on copies. An edit adds a line that the compiler cache has
not seen: one object is compiled and the kernel is linked.
"""

from __future__ import annotations

import argparse
import dataclasses
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rig.base import console, paths, process, report
from rig.kernel import build, packages, tree
from rig.kernel import source as kernel_source

ROUNDS = 5

# Limits of the requirements for a machine of 2 cores, in seconds.
EDIT_LIMIT = 4.0
NO_EDIT_LIMIT = 2.5

BENCH = paths.BUILD / "bench"
COPIED = ("drivers", "tests/kunit", "tools", "uml-configs")
VKMS = "drivers/gpu/drm/vkms"


@dataclasses.dataclass(frozen=True)
class Loop:
    """A command to measure, and the source file to edit before it."""

    name: str
    run: Callable[[], None]
    edited: Path


@dataclasses.dataclass(frozen=True)
class Times:
    """Median times, in seconds."""

    edit: float
    no_edit: float


def run() -> int:
    """Run `make bench-loop`; return its exit status."""
    with report.of_run("bench-loop") as files:
        packages.ensure(packages.BUILD, packages.WANTED)
        source = kernel_source.find()
        times = {loop.name: _measure(loop) for loop in (_rvkms_loop(), *_vkms_loops(source))}
        return _report(files, source.version, times)


def _report(files: report.Report, kernel: str, times: dict[str, Times]) -> int:
    _print_table(times)
    ours = next(iter(times.values()))
    failed = (ours.edit > EDIT_LIMIT) + (ours.no_edit > NO_EDIT_LIMIT)
    files.write_result("failed" if failed else "passed", (2 - failed, failed, 0),
                       kernel=kernel, rounds=ROUNDS,
                       limits=dataclasses.asdict(Times(EDIT_LIMIT, NO_EDIT_LIMIT)),
                       medians={name: dataclasses.asdict(time_) for name, time_ in times.items()})
    console.note(console.closing_line("bench-loop", 2 - failed, failed, 0))
    return console.FAILED if failed else console.PASSED


def _print_table(times: dict[str, Times]) -> None:
    console.note(f"\nmedian of {ROUNDS}, seconds          edit to result   nothing changed")
    for name, time_ in times.items():
        console.note(f"{name:32} {time_.edit:10.2f} {time_.no_edit:17.2f}")
    console.note(f"{'limit for rvkms':32} {EDIT_LIMIT:10.2f} {NO_EDIT_LIMIT:17.2f}\n")


def _rvkms_loop() -> Loop:
    """Return the loop of `make kunit` in a copy of the project."""
    project = BENCH / "project"
    for name in COPIED:
        shutil.rmtree(project / name, ignore_errors=True)
        shutil.copytree(paths.ROOT / name, project / name, symlinks=True)
    shutil.copy(paths.ROOT / "Makefile", project)
    core = sorted((project / paths.DRIVER / "core").rglob("*.c"))
    if not core:
        raise console.RigError("there is no file in core/ to edit")
    return Loop("rvkms: make kunit", _command(["make", "-s", "kunit"], project), core[0])


def _vkms_loops(source: kernel_source.Source) -> tuple[Loop, Loop]:
    """Return the loop of kunit.py on vkms, and the loop of `make linux` alone."""
    farm = tree.farm(source, BENCH / "tree", [tree.KUNIT, VKMS])
    fragment = BENCH / "vkms.config"
    fast = (paths.CONFIGS / "fast.config").read_text(encoding="utf-8")
    fragment.write_text(fast.replace("DRM_RVKMS", "DRM_VKMS"), encoding="utf-8")
    cc = "CC=ccache gcc" if shutil.which("ccache") else "CC=gcc"
    objects = tree.build_directory(farm, "vkms")
    objects.mkdir(exist_ok=True)
    kunit = [sys.executable, "tools/testing/kunit/kunit.py", "run", f"--build_dir={objects}",
             f"--kunitconfig={fragment}", f"--make_options={cc}", "vkms*"]
    make = ["make", "ARCH=um", f"O={objects}", cc, "-j2", "linux"]
    edited = farm / VKMS / "vkms_crtc.c"
    return (Loop("vkms: kunit.py run", _command(kunit, farm), edited),
            Loop("vkms: make linux, no tests", _command(make, farm), edited))


def _command(argv: list[str], directory: Path) -> Callable[[], None]:
    def run_it() -> None:
        ran = process.run(argv, cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=build.environment())
        if ran.returncode:
            raise console.RigError(f"{' '.join(argv[:3])} failed in {paths.shown(directory)}",
                                   "\n".join(ran.stdout.splitlines()[-30:]))

    return run_it


def _measure(loop: Loop) -> Times:
    console.note(f"bench-loop: {loop.name}: building, then {ROUNDS} rounds")
    loop.run()
    edits, no_edits = [], []
    for round_ in range(ROUNDS):
        _edit(loop.edited, round_)
        edits.append(_time(loop.run))
        no_edits.append(_time(loop.run))
    return Times(round(statistics.median(edits), 3), round(statistics.median(no_edits), 3))


def _time(function: Callable[[], None]) -> float:
    start = time.monotonic()
    function()
    return time.monotonic() - start


def _edit(path: Path, round_: int) -> None:
    """Add a declaration that changes no code and that no compiler cache has seen."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"\nextern int rvkms_bench_{time.time_ns()}_{round_};\n")


def main(_options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run()
