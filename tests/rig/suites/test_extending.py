# SPDX-License-Identifier: GPL-2.0
"""Test docs/extending.md: its changes fit the tree, and the changed tree passes its tests."""

import dataclasses
import re
import shutil
import unittest
from pathlib import Path

from rig.base import lock, paths
from rig.kernel import build
from tests.rig import support

PAGE = paths.ROOT / "docs/extending.md"

BLOCK = re.compile(r"^```diff\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = "+++ "


@dataclasses.dataclass(frozen=True)
class Change:
    """A change of one place in a file."""

    file: str
    before: str
    after: str

    def put_in(self, root: Path) -> None:
        """Make the change in the only place that it fits."""
        self._replace(root / self.file, self.before, self.after)

    def take_out(self, root: Path) -> None:
        """Undo the change."""
        self._replace(root / self.file, self.after, self.before)

    def is_in(self, root: Path) -> bool:
        """Return whether the change has been made."""
        path = root / self.file
        return path.is_file() and self.after in path.read_text(encoding="utf-8")

    def _replace(self, path: Path, old: str, new: str) -> None:
        if not old:
            if path.exists():
                raise AssertionError(f"{self.file} exists")
            path.write_text(new, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise AssertionError(f"{self.file} has {text.count(old)} places with:\n{old}")
        path.write_text(text.replace(old, new), encoding="utf-8")


def changes(page: str) -> dict[str, list[Change]]:
    """Return the changes of each section of a page that has any."""
    found = {}
    for section in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        own = [change for block in BLOCK.findall(section) for change in _of_block(block)]
        if own:
            found[section.partition("\n")[0]] = own
    return found


def _of_block(block: str) -> list[Change]:
    """Return the changes of a block: files begin with +++, and places in a file with @@."""
    made = []
    for part in re.split(rf"^{re.escape(FILE)}", block, flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        for place in re.split(r"^@@\n", body, flags=re.MULTILINE):
            lines = place.splitlines(keepends=True)
            made.append(Change(name, _text(lines, " -"), _text(lines, " +")))
    return made


def _text(lines: list[str], marks: str) -> str:
    return "".join(line[1:] for line in lines if line[0] in marks)


class PageTest(unittest.TestCase):
    """Test the reader of the page."""

    def test_sections(self) -> None:
        """Return each place of each file, by section."""
        self.assertEqual(
            changes("# T\n## A\n```diff\n+++ a.c\n x\n+y\n@@\n-z\n+++ b.c\n+n\n```\n## B\nno\n"),
            {"A": [Change("a.c", "x\n", "x\ny\n"), Change("a.c", "z\n", ""),
                   Change("b.c", "", "n\n")]})

    def test_place(self) -> None:
        """Reject a change that fits nowhere, or in two places, and a new file that exists."""
        root = support.scratch(self)
        (root / "a").write_text("x\nx\nz\n", encoding="utf-8")
        for before, reason in (("y\n", "0 places"), ("x\n", "2 places"), ("", "a exists")):
            with self.subTest(before), self.assertRaisesRegex(AssertionError, reason):
                Change("a", before, "n\n").put_in(root)
        change = Change("a", "z\n", "n\nz\n")
        change.put_in(root)
        self.assertEqual((root / "a").read_text(encoding="utf-8"), "x\nx\nn\nz\n")
        self.assertTrue(change.is_in(root))
        change.take_out(root)
        self.assertFalse(change.is_in(root))


class ExtendingTest(unittest.TestCase):
    """Apply the page's changes to a copy of the project."""

    def setUp(self) -> None:
        self.project = support.copy_project(support.scratch(self))
        (self.project / "docs").mkdir()
        self.sections = changes(PAGE.read_text(encoding="utf-8"))

    def add_all(self) -> None:
        """Take out the examples that are in the tree, then add each example in its turn."""
        for own in self.sections.values():
            if all(change.is_in(self.project) for change in own):
                for change in own:
                    change.take_out(self.project)
        for section, own in self.sections.items():
            with self.subTest(section):
                for change in own:
                    change.put_in(self.project)

    def borrow_build(self) -> None:
        """Copy the build directory of this project, to compile changed files only."""
        with lock.held():
            kernel = build.ensure_kernel("fast")
            farm = self.project / "build" / kernel.tree.name
            shutil.copytree(kernel.tree, farm, symlinks=True, ignore=shutil.ignore_patterns("O-*"))
            shutil.copytree(kernel.build_dir, farm / kernel.build_dir.name, symlinks=True)

    def passes(self, *argv: str) -> str:
        """Run a command of the copy, expect success, and return its output."""
        ran = support.run([self.project / "tools/rvkms", *argv], env=support.environment())
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        return ran.stdout

    def test_sections(self) -> None:
        """Expect an example of each extension."""
        self.assertEqual([*self.sections], [
            "A check rule", "A pixel format", "A plane property", "A connector property",
            "A suite", "A command of the rig"])

    def test_every_example_works(self) -> None:
        """Run all suites, the new command and the generator of the page of rules."""
        self.add_all()
        self.borrow_build()
        said = self.passes("kunit")
        for test in ("connector: white point without y", "HDR_WHITE", "RGB332", "nearest, both",
                     "rvkms_test_connector_first_state", "rvkms_test_half_to_unorm_literal"):
            self.assertIn(test, said)
        self.assertRegex(self.passes("sizes"), r"(?m)^tests/kunit +\d+ +\d+$")
        self.passes("check-rules")
        rules = (self.project / "docs/check-rules.md").read_text(encoding="utf-8")
        self.assertIn("| HDR_WHITE | EINVAL | white point has an x but no y |", rules)
