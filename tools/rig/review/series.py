# SPDX-License-Identifier: GPL-2.0
"""Read patches from a mailbox, a file or a range of commits, and apply them.

Each patch becomes a commit of a scratch repository, on top of the previous one.
"""

from __future__ import annotations

import dataclasses
import email.header
import email.parser
import re
import shutil
from pathlib import Path

from rig.base import console, git, paths

# As written by `git format-patch` and by people: [PATCH v2 03/12], [RFC PATCH 1/2].
_NUMBER = re.compile(r"^(?:re: *)?\[[^\]]*?\b0*(\d+)/0*(\d+)\]", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:\s*\[[^\]]*\])*\s*")
_MAIL = re.compile(r"^(?:From |From: |Subject: |Date: |Message-I[dD]: |[A-Z][\w-]*: )")

# The beginning of a diff, in a mail or without one.
_DIFF = re.compile(r"^(?:diff --git |--- |Index: )", re.MULTILINE)


class DoesNotApply(Exception):
    """Raised for a patch that does not apply, with git's message."""


@dataclasses.dataclass(frozen=True)
class Patch:
    """One patch of a series."""

    subject: str
    author: str
    text: str  # the mail, or a plain diff
    is_mail: bool  # whether it has a commit message
    commit: str = ""  # the commit, if it is in the repository


def read(repository: git.Repository, work: Path, *, mbox: str = "", patch: str = "",
         revisions: str = "") -> list[Patch]:
    """Return all patches of the one source that is given."""
    if revisions:
        found = _from_commits(repository, revisions)
    else:
        found = _from_file(repository, Path(mbox or patch).expanduser(), work)
    if not found:
        raise console.RigError(f"there is no patch in {revisions or mbox or patch}")
    return found


def _from_commits(repository: git.Repository, revisions: str) -> list[Patch]:
    first, dots, last = revisions.partition("..")
    if not dots or last.startswith("."):
        raise console.RigError(f"{revisions} is no range of revisions: REV=a..b")
    start, end = repository.commit(first or "HEAD"), repository.commit(last or "HEAD")
    listed = repository.ask("rev-list", "--reverse", "--parents", f"{start}..{end}").splitlines()
    before = start
    found = []
    for line in listed:
        commit, *parents = line.split()
        if parents != [before]:
            raise console.RigError(
                f"{revisions} is no series: {commit[:12]} does not follow {before[:12]}; rebase it")
        text = repository.ask("format-patch", "-1", "--stdout", "--no-signature", "--binary",
                              "--no-ext-diff", "--no-textconv", commit)
        subject, author = _shown(repository.ask("log", "-1", "--format=%s%x00%an", commit))
        found.append(Patch(subject, author, text, True, commit))
        before = commit
    return found


def _shown(line: str) -> tuple[str, str]:
    subject, _, author = line.strip().partition("\0")
    return subject, author


def _from_file(repository: git.Repository, path: Path, work: Path) -> list[Patch]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise console.RigError(f"{path} cannot be read: {error.strerror}") from error
    text = content.decode(errors="surrogateescape")
    if not _MAIL.match(text.lstrip("\n")):
        return [Patch(path.name, "", text, False)] if _DIFF.search(text) else []
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    split = repository.run("mailsplit", f"-o{work}", "--", str(path.absolute()))
    if split.returncode:
        raise console.RigError(f"{path} is no mailbox", split.stderr)
    mails = [_mail(file) for file in sorted(work.iterdir())]
    shutil.rmtree(work)
    # Cover letters and replies have no diff.
    return _in_order([mail for mail in mails if _DIFF.search(mail.text)])


def _mail(file: Path) -> Patch:
    text = file.read_bytes().decode(errors="surrogateescape")
    headers = email.parser.HeaderParser().parsestr(text)
    return Patch(_header(headers["Subject"]), _header(headers["From"]), text, True)


def _header(value: object) -> str:
    """Return a decoded header on one line."""
    try:
        parts = email.header.decode_header(str(value or ""))
        decoded = str(email.header.make_header(parts))
    except (ValueError, LookupError):
        decoded = str(value)
    return " ".join(decoded.split())


def _in_order(found: list[Patch]) -> list[Patch]:
    """Sort by the patch numbers if all are different: mail arrives in any order."""
    numbers = [_NUMBER.match(patch.subject) for patch in found]
    if all(numbers):
        order = [int(match.group(1)) for match in numbers]
        if len(set(order)) == len(order):
            found = [patch for _, patch in sorted(zip(order, found), key=lambda pair: pair[0])]
    return [dataclasses.replace(patch, subject=_PREFIX.sub("", patch.subject))
            for patch in found]


class Scratch:
    """A clone in which patches are applied; its build/ is kept between reviews."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.repository = git.Repository(directory)

    def prepare(self, users: git.Repository) -> None:
        """Make or update the clone; it shares the user's objects."""
        git_directory = self.directory / ".git"
        origin = users.ask("rev-parse", "--git-common-dir").strip()
        objects = (users.directory / origin).resolve() / "objects"
        alternates = git_directory / "objects/info/alternates"
        if not alternates.is_file() or alternates.read_text(encoding="utf-8") != f"{objects}\n":
            shutil.rmtree(git_directory, ignore_errors=True)
            self.directory.mkdir(parents=True, exist_ok=True)
            self.repository.ask("init", "--quiet", "--template=")
            alternates.parent.mkdir(parents=True, exist_ok=True)
            alternates.write_text(f"{objects}\n", encoding="utf-8")

    def put(self, tree_or_commit: str, commit: str = "") -> None:
        """Check out a revision; keep the build directories."""
        # Leftovers of an interrupted run.
        (self.directory / ".git/index.lock").unlink(missing_ok=True)
        shutil.rmtree(self.directory / ".git/rebase-apply", ignore_errors=True)
        if not commit:
            commit = tree_or_commit
        self.repository.ask("update-ref", "--no-deref", "HEAD", commit)
        self.repository.ask("read-tree", "--reset", "-u", tree_or_commit)
        self.repository.ask("clean", "-ffdxq", "--exclude=/build")

    def commit_tree(self, tree: str, parent: str, message: str) -> str:
        """Return a new commit of a tree."""
        return self.repository.ask("-c", "user.name=rvkms gate", "-c", "user.email=gate@localhost",
                                   "commit-tree", tree, "-p", parent, "-m", message).strip()

    def apply(self, patch: Patch) -> str:
        """Apply a patch on top of HEAD; return its commit, or raise DoesNotApply."""
        if patch.commit:
            self.put(patch.commit)
            return patch.commit
        mail = self.directory / ".git/patch"
        mail.write_bytes(patch.text.encode(errors="surrogateescape"))
        if patch.is_mail:
            ran = self.repository.run("am", "--quiet", "--no-3way", "--no-scissors",
                                      str(mail))
            if ran.returncode:
                self.repository.run("am", "--abort")
                raise DoesNotApply(_reason(ran.stderr + ran.stdout))
            return self.repository.commit("HEAD")
        ran = self.repository.run("apply", "--index", "--whitespace=nowarn", str(mail))
        if ran.returncode:
            raise DoesNotApply(_reason(ran.stderr))
        parent = self.repository.commit("HEAD")
        made = self.commit_tree(self.repository.ask("write-tree").strip(), parent, patch.subject)
        self.repository.ask("update-ref", "--no-deref", "HEAD", made)
        return made


def _reason(said: str) -> str:
    """Return git's error messages without its advice."""
    lines = [line for line in said.splitlines()
             if line.startswith(("error:", "fatal:", "Patch failed", "Patch is empty"))]
    return "\n".join(lines or said.splitlines()[:5]).replace("error: ", "").replace("fatal: ", "")


def directory() -> Path:
    """Return the directory of the scratch clone."""
    return paths.BUILD / "review/project"
