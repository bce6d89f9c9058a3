# SPDX-License-Identifier: GPL-2.0
"""Test the command line of the rig."""

import importlib
import re
import unittest

from rig import cmdline
from rig.base import console, paths
from tests.rig import support


class CommandLineTest(unittest.TestCase):
    """Test tools/rvkms, and the table of its commands."""

    def test_every_command_has_a_module(self) -> None:
        """Expect a main() in the module of each command."""
        for name, (path, _) in cmdline.COMMANDS.items():
            with self.subTest(name):
                self.assertTrue(callable(importlib.import_module(f"rig.{path}").main))

    def test_every_target_is_a_command(self) -> None:
        """Expect each target of the Makefile to run the command of its name."""
        text = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
        found = re.findall(r"^([a-z-]+):.*\n\t@tools/rvkms ([a-z-]+)", text, re.MULTILINE)
        self.assertEqual([target for target, _ in found], [command for _, command in found])
        self.assertEqual({*cmdline.COMMANDS} - {target for target, _ in found},
                         {"who-tests", "check-rules"})

    def test_help(self) -> None:
        """List the commands; describe the arguments of one."""
        listed = support.run([paths.RVKMS, "--help"])
        self.assertEqual(listed.returncode, 0)
        for name in cmdline.COMMANDS:
            self.assertRegex(listed.stdout, rf"(?m)^    {name}( |$)")
        one = support.run([paths.RVKMS, "race", "--help"])
        self.assertEqual(one.returncode, 0)
        self.assertIn("--flips", one.stdout)

    def test_help_is_quick(self) -> None:
        """Import no module of a command for the list of commands."""
        ran = support.run(["python3", "-X", "importtime", paths.RVKMS, "--help"])
        self.assertIn("rig.cmdline", ran.stderr)
        self.assertNotIn("rig.suites", ran.stderr)
        self.assertNotIn("rig.kernel", ran.stderr)

    def test_bad_command_lines(self) -> None:
        """Reject a missing command, an unknown one, and an unknown argument."""
        for argv, reason in (([], "required: COMMAND"), (["kunitt"], "invalid choice: 'kunitt'"),
                             (["kunit", "--fast"], "unrecognized arguments: --fast")):
            with self.subTest(argv):
                ran = support.run([paths.RVKMS, *argv])
                self.assertEqual(ran.returncode, console.COULD_NOT_RUN)
                self.assertIn(reason, ran.stderr)
