# SPDX-License-Identifier: GPL-2.0
"""Judge whether a change is tested: one verdict per patch of a series, or one for the working tree.

Patches are applied one after the other in a scratch clone, build/review/project. Its build
directories are kept, so only changed files are rebuilt. The coverage of each state is cached by its
content: the state after a patch is also the state before the next patch, and the base of the next
run.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from rig.base import c_source, checks, console, git, lock, paths, report
from rig.review import cache, diff, dropped, kernel, mail, page, rules, series, uncovered
from rig.review.verdict import CHECKS, Finding, Measured, State, Verdict

# Reports in addition to those of every target.
REPLY = "reply.txt"
PAGE = "index.html"


class Rig(Protocol):
    """Builds, runs and checks a project."""

    def key(self) -> str | None:
        """Return a hash of all inputs apart from the project's files; None disables the cache."""

    def measure(self, root: Path) -> Measured:
        """Run the suites of the project at @root."""

    def lint(self, root: Path, patch: series.Patch, change: diff.Change
             ) -> tuple[list[Finding], list[Finding]]:
        """Run static checks of a patch that is applied to @root; return findings and remarks."""

    def lint_built(self, root: Path, change: diff.Change) -> list[Finding]:
        """Run static checks that compile the files that a patch changes."""


class Gate:
    """Judges patches."""

    def __init__(self, rig: Rig, users: git.Repository, work: Path,
                 say: Callable[[str], None] = console.note) -> None:
        self._rig = rig
        self._say = say
        self._users = users
        self._work = work
        self._scratch = series.Scratch(work / "project")
        self._states = cache.Store(work / "states")
        self._parsed: dict[str, c_source.Source] = {}
        self.pages: list[page.Section] = []

    def judge_tree(self, base: str) -> list[Verdict]:
        """Judge the working tree against the revision @base."""
        start = self._users.commit(base)
        self._scratch.prepare(self._users)
        tree = git.snapshot(self._users, self._scratch.repository, self._work / "index")
        scratch = self._scratch.repository
        if tree == scratch.tree(start):
            raise console.RigError(f"there is nothing to judge: the working tree and {base} agree")
        commit = self._scratch.commit_tree(tree, start, f"working tree against {base}")
        text = scratch.ask("diff-tree", "-p", "-M", "--binary", "--no-ext-diff", "--no-textconv",
                           start, commit)
        patch = series.Patch(f"working tree against {base}", "", text, False, commit)
        return self._judge_all(start, [patch])

    def judge_series(self, base: str, **source: str) -> list[Verdict]:
        """Judge each patch of a series on top of the patches before it."""
        self._scratch.prepare(self._users)
        # The user's branches exist only in the user's repository.
        patches = series.read(self._users, self._work / "mails", **source)
        if patches[0].commit:
            start = self._users.commit(f"{patches[0].commit}^")
        else:
            start = self._users.commit(base or "HEAD")
        return self._judge_all(start, patches)

    def _judge_all(self, start: str, patches: list[series.Patch]) -> list[Verdict]:
        self._scratch.put(start)
        self._say(f"the base, {start[:12]}")
        before = self._base_state()
        before_tree = self._scratch.repository.tree(start)
        verdicts: list[Verdict] = []
        for number, patch in enumerate(patches, 1):
            verdict = Verdict(number, len(patches), patch.subject)
            verdicts.append(verdict)
            began = time.monotonic()
            try:
                commit = self._scratch.apply(patch)
            except series.DoesNotApply as reason:
                verdict.add("apply", [Finding("apply", f"it does not apply:\n{reason}")])
                commit = ""
            if commit:
                verdict.add("apply", [])
                tree = self._scratch.repository.tree(commit)
                state = self._judge_one(verdict, patch, before_tree, tree, before)
                if state:
                    before, before_tree = state, tree
            verdict.seconds = time.monotonic() - began
            self._say(mail.summary(verdict))
            if not commit:
                verdicts += self._not_judged(patches, number)
                break
        return verdicts

    def _not_judged(self, patches: list[series.Patch], number: int) -> list[Verdict]:
        left = []
        for later, patch in enumerate(patches[number:], number + 1):
            verdict = Verdict(later, len(patches), patch.subject)
            verdict.add("apply", [Finding("apply", f"not judged: it depends on patch {number},"
                                          " which does not apply")])
            self._say(mail.summary(verdict))
            left.append(verdict)
        return left

    def _base_state(self) -> State:
        measured = self._measure()
        failure = measured.build_failure or measured.run_failure
        if failure:
            reason, _, details = failure.partition("\n")
            raise console.RigError(f"there is nothing to compare with, the base fails: {reason}",
                                   details)
        return self._state(measured)

    def _judge_one(self, verdict: Verdict, patch: series.Patch, before_tree: str, tree: str,
                   before: State) -> State | None:
        """Judge an applied patch; return the state after it, or None if it does not build or run.
        """
        change = diff.between(self._scratch.repository, before_tree, tree)
        found, remarks = self._rig.lint(self._scratch.directory, patch, change)
        for check in ("checkpatch", "kernel-doc"):
            verdict.add(check, [finding for finding in found if finding.check == check])
        verdict.remarks += remarks
        self._add(verdict, "readable", dropped.unreadable(change))
        verdict.remarks += dropped.outside(change)
        state = self._judge_run(verdict, change, before)
        self.pages.append(page.Section(verdict, change, state))
        return state

    def _judge_run(self, verdict: Verdict, change: diff.Change, before: State) -> State | None:
        measured = self._measure()
        if measured.build_failure:
            verdict.add("build", [Finding("build", f"it does not build: {measured.build_failure}")])
            return None
        verdict.add("build", [])
        verdict.add("sparse", self._rig.lint_built(self._scratch.directory, change))
        if measured.run_failure:
            verdict.add("tests", [Finding("tests", measured.run_failure)])
            return None
        state = self._state(measured)
        verdict.add("tests", _failed_tests(measured, before))
        _judge_coverage(verdict, change, before, state)
        verdict.add("rule-tests", rules.judge(change, before, state))
        self._add(verdict, "dropped-tests", dropped.tests(change, before, state))
        self._add(verdict, "waivers", dropped.waivers(change, before, state))
        return state

    @staticmethod
    def _add(verdict: Verdict, check: str,
             found: tuple[Iterable[Finding], Iterable[Finding]]) -> None:
        findings, remarks = found
        verdict.add(check, findings)
        verdict.remarks += remarks

    def _measure(self) -> Measured:
        """Return the coverage of the scratch clone, measured or from the cache."""
        tree = self._scratch.repository.tree("HEAD")
        key = self._rig.key()
        name = cache.name(self._scratch.repository, tree, key) if key else ""
        if name and (kept := self._states.load(name)):
            return Measured(profiles=kept[0], tests=kept[1])
        measured = self._rig.measure(self._scratch.directory)
        # A failed run is not cached: the failure may have another cause than the patch.
        if name and not measured.build_failure and not measured.run_failure:
            self._states.save(name, measured.profiles, measured.tests)
        return measured

    def _state(self, measured: Measured) -> State:
        sources = {}
        for below in (paths.DRIVER, paths.SUITES):
            for path in sorted((self._scratch.directory / below).rglob("*.[ch]")):
                if path.is_symlink():
                    continue
                text = path.read_text(encoding="utf-8", errors="replace")
                if text not in self._parsed:
                    self._parsed[text] = c_source.Source(text)
                sources[str(path.relative_to(self._scratch.directory))] = self._parsed[text]
        return State(sources, measured.profiles, measured.tests, cache.waivers(sources))


def _failed_tests(measured: Measured, before: State) -> list[Finding]:
    found = []
    for suite, tests in sorted(measured.tests.items()):
        for test, status in sorted(tests.items()):
            if status == "failed":
                was = before.tests.get(suite, {}).get(test, "")
                also = ", as before the patch" if was == "failed" else ""
                found.append(Finding("tests", f"{suite}.{test} fails{also}"))
    if not any(status == "passed" for tests in measured.tests.values()
               for status in tests.values()):
        found.append(Finding("tests", "no test passes"))
    return found


def _judge_coverage(verdict: Verdict, change: diff.Change, before: State, after: State) -> None:
    judge = uncovered.Judge(change, before, after)
    verdict.add("lines", judge.lines())
    verdict.add("outcomes", judge.outcomes())
    verdict.add("mcdc", judge.conditions())
    lost = judge.kept()
    if judge.only_deletes():
        # Coverage that a pure deletion loses does not argue against the deletion.
        verdict.remarks += lost
        lost = []
    verdict.add("kept", lost)
    verdict.add("profile", judge.measured())
    verdict.figures = judge.figures


def run(target: str, rig: Rig, judge: Callable[[Gate], list[Verdict]]) -> int:
    """Run `make gate` or `make review`; @judge returns the verdicts of a gate."""
    with report.of_run(target) as files, lock.held():
        for name in (REPLY, PAGE):
            (files.directory / name).unlink(missing_ok=True)
        gate = Gate(rig, git.top(paths.ROOT), paths.BUILD / "review")
        verdicts = judge(gate)
        return finish(files, verdicts, gate.pages)


def finish(files: report.Report, verdicts: list[Verdict], sections: list[page.Section]
           ) -> int:
    """Write all reports, print the comments and the closing line; return the exit status."""
    text = mail.text(verdicts, sections)
    report.write_text(files.directory / REPLY, text)
    report.write_text(files.directory / PAGE, page.page(verdicts, sections))
    if any(verdict.findings or verdict.remarks for verdict in verdicts):
        console.note(f"\n{text}")
    console.note(f"(also in {paths.shown(files.directory)}/: {REPLY}, {PAGE})")
    return checks.finish(files, results(verdicts), patches=[as_data(one) for one in verdicts])


def results(verdicts: list[Verdict]) -> list[checks.Result]:
    """Return a test result per check and patch; only the check "apply" has the patch's time."""
    made = []
    for verdict in verdicts:
        for check in CHECKS:
            reason = "" if check in verdict.judged else "not reached"
            seconds = verdict.seconds if check == "apply" else 0.0
            made.append(checks.Result(f"{verdict.number}/{check}",
                                      [str(finding) for finding in verdict.of(check)], seconds,
                                      reason))
    return made


def as_data(verdict: Verdict) -> dict:
    """Return a verdict as data for result.json."""
    return {
        "number": verdict.number,
        "subject": verdict.subject,
        "verdict": "green" if verdict.green else "red",
        "findings": [dataclasses.asdict(finding) for finding in verdict.findings],
        "remarks": [dataclasses.asdict(remark) for remark in verdict.remarks],
        "figures": dataclasses.asdict(verdict.figures),
        "not_judged": [check for check in CHECKS if check not in verdict.judged],
        "seconds": round(verdict.seconds, 3),
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--base", default="HEAD", metavar="REVISION",
                        help="revision to compare the working tree with (default: HEAD)")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run("gate", kernel.KernelRig(), lambda judge: judge.judge_tree(options.base))
