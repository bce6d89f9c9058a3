# SPDX-License-Identifier: GPL-2.0
"""Run `make deb-test`: install the package on Debian 13, for each kernel that it supports."""

from __future__ import annotations

import argparse
import re

from rig.base import checks, lock, report
from rig.debian import install
from rig.debian import root as debian_root

TARGET = "deb-test"

# Features that modinfo must report as missing, by series.
MISSING = {"6.12": re.compile(r"^missing: +plane colour pipelines, .*T430", re.MULTILINE)}


def main(_options: argparse.Namespace) -> int:
    """Build, install and purge the package; return the exit status."""
    with report.of_run(TARGET) as files, lock.held():
        root = debian_root.find()
        installed = install.install(root, root.kernels())
        results = checks.run(TARGET, _checks(root, installed))
        return checks.finish(files, results,
                             kernels=[kernel.release for kernel in root.kernels()])


def _checks(root: debian_root.Root, installed: install.Installed) -> dict:
    found = {
        "apt installs the package": lambda: _log_without(installed, install.INSTALLED),
        "lintian finds nothing": lambda: lintian(installed.lintian),
        "udevadm verifies the seat rule": lambda: udevadm(installed.udevadm),
        "purging leaves nothing": lambda: _log_without(installed, install.PURGED),
    }
    modules = {built.kernel.release: built for built in installed.modules}
    for kernel in root.kernels():
        found[f"a module for {kernel.release}, without warnings"] = \
            lambda kernel=kernel: built(modules.get(kernel.release))
        found[f"modinfo for {kernel.release} tells what is missing"] = \
            lambda kernel=kernel: modinfo(modules.get(kernel.release), kernel.series)
    return found


def lintian(said: str) -> list[str]:
    """Return lintian's findings; notes on its own run are none."""
    lines = said.splitlines()
    findings = [line for line in lines if re.match(r"[EWIPX]: ", line)]
    return findings if findings or "rig: lintian 0" in lines else lines or ["no output"]


def udevadm(said: str) -> list[str]:
    """Return what udevadm says of a rule that it rejects."""
    return [] if "rig: udevadm 0" in said.splitlines() else said.splitlines() or ["no output"]


def built(module: install.Built | None) -> list[str]:
    """Return the warnings of a build."""
    return module.warnings if module else ["there is none: see build/log/debian-install.log"]


def modinfo(module: install.Built | None, series: str) -> list[str]:
    """Return the fault of a module's list of missing features."""
    text = module.modinfo if module else ""
    if "description:" not in text:
        return ["modinfo prints nothing"]
    wanted = MISSING.get(series)
    if wanted:
        return [] if wanted.search(text) else ["it lists nothing"]
    return [line for line in text.splitlines() if line.startswith("missing:")]


def _log_without(installed: install.Installed, wanted: re.Pattern) -> list[str]:
    if wanted.search(installed.log):
        return []
    return [*installed.log.splitlines()[-30:], *installed.failed] or ["the log is empty"]
