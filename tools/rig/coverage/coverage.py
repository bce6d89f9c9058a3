# SPDX-License-Identifier: GPL-2.0
"""Run `make coverage` and `make mcdc`: measure all tests on an instrumented kernel, apply the
policy.

The gate uses run() to measure other checkouts with these tools.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rig.base import c_source, checks, console, paths, process, report
from rig.coverage import instrument, llvmcov, measure, policy, profile, tracefile
from rig.kernel import build
from rig.suites import kunit

TARGETS = {profile.GCOV: "coverage", profile.MCDC: "mcdc"}

# Files of a report in addition to the common ones.
FILES = ("profile.json", "rvkms.info", "cobertura.xml", "measured.json")

# Maximum number of ranges of lines in a row of the table.
RANGES = 8


@dataclasses.dataclass(frozen=True)
class Options:
    """The options of a run."""

    kind: str
    selection: kunit.Selection = kunit.Selection()
    demo: bool = True
    merged: tuple[Path, ...] = ()  # profiles of other runs to add, such as IGT's
    judge: bool = True  # apply the policy, and write the reports
    raise_ratchets: bool = False
    time_limit: float = kunit.TIME_LIMIT_SECONDS

    @property
    def partial(self) -> bool:
        """Return whether the run measures more or less than the policy assumes."""
        return bool(self.selection.suite or self.merged) or not self.demo


@dataclasses.dataclass(frozen=True)
class Measured:
    """The result of a measuring run."""

    status: int  # console.PASSED, FAILED (a test failed, the kernel crashed), COULD_NOT_RUN
    reason: str  # one line: the cause of a status other than PASSED
    details: str  # a compiler's diagnostics, or the last lines of the kernel's log
    profile: profile.Profile | None  # None unless all requested tests were run to their end
    tests: dict[str, dict[str, str]]  # suite, test: "passed", "failed", "skipped"


def run(root: Path, kind: str, selection: kunit.Selection = kunit.Selection(),
        demo: bool = True) -> Measured:
    """Build and run the project at @root with this rig; return the measured profile.

    @kind is one of profile.KINDS. The driver, the suites, the demo and build/ are those of @root,
    so a second run reuses the first one's build; tools, configs and policy are this project's. The
    policy is not applied: the status is that of the tests. Faults of a patch are returned, not
    raised.
    """
    argv = [sys.executable, str(paths.RVKMS), TARGETS[kind], "--measure-only",
            f"--suite={selection.suite}"]
    argv += ["--slow"] * selection.slow + ["--no-demo"] * (not demo)
    result = root / "build/reports" / TARGETS[kind]
    shutil.rmtree(result, ignore_errors=True)
    ran = process.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                      env=os.environ | {"RVKMS_PROJECT": str(root)})
    try:
        data = json.loads((result / "measured.json").read_text(encoding="utf-8"))
        found = profile.load(result / "profile.json") if data["complete"] else None
        return Measured(data["status"], data["reason"], data["details"], found, data["tests"])
    except (OSError, ValueError):
        lines = (ran.stderr or ran.stdout).strip().splitlines()
        reason = lines[-1] if lines else f"it ended with {ran.returncode} and printed nothing"
        return Measured(console.COULD_NOT_RUN, reason, "\n".join(lines[:-1]), None, {})


def run_target(options: Options) -> int:
    """Run a target; return its exit status."""
    with report.of_run(TARGETS[options.kind]) as files:
        for name in FILES:
            (files.directory / name).unlink(missing_ok=True)
        shutil.rmtree(files.directory / "html", ignore_errors=True)
        return _Run(options, files).main()


class _Run:
    """One run: build, measure, report."""

    def __init__(self, options: Options, files: report.Report) -> None:
        self._options = options
        self._files = files
        self._rules = policy.load() if options.judge else []
        steps = build.Steps()
        self._kernel = instrument.ensure_kernel(options.kind)
        steps.done("kernel")
        what = options.selection.suite or "all suites"
        console.note(f"{files.target}: Linux {self._kernel.version}, {self._kernel.compiler}, "
                     + what + (" and the demo" if options.demo else ""))
        counters = measure.Counters(self._kernel, options.kind,
                                    paths.BUILD / files.target / "counters")
        self._ran, self._outcome = measure.both(counters, files, options.selection, options.demo,
                                                options.time_limit)
        steps.done("run")
        self._profile, self._faults = counters.read(self._ran)
        self._faults += missing_files(self._kernel, self._profile)
        for path in options.merged:
            _merge(self._profile, path)
        self._steps = steps

    def main(self) -> int:
        """Apply the policy, write the reports and return the exit status."""
        if self._complete:
            self._profile.save(self._files.directory / "profile.json")
        self._write_measured()
        if not self._options.judge:
            for failure in [*self._failures(), *self._faults]:
                print(failure, file=sys.stderr)
            return checks.finish(self._files, self._results({}))
        texts = policy.texts(paths.ROOT, self._profile.files)
        judged = policy.Judged(self._profile, texts)
        self._write_reports(judged)
        self._steps.done("reports")
        show(judged, self._options.kind)
        results = self._results(self._policy_checks(judged, texts))
        for number, result in enumerate(results, 1):
            checks.show(number, result)
        if self._options.raise_ratchets:
            self._raise(judged)
        return checks.finish(
            self._files, results, kernel=self._kernel.version, compiler=self._kernel.compiler,
            config_hash=self._kernel.config_hash, binary=self._profile.provenance.binary,
            steps=self._kernel.durations | self._steps.durations,
            waivers=[dataclasses.asdict(waiver) for waiver in judged.waivers],
            figures={directory: {name: [figure.reached, figure.total]
                                 for name, figure in judged.directory(directory).items()}
                     for directory in policy.DIRECTORIES})

    @property
    def _complete(self) -> bool:
        """Return whether the profile is complete."""
        return not self._ran.faults and not self._faults and self._outcome.passed > 0

    def _failures(self) -> list[str]:
        """Return the failures of the tests."""
        found = [*self._ran.faults, *self._ran.failed]
        if not self._outcome.passed:
            found.append("no test ran")
        elif self._outcome.failed and not found:
            found.append(f"{self._outcome.failed} tests failed")
        return found

    def _results(self, more: dict[str, Callable[[], list[str]]]) -> list[checks.Result]:
        both = {"the tests pass": self._failures,
                "every file has a profile of this kernel": lambda: self._faults, **more}
        return [checks.one(name, check) for name, check in both.items()]

    def _policy_checks(self, judged: policy.Judged, texts: dict[str, c_source.Source]
                       ) -> dict[str, Callable[[], list[str]]]:
        def of(rule: policy.Rule) -> list[str]:
            if self._options.partial:
                raise checks.Skip("it applies to all suites and the demo")
            if not self._complete:
                return ["no data"]
            return judged.findings(rule)

        found = {rule.name: (lambda rule=rule: of(rule)) for rule in self._rules
                 if rule.holds_for(self._options.kind)}
        found["waivers are for unreached code"] = lambda: judged.faults
        if self._options.kind == profile.MCDC:
            found["clang has taken every decision of core/"] = lambda: [
                f"{name}:{line}: not in a decision that clang measures"
                for name, file in self._profile.files.items()
                if policy.directory_of(name) == "core/"
                for line in llvmcov.left_out(texts[name], file)]
        return found

    def _write_measured(self) -> None:
        failures = [*self._failures(), *self._faults]
        report.write_text(self._files.directory / "measured.json", json.dumps({
            "status": console.FAILED if failures else console.PASSED,
            "reason": failures[0].splitlines()[0] if failures else "",
            "details": "\n".join(failures),
            "complete": self._complete,
            "tests": self._ran.tests,
        }) + "\n")

    def _write_reports(self, judged: policy.Judged) -> None:
        directory = self._files.directory
        seen = dataclasses.replace(self._profile, files=judged.files)
        report.write_text(directory / "cobertura.xml", tracefile.cobertura(seen, paths.ROOT))
        report.write_text(directory / "rvkms.info", tracefile.lcov(seen, paths.ROOT))
        if seen.files:
            tracefile.html(directory / "rvkms.info", directory / "html",
                           f"rvkms, {self._files.target}", paths.ROOT)
            console.note(f"{self._files.target}: {paths.shown(directory)}/html/index.html")

    def _raise(self, judged: policy.Judged) -> None:
        if not self._complete or self._failures() or self._options.partial:
            raise console.RigError("only a complete run that passes can raise ratchets")
        figures = {directory: judged.directory(directory) for directory in policy.DIRECTORIES}
        for line in policy.raise_ratchets(self._rules, figures, self._options.kind):
            console.note(f"raised {line}")


def _merge(measured: profile.Profile, path: Path) -> None:
    """Add the saved profile of another run."""
    try:
        measured.merge(profile.load(path))
    except ValueError as reason:
        raise console.RigError(f"{paths.shown(path)} cannot be merged: {reason}") from reason


def missing_files(kernel: build.Kernel, measured: profile.Profile) -> list[str]:
    """Return a fault for each source of the driver that has code and no profile."""
    faults = []
    for path in sorted((paths.ROOT / paths.DRIVER).rglob("*.c")):
        name = str(path.relative_to(paths.ROOT))
        built = kernel.build_dir / path.relative_to(paths.ROOT).with_suffix(".o")
        if not built.is_file():
            faults.append(f"{name}: is not built, so no test can reach it")
        elif name not in measured.files and _has_code(built):
            faults.append(f"{name}: has no profile")
    if not measured.files:
        faults.append("no file has a profile")
    return faults


def _has_code(built: Path) -> bool:
    ran = process.run(["nm", "--defined-only", str(built)], stdout=subprocess.PIPE,
                      stderr=subprocess.DEVNULL)
    # Leave out functions that clang adds to each object.
    return any(line.split()[1] in "tT" and "llvm" not in line and "_sub_" not in line
               for line in ran.stdout.splitlines() if len(line.split()) == 3)


def show(judged: policy.Judged, kind: str) -> None:
    """Print the table, lowest coverage first, then the sums."""
    measures = [policy.LINES, "functions", policy.BRANCHES]
    measures += [policy.DECISIONS] if kind == profile.MCDC else []
    rows = [(name, judged.figures(name)) for name in judged.files]
    rows.sort(key=lambda row: (min(row[1][measure].percent for measure in measures),
                               row[1][policy.LINES].percent, row[0]))
    print(f"{'':<32}" + "".join(f"{measure:>17}" for measure in measures) + "  lines not run")
    for name, figures in rows:
        file = judged.files[name]
        not_run = policy.ranges(file.uncovered_lines(), file.lines)
        more = [f"... ({len(not_run)} places)"] if len(not_run) > RANGES else []
        _row(name.removeprefix(f"{paths.DRIVER}/"), [figures[measure] for measure in measures],
             ", ".join([*not_run[:RANGES], *more]))
    for directory in policy.DIRECTORIES:
        if sums := judged.directory(directory):
            _row(f"all of {directory}", [sums[measure] for measure in measures], "")
    for waiver in judged.waivers:
        print(f"waived: {waiver.file.removeprefix(paths.DRIVER + '/')}:{waiver.line}: "
              f"{waiver.reason}")
    print(f"{len(judged.waivers)} waivers", flush=True)


def _row(name: str, figures: list[policy.Figure], text: str) -> None:
    cells = "".join(f"{f'{figure.reached}/{figure.total}':>10}{_percent(figure):>7}"
                    for figure in figures)
    print(f"{name:<32}{cells}  {text}".rstrip())


def _percent(figure: policy.Figure) -> str:
    """Format a percentage, rounded down: only complete coverage is 100%."""
    return f"{figure.reached * 1000 // figure.total / 10:.1f}%" if figure.total else "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--suite", default="", metavar="GLOB",
                        help="run only these suites; do not apply the policy")
    parser.add_argument("--slow", action="store_true", help="run the slow tests too")
    parser.add_argument("--no-demo", action="store_true", help="run KUnit only")
    parser.add_argument("--merge", action="append", default=[], metavar="PROFILE", type=Path,
                        help="add the coverage of another run; do not apply the policy")
    parser.add_argument("--raise", dest="raise_ratchets", action="store_true",
                        help="raise the policy's ratchets to the current coverage")
    parser.add_argument("--measure-only", action="store_true",
                        help="only write profile.json: no policy, no pages")
    parser.add_argument("--time-limit", type=float, default=kunit.TIME_LIMIT_SECONDS,
                        metavar="SECONDS", help="time limit of the kernel")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    kind = profile.MCDC if options.command == "mcdc" else profile.GCOV
    return run_target(Options(
        kind, kunit.Selection(options.suite, options.slow),
        demo=not options.no_demo and not options.suite, merged=tuple(options.merge),
        judge=not options.measure_only, raise_ratchets=options.raise_ratchets,
        time_limit=options.time_limit))
