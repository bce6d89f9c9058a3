# SPDX-License-Identifier: GPL-2.0
"""Test how the gate maps changed, unchanged and moved lines, and how it parses C."""

import unittest

from rig.review import diff

FUNCTION = """\
static int scale(int value, int by)
{
\tint scaled = value * by;

\tif (scaled < value)
\t\treturn value;
\treturn scaled;
}
"""


def change(*files: tuple[str, str, str, str, str]) -> diff.Change:
    """Make a change of files given as old name, new name, old text, new text, hunks."""
    return diff.Change(diff.File(old, new, before, after, tuple(diff.parse_hunks(hunks)))
                       for old, new, before, after, hunks in files)


class DiffTest(unittest.TestCase):
    """Test maps of lines."""

    def test_hunks(self) -> None:
        """Read ranges without a count and ranges of zero lines."""
        self.assertEqual(diff.parse_hunks("@@ -3 +4,2 @@ int f\n-a\n+b\n+c\n@@ -9,2 +11,0 @@\n"
                                          "@@ -20,0 +20 @@\n"),
                         [diff.Hunk(3, 1, 4, 2), diff.Hunk(9, 2, 12, 0), diff.Hunk(21, 0, 20, 1)])

    def test_lines_after_a_hunk(self) -> None:
        """Map lines after a hunk by the lines that it adds."""
        made = change(("a.c", "a.c", "1;\n2;\n3;\n4;\n", "1;\nx;\ny;\n3;\n4;\n",
                       "@@ -2 +2,2 @@\n"))
        self.assertEqual([made.to_new("a.c", line) for line in range(1, 5)],
                         [("a.c", 1), None, ("a.c", 4), ("a.c", 5)])
        self.assertEqual([made.to_old("a.c", line) for line in range(1, 6)],
                         [("a.c", 1), None, None, ("a.c", 3), ("a.c", 4)])
        self.assertEqual((made.changed("a.c"), made.removed("a.c")), ({2, 3}, {2}))

    def test_file_that_is_not_in_the_patch(self) -> None:
        """Map lines of a file outside of the patch to themselves."""
        made = change(("a.c", "a.c", "1;\n", "2;\n", "@@ -1 +1 @@\n"))
        self.assertEqual(made.to_new("b.c", 7), ("b.c", 7))

    def test_comments_and_space(self) -> None:
        """Ignore changes of comments and white space."""
        made = change(("a.c", "a.c", "a = 1;\nb = 2; /* two */\n",
                       "/* one */\na  =  1;\n\nb = 2; // II\n", "@@ -1,2 +1,4 @@\n"))
        self.assertEqual((made.changed("a.c"), made.removed("a.c")), (set(), set()))
        self.assertEqual(made.to_new("a.c", 2), ("a.c", 4))

    def test_comment_that_opens_over_code(self) -> None:
        """Report code that a new comment encloses as removed."""
        made = change(("a.c", "a.c", "a = 1;\nb = 2;\n", "/* a = 1;\n*/ b = 2;\n",
                       "@@ -1,2 +1,2 @@\n"))
        self.assertEqual((made.changed("a.c"), made.removed("a.c")), (set(), {1}))

    def test_renamed(self) -> None:
        """Map lines of a renamed file to the new name."""
        made = change(("a.c", "b.c", "1;\n2;\n", "1;\n2;\n", ""))
        self.assertEqual(made.to_new("a.c", 2), ("b.c", 2))
        self.assertEqual(made.to_old("b.c", 2), ("a.c", 2))

    def test_moved_to_another_file(self) -> None:
        """Treat a block of enough lines in another file as moved, not as changed."""
        made = change(("a.c", "a.c", f"1;\n{FUNCTION}", "1;\n", "@@ -2,8 +1,0 @@\n"),
                      ("b.c", "b.c", "2;\n", f"2;\n{FUNCTION}", "@@ -1,0 +2,8 @@\n"))
        self.assertEqual(made.changed("b.c"), set())
        self.assertEqual(made.removed("a.c"), set())
        self.assertEqual(made.to_new("a.c", 6), ("b.c", 6))

    def test_moved_once(self) -> None:
        """Treat one copy of a moved block as moved and the other as new."""
        twice = FUNCTION + FUNCTION
        made = change(("a.c", "a.c", FUNCTION, "", "@@ -1,8 +0,0 @@\n"),
                      ("b.c", "b.c", "", twice, "@@ -0,0 +1,16 @@\n"))
        self.assertEqual(len(made.moved), 7)
        self.assertEqual(made.changed("b.c"), {9, 10, 11, 13, 14, 15, 16})

    def test_two_lines_are_no_block(self) -> None:
        """Do not treat two lines as a moved block."""
        lines = "\tif (something_is_wrong_with_it)\n\t\treturn -EINVAL_OR_WORSE;\n"
        made = change(("a.c", "a.c", lines, "", "@@ -1,2 +0,0 @@\n"),
                      ("b.c", "b.c", "", lines, "@@ -0,0 +1,2 @@\n"))
        self.assertEqual(made.changed("b.c"), {1, 2})
