# SPDX-License-Identifier: GPL-2.0
"""Require that a patch that changes a check also changes a test of the checked rule.

A line of core/check/ belongs to these rules:

- a line of a guard, `if (condition) return refuse(RVKMS_RULE_X)`: X;
- a line that sets a variable: the rules with guards that use that variable, directly or indirectly;
- a line of another function: the rules with guards that call it, directly or indirectly;
- any other line of a function with guards: the rules of the guards below it.

A line of rules.h belongs to its rule. A test belongs to a rule if the changed table row, statement
or function names it and at most one other.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from rig.base import c_source
from rig.review import diff
from rig.review.verdict import CORE, Finding, State, is_test

CHECKS = f"{CORE}/check/"
RULES = f"{CHECKS}rules.h"

_TOKEN = re.compile(r"\bRVKMS_RULE_(\w+)")
_ROW = re.compile(r"\bRVKMS_RULE\(\s*(\w+)")
_NO_RULES = {"NONE", "COUNT"}
_SET = re.compile(r"(\w+)(?:\[[^]]*\])?\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)")
_CONDITION = re.compile(r"^(?:if|while|for|switch)\b")

# A test that names more rules is about rules in general.
MOST_RULES = 2


@dataclasses.dataclass(frozen=True)
class Guard:
    """A condition and the rule that it reports."""

    rule: str
    first: int
    last: int
    words: frozenset[str]


class Checks:
    """The check files of core/, at one commit."""

    def __init__(self, state: State) -> None:
        self.sources = {name: source for name, source in state.sources.items()
                        if name.startswith(CHECKS) and name != RULES}
        self.guards = {name: list(_guards(source)) for name, source in self.sources.items()}
        rules = state.sources.get(RULES)
        self.rules = set(_ROW.findall("\n".join(rules.code))) if rules else set()

    def direct(self, name: str, line: int) -> set[str]:
        """Return the rules of the guards that contain a line."""
        return {guard.rule for guard in self.guards.get(name, [])
                if guard.first <= line <= guard.last}

    def about(self, name: str, line: int, seen: frozenset = frozenset()) -> set[str]:
        """Return the rules of a line outside of guards."""
        source = self.sources[name]
        function = source.function_at(line)
        if function is None or (name, function.name) in seen:
            return set()
        seen |= {(name, function.name)}
        found: set[str] = set()
        here = [guard for guard in self.guards[name] if guard.first in function]
        names = _dependent(source, function, line)
        found |= {guard.rule for guard in here if guard.words & names}
        if here and not found:
            found |= {guard.rule for guard in here if guard.first > line}
        return found | self._callers(function.name, seen)

    def _callers(self, called: str, seen: frozenset) -> set[str]:
        found: set[str] = set()
        for name, source in self.sources.items():
            for line, words in enumerate(source.words, 1):
                function = source.function_at(line) if called in words else None
                if function and function.name != called:
                    found |= self.direct(name, line) or self.about(name, line, seen)
        return found


def judge(change: diff.Change, old: State, new: State) -> list[Finding]:
    """Return the changed checks without a changed test."""
    tested = set(_tested_rules(change))
    before, after = Checks(old), Checks(new)
    found = list(_rows_without_test(change, tested, after))
    direct: dict[str, tuple[str, int]] = {}
    for file in change:
        indirect: dict[frozenset, int] = {}
        unknown = 0
        for line, rules, is_direct in _affected(file, change, before, after):
            if is_direct:
                for rule in rules - tested:
                    direct.setdefault(rule, (file.name, line))
            elif rules:
                indirect.setdefault(frozenset(rules), line)
            else:
                unknown = unknown or line
        found += [Finding("rule-tests", "changed, but no test of "
                          + (" or ".join(sorted(rules)) + " was changed"), file.name, line)
                  for rules, line in indirect.items() if not rules & tested]
        if unknown and not any(is_test(other.name) and change.changed(other.new_name)
                               for other in change):
            found.append(Finding("rule-tests", "changed, but no test was changed", file.name,
                                 unknown))
    found += [Finding("rule-tests", f"the check of {rule} changed, but no test of {rule} was",
                      name, line) for rule, (name, line) in sorted(direct.items())]
    return list(dict.fromkeys(found))


def _affected(file: diff.File, change: diff.Change, before: Checks, after: Checks
              ) -> Iterator[tuple[int, set[str], bool]]:
    """Yield each changed line of a check with its rules, and whether a guard contains it."""
    sides = ((file.new_name, change.changed(file.new_name), after),
             (file.old_name, change.removed(file.old_name), before))
    for name, lines, checks in sides:
        if not name.startswith(CHECKS) or name not in checks.sources:
            continue
        source = checks.sources[name]
        for line in sorted(lines):
            if not any(map(str.isalnum, source.code[line - 1])) or not source.function_at(line):
                continue
            direct = checks.direct(name, line)
            rules = direct or checks.about(name, line)
            # A deleted rule needs no test.
            if rules and not rules & after.rules:
                continue
            place = line if checks is after else min(line, len(file.new.lines) or 1)
            yield place, rules & after.rules, bool(direct)


def _rows_without_test(change: diff.Change, tested: set[str], after: Checks
                       ) -> Iterator[Finding]:
    for file in change:
        if file.new_name != RULES:
            continue
        for line in sorted(change.changed(RULES)):
            for statement in file.new.statements_at(line):
                match = _ROW.search(statement.text)
                rule = match.group(1) if match else ""
                if rule in after.rules and rule not in tested:
                    yield Finding("rule-tests", f"the rule {rule} changed, but no test of it was",
                                  RULES, statement.first)


def _tested_rules(change: diff.Change) -> Iterator[str]:
    """Yield the rules that changed lines of tests belong to."""
    for file in change:
        if not is_test(file.new_name):
            continue
        for line in change.changed(file.new_name):
            if any(map(str.isalnum, file.new.code[line - 1])):
                yield from _named_at(file.new, line)


def _named_at(source: c_source.Source, line: int) -> set[str]:
    spans = [statement for statement in source.statements_at(line)]
    around = sorted((group for group in source.groups if line in group),
                    key=lambda group: group.last - group.first)
    for span in [*spans, *around]:
        rules = set(_TOKEN.findall("\n".join(source.code[span.first - 1:span.last]))) - _NO_RULES
        if rules:
            return rules if len(rules) <= MOST_RULES else set()
    return set()


def _guards(source: c_source.Source) -> Iterator[Guard]:
    statements = [statement for statement in source.statements
                  if statement.body and not statement.text.startswith("#")]
    for number, statement in enumerate(statements):
        for rule in set(_TOKEN.findall(statement.text)) - _NO_RULES:
            first = statement
            for earlier in reversed(statements[:number]):
                if _CONDITION.match(earlier.text):
                    first = earlier
                    break
                if earlier.text != "{":
                    break
            words = _words(source, range(first.first, statement.last + 1))
            yield Guard(rule, first.first, statement.last, words)


def _dependent(source: c_source.Source, function: c_source.Function, line: int) -> set[str]:
    """Return the variables that a line sets, and the variables that are set from them below it."""
    names = {name for statement in source.statements_at(line)
             for name in _SET.findall(statement.text)}
    for statement in source.statements:
        if statement.first in function and statement.first > line:
            words = _words(source, statement)
            if names & words:
                names |= set(_SET.findall(statement.text))
    return names


def _words(source: c_source.Source, lines: Iterable[int]) -> frozenset[str]:
    return frozenset().union(*(source.words[line - 1] for line in lines))
