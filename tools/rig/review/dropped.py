# SPDX-License-Identifier: GPL-2.0
"""Find dropped tests, new waivers and unreadable files in a patch."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from rig.base import c_source, paths
from rig.review import diff
from rig.review.verdict import Finding, State, Waiver, is_driver, is_test

PASSED, SKIPPED, GONE = "passed", "skipped", "gone"

# The minimum similarity of two test functions for a rename.
SAME = 0.6

_WORD = re.compile(r"[A-Za-z_]\w*")
_CASE = re.compile(r"\bKUNIT_CASE(?:_PARAM)?\((\w+)")
_EXPECTATION = re.compile(r"\bKUNIT_(?:EXPECT|ASSERT)_\w+")


def tests(change: diff.Change, old: State, new: State) -> tuple[list[Finding], list[Finding]]:
    """Return findings and remarks for tests that passed before and are now gone or skipped.

    A test may be dropped if it names an identifier that the patch removes from the driver. It may
    also be renamed or marked as slow.
    """
    findings, remarks = list(_not_run(change, new)), []
    gone_names = _words(old) - _words(new)
    added = {(suite, _function_of(test)) for suite, tests in new.tests.items() for test in tests
             if test not in old.tests.get(suite, {})}
    for suite, test in _dropped(old, new):
        name, function = _function(old, test)
        went_with = sorted(gone_names & _named_by(old, test, name, function)) if function else []
        file, line = _place(change, name, function)
        status = new.tests.get(suite, {}).get(test)
        said = f"{suite}.{test}"
        if status is not None:
            findings.append(Finding("dropped-tests", f"{said} passed before the patch, is {status}"
                                    " now", file, line))
        elif went_with:
            remarks.append(Finding("dropped-tests", f"{said} was removed with {went_with[0]}", file,
                                   line))
        elif _is_slow(new, test):
            remarks.append(Finding("dropped-tests", f"{said} is slow now: it is run by `make"
                                   " kunit-all` only", file, line))
        elif successor := _renamed(old, new, function, name, added):
            remarks.append(Finding("dropped-tests", f"{said} is now {'.'.join(successor)}", file,
                                   line))
        else:
            findings.append(Finding("dropped-tests", f"{said} is dropped, but the tested"
                                    " code is not", file, line))
    return findings, remarks + list(_fewer_expectations(change))


def _function_of(test: str) -> str:
    """Return the function of a test: a table row is named after its function and a slash."""
    return test.partition("/")[0]


def _dropped(old: State, new: State) -> Iterator[tuple[str, str]]:
    """Yield tests that passed and are now gone or skipped; if all rows are gone, only the function.
    """
    for suite, cases in sorted(old.tests.items()):
        now = new.tests.get(suite, {})
        left = {_function_of(test) for test in now}
        # A failing test is reported by the result of the suites.
        gone = [test for test, status in sorted(cases.items())
                if status == PASSED and now.get(test, GONE) in (GONE, SKIPPED)]
        whole = dict.fromkeys(_function_of(test) for test in gone if _function_of(test) not in left)
        yield from ((suite, test) for test in whole)
        yield from ((suite, test) for test in gone if _function_of(test) in left)


def _not_run(change: diff.Change, new: State) -> Iterator[Finding]:
    """Yield findings for added test cases that were not run, for example because of a typo."""
    run = {_function_of(test) for tests in new.tests.values() for test in tests}
    for file in change:
        for line in sorted(change.changed(file.new_name)) if is_test(file.new_name) else ():
            for test in _CASE.findall(file.new.code[line - 1]):
                if test not in run:
                    yield Finding("dropped-tests", f"{test} is not run", file.new_name, line)


def _is_slow(state: State, test: str) -> bool:
    slow = re.compile(rf"\bKUNIT_CASE\w*_(?:SLOW|ATTR)\({re.escape(_function_of(test))}\b")
    return any(slow.search(line) for name, source in state.sources.items() if is_test(name)
               for line in source.code)


def _words(state: State) -> set[str]:
    return set().union(*(words for source in state.driver().values() for words in source.words))


def _function(state: State, test: str) -> tuple[str, c_source.Function | None]:
    """Return the file and the function of a test, or "" and None."""
    wanted = _function_of(test)
    for name, source in state.sources.items():
        if is_test(name):
            for function in source.functions:
                if function.name == wanted:
                    return name, function
    return "", None


def _body(state: State, name: str, function: c_source.Function) -> list[str]:
    lines = state.sources[name].code[function.first - 1:function.last]
    return [line.replace(function.name, "TEST") for line in lines if line]


def _named_by(state: State, test: str, name: str, function: c_source.Function) -> set[str]:
    """Return the identifiers in a test's function and in its table row."""
    words = set(_WORD.findall("\n".join(_body(state, name, function))))
    source = state.sources[name]
    quoted = f'"{test.partition("/")[2]}"'
    for number, line in enumerate(source.code, 1):
        if quoted in line:
            rows = [group for group in source.groups if number in group]
            row = min(rows, key=lambda group: group.last - group.first, default=())
            words |= set().union(*(source.words[at - 1] for at in row))
    return words


def _renamed(old: State, new: State, function: c_source.Function | None, name: str,
             added: set[tuple[str, str]]) -> tuple[str, str] | None:
    if function is None:
        return None
    before = _body(old, name, function)
    for suite, test in sorted(added):
        new_name, candidate = _function(new, test)
        if candidate and difflib.SequenceMatcher(
                None, before, _body(new, new_name, candidate)).ratio() >= SAME:
            return suite, test
    return None


def _place(change: diff.Change, name: str, function: c_source.Function | None) -> tuple[str, int]:
    if function is None:
        return paths.SUITES, 0
    place = change.to_new(name, function.first)
    return place if place else (name, 0)


def _fewer_expectations(change: diff.Change) -> Iterator[Finding]:
    """Yield remarks on suites with fewer expectations than before; a reviewer must judge these."""
    for file in change:
        if is_test(file.name) and file.new_name:
            before, after = (len(_EXPECTATION.findall("\n".join(side.code)))
                             for side in (file.old, file.new))
            if after < before:
                yield Finding("dropped-tests", f"{before - after} expectations fewer than before",
                              file.new_name)


def waivers(change: diff.Change, old: State, new: State) -> tuple[list[Finding], list[Finding]]:
    """Return findings for invalid new waivers, and a remark for each new waiver."""
    findings, remarks = [], []
    known = [(waiver.file, waiver.reason, _code(old, waiver)) for waiver in old.waivers]
    for waiver in new.waivers:
        was = change.to_old(waiver.file, waiver.first)
        key = (was[0] if was else waiver.file, waiver.reason, _code(new, waiver))
        if key in known:
            known.remove(key)
            continue
        where = waiver.file, waiver.line
        if not waiver.reason.strip():
            findings.append(Finding("waivers", "a new waiver gives no reason", *where))
        elif _covered(new, waiver):
            findings.append(Finding("waivers", "a new waiver of covered code", *where))
        remarks.append(Finding("waivers", f"new waiver: {waiver.reason or 'no reason'}", *where))
    return findings, remarks


def _code(state: State, waiver: Waiver) -> tuple[str, ...]:
    source = state.sources.get(waiver.file)
    return tuple(filter(None, source.code[waiver.first - 1:waiver.last])) if source else ()


def _covered(state: State, waiver: Waiver) -> bool:
    """Return whether all lines, branches and conditions of a waiver are covered."""
    lines = range(waiver.first, waiver.last + 1)
    counts = state.counts(waiver.file)
    missing = any(not counts.get(line, 1) for line in lines)
    for _, file in state.files(waiver.file):
        missing |= any(line in lines for line, _ in file.untaken_branches())
        missing |= any(condition.line in lines for _, _, condition in file.unmet_conditions())
    return not missing


def unreadable(change: diff.Change) -> tuple[list[Finding], list[Finding]]:
    """Return files that are not text: findings in the driver and the suites, remarks elsewhere."""
    findings, remarks = [], []
    for file in change:
        matters = file.name.startswith((f"{paths.DRIVER}/", f"{paths.SUITES}/"))
        if file.binary and file.new_name:
            (findings if matters else remarks).append(
                Finding("readable", "not text: it cannot be judged", file.name))
        elif matters and file.old_name and file.new_name and file.old_mode != file.new_mode:
            remarks.append(Finding("readable",
                                   f"mode {file.old_mode} became {file.new_mode}", file.name))
    return findings, remarks


def outside(change: diff.Change) -> list[Finding]:
    """Return remarks on changed files that the gate's tests do not cover: tools and configs."""
    found = sorted({file.name for file in change
                    if not is_driver(file.name) and not is_test(file.name)
                    and file.name.startswith(("tools/", "uml-configs/", "coverage/", "Makefile"))})
    return [Finding("readable", "the rig changes, but the gate uses its own copy: run"
                    f" `make test` with {', '.join(found)}")] if found else []
