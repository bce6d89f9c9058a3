# SPDX-License-Identifier: GPL-2.0
"""Check the messages of the commits that main does not have yet, against docs/writing.md."""

from __future__ import annotations

import re

from rig.base import checks, git, paths
from rig.lint import rings

UPSTREAM = "main"

# Areas of several files. Another area is the name of a file of the shell.
AREAS = {"core", "kms", "kunit", "docs", "rig", "igt", "stress", "race", "bench", "demo", "lint",
         "deb", "boot", "rvkms"}
SUBJECT = re.compile(r"^([\w-]+): [a-z]")
LONGEST_SUBJECT = 75
SIGNED_OFF = re.compile(r"^Signed-off-by: .+ <.+>$", re.MULTILINE)


def findings() -> list[str]:
    """Return the faults of all messages."""
    repository = git.Repository(paths.ROOT)
    if repository.run("rev-parse", "--verify", "--quiet", UPSTREAM).returncode:
        raise checks.Skip(f"git knows no branch {UPSTREAM} here")
    listed = repository.ask("log", "--no-merges", "--format=%h%n%B%x00", f"{UPSTREAM}..HEAD")
    messages = [text.strip().partition("\n") for text in listed.split("\0") if text.strip()]
    if not messages:
        raise checks.Skip(f"{UPSTREAM} has every commit")
    return [f"{commit}: {fault}" for commit, _, message in messages for fault in faults(message)]


def faults(message: str) -> list[str]:
    """Return the faults of one message."""
    subject, _, rest = message.partition("\n")
    body = SIGNED_OFF.sub("", rest).strip()
    match = SUBJECT.match(subject)
    found = []
    if not match:
        found.append(f'"{subject}" is not of the form "area: verb object"')
    elif match[1] not in AREAS | _files_of_shell():
        found.append(f'"{match[1]}" is no area of docs/writing.md')
    if len(subject) > LONGEST_SUBJECT:
        found.append(f"the subject has {len(subject)} characters; at most {LONGEST_SUBJECT}")
    if subject.endswith("."):
        found.append("the subject ends with a full stop")
    if not body:
        found.append("no body says why")
    if not SIGNED_OFF.search(rest):
        found.append("no Signed-off-by")
    return found


def _files_of_shell() -> set[str]:
    return {path.stem for path in rings.shell_files(paths.ROOT / paths.DRIVER, "*.c")}
