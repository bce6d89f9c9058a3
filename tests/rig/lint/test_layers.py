# SPDX-License-Identifier: GPL-2.0
"""Test the check of imports between the packages of the rig."""

import unittest
from unittest import mock

from rig.base import console, paths
from rig.lint import layers
from tests.rig import support


class LayersTest(unittest.TestCase):
    """Test imports of a small rig."""

    def findings(self, **texts: str) -> list[str]:
        """Return the findings about a rig with these packages, each with one module."""
        root = support.scratch(self)
        for package, text in texts.items():
            module = root / "tools/rig" / package / "module.py"
            module.parent.mkdir(parents=True)
            module.write_text(text, encoding="utf-8")
        with mock.patch.object(paths, "ROOT", root):
            return layers.findings()

    def test_project(self) -> None:
        """Report nothing about the rig itself."""
        self.assertEqual(layers.findings(), [])

    def test_down(self) -> None:
        """Accept imports of a lower package, of the own package and of Python."""
        self.assertEqual(self.findings(
            base="import os\nfrom pathlib import Path\nfrom rig.base import paths\n",
            kernel="from rig.base import console\nimport rig.base.paths\n",
            review="from rig.lint import lint\nfrom rig.coverage.profile import Profile\n"), [])

    def test_up_and_aside(self) -> None:
        """Report imports of a higher package and of one that is not below, in any form."""
        self.assertEqual(self.findings(
            base="import os\nfrom rig.kernel import build\n",
            kernel="def f():\n    import rig.suites.kunit\n",
            bench="from rig.lint.files import text_files\n",
            suites="from rig import cmdline\n"), [
                "tools/rig/base/module.py:2: base must not import rig.kernel.build",
                "tools/rig/bench/module.py:1: bench must not import rig.lint.files.text_files",
                "tools/rig/kernel/module.py:2: kernel must not import rig.suites.kunit",
                "tools/rig/suites/module.py:1: suites must not import rig.cmdline"])

    def test_unknown_package(self) -> None:
        """Report a package without a place."""
        self.assertEqual(self.findings(attic="import os\n"), [
            "tools/rig/attic/module.py:1: tools/rig has no package attic in"
            " tools/rig/lint/layers.py"])

    def test_nothing(self) -> None:
        """Fail if there is no package."""
        with self.assertRaisesRegex(console.RigError, "no packages"):
            self.findings()

    def test_order(self) -> None:
        """Expect that each package may import only packages that are listed before it."""
        before: set[str] = set()
        for package, below in layers.PACKAGES.items():
            self.assertLessEqual(below, before, package)
            before.add(package)
