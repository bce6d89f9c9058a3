# SPDX-License-Identifier: GPL-2.0
"""Test `make kunit` with a real kernel: edits, errors and panics."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from rig.base import lock, paths
from rig.kernel import build
from tests.rig import support

SUITE = """\
// SPDX-License-Identifier: GPL-2.0
#include <kunit/test.h>

static void rvkms_rig_test_case(struct kunit *test)
{{
\t{body}
}}

static struct kunit_case rvkms_rig_test_cases[] = {{
\tKUNIT_CASE(rvkms_rig_test_case),
\t{{}}
}};

static struct kunit_suite rvkms_rig_test_suite = {{
\t.name = "rvkms_rig",
\t.test_cases = rvkms_rig_test_cases,
}};

kunit_test_suite(rvkms_rig_test_suite);
"""


class RealKernelTest(unittest.TestCase):
    """Provide a copy of the project and of its built kernel, with a suite of the test."""

    @classmethod
    def setUpClass(cls) -> None:
        support.WORK.mkdir(parents=True, exist_ok=True)
        cls.directory = Path(tempfile.mkdtemp(dir=support.WORK))
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        cls.project = support.copy_project(cls.directory)
        with lock.held():
            kernel = build.ensure_kernel("fast")
            farm = cls.project / "build" / kernel.tree.name
            shutil.copytree(kernel.tree, farm, symlinks=True, ignore=shutil.ignore_patterns("O-*"))
            shutil.copytree(kernel.build_dir, farm / kernel.build_dir.name, symlinks=True)
        makefile = cls.project / paths.SUITES / "Makefile"
        with open(makefile, "a", encoding="utf-8") as file:
            file.write("\nrvkms-y += tests/rig_kunit.o\n")

    def setUp(self) -> None:
        self.write_suite("KUNIT_EXPECT_EQ(test, 1, 1);")

    def write_suite(self, body: str) -> None:
        """Replace the only case of the suite."""
        suite = self.project / paths.SUITES / "rig_kunit.c"
        suite.write_text(SUITE.format(body=body), encoding="utf-8")

    def kunit(self, suite: str = "rvkms_rig") -> subprocess.CompletedProcess:
        """Run the tool to its end."""
        environment = dict(os.environ)
        environment.pop("SUITE", None)
        return support.run([self.project / "tools/rvkms", "kunit", "--suite", suite],
                           env=environment)

    def ends(self, ran: subprocess.CompletedProcess, status: int, pattern: str) -> None:
        """Expect a status and a closing line, and no process left."""
        self.assertEqual(ran.returncode, status, ran.stdout + ran.stderr)
        self.assertRegex(ran.stdout.splitlines()[-1], f"^kunit: {pattern}$")
        self.assertEqual(support.processes_of(self.directory), [])

    def core_file(self) -> Path:
        """Return a source file of the driver's core."""
        return sorted((self.project / paths.DRIVER / "core").rglob("*.c"))[0]

    def test_an_edit_is_always_seen(self) -> None:
        """Fail after a bad edit, pass after its reverse, and fail after the same edit again."""
        bad, good = "KUNIT_EXPECT_EQ(test, 1, 2);", "KUNIT_EXPECT_EQ(test, 1, 1);"
        for body, status, pattern in ((bad, 1, "0 passed, 1 failed, 0 skipped"),
                                      (good, 0, "1 passed, 0 failed, 0 skipped"),
                                      (bad, 1, "0 passed, 1 failed, 0 skipped")):
            self.write_suite(body)
            ran = self.kunit()
            self.ends(ran, status, pattern)
        self.assertIn("EXPECTATION FAILED at drivers/gpu/drm/rvkms/tests/rig_kunit.c", ran.stdout)

    def test_panic(self) -> None:
        """Fail, and print the panic's message."""
        self.write_suite("*(volatile int *)8 = 1;")
        ran = self.kunit()
        self.assertEqual(ran.returncode, 1, ran.stdout + ran.stderr)
        self.assertRegex(ran.stdout.splitlines()[-1], r"^kunit: 0 passed, [1-9]\d* failed, ")
        self.assertIn("Kernel panic - not syncing", ran.stderr)
        self.assertEqual(support.processes_of(self.directory), [])

    def test_warning(self) -> None:
        """Fail for a kernel warning even if the test passes."""
        self.write_suite("WARN_ON(test);")
        ran = self.kunit()
        self.ends(ran, 1, "1 passed, 1 failed, 0 skipped")
        self.assertIn("WARNING: ", ran.stderr)
        self.assertIn("rig_kunit.c", ran.stderr)

    def test_sleep_takes_no_time(self) -> None:
        """Pass after two minutes of sleep in virtual time."""
        self.write_suite("ssleep(120);")
        suite = self.project / paths.SUITES / "rig_kunit.c"
        suite.write_text(suite.read_text().replace("#include <kunit",
                                                   "#include <linux/delay.h>\n#include <kunit"))
        self.ends(self.kunit(), 0, "1 passed, 0 failed, 0 skipped")
        result = json.loads((self.project / "build/reports/kunit/result.json").read_text())
        self.assertLess(result["durations"]["run"], 60)

    def test_zero_matching_tests(self) -> None:
        """Fail if no suite matches."""
        self.ends(self.kunit("nothing_like_this*"), 1, "0 passed, 1 failed, 0 skipped")

    def test_compile_error(self) -> None:
        """Print the compiler's errors, and few other lines."""
        good = self.core_file().read_text()
        self.addCleanup(self.core_file().write_text, good)
        self.core_file().write_text(good + "\nint rvkms_broken = undeclared;\n")
        ran = self.kunit()
        self.ends(ran, 2, "0 passed, 1 failed, 0 skipped")
        name = self.core_file().relative_to(self.project)
        self.assertRegex(ran.stderr, rf"(?m)^{name}:\d+:\d+: error: .undeclared. undeclared")
        self.assertLess(len(ran.stderr.splitlines()), 12, ran.stderr)
        self.assertIn("build/log/fast-build.log", ran.stderr)

    def test_undefined_symbol(self) -> None:
        """Print the linker's errors."""
        good = self.core_file().read_text()
        self.addCleanup(self.core_file().write_text, good)
        self.core_file().write_text(
            good + "\nint rvkms_nowhere(void);\nint rvkms_broken(void);\n"
                   "int rvkms_broken(void)\n{\n\treturn rvkms_nowhere();\n}\n")
        ran = self.kunit()
        self.ends(ran, 2, "0 passed, 1 failed, 0 skipped")
        self.assertIn("undefined reference to `rvkms_nowhere'", ran.stderr)
        self.assertLess(len(ran.stderr.splitlines()), 20, ran.stderr)
