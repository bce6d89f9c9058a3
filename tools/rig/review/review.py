# SPDX-License-Identifier: GPL-2.0
"""Run `make review`: judge a series, patch by patch."""

from __future__ import annotations

import argparse

from rig.base import console
from rig.review import gate, kernel


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("--mbox", default="", metavar="FILE", help="a series as mail")
    parser.add_argument("--patch", default="", metavar="FILE", help="one patch, mail or not")
    parser.add_argument("--revisions", default="", metavar="A..B",
                        help="commits of the repository")
    parser.add_argument("--base", default="", metavar="REVISION",
                        help="revision to apply mail and patches to (default: HEAD)")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    if sum(map(bool, (options.mbox, options.patch, options.revisions))) != 1:
        raise console.RigError("name one source: MBOX=series.mbox, PATCH=file or REV=a..b")
    return gate.run("review", kernel.KernelRig(), lambda judge: judge.judge_series(
        options.base, mbox=options.mbox, patch=options.patch, revisions=options.revisions))
