# SPDX-License-Identifier: GPL-2.0
"""Find code that a patch leaves uncovered: lines, outcomes and conditions.

The judged lines are the *touched* ones: lines that changed, and lines that use a changed macro. A
decision is touched if any line of its statement is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rig.base import c_source
from rig.coverage import profile
from rig.review import diff
from rig.review.verdict import Figures, Finding, State, is_core, is_driver, is_test, ranges

_CONDITIONAL = re.compile(r"^# ?(if|ifdef|ifndef|elif|else|endif)\b")
_SEVERAL = re.compile(r"&&|\|\|")
# Conditions that are evaluated at compile time have no outcomes.
_STATIC = re.compile(r"\b(?:static_assert|BUILD_BUG_ON\w*|compiletime_assert|IS_ENABLED)\b")
_PUNCTUATION = frozenset("{}();,")


class Judge:
    """Compares the coverage before and after a patch."""

    def __init__(self, change: diff.Change, old: State, new: State) -> None:
        self.change = change
        self.old = old
        self.new = new
        self.macros = changed_macros(change, old, new)
        # By file: each touched line with the changed macro that it uses, or "".
        self.touched = {name: self._touched(name, source)
                        for name, source in new.driver().items()}
        self.figures = self._count_changes()

    def lines(self) -> list[Finding]:
        """Return a finding for each range of touched lines that was not run."""
        found = []
        for name, touched in self.touched.items():
            counts = self.new.counts(name)
            judged = self._recorded(name, touched)
            missed = {line for line in judged
                      if not counts[line] and not self.new.waived(name, line)}
            self.figures.lines += len(judged)
            self.figures.lines_run += len(judged) - len(missed)
            for first, last in self._ranges(name, missed):
                found.append(Finding("lines", self._say(name, first, "never run"), name,
                                     first, last))
        return found

    def outcomes(self) -> list[Finding]:
        """Return findings for outcomes of touched decisions that did not occur."""
        found = []
        for name in self.touched:
            by_line: dict[int, list[str]] = {}
            for line, branches in self._decided(name):
                taken = sum(bool(branch.count) for branch in branches)
                self.figures.outcomes += len(branches)
                self.figures.outcomes_taken += taken
                missing = [branch for branch in branches if not branch.count]
                if missing and line not in by_line:
                    by_line[line] = [_way(branch, branches) for branch in missing]
            for line, ways in sorted(by_line.items()):
                text = ", ".join(dict.fromkeys(ways))
                found.append(Finding("outcomes", self._say(name, line, text), name, line))
        return found

    def conditions(self) -> list[Finding]:
        """Return findings for conditions of touched decisions in core/ without proof of independent
        effect.
        """
        found = []
        for name in filter(is_core, self.touched):
            wide = self._wide(name)
            seen: set[int] = set()
            for kind, file in self.new.files(name):
                if kind != profile.MCDC:
                    continue
                for decision in file.decisions:
                    lines = set(range(decision.line, decision.end_line + 1))
                    if not lines & wide:
                        continue
                    seen |= lines
                    found += self._unmet(name, decision)
            found += self._undecided(name, wide, seen)
        return found

    def kept(self) -> list[Finding]:
        """Return findings for unchanged lines that were covered before and are no longer."""
        found = []
        for name in self.old.driver():
            lost = self._lost_lines(name)
            lost |= {place: text for place, text in self._lost_outcomes(name).items()
                     if place not in lost}
            for text in sorted(set(lost.values())):
                for new_name in sorted({file for file, _ in lost}):
                    lines = {line for file, line in lost
                             if file == new_name and lost[file, line] == text}
                    found += [Finding("kept", self._say(new_name, first, text), new_name, first,
                                      last) for first, last in self._ranges(new_name, lines)]
        return found

    def only_deletes(self) -> bool:
        """Return whether the patch only deletes lines of the driver, and no tests."""
        driver = [file for file in self.change if is_driver(file.name)]
        added = any(set(file.new.code[line - 1]) - _PUNCTUATION
                    for file in driver for line in self.change.changed(file.new_name))
        tests = any(self.change.removed(file.old_name) for file in self.change
                    if is_test(file.old_name))
        return bool(driver) and not added and not tests

    def measured(self) -> list[Finding]:
        """Return findings for touched code without coverage data, because it is not compiled or
        used.
        """
        found = []
        for name, source in self.new.driver().items():
            touched = {line for line in self.touched[name] if not self._in_macro(source, line)}
            if name.endswith(".c") and source.functions and not self._is_complete(name) \
                    and (self.change.file(name) or self.old.files(name)):
                found.append(Finding("profile", "the suites have no profile of this file: is it"
                                     " built?", name, 1))
                continue
            found += self._not_compiled(name, source, touched)
        return found + self._unused_macros()

    def _is_complete(self, name: str) -> bool:
        return len(self.new.files(name)) == len(self.new.profiles) > 0

    def _touched(self, name: str, source: c_source.Source) -> dict[int, str]:
        touched = dict.fromkeys(self.change.changed(name) if self.change.file(name) else (), "")
        if self.macros:
            for line, words in enumerate(source.words, 1):
                used = sorted(words & self.macros)
                if used and line not in touched and not self._in_macro(source, line):
                    touched[line] = used[0]
        return touched

    @staticmethod
    def _in_macro(source: c_source.Source, line: int) -> bool:
        return any(line in macro for macro in source.macros)

    def _wide(self, name: str) -> set[int]:
        return self.new.sources[name].widened(self.touched[name])

    def _recorded(self, name: str, touched: Iterable[int]) -> set[int]:
        """Return the lines with counters that stand for touched lines.

        A statement of several lines has counters on some of its lines only.
        """
        counts = self.new.counts(name)
        source = self.new.sources[name]
        found: set[int] = set()
        for line in touched:
            if line in counts:
                found.add(line)
            elif any(statement.body for statement in source.statements_at(line)):
                found |= {wide for wide in source.widened([line]) if wide in counts}
        return found

    def _decided(self, name: str) -> Iterator[tuple[int, list[profile.Branch]]]:
        """Yield the decisions of touched statements that were reached."""
        counts = self.new.counts(name)
        wide = self._wide(name)
        # clang first: it names outcomes in the words of the source.
        files = sorted(self.new.files(name), key=lambda entry: entry[0] != profile.MCDC)
        for _, file in files:
            for line, branches in sorted(file.branches.items()):
                if line not in wide or not counts.get(line) or self.new.waived(name, line):
                    continue
                for decision in dict.fromkeys(branch.decision for branch in branches):
                    yield line, [branch for branch in branches if branch.decision == decision]

    def _unmet(self, name: str, decision: profile.Decision) -> list[Finding]:
        found = []
        for number, condition in enumerate(decision.conditions, 1):
            if condition.constant or self.new.waived(name, condition.line):
                continue
            self.figures.conditions += 1
            unmet = condition.unmet()
            if not unmet:
                self.figures.conditions_shown += 1
                continue
            quoted = f' "{condition.text}"' if condition.text else ""
            found.append(Finding("mcdc", self._say(name, condition.line,
                                                   f"condition {number}{quoted} {unmet}"),
                                 name, condition.line))
        return found

    def _undecided(self, name: str, wide: set[int], seen: set[int]) -> list[Finding]:
        """Return findings for touched decisions of several conditions that clang did not record."""
        if not any(one.provenance.kind == profile.MCDC for one in self.new.profiles):
            return []
        found = []
        counts = self.new.counts(name)
        for statement in self.new.sources[name].statements:
            lines = set(statement)
            if statement.body and lines & wide and not lines & seen and lines & set(counts) \
                    and _SEVERAL.search(statement.text) and not statement.text.startswith("#") \
                    and not _STATIC.search(statement.text) \
                    and not self.new.waived(name, statement.first):
                found.append(Finding("mcdc", self._say(
                    name, statement.first, "no data about its conditions"), name,
                    statement.first, statement.last))
        return found

    def _lost_lines(self, name: str) -> dict[diff.Place, str]:
        lost = {}
        for line, count in self.old.counts(name).items():
            place = self.change.to_new(name, line) if count else None
            if place is None or place[1] in self.touched.get(place[0], {}) \
                    or self.new.waived(*place):
                continue
            said = self._lost_line(*place)
            if said:
                lost[place] = said
        return lost

    def _lost_line(self, name: str, line: int) -> str:
        source = self.new.sources.get(name)
        counts = self.new.counts(name)
        if source is None or not set(source.code[line - 1]) - _PUNCTUATION:
            return ""
        if line in counts:
            return "" if counts[line] else "was run before the patch, is not any more"
        # The compiler may count another line of the statement.
        others = [counts[wide] for wide in source.widened([line]) if wide in counts]
        if any(others):
            return ""
        return "was run before the patch, is not " + ("any more" if others else "compiled any more")

    def _lost_outcomes(self, name: str) -> dict[diff.Place, str]:
        lost = {}
        new_files = {}
        for kind, file in self.old.files(name):
            for line, branches in file.branches.items():
                place = self.change.to_new(name, line)
                if place is None or self.new.waived(*place) \
                        or place[1] in self._wide_or_none(place[0]):
                    continue
                if (place[0], kind) not in new_files:
                    new_files[place[0], kind] = dict(self.new.files(place[0])).get(kind)
                now = new_files[place[0], kind]
                ways = _lost_ways(branches, now.branches.get(place[1], []) if now else [])
                if ways:
                    lost[place] = f"was seen before the patch, is not any more: {', '.join(ways)}"
        return lost

    def _wide_or_none(self, name: str) -> set[int]:
        if name not in self._wide_cache:
            self._wide_cache[name] = self._wide(name) if name in self.touched else set()
        return self._wide_cache[name]

    @property
    def _wide_cache(self) -> dict[str, set[int]]:
        return self.__dict__.setdefault("_wides", {})

    def _not_compiled(self, name: str, source: c_source.Source, touched: set[int]
                      ) -> list[Finding]:
        counts = self.new.counts(name)
        found = []
        for function in source.functions:
            if not touched.intersection(function) or self.new.waived(name, function.first):
                continue
            if not any(line in counts for line in function):
                found.append(Finding("profile", f"{function.name}() is nowhere compiled or used",
                                     name, function.first, function.last))
                continue
            for first, last in _regions(source, function):
                inside = [statement for statement in source.statements
                          if first < statement.first and statement.last < last
                          and statement.text.endswith(";")]
                if inside and touched.intersection(range(first, last + 1)) \
                        and not any(line in counts for line in range(first, last + 1)):
                    found.append(Finding("profile", self._say(
                        name, first, "not compiled into the kernel that is tested"), name,
                        first + 1, last - 1))
        return found

    def _unused_macros(self) -> list[Finding]:
        """Return findings for new or changed macros with arguments that have no user."""
        found = []
        for name, source in self.new.driver().items():
            if not self.change.file(name):
                continue
            for macro in source.macros:
                if macro.takes_arguments and macro.body and macro.name in self.macros \
                        and self.change.changed(name).intersection(macro) \
                        and not self._is_used(macro.name):
                    found.append(Finding("profile", f"{macro.name}() is nowhere used", name,
                                         macro.first, macro.last))
        return found

    def _is_used(self, macro: str) -> bool:
        return any(macro in words and not any(line in one and one.name == macro
                                              for one in source.macros)
                   for source in self.new.sources.values()
                   for line, words in enumerate(source.words, 1))

    def _say(self, name: str, line: int, text: str) -> str:
        """Return @text with the enclosing function, and the changed macro that the line uses."""
        source = self.new.sources.get(name)
        function = source.function_at(line) if source else None
        macro = self.touched.get(name, {}).get(line, "")
        text += f", in {function.name}()" if function else ""
        return text + (f"; it uses {macro}, which changed" if macro else "")

    def _ranges(self, name: str, lines: Iterable[int]) -> list[tuple[int, int]]:
        """Join neighbouring lines of a function to ranges; lines without code do not split a range.
        """
        counts = self.new.counts(name)
        lines = set(lines)
        source = self.new.sources.get(name)
        found: list[tuple[int, int]] = []
        for first, last in ranges(lines):
            joins = found and source and not any(line in counts for line in
                                                 range(found[-1][1] + 1, first))
            if joins and source.function_at(found[-1][0]) == source.function_at(first):
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return found

    def _count_changes(self) -> Figures:
        figures = Figures()
        figures.moved = sum(is_driver(name) for name, _ in self.change.moved)
        figures.removed = sum(len(self.change.removed(file.old_name)) for file in self.change
                              if is_driver(file.old_name))
        figures.tests = sum(map(len, self.new.tests.values()))
        figures.tests_before = sum(map(len, self.old.tests.values()))
        return figures


def changed_macros(change: diff.Change, old: State, new: State) -> set[str]:
    """Return the macros with a changed expansion, directly or through another macro.

    A new macro counts as changed if its name was used before: it hides the previous meaning.
    """
    if not any(is_driver(file.name) for file in change):
        return set()
    before, after = _bodies(old), _bodies(new)
    changed = {name for name, bodies in after.items() if before.get(name) != bodies}
    grown = True
    while grown:
        more = {name for name, bodies in after.items() if name not in changed
                and any(changed.intersection(re.findall(r"\w+", body)) for body in bodies)}
        changed |= more
        grown = bool(more)
    return changed


def _bodies(state: State) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source in state.driver().values():
        for macro in source.macros:
            found.setdefault(macro.name, []).append(macro.body)
    return {name: sorted(bodies) for name, bodies in found.items()}


def _way(branch: profile.Branch, branches: list[profile.Branch]) -> str:
    if not any(other.count for other in branches):
        return "never evaluated"
    return f"never {branch.description}" if branch.description in ("true", "false") \
        else f"{branch.description} never taken"


def _lost_ways(old: list[profile.Branch], new: list[profile.Branch]) -> list[str]:
    """Return the outcomes of a line that occurred before and no longer do."""
    if [branch.index for branch in old] == [branch.index for branch in new]:
        return [now.description for was, now in zip(old, new) if was.count and not now.count]
    if old and all(branch.count for branch in old):
        return [branch.description for branch in new if not branch.count]
    return []


def _regions(source: c_source.Source, function: c_source.Function) -> Iterator[tuple[int, int]]:
    """Yield the line ranges between conditional directives within a function."""
    before = 0
    for line in function:
        if _CONDITIONAL.match(source.code[line - 1]):
            if before:
                yield before, line
            before = 0 if source.code[line - 1].lstrip("# ").startswith("endif") else line
