# SPDX-License-Identifier: GPL-2.0
"""Make debian/changelog of docs/changes.md."""

from __future__ import annotations

import datetime
import email.utils
import re
import textwrap

from rig.base import console

MAINTAINER = "The rvkms authors <dri-devel@lists.freedesktop.org>"

# "## [1.2.0] - 2026-12-01" or "## [Unreleased]"
RELEASE = re.compile(r"^## \[(?P<name>[^]]+)\](?: - (?P<date>\d{4}-\d\d-\d\d))?$")
WIDTH = 78


def make(text: str, version: str, head: datetime.datetime) -> str:
    """Return the entries of the releases in @text, and one of @version if it is none of them."""
    releases = read(text)
    names = [name for name, _, _ in releases]
    if version not in names:
        if names[:1] != ["Unreleased"]:
            raise console.RigError(f"docs/changes.md describes neither {version} nor [Unreleased]")
        releases[0] = (version, head, releases[0][2])
    elif names[:1] == ["Unreleased"]:
        releases.pop(0)
    if releases[0][0] != version:
        raise console.RigError(f"docs/changes.md has {releases[0][0]} above {version}")
    return "\n".join(entry(*release) for release in releases)


def read(text: str) -> list[tuple[str, datetime.datetime, list[str]]]:
    """Return name, date and items of each release; the date of [Unreleased] is the epoch."""
    releases: list[tuple[str, datetime.datetime, list[str]]] = []
    for line in text.splitlines():
        match = RELEASE.match(line)
        if match:
            day = datetime.datetime.fromisoformat((match["date"] or "1970-01-01") + "T00:00:00Z")
            releases.append((match["name"], day, []))
        elif line.startswith("## "):
            raise console.RigError(f"docs/changes.md: no release in '{line}'")
        elif releases and line.startswith("- "):
            releases[-1][2].append(line.removeprefix("- "))
        elif releases and line.startswith("  ") and releases[-1][2]:
            releases[-1][2][-1] += " " + line.strip()
    for name, _, items in releases:
        if not items:
            raise console.RigError(f"docs/changes.md: {name} has no items")
    return releases


def entry(name: str, date: datetime.datetime, items: list[str]) -> str:
    """Return an entry in the format of dpkg-parsechangelog."""
    lines = [textwrap.fill(item, WIDTH, initial_indent="  * ", subsequent_indent="    ",
                           break_long_words=False, break_on_hyphens=False) for item in items]
    return (f"rvkms ({name}) unstable; urgency=medium\n\n" + "\n".join(lines)
            + f"\n\n -- {MAINTAINER}  {email.utils.format_datetime(date)}\n")
