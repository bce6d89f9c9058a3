# SPDX-License-Identifier: GPL-2.0
"""Test the coverage policy: its rules, its errors, and waivers."""

import unittest
from unittest import mock

from rig.base import c_source, console, paths
from rig.coverage import policy, profile
from tests.rig import support

CORE = f"{paths.DRIVER}/core/fake.c"
SHELL = f"{paths.DRIVER}/fake.c"

SOURCE = """\
int f(int a)
{
    if (a > 3)
        return 1;
    return 0;
}
"""


def measured(files: dict[str, profile.FileProfile], kind: str = profile.GCOV) -> profile.Profile:
    """Make a profile of these files."""
    return profile.Profile(profile.Provenance(kind=kind), files)


def half_taken() -> profile.FileProfile:
    """Make the profile of SOURCE after calls of f() with small numbers only."""
    return profile.FileProfile(
        {1: 5, 3: 5, 4: 0, 5: 5}, {"f": profile.Function(1, 5)},
        {3: [profile.Branch("6", 0, "true", 0), profile.Branch("6", 1, "false", 5)]})


def judge(text: str, file: profile.FileProfile, name: str = CORE) -> policy.Judged:
    """Judge a file of this text with its own waivers."""
    return policy.Judged(measured({name: file}), {name: c_source.Source(text)})


class ParseTest(unittest.TestCase):
    """Test the parser of coverage/policy."""

    def refused(self, text: str, pattern: str) -> None:
        """Expect an error with the reason and the line."""
        with self.assertRaisesRegex(console.RigError, pattern):
            policy.parse(text)

    def test_rules(self) -> None:
        """Read rules, and ignore comments and blank lines."""
        rules = policy.parse("# say\n\ncore/ lines 100%  # all\n./ branches 93.5% mcdc ratchet\n")
        self.assertEqual([(rule.directory, rule.measure, rule.percent, rule.kind, rule.ratchet)
                          for rule in rules],
                         [("core/", "lines", 100.0, "", False),
                          ("./", "branches", 93.5, "mcdc", True)])

    def test_project_policy(self) -> None:
        """Load the project's policy, which requires 100 % of core/."""
        rules = [(rule.directory, rule.measure) for rule in policy.load() if rule.percent == 100]
        for measure in ("lines", "branches", "mcdc"):
            self.assertIn(("core/", measure), rules)

    def test_nonsense(self) -> None:
        """Reject malformed rules, and name the line."""
        self.refused("core/ lines 100%\ncore/ branches all\n", r"policy:2: not a rule")
        self.refused("core/ lines 100\n", r":1: not a rule")
        self.refused("cored/ lines 100%\n", r":1: cored/ is none of core/ kms/ \./")
        self.refused("core/ loops 100%\n", r":1: loops is none of lines branches mcdc")
        self.refused("core/ lines 101%\n", r":1: 101% is more than 100%")
        self.refused("core/ mcdc 100% gcov\n", r":1: gcov does not report decisions")
        self.refused("core/ lines 100% rachet\n", r":1: not a rule")

    def test_said_twice(self) -> None:
        """Reject two rules for the same figure."""
        self.refused("core/ lines 100%\ncore/ lines 90% gcov\n", r":2: line 1 has the same rule")

    def test_no_rule(self) -> None:
        """Reject a policy without rules."""
        self.refused("# nothing\n", "has no rule")

    def test_missing_file(self) -> None:
        """Reject a missing policy."""
        with mock.patch.object(paths, "COVERAGE", support.scratch(self)), \
                self.assertRaisesRegex(console.RigError, "policy is missing"):
            policy.load()


class JudgeTest(unittest.TestCase):
    """Test a profile against rules."""

    def test_missing_is_named(self) -> None:
        """Report the percentage and the uncovered places."""
        judged = judge(SOURCE, half_taken())
        lines, branches = policy.parse("core/ lines 100%\ncore/ branches 100%\n")
        self.assertEqual(judged.findings(lines), ["75%: 1 of 4 missing", "core/fake.c:4: not run"])
        self.assertEqual(judged.findings(branches),
                         ["50%: 1 of 2 missing", "core/fake.c:3: true: never taken"])

    def test_enough(self) -> None:
        """Report nothing if the percentage is reached."""
        self.assertEqual(judge(SOURCE, half_taken()).findings(
            policy.parse("core/ lines 75%\n")[0]), [])

    def test_almost_all_is_not_all(self) -> None:
        """Do not round up to 100 %."""
        lines = {number: 1 for number in range(1, 100000)} | {100000: 0}
        judged = judge("", profile.FileProfile(lines))
        self.assertEqual(judged.findings(policy.parse("core/ lines 100%\n")[0])[0],
                         "99.99%: 1 of 100000 missing")

    def test_no_data(self) -> None:
        """Report a directory without data."""
        judged = judge(SOURCE, half_taken())
        self.assertEqual(judged.findings(policy.parse("kms/ lines 1%\n")[0]), ["kms/: no data"])

    def test_directories(self) -> None:
        """Assign each file outside of the other directories to ./."""
        self.assertEqual([policy.directory_of(f"{paths.DRIVER}/{name}")
                          for name in ("core/x.c", "kms/x.h", "x.c")], ["core/", "kms/", "./"])

    def test_condition_is_named(self) -> None:
        """Name a condition by its number in the decision, starting with 1."""
        conditions = [profile.Condition(3, 6, "a", True, True, True),
                      profile.Condition(3, 11, "b", True, False, False)]
        file = profile.FileProfile({3: 1}, decisions=[profile.Decision(3, 6, 3, 12, conditions)])
        self.assertEqual(policy.missing_of(file, "mcdc"), ["3: condition 2 never false: b"])

    def test_ranges(self) -> None:
        """Join uncovered lines across lines without code."""
        self.assertEqual(policy.ranges([3, 6, 7, 12], [1, 3, 6, 7, 9, 12]), ["3-7", "12"])


class WaiverTest(unittest.TestCase):
    """Test waivers in comments."""

    def test_end_of_line(self) -> None:
        """Waive one line by a comment at its end."""
        judged = judge(SOURCE.replace("return 1;", "return 1; /* coverage: unreachable, odd */"),
                       half_taken())
        self.assertEqual((judged.files[CORE].lines, judged.faults), ({1: 5, 3: 5, 5: 5}, []))
        self.assertEqual([(waiver.line, waiver.reason) for waiver in judged.waivers], [(4, "odd")])
        self.assertEqual(len(judged.files[CORE].untaken_branches()), 1)

    def test_line_of_its_own(self) -> None:
        """Waive the following statement, including its body, by a comment of its own."""
        comment = "/*\n     * coverage: unreachable, an\n     * odd one\n     */\n    "
        text = SOURCE.replace("if", f"{comment}if")
        file = half_taken()
        shifted = profile.FileProfile(
            {line + 4 * (line > 2): count for line, count in file.lines.items()}, file.functions,
            {7: file.branches[3]})
        judged = judge(text, shifted)
        self.assertEqual((judged.faults, judged.files[CORE].uncovered_lines(),
                          judged.files[CORE].untaken_branches()), ([], [], []))
        self.assertEqual(judged.waivers[0].reason, "an odd one")

    def test_block(self) -> None:
        """End the waived statement with its block."""
        text = c_source.Source(
            "/* coverage: unreachable, x */\nif (a) {\n\tb();\n\tc();\n}\nd();\n")
        self.assertEqual(text.statement_after(1), (2, 5))

    def test_in_a_macro(self) -> None:
        """Ignore the backslashes of a macro."""
        found, _ = policy.waivers(CORE, c_source.Source(
            "#define M(x)\t\\\n/* coverage: unreachable, y */\t\\\nif (x)\t\\\n\tf();\n"))
        self.assertEqual((found[0].first, found[0].last), (3, 4))

    def test_without_reason(self) -> None:
        """Report a waiver without a reason."""
        for comment in ("coverage: unreachable", "coverage: unreachable,", "coverage: off, x"):
            found, faults = policy.waivers(CORE, c_source.Source(f"f(); /* {comment} */\n"))
            self.assertEqual((found, len(faults)), ([], 1), comment)
            self.assertIn("core/fake.c:1: a waiver reads", faults[0])

    def test_of_what_is_reached(self) -> None:
        """Report a waiver of covered code."""
        judged = judge(SOURCE.replace("return 0;", "return 0; /* coverage: unreachable, no */"),
                       half_taken())
        self.assertEqual(len(judged.faults), 1)
        self.assertIn("core/fake.c:5: all of it is reached", judged.faults[0])

    def test_of_a_way_that_is_not_gone(self) -> None:
        """Waive an untaken branch of a line that is run."""
        text = SOURCE.replace("(a > 3)", "(a > 3) /* coverage: unreachable, small */")
        judged = judge(text, half_taken())
        self.assertEqual((judged.faults, judged.files[CORE].untaken_branches()), ([], []))

    def test_of_what_this_compiler_has_no_code_for(self) -> None:
        """Accept a waiver of a line for which this compiler has no code: the other one has."""
        file = profile.FileProfile({3: 5})
        text = SOURCE.replace("return 1;", "return 1; /* coverage: unreachable, y */")
        judged = judge(text, file)
        self.assertEqual(judged.faults, [])

    def test_condition(self) -> None:
        """Keep the numbers of the remaining conditions."""
        conditions = [profile.Condition(3, 6, "a", True, False, False),
                      profile.Condition(4, 6, "b", True, False, False)]
        file = profile.FileProfile({3: 1, 4: 1},
                                   decisions=[profile.Decision(3, 6, 4, 12, conditions)])
        judged = judge("\n\nif (a && /* coverage: unreachable, z */\n    b)\n", file)
        self.assertEqual(policy.missing_of(judged.files[CORE], "mcdc"),
                         ["4: condition 2 never false: b"])


class RatchetTest(unittest.TestCase):
    """Test tools/rvkms coverage --raise."""

    def setUp(self) -> None:
        directory = support.scratch(self)
        patch = mock.patch.object(paths, "COVERAGE", directory)
        patch.start()
        self.addCleanup(patch.stop)
        self.file = directory / "policy"

    def raised(self, text: str, reached: int) -> str:
        """Return the policy's text after @reached of 1000 lines were covered."""
        self.file.write_text(text)
        figures = {directory: {measure: policy.Figure(reached, 1000)
                               for measure in ("lines", "branches", "mcdc")}
                   for directory in policy.DIRECTORIES}
        policy.raise_ratchets(policy.load(), figures, profile.GCOV)
        return self.file.read_text()

    def test_rises(self) -> None:
        """Raise a ratchet to the measured percentage, and keep comments."""
        self.assertEqual(self.raised("# x\n./ lines 90%  gcov ratchet # y\n", 957),
                         "# x\n./ lines 95.7%  gcov ratchet # y\n")

    def test_never_falls(self) -> None:
        """Do not lower a ratchet, and do not change fixed rules and those of the other compiler."""
        for text in ("./ lines 90% ratchet\n", "./ lines 80%\n", "./ lines 80% mcdc ratchet\n"):
            self.assertEqual(self.raised(text, 850), text)
