# SPDX-License-Identifier: GPL-2.0
"""Run libFuzzer on core/: no input of a client may do harm.

The seeds of a fuzzer of tests/fuzz/ are in the file next to it, one per line, in hexadecimal. A
fuzzer first runs its seeds only, as a test, and then runs for its share of the time.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

from rig.base import checks, console, paths, process, report
from rig.suites import core_build

TARGET = "fuzz"
SOURCES = paths.ROOT / "tests/fuzz"
WORK = paths.BUILD / "fuzz"
FINDINGS = WORK / "findings"

MAX_LENGTH = 1024
RUN_SECONDS = 20  # a single input that takes longer hangs
SHOWN_LINES = 40
RUNS = re.compile(r"^stat::number_of_executed_units:\s*(\d+)$", re.MULTILINE)


def run(seconds: int, keep: bool) -> int:
    """Fuzz for @seconds in total; @keep adds useful inputs to the seeds. Return the exit status."""
    if seconds < 1:
        raise console.RigError("FUZZ_SECONDS must be a positive number")
    files = report.Report(TARGET)
    names = core_build.fuzzers()
    programs = {name: core_build.program(core_build.FUZZED, name) for name in names}
    shutil.rmtree(FINDINGS, ignore_errors=True)
    FINDINGS.mkdir(parents=True)
    results = []
    for name in names:
        results.append(_seeds(name, programs[name]))
        checks.show(len(results), results[-1])
    for result in _rounds(programs, seconds):
        results.append(result)
        checks.show(len(results), results[-1])
    if keep:
        for name in names:
            _keep(name, programs[name])
    return checks.finish(files, results)


def _seeds(name: str, program: Path) -> checks.Result:
    """Run each seed once."""
    start = time.monotonic()
    count = unpack(SOURCES / f"{name}.seeds", WORK / name / "seeds")
    child = _spawn(program, "-runs=0", str(WORK / name / "seeds"))
    findings = _judge(child)
    if not count:
        findings = ["it has no seeds"]
    return checks.Result(f"{name}/seeds", findings, time.monotonic() - start)


def unpack(packed: Path, directory: Path) -> int:
    """Write a file per line of hexadecimal digits; return their number."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    lines = packed.read_text(encoding="ascii").splitlines() if packed.exists() else []
    lines = [line for line in lines if not line.startswith("#")]
    for number, line in enumerate(lines):
        try:
            (directory / f"{number:04}").write_bytes(bytes.fromhex(line))
        except ValueError:
            raise console.RigError(f"{packed.name}: seed {number + 1} is not hexadecimal") from None
    return len(lines)


def _rounds(programs: dict[str, Path], seconds: int) -> list[checks.Result]:
    """Run all fuzzers, one per CPU at a time, each for its share of the time."""
    waiting = list(programs.items())
    width = max(1, min(os.cpu_count() or 1, len(waiting)))
    rounds = -(-len(waiting) // width)
    share = max(1, seconds // rounds)
    results = []
    with console.Progress(f"fuzzing, {share} s each") as progress:
        running: list[tuple[str, subprocess.Popen, float]] = []
        while waiting or running:
            while waiting and len(running) < width:
                name, program = waiting.pop(0)
                corpus = WORK / name / "corpus"
                corpus.mkdir(parents=True, exist_ok=True)
                child = _spawn(program, f"-max_total_time={share}", str(corpus),
                               str(WORK / name / "seeds"), log=WORK / name / "log")
                running.append((name, child, time.monotonic()))
            for entry in list(running):
                name, child, start = entry
                if process.wait_step(child) is None:
                    continue
                running.remove(entry)
                results.append(_fuzzed(name, child, time.monotonic() - start))
            progress.update(", ".join(name for name, _, _ in running))
    return results


def _spawn(program: Path, *arguments: str, log: Path | None = None) -> subprocess.Popen:
    argv = [str(program), f"-max_len={MAX_LENGTH}", f"-timeout={RUN_SECONDS}",
            f"-artifact_prefix={FINDINGS}/{program.name}-", "-print_final_stats=1", *arguments]
    if not log:
        return process.spawn(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                             errors="backslashreplace")
    with open(log, "w", encoding="utf-8") as out:
        return process.spawn(argv, stdout=out, stderr=subprocess.STDOUT)


def _judge(child: subprocess.Popen) -> list[str]:
    _, said = child.communicate()
    return [] if process.finish(child) == 0 else said.splitlines()[-SHOWN_LINES:]


def _fuzzed(name: str, child: subprocess.Popen, seconds: float) -> checks.Result:
    log = WORK / name / "log"
    return checks.Result(name, judged(process.finish(child),
                                      log.read_text(encoding="utf-8", errors="replace"), log),
                         seconds)


def judged(status: int, said: str, log: Path) -> list[str]:
    """Return the faults of a fuzzer with this exit status and output."""
    runs = RUNS.search(said)
    if status:
        return [line for line in said.splitlines() if not line.startswith("#")][:SHOWN_LINES] + [
            f"the input is in {paths.shown(FINDINGS)}, the full output in {paths.shown(log)}"]
    if not runs or not int(runs.group(1)):
        return ["nothing was run"]
    return []


def _keep(name: str, program: Path) -> None:
    """Replace the seeds by the smallest set of inputs with the same coverage."""
    merged = WORK / name / "merged"
    shutil.rmtree(merged, ignore_errors=True)
    merged.mkdir()
    child = _spawn(program, "-set_cover_merge=1", str(merged), str(WORK / name / "seeds"),
                   str(WORK / name / "corpus"))
    findings = _judge(child)
    if findings:
        raise console.RigError(f"{name}: the seeds cannot be merged", "\n".join(findings))
    lines = sorted(path.read_bytes().hex() for path in merged.iterdir())
    text = "# SPDX-License-Identifier: GPL-2.0\n" + "".join(f"{line}\n" for line in lines if line)
    (SOURCES / f"{name}.seeds").write_text(text, encoding="ascii")
    console.note(f"{name}: {len(lines)} seeds kept")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--seconds", type=int, default=60, help="total time (%(default)s)")
    parser.add_argument("--keep", action="store_true",
                        help="replace the seeds by the smallest set with equal coverage")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run(options.seconds, options.keep)
