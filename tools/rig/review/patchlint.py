# SPDX-License-Identifier: GPL-2.0
"""Run the kernel's static checks on the lines and files that a patch changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from rig.base import console, paths, process
from rig.kernel import build, packages
from rig.kernel import source as kernel_source
from rig.lint import lint
from rig.review import diff, series
from rig.review.verdict import Finding, is_driver, is_test

CHANGED = "changed"  # the check of `make lint` that compiles

# "drivers/a.c:12: ERROR:SPACING: text"; a line without a file is about the message.
_SAID = re.compile(r"^(?P<where>[^\s:]*):(?:(?P<line>\d+):)?\s*"
                   r"(?P<text>(?:ERROR|WARNING|CHECK):(?P<type>\w+): .*)$")
_PLACE = re.compile(r"^(?P<file>[^\s:]+):(?P<line>\d+)(?::\d+)?:? ?(?P<text>.*)$")

# Types that apply to the kernel's own tree only.
IGNORED = ("FILE_PATH_CHANGES", "NOT_UNIFIED_DIFF")
# Types that the submission of a patch resolves: remarks, not findings.
ON_THE_WAY = {"MISSING_SIGN_OFF", "COMMIT_MESSAGE", "NO_AUTHOR_SIGN_OFF"}


def checkpatch(patch: series.Patch) -> tuple[list[Finding], list[Finding]]:
    """Run checkpatch on a patch and its message; return findings and remarks."""
    kernel = kernel_source.find().path
    ignored = [*IGNORED, *(() if patch.is_mail else ("COMMIT_MESSAGE", "MISSING_SIGN_OFF"))]
    child = process.spawn(
        ["perl", "scripts/checkpatch.pl", "--strict", "--terse", "--show-types", "--showfile",
         "--no-summary", "--max-line-length=100", f"--ignore={','.join(ignored)}", "-"],
        cwd=kernel, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=build.environment())
    said, _ = child.communicate(patch.text.encode(errors="surrogateescape"))
    status = process.finish(child)
    findings: list[Finding] = []
    remarks: list[Finding] = []
    matched = False
    for line in said.decode(errors="replace").splitlines():
        match = _SAID.match(line)
        if not match:
            continue
        matched = True
        found = _found(line, match)
        if found:
            (remarks if match["type"] in ON_THE_WAY else findings).append(found)
    if status and not matched:
        raise console.RigError(f"checkpatch ended with {status}", said.decode(errors="replace"))
    return findings, remarks


def _found(line: str, match: re.Match) -> Finding | None:
    name = match["where"]
    if lint.ACCEPTED.search(line):
        return None
    if "/" not in name:
        return Finding("checkpatch", f"commit message: {match['text']}")
    if is_driver(name) or is_test(name) or Path(name).name in ("Kconfig", "Makefile"):
        return Finding("checkpatch", match["text"], name, int(match["line"] or 0))
    # checkpatch's rules are the kernel's: some apply to user-space C, none to scripts and text.
    if name.endswith((".c", ".h")) and match["type"] not in lint.USER_SPACE_IGNORES.split(","):
        return Finding("checkpatch", match["text"], name, int(match["line"] or 0))
    return None


def kernel_doc(root: Path, change: diff.Change) -> list[Finding]:
    """Run kernel-doc on the files that a patch changes."""
    names = [file.new_name for file in change
             if (is_driver(file.new_name) or is_test(file.new_name)) and not file.binary]
    if not names:
        return []
    script = kernel_source.find().path / "scripts/kernel-doc"
    ran = process.run([sys.executable, str(script), "-none", "-Wall", "-Werror", *names], cwd=root,
                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=build.environment())
    lines = [line for line in ran.stdout.splitlines() if line.strip()]
    if ran.returncode and not lines:
        raise console.RigError(f"kernel-doc ended with {ran.returncode} and printed nothing")
    return [_placed("kernel-doc", re.sub(r"^(?:Warning|Error): ", "", line)) for line in lines]


def compiled(root: Path, change: diff.Change) -> list[Finding]:
    """Return the warnings of W=1 and sparse in the files that a patch causes to be compiled."""
    names = sorted({name for file in change for name in (file.old_name, file.new_name)
                    if is_driver(name) or is_test(name)})
    if not names:
        return []
    packages.ensure(packages.BUILD | packages.LINT, packages.WANTED)
    reports = root / "build/reports/lint"
    (reports / "junit.xml").unlink(missing_ok=True)
    ran = process.run([sys.executable, str(paths.RVKMS), "lint", CHANGED],
                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                      env=os.environ | {"RVKMS_PROJECT": str(root),
                                        lint.CHANGED_FILES: "\n".join(names)})
    try:
        cases = ElementTree.parse(reports / "junit.xml").getroot().findall("testcase")
    except (OSError, ElementTree.ParseError) as error:
        raise console.RigError("the patch could not be compiled for sparse", ran.stdout) from error
    if not cases:
        raise console.RigError("sparse was not run", ran.stdout)
    return [_placed("sparse", line) for case in cases for failure in case.findall("failure")
            for line in (failure.text or "").splitlines()]


def _placed(check: str, line: str) -> Finding:
    match = _PLACE.match(line)
    if not match:
        return Finding(check, line)
    return Finding(check, match["text"], match["file"], int(match["line"]))
