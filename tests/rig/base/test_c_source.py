# SPDX-License-Identifier: GPL-2.0
"""Test the reader of C."""

import tempfile
import unittest
from pathlib import Path

from rig.base import c_decisions, c_source, paths


class SourceTest(unittest.TestCase):
    """Test c_source.Source."""

    def test_comments(self) -> None:
        """Remove comments, but not from strings."""
        source = c_source.Source('a; // b\n/* c\n */ d; "/* e */"\n\'"\' f; /* open\n')
        self.assertEqual(source.code, ["a;", "", 'd; "/* e */"', "'\"' f;", ""])

    def test_statements(self) -> None:
        """Keep conditions and loop headers of several lines as one statement."""
        source = c_source.Source(
            "int f(int a)\n{\n\tif (a &&\n\t    g(a))\n\t\treturn 1;\n\telse\n\t\tg(0);\n"
            "\tfor (int i = 0; i < a;\n\t     i++) {\n\t\th();\n\t}\n\tswitch (a) {\n\tcase 1:\n"
            "\t\tbreak;\n\t}\n\treturn a ?\n\t       1 : 2;\n}\n")
        found = [(one.first, one.last) for one in source.statements if one.text not in "{}"]
        self.assertEqual(found, [(1, 1), (3, 4), (5, 5), (6, 6), (7, 7), (8, 9), (10, 10),
                                 (12, 12), (13, 13), (14, 14), (16, 17)])
        self.assertEqual(source.widened([4]), {3, 4})

    def test_functions(self) -> None:
        """Find functions, but not tables, structs and macro bodies."""
        source = c_source.Source(
            "struct s {\n\tint a;\n};\n\nstatic const int t[] = {\n\tM(1),\n};\n\n"
            "#define F(n) int n(void) \\\n{ \\\n}\n\n"
            "static int __must_check f(int (*g)(int),\n\t\t\t\tint b)\n{\n\treturn g(b);\n}\n")
        self.assertEqual([(one.name, one.first, one.last) for one in source.functions],
                         [("f", 13, 17)])
        self.assertEqual(source.function_at(16).name, "f")

    def test_macros(self) -> None:
        """Find macros with their continuation lines."""
        source = c_source.Source(
            "#define A 1 /* one */\n# define B(x) \\\n\t((x) + \\\n\t A)\nc;\n")
        self.assertEqual([(one.name, one.first, one.last, one.takes_arguments, one.body)
                          for one in source.macros],
                         [("A", 1, 1, False, "1"), ("B", 2, 4, True, "x) \\ ((x) + \\ A)")])

    def test_words(self) -> None:
        """Leave out words in strings and comments."""
        self.assertEqual(c_source.Source('a("b", c); /* d */\n').words[0], {"a", "c"})

    def test_anything(self) -> None:
        """Parse any text without an exception."""
        for text in ("", "}}}}", "((((", '"', "'\\", "#define", "/*", "{" * 1000, "a:b:c:;{)"):
            source = c_source.Source(text)
            self.assertIsInstance(source.statements, list)
            self.assertEqual(len(source.words), len(source.code))

    def test_columns(self) -> None:
        """Keep the columns of code behind comments and strings, and blank their contents."""
        source = c_source.Source('f("a)", \'}\', /* { */ b);\n\tg(); // h\n')
        self.assertEqual(source.bare(1), "f(\"  \", ' ',         b);")
        self.assertEqual((source.bare(0), source.bare(4)), ("", ""))
        self.assertEqual((source.indent(1), source.indent(2)), (0, 1))
        self.assertEqual(source.between(1, 3, 1, 7), '"a)"')
        self.assertEqual(source.between(2, 1, 9, 1), "")

    def test_statement_after(self) -> None:
        """Return the lines of the next statement with its block."""
        source = c_source.Source('/* a */\n\nif (a) {\n\tb("}");\n}\nc();\n')
        self.assertEqual(source.statement_after(1), (3, 5))
        self.assertEqual(source.statement_after(5), (6, 6))

    def test_comments_and_their_lines(self) -> None:
        """Find comments of both kinds, but not in strings."""
        self.assertEqual(list(c_source.comments('"/* a */"\n/* b\n */ // c \\\n d\n')),
                         [(2, "/* b\n */"), (3, "// c \\\n d")])

    def test_missing_file(self) -> None:
        """Read a missing file as an empty one."""
        self.assertEqual(c_source.read(Path("/nowhere/a.c")).lines, [""])


class DecisionsTest(unittest.TestCase):
    """Test c_decisions."""

    def test_on_line(self) -> None:
        """Count operators and keywords, and macros by their number of decisions."""
        for code, number in (("return a;", 0), ("if (a && b)", 2), ("x = a ? b : c;", 1),
                             ("for_each_a(b)", 1), ("my_for_each_a(b)", 1), ("M(a) || M(b)", 7),
                             ('f("if (a && b)");', 0), ("// if", 0)):
            with self.subTest(code):
                self.assertEqual(c_decisions.on_line(c_source.Source(code), 1, {"M": 3}), number)

    def test_operator_before_the_line(self) -> None:
        """Count the operand that follows an operator at the end of the line before."""
        source = c_source.Source("a = b &&\n    c;\n")
        self.assertEqual([c_decisions.on_line(source, line, {}) for line in (1, 2)], [1, 1])

    def test_in_macros(self) -> None:
        """Count the decisions of macros with those of the macros in them, and stop at a circle."""
        with tempfile.TemporaryDirectory() as directory:
            header = Path(directory) / paths.DRIVER / "a.h"
            header.parent.mkdir(parents=True)
            header.write_text('#define A(x) ((x) ? 1 : 2)\n#define B A(1) + \\\n\tA(2)\n'
                              '#define C C || D\n#define D C\n#define E f("a ? b")\n')
            self.assertEqual(c_decisions.in_macros(Path(directory)),
                             {"A": 1, "B": 2, "C": 1, "D": 1, "E": 0})
