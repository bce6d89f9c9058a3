# SPDX-License-Identifier: GPL-2.0
"""Run the Coccinelle rules: conventions of the KMS layer that C types cannot express.

A rule is tools/cocci/<name>.cocci. Its fixture, tests/cocci/<name>.c, marks each line that the rule
must report with a "found" comment; the rule must report these lines and no others. Then it must
report nothing in the driver outside of the layer, nor in kms_toy, the suites' example driver. The
suites themselves are not checked: they access the layer's internals on purpose.
"""

from __future__ import annotations

import functools
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from rig.base import console, paths, process
from rig.kernel import packages
from rig.lint import rings

RULES = paths.ROOT / "tools/cocci"
FIXTURES = paths.ROOT / "tests/cocci"
# The rules contain Python scripts; spatch needs the library under the name of the -dev package.
COCCINELLE = {"coccinelle": "spatch", "python3-dev": "/usr/bin/python3-config"}

REPORT = re.compile(r"^(.+?):(\d+):\d+-\d+: (.+)$", re.MULTILINE)
FOUND = "/* found */"
SAFETY = re.compile(r"^\s*(/\*|\*|//) SAFETY: ")
# Findings of this rule can be suppressed by a SAFETY comment.
EXCUSED = "cast"


def checks() -> dict[str, Callable[[], list[str]]]:
    """Return the checks by name: each rule on its fixture, then each rule on the driver."""
    packages.ensure(COCCINELLE)
    rules = sorted(RULES.glob("*.cocci"))
    found = {f"cocci-fixture-{rule.stem}": functools.partial(fixture_faults, rule)
             for rule in rules}
    return found | {f"cocci-driver-{rule.stem}": functools.partial(driver_faults, rule)
                    for rule in rules}


def fixture_faults(rule: Path) -> list[str]:
    """Return the lines on which a rule and its fixture disagree."""
    fixture = FIXTURES / f"{rule.stem}.c"
    lines = fixture.read_text(encoding="utf-8").splitlines()
    wanted = {number for number, line in enumerate(lines, 1) if FOUND in line}
    found = {number for _, number, _ in _findings(rule, [fixture])}
    name = paths.shown(fixture)
    return ([f"{name}: no line is marked as found"] * (not wanted)
            + [f"{name}:{number}: not found" for number in sorted(wanted - found)]
            + [f"{name}:{number}: found by mistake" for number in sorted(found - wanted)])


def driver_faults(rule: Path) -> list[str]:
    """Return the findings of a rule in the driver."""
    # vgem has no modes, so it is not on the layer.
    vgem = paths.ROOT / paths.DRIVER / "vgem"
    drivers = sorted([*(path for path in rings.shell_files(paths.ROOT / paths.DRIVER, "*.[ch]")
                        if not path.is_relative_to(vgem)),
                      *(paths.ROOT / paths.SUITES / "kms").glob("kms_toy.[ch]")])
    return [f"{paths.shown(path)}:{number}: {text}"
            for path, number, text in _findings(rule, drivers)]


def _findings(rule: Path, files: list[Path]) -> list[tuple[Path, int, str]]:
    ran = process.run(["spatch", "--very-quiet", "--no-includes", "--macro-file",
                       str(RULES / "macros.h"), "--sp-file", str(rule),
                       *map(str, files)], cwd=paths.ROOT, stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT)
    if ran.returncode:
        raise console.RigError(f"spatch does not run {paths.shown(rule)}", ran.stdout)
    found = [(Path(name), int(line), text) for name, line, text in REPORT.findall(ran.stdout)]
    if rule.stem == EXCUSED:
        found = [finding for finding in found if not _is_excused(*finding[:2])]
    return sorted(set(found))


def _is_excused(path: Path, number: int) -> bool:
    """Return whether the comment right above the line begins with SAFETY."""
    above = path.read_text(encoding="utf-8").splitlines()[:number - 1]
    while above and re.match(r"^\s*(/\*|\*)", above[-1]):
        if SAFETY.match(above.pop()):
            return True
    return False
