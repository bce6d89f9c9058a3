# SPDX-License-Identifier: GPL-2.0
"""Test the counters of both compilers, stored profiles, and the exported file formats."""

import os
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from unittest import mock

from rig.base import c_decisions, c_source, console, paths
from rig.coverage import gcov, instrument, llvmcov, profile, tracefile
from rig.kernel import build
from tests.rig import support

NAME = f"{paths.DRIVER}/core/fake.c"
HEADER = f"{paths.DRIVER}/core/fake.h"

FAKE_H = """\
#define CLAMP(x) ((x) > 9 ? 9 : (x))
static inline int twice(int x)
{
    if (x > 5)
        return 10;
    return 2 * x;
}
"""

# One branch of each type. main() reaches a part of them.
FAKE_C = """\
#include "fake.h"
int both(int a, int b);
int both(int a, int b)
{
    if (twice(a) > 2 && twice(b) > 2)
        return twice(a);
    return CLAMP(b);
}
int never(void);
int never(void)
{
    return 3;
}
int kind(int a);
int kind(int a)
{
    switch (a) {
    case 0:
        return 5;
    case 1:
        return 7;
    default:
        return 9;
    }
}
int main(void)
{
    return both(2, 2) + both(1, 2) + kind(0) + kind(4) != 20;
}
"""

# A loop in which a compiler might keep the counter in a register.
LOOP = """\
int loop(const volatile int *x, int n);
int loop(const volatile int *x, int n)
{
    int sum = 0;
    while (n--)
        sum += *x ? 1 : *x;
    return sum;
}
"""

# An instruction in objdump's format with a counter or a bit of a decision as its operand.
COUNTING = re.compile(r"^ *[0-9a-f]+:\t(\w+) +(?:\S+,)?0x0\(%rip\) .*\n"
                      r"\s+[0-9a-f]+: R_X86_64_PC32\s+(?:\.bss|__llvm_prf_)", re.MULTILINE)


class FixtureTest(unittest.TestCase):
    """Compile a small driver, and run it as a program."""

    FLAGS: tuple[str, ...] = ()
    COMPILER = "gcc"

    def setUp(self) -> None:
        self.root = support.scratch(self)
        # Place the objects as the kernel build does: in a directory below the sources.
        self.tree = self.root / "build/tree"
        self.objects = self.tree / "O"
        self.driver = self.objects / paths.DRIVER
        (self.driver / "core").mkdir(parents=True)
        self.write(FAKE_C)

    def write(self, text: str) -> None:
        """Replace the driver's sources."""
        for top in (self.root, self.tree):
            (top / NAME).parent.mkdir(parents=True, exist_ok=True)
            (top / NAME).write_text(text)
            (top / HEADER).write_text(FAKE_H)

    def build(self) -> None:
        """Compile the driver as kbuild does, from the directory of the objects."""
        fake = Path(NAME).with_suffix(".o")
        for argv in (["-c", "-o", fake, f"../{NAME}"], ["-o", "linux", fake]):
            ran = support.run([self.COMPILER, "-O2", *self.FLAGS, *argv], cwd=self.objects)
            self.assertEqual(ran.returncode, 0, ran.stderr)

    def is_counted_at_once(self) -> None:
        """Expect each counter to change in memory by one instruction without a lock prefix."""
        self.write(FAKE_C + LOOP)
        self.build()
        said = support.run(["objdump", "-dr", "--no-show-raw-insn",
                            Path(NAME).with_suffix(".o")], cwd=self.objects).stdout
        self.assertNotIn("lock", said)
        verbs = COUNTING.findall(said)
        self.assertGreater(len(verbs), 5, said)
        self.assertLessEqual(set(verbs), {"incq", "addq", "orb", "testb"}, said)

    def taken(self, file: profile.FileProfile, line: int) -> list[bool]:
        """Tell for each branch of a line whether it was taken, untaken ones first."""
        return sorted(bool(branch.count) for branch in file.branches.get(line, []))


class GcovTest(FixtureTest):
    """Test counters of gcc."""

    FLAGS = instrument.GCOV_FLAGS

    def setUp(self) -> None:
        super().setUp()
        self.counters = self.root / "counters"
        self.counters.mkdir()

    def run_it(self) -> None:
        """Run the program."""
        subprocess.run([str(self.objects / "linux")], check=True,
                       env=os.environ | {"GCOV_PREFIX": str(self.counters)})

    def collect(self) -> tuple[dict[str, profile.FileProfile], list[str]]:
        """Read the counters."""
        return gcov.collect(self.driver, self.counters, self.root)

    def test_what_is_reached(self) -> None:
        """Report lines, functions and branches, including those of the header."""
        self.build()
        self.run_it()
        files, faults = self.collect()
        self.assertEqual((faults, sorted(files)), ([], [NAME, HEADER]))
        file = files[NAME]
        self.assertEqual([line for line in file.uncovered_lines() if line > 3], [10, 12, 20, 21])
        self.assertEqual(file.functions["never"].count, 0)
        self.assertEqual(file.functions["both"], profile.Function(3, 2))
        self.assertEqual(self.taken(file, 5), [False, True, True, True])
        self.assertEqual(self.taken(file, 17), [False, True, True])
        self.assertEqual(self.taken(files[HEADER], 4), [False, True])

    def test_runs_add_up(self) -> None:
        """Add up the counters of two runs."""
        self.build()
        self.run_it()
        self.run_it()
        self.assertEqual(self.collect()[0][NAME].functions["both"].count, 4)

    def test_run_that_left_nothing(self) -> None:
        """Report a run that left no counters, as after a crash."""
        self.build()
        files, faults = self.collect()
        self.assertEqual(faults, [f"{NAME}: the run left no profile of it"])
        self.assertEqual(files[NAME].functions["both"].count, 0)

    def test_object_of_a_renamed_source(self) -> None:
        """Leave it out: the build directory still has it."""
        self.build()
        self.run_it()
        old = self.driver / "core/fake.gcno"
        old.with_name("old.gcno").write_bytes(old.read_bytes())
        files, faults = self.collect()
        self.assertEqual((faults, sorted(files)), ([], [NAME, HEADER]))

    def test_counters_of_another_build(self) -> None:
        """Reject counters of another build, in which lines differ."""
        self.build()
        self.run_it()
        self.write(FAKE_C.replace(" && twice(b) > 2", ""))
        self.build()
        _, faults = self.collect()
        self.assertTrue(any("mismatch" in fault for fault in faults), faults)

    def test_half_a_file_of_counters(self) -> None:
        """Report a damaged file of counters."""
        self.build()
        self.run_it()
        data = next(self.counters.rglob("*.gcda"))
        data.write_bytes(b"nonsense")
        _, faults = self.collect()
        self.assertTrue(faults)

    def test_counters_are_atomic(self) -> None:
        """Expect updates of counters that are atomic on one CPU."""
        self.is_counted_at_once()

    def test_nothing_that_counts(self) -> None:
        """Report a kernel without instrumentation."""
        self.assertEqual(self.collect(), ({}, ["no object has counters"]))


class RecipeTest(unittest.TestCase):
    """Test the configuration of instrumented kernels."""

    def test_one_cpu(self) -> None:
        """Disable SMP: then only interrupts could disturb an update of a counter."""
        for kind in profile.KINDS:
            asked = build.fragment(instrument.recipe(kind)).splitlines()
            self.assertIn("# CONFIG_SMP is not set", asked)


class NameTest(unittest.TestCase):
    """Test the names of files that the compilers record."""

    def test_header_that_a_suite_includes(self) -> None:
        """Give a header that a suite includes its name in the driver."""
        own = f"{paths.DRIVER}/kms/vblank.h"
        included = f"{paths.DRIVER}/tests/../kms/vblank.h"
        self.assertEqual(gcov.project_name(f"../{included}"), own)
        self.assertEqual(llvmcov.project_name(f"/build/tree/{included}"), own)

    def test_suite(self) -> None:
        """Give a suite no name in the driver."""
        self.assertEqual(llvmcov.project_name(f"/build/{paths.DRIVER}/tests/a_kunit.c"), "")


class PlacesTest(unittest.TestCase):
    """Test gcov.places(), which maps gcov's branches to decisions of the source."""

    def ways(self, code: str, *instances: tuple[str, str, tuple[int, ...]]) -> list[int]:
        """Return the counts of a line's branches."""
        source = c_source.Source(code)
        return [branch.count for branch in gcov.places(
            [gcov.Instance(*instance) for instance in instances], source.bare(1),
            c_decisions.on_line(source, 1, {"OWN": 1}))]

    def test_macro_of_the_kernel(self) -> None:
        """Drop the branches inside of a kernel macro."""
        self.assertEqual(self.ways("WARN_ON(broken);", ("a", "f", (0, 9, 0, 0))), [])

    def test_condition_with_a_macro(self) -> None:
        """Reduce a condition with a macro to one place, the one with the most coverage."""
        self.assertEqual(self.ways("if (WARN_ON(x))", ("a", "f", (0, 9, 0, 0, 3, 6))), [3, 6])

    def test_never_both(self) -> None:
        """Do not combine halves of two places into one covered place."""
        self.assertEqual(self.ways("if (WARN_ON(x))", ("a", "f", (0, 9, 9, 0))), [0, 9])

    def test_copies(self) -> None:
        """Merge the copies of a header's function in two files."""
        self.assertEqual(self.ways("if (x)", ("a", "f", (0, 9)), ("b", "f", (2, 0))), [2, 9])

    def test_own_macro(self) -> None:
        """Count the branch of an own macro at its use."""
        self.assertEqual(self.ways("OWN(x);", ("a", "f", (0, 9))), [0, 9])

    def test_comment_and_string(self) -> None:
        """Find no decision in comments and strings."""
        self.assertEqual(self.ways('f("a && b"); /* if ? */', ("a", "f", (0, 9))), [])

    def test_operand_on_the_next_line(self) -> None:
        """Count an operand on the next line as a decision of its own."""
        self.assertEqual(c_decisions.on_line(c_source.Source("if (a &&\n    b)\n"), 2, {}), 1)


@unittest.skipUnless(shutil.which("clang-19") and shutil.which(llvmcov.COV),
                     "clang-19 is not here")
class LlvmTest(FixtureTest):
    """Test counters of clang."""

    FLAGS = instrument.MCDC_FLAGS
    COMPILER = "clang-19"

    def setUp(self) -> None:
        super().setUp()
        self.counters = self.root / "counters"
        self.counters.mkdir()

    def run_it(self) -> None:
        """Run the program."""
        subprocess.run([str(self.objects / "linux")], check=True, env=os.environ | {
            "LLVM_PROFILE_FILE": str(self.counters / "%p.profraw")})

    def collect(self) -> tuple[dict[str, profile.FileProfile], list[str]]:
        """Read the counters."""
        return llvmcov.collect(self.objects / "linux", self.counters, self.root)

    def test_what_is_reached(self) -> None:
        """Report lines, functions, branches, and conditions by their numbers."""
        self.build()
        self.run_it()
        files, faults = self.collect()
        self.assertEqual((faults, sorted(files)), ([], [NAME, HEADER]))
        file = files[NAME]
        self.assertEqual([line for line in file.uncovered_lines() if line > 8], [11, 12, 20, 21])
        self.assertEqual(file.functions["never"].count, 0)
        self.assertEqual(self.taken(file, 5), [False, True, True, True])
        self.assertEqual(self.taken(files[HEADER], 4), [False, True])
        unmet = [(decision.line, number, condition.unmet(), condition.text)
                 for decision, number, condition in file.unmet_conditions()]
        self.assertEqual(unmet, [(5, 2, "never false", "twice(b) > 2")])

    def test_macro_is_measured_where_it_is_defined(self) -> None:
        """Count a macro once for all its uses, at its definition."""
        self.build()
        self.run_it()
        self.assertEqual(self.taken(self.collect()[0][HEADER], 1), [False, True])

    def test_condition_that_never_decides(self) -> None:
        """Report a condition that took both values but was never shown to decide alone."""
        self.write(FAKE_C.replace("both(2, 2) + both(1, 2)", "both(2, 2) + both(1, 1)")
                   .replace("!= 20", "== 999")
                   .replace("twice(a) > 2 && twice(b) > 2", "(a > 1 && b > 1) || a == b"))
        self.build()
        self.run_it()
        unmet = {(number, condition.unmet())
                 for _, number, condition in self.collect()[0][NAME].unmet_conditions()}
        self.assertIn((1, "never shown to decide alone"), unmet)

    def test_run_that_left_nothing(self) -> None:
        """Report a run that left no profile, as after a crash."""
        self.build()
        self.assertEqual(self.collect(), ({}, ["the run left no profile"]))

    def test_counters_of_another_build(self) -> None:
        """Reject counters of another build."""
        self.build()
        self.run_it()
        self.write(FAKE_C.replace("> 2)", "> 2 && a != 77)"))
        self.build()
        try:
            _, faults = self.collect()
        except console.RigError as error:
            faults = [str(error)]
        self.assertTrue(faults)

    def test_half_a_file_of_counters(self) -> None:
        """Reject a damaged profile."""
        self.build()
        (self.counters / "1.profraw").write_bytes(b"nonsense")
        with self.assertRaisesRegex(console.RigError, "cannot read the counters"):
            self.collect()

    def test_counters_are_atomic(self) -> None:
        """Expect updates of counters that are atomic on one CPU."""
        self.is_counted_at_once()

    def test_decision_that_clang_leaves_out(self) -> None:
        """Find a decision that clang does not record by its operator."""
        text = c_source.Source("if (a && b)\nif (c || d)\n")
        file = profile.FileProfile({1: 1, 2: 1}, decisions=[profile.Decision(1, 5, 1, 11, [
            profile.Condition(1, 5, "a", True, True, True),
            profile.Condition(1, 10, "b", True, True, True)])])
        self.assertEqual(llvmcov.left_out(text, file), [2])


class LineCountsTest(unittest.TestCase):
    """Test llvmcov.line_counts(): line, column, count, has a count, begins a region, is a gap."""

    def counts(self, *segments: list) -> dict[int, int]:
        """Return the counts of lines with text from the second column on."""
        return llvmcov.line_counts([list(segment) for segment in segments], lambda number: 1)

    def test_what_holds_where_the_text_begins(self) -> None:
        """Take the count at the start of the text, or a greater one later on the line."""
        self.assertEqual(self.counts((1, 1, 5, True, True, False), (2, 9, 0, True, True, False),
                                     (3, 9, 7, True, True, False), (4, 1, 0, False, False, False)),
                         {1: 5, 2: 5, 3: 7})

    def test_gap(self) -> None:
        """Ignore a gap on the line that follows it."""
        self.assertEqual(self.counts((1, 1, 5, True, True, False), (1, 9, 0, True, False, True),
                                     (2, 2, 5, True, False, False), (3, 1, 0, False, False, False)),
                         {1: 5, 2: 5})

    def test_gap_alone(self) -> None:
        """Count no code for an empty line between two statements."""
        self.assertEqual(self.counts((1, 1, 5, True, True, False), (1, 9, 0, True, True, True),
                                     (3, 2, 5, True, False, False), (4, 1, 0, False, False, False)),
                         {1: 5, 3: 5})


def some_profile() -> profile.Profile:
    """Make a profile with each type of record."""
    condition = profile.Condition(3, 6, "a", True, False, False)
    file = profile.FileProfile(
        {1: 5, 3: 5, 4: 0}, {"f": profile.Function(1, 5), "g": profile.Function(4, 0)},
        {3: [profile.Branch("6", 0, "true", 0), profile.Branch("6", 1, "false", 5)]},
        [profile.Decision(3, 6, 3, 12, [condition])])
    return profile.Profile(profile.Provenance(kind=profile.MCDC, passed={"s": ["t"]}),
                           {NAME: file})


class ProfileTest(unittest.TestCase):
    """Test profiles: saved, loaded and merged."""

    def setUp(self) -> None:
        self.file = support.scratch(self) / "profile.json"

    def test_saved_and_loaded(self) -> None:
        """Load the same profile that was saved."""
        some_profile().save(self.file)
        self.assertEqual(profile.load(self.file), some_profile())

    def test_no_profile(self) -> None:
        """Name the file that is not a profile."""
        for text in ("", "{}", "[1]", '{"version": 99, "provenance": {}, "files": {}}',
                     '{"version": 1, "provenance": {"colour": 1}, "files": {}}',
                     '{"version": 1, "provenance": {}, "files": {"x": {}}}'):
            self.file.write_text(text)
            with self.assertRaisesRegex(console.RigError, "profile.json is no coverage profile"):
                profile.load(self.file)

    def test_merged(self) -> None:
        """Add counts, and keep each outcome that either profile has seen."""
        one, other = some_profile(), some_profile()
        other.files[NAME].lines[4] = 2
        other.files[NAME].branches[3][0].count = 1
        other.files[NAME].decisions[0].conditions[0].false_seen = True
        other.files[HEADER] = profile.FileProfile({1: 1})
        other.provenance.passed = {"s": ["t", "u"]}
        one.merge(other)
        file = one.files[NAME]
        self.assertEqual((file.lines, file.functions["f"].count), ({1: 10, 3: 10, 4: 2}, 10))
        self.assertEqual([branch.count for branch in file.branches[3]], [1, 10])
        self.assertEqual(file.decisions[0].conditions[0].unmet(), "never shown to decide alone")
        self.assertEqual((sorted(one.files), one.provenance.passed),
                         ([NAME, HEADER], {"s": ["t", "u"]}))

    def test_merge_leaves_the_other_alone(self) -> None:
        """Copy the other profile, and do not change it."""
        one, other = profile.Profile(profile.Provenance(kind=profile.MCDC)), some_profile()
        one.merge(other)
        one.merge(other)
        self.assertEqual(other, some_profile())

    def test_kinds_do_not_merge(self) -> None:
        """Reject profiles of another compiler, which has other branches."""
        with self.assertRaises(ValueError):
            profile.Profile(profile.Provenance(kind=profile.GCOV)).merge(some_profile())

    def test_states_do_not_merge(self) -> None:
        """Reject a profile of another state of the driver, which has other lines."""
        other = some_profile()
        other.provenance.sources = "another"
        with self.assertRaisesRegex(ValueError, "different sources of the driver"):
            some_profile().merge(other)


GENHTML = """\
[ "$1" != --version ] || {{ echo "genhtml: LCOV version {version}"; exit; }}
echo "$@" >>{log}
while [ "$1" != --output-directory ]; do shift; done
mkdir -p "$2"
{then}
"""


class TracefileTest(unittest.TestCase):
    """Test the formats of lcov and Cobertura."""

    def setUp(self) -> None:
        self.directory = support.scratch(self)
        self.log = self.directory / "log"
        self.info = self.directory / "x.info"
        self.info.write_text(tracefile.lcov(some_profile(), Path("/p")))

    def genhtml(self, version: str, then: str = 'echo >"$2/index.html"') -> str:
        """Make pages with a fake genhtml of some version; return its arguments."""
        support.script(self.directory / "genhtml",
                       GENHTML.format(version=version, log=self.log, then=then))
        path = f"{self.directory}:{os.environ['PATH']}"
        with mock.patch.dict(os.environ, PATH=path):
            tracefile.html(self.info, self.directory / "html", "title", Path("/p"))
        return self.log.read_text()

    def test_records(self) -> None:
        """Write each record as geninfo's manual page defines it."""
        self.assertEqual(self.info.read_text().splitlines(), [
            "TN:", f"SF:/p/{NAME}", "FN:1,f", "FN:4,g", "FNDA:5,f", "FNDA:0,g", "FNF:2", "FNH:1",
            "BRDA:3,0,0,0", "BRDA:3,0,1,5", "BRF:2", "BRH:1", "DA:1,5", "DA:3,5", "DA:4,0", "LF:3",
            "LH:2", "end_of_record"])

    def test_line_that_was_not_run(self) -> None:
        """Mark the branches of a line that was not run as not evaluated."""
        measured = some_profile()
        measured.files[NAME].lines[3] = 0
        measured.files[NAME].branches[3][1].count = 0
        self.assertIn("BRDA:3,0,0,-\n", tracefile.lcov(measured, Path("/p")))

    def test_lcov_1(self) -> None:
        """Pass no --ignore-errors to genhtml 1, which does not know it."""
        self.assertNotIn("--ignore-errors", self.genhtml("1.16"))

    def test_lcov_2(self) -> None:
        """Pass --ignore-errors to genhtml 2, which otherwise stops at unusual records."""
        for version in ("2.0-1", "2.3.1-1"):
            self.assertIn("--ignore-errors unsupported", self.genhtml(version))

    def test_genhtml_that_fails(self) -> None:
        """Report a genhtml that fails, makes no page, or is another program."""
        made = 'echo >"$2/index.html"'
        for version, then in (("1.16", f"{made}; exit 1"), ("2.0-1", f"{made}; exit 1"),
                              ("1.16", ":"), ("of another kind", made)):
            shutil.rmtree(self.directory / "html", ignore_errors=True)
            with self.assertRaisesRegex(console.RigError, "genhtml"):
                self.genhtml(version, then)

    @unittest.skipUnless(shutil.which("genhtml"), "lcov is not here")
    def test_real_genhtml(self) -> None:
        """Make pages with the installed genhtml."""
        source = self.directory / NAME
        source.parent.mkdir(parents=True)
        source.write_text(FAKE_C)
        self.info.write_text(tracefile.lcov(some_profile(), self.directory))
        tracefile.html(self.info, self.directory / "html", "title", self.directory)
        pages = "".join(path.read_text() for path in (self.directory / "html").rglob("*.html"))
        self.assertIn("fake.c", pages)

    def test_cobertura(self) -> None:
        """Write rates that agree with the listed lines and branches."""
        top = ElementTree.fromstring(tracefile.cobertura(some_profile(), Path("/p"))
                                     .partition("?>")[2])
        self.assertEqual((top.get("line-rate"), top.get("branch-rate")), ("0.6667", "0.5000"))
        self.assertEqual((top.get("lines-valid"), top.get("branches-covered")), ("3", "1"))
        found = top.find("packages/package/classes/class")
        self.assertEqual(found.get("filename"), NAME)
        lines = {line.get("number"): line for line in found.findall("lines/line")}
        self.assertEqual(lines["3"].get("condition-coverage"), "50% (1/2)")
        self.assertEqual((lines["4"].get("hits"), lines["4"].get("branch")), ("0", "false"))
        self.assertEqual([method.get("name") for method in found.findall("methods/method")],
                         ["f", "g"])
