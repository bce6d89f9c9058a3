# SPDX-License-Identifier: GPL-2.0
"""Test the check of the English of comments, docs and docstrings."""

import tempfile
import unittest
from pathlib import Path

from rig.base import console
from rig.lint import prose


class ProseTest(unittest.TestCase):
    """Check files with one fault each, and files without."""

    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def found(self, name: str, text: str) -> list[str]:
        """Return the findings in a file."""
        path = self.directory / name
        path.write_text(text, encoding="utf-8")
        return prose.findings([path])

    def test_plain_comment(self) -> None:
        """Accept a comment that names its subject."""
        self.assertEqual(self.found("a.c", "/* Show the snapshot at once. */\nint a;\n"), [])

    def test_openers(self) -> None:
        """Report each opening word that stands for an unnamed noun."""
        for word in ("What", "Who", "Whoever", "Whatever", "Those", "That of", "Whose"):
            with self.subTest(word=word):
                found = self.found("a.c", f"int a;\n\n/*\n * {word} it is.\n */\n")
                self.assertIn("a.c:3: opens with", found[0])

    def test_opener_of_a_docstring(self) -> None:
        """Report a docstring, and ignore other strings."""
        self.assertEqual(len(self.found("a.py", '"""Those that are new."""\n')), 1)
        self.assertEqual(self.found("a.py", '"""Say."""\nx = "Those"\n'), [])

    def test_rate(self) -> None:
        """Accept one of 1000 words, and report two."""
        plain = " ".join(["word"] * 999)
        self.assertEqual(self.found("a.md", f"{self.lines(plain)}\n\nIt says what.\n"), [])
        found = self.found("a.md", f"{self.lines(plain)}\n\nIt says what to whom.\n")
        self.assertIn("docs: 2 of 1004 words", found[0])
        self.assertIn("what", found[1])

    @staticmethod
    def lines(text: str) -> str:
        """Break a text into sentences that are short enough."""
        words = text.split()
        return "\n\n".join(" ".join(words[i:i + 20]) for i in range(0, len(words), 20))

    def test_kinds_are_apart(self) -> None:
        """Ignore the words of code and of strings."""
        self.assertEqual(self.found("a.c", 'const char *what = "who";\n/* Plain. */\n'), [])
        self.assertEqual(self.found("a.md", "Run:\n```\nwho what\n```\nand `what`.\n"), [])

    def test_long_sentence(self) -> None:
        """Accept 45 words, report 46, and ignore tables."""
        self.assertEqual(self.found("a.md", " ".join(["word"] * 45) + ".\n"), [])
        found = self.found("a.md", " ".join(["word"] * 46) + ".\n")
        self.assertIn("a sentence of 46 words", found[0])
        self.assertEqual(self.found("a.md", "| " + " ".join(["word"] * 60) + " |\n\nA word.\n"), [])

    def test_scripts(self) -> None:
        """Read the comments of scripts, without their first line and their license."""
        head = "#!/bin/sh\n# SPDX-License-Identifier: GPL-2.0\n#\n"
        self.assertEqual(self.found("a.sh", head + "# Run it.\n"), [])
        self.assertIn("opens with", self.found("a.sh", head + "# Who runs it.\n")[0])
        self.assertIn("opens with", self.found("a.sh", "#!/bin/sh\n\ntrue\t# Who runs it.\n")[0])

    def test_nothing(self) -> None:
        """Fail without any text."""
        with self.assertRaises(console.RigError):
            prose.findings([])


if __name__ == "__main__":
    unittest.main()
