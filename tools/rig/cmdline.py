# SPDX-License-Identifier: GPL-2.0
"""Run `tools/rvkms COMMAND [ARGUMENT...]`.

The module of a command has a function main(options), which returns the exit status, and, if the
command has arguments, add_arguments(parser). Only the module of the given command is imported.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence

from rig.base import console

# The module and the one-line help of each command.
COMMANDS = {
    "kunit": ("suites.kunit", "build the driver into a UML kernel and run its KUnit suites"),
    "kunit-all": ("suites.kunit", "run the KUnit suites with their slow tests"),
    "core-test": ("suites.core_test", "run the suites of core/ in user space"),
    "fuzz": ("suites.fuzz", "fuzz core/ in user space, with sanitizers"),
    "demo": ("suites.demo", "boot the driver, show a scene, keep the frames in build/demo/"),
    "stress": ("suites.stress", "use and unplug the driver with many clients at once"),
    "race": ("suites.race", "check in real time that CRCs match the displayed frames"),
    "nocompile": ("suites.nocompile", "check that wrong use of the KMS layer does not compile"),
    "rig-test": ("suites.rig_test", "test the rig itself"),
    "test": ("suites.test", "run all parts of the test suite and print the sum of their results"),
    "coverage": ("coverage.coverage", "measure coverage of suites and demo with gcc"),
    "mcdc": ("coverage.coverage", "measure coverage and MC/DC of suites and demo with clang"),
    "who-tests": ("coverage.who_tests", "print the suites and tests that reach a line"),
    "igt": ("igt.igt", "run IGT on a driver and compare the results with the expectations"),
    "igt-smoke": ("igt.smoke", "run the smoke subset of IGT"),
    "igt-compare": ("igt.compare", "run IGT on rvkms and on the in-tree vkms, and compare"),
    "igt-userland": ("igt.userland", "make IGT's userland in the cache, and print its path"),
    "bench": ("bench.frame", "measure the cost of a frame with rvkms and with vkms"),
    "bench-loop": ("bench.loop", "measure the time from an edit to the test results"),
    "lint": ("lint.lint", "run the static checks"),
    "check-rules": ("lint.check_rules", "generate docs/check-rules.md"),
    "gate": ("review.gate", "judge the working tree: report changes without tests"),
    "review": ("review.review", "judge a series, patch by patch: report changes without tests"),
    "deb": ("debian.package", "build the Debian package"),
    "deb-test": ("debian.deb_test", "install the package on Debian 13, for each kernel"),
    "boot": ("debian.boot", "boot the packaged module on one of Debian's kernels"),
    "doctor": ("debian.doctor", "tell what this machine lacks to use rvkms"),
    "debian-root": ("debian.root", "make the Debian root in the cache, and print its path"),
    "kernel-source": ("kernel.source", "download the kernel's source, and print its path"),
}


def main(argv: Sequence[str]) -> int:
    """Parse a command line and run its command; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="tools/rvkms", description="Build, run and check rvkms.",
        epilog="tools/rvkms COMMAND --help describes the arguments of a command.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    module = None
    for name, (path, text) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=f"{name}: {text}")
        if [name] == list(argv[:1]):
            module = importlib.import_module(f"rig.{path}")
            if hasattr(module, "add_arguments"):
                module.add_arguments(command)
    options = parser.parse_args(argv)
    return console.main(options.command, lambda: module.main(options))
