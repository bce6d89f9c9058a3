# SPDX-License-Identifier: GPL-2.0
"""Test `make kunit` with a fake kernel: every way a run can end, and the files it leaves."""

import json
import os
import signal
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tests.rig import support

FAILING = """\
KTAP version 1
1..1
    KTAP version 1
    # Subtest: rvkms_fake
    1..3
    ok 1 first
    # second: EXPECTATION FAILED at drivers/gpu/drm/rvkms/tests/fake.c:7
    not ok 2 second
    ok 3 third
not ok 1 rvkms_fake
reboot: System halted
"""

NO_TESTS = """\
KTAP version 1
1..0
reboot: System halted
"""

PANIC = """\
KTAP version 1
1..1
    KTAP version 1
    # Subtest: rvkms_fake
    1..2
    ok 1 first
BUG: unable to handle page fault for address: 0000000000000008
Kernel panic - not syncing: Kernel mode fault at addr 0x8, ip 0x60012345
"""

WARNING = """\
KTAP version 1
1..1
    KTAP version 1
    # Subtest: rvkms_fake
    1..1
    ok 1 first
ok 1 rvkms_fake
WARNING: drivers/gpu/drm/drm_mode_config.c:500 at drm_mode_config_cleanup
reboot: System halted
"""

LEAK = support.PASSING.replace("reboot:", """\
kmemleak: 1 new suspected memory leaks (see /sys/kernel/debug/kmemleak)
kmemleak has looked for what the tests left behind
reboot:""")

LOOKED = LEAK.replace("kmemleak: 1 new suspected memory leaks (see /sys/kernel/debug/kmemleak)\n",
                      "")

NO_KTAP = """\
Linux version 7.3.0
VFS: Cannot open root device
reboot: System halted
"""

RUNNING = """\
KTAP version 1
1..1
    KTAP version 1
    # Subtest: rvkms_fake
    1..2
    ok 1 first
"""

REPORTS = ("ktap", "junit.xml", "result.json")


class KunitTest(unittest.TestCase):
    """Run a copy of the tool, with a fake kernel as KERNEL_SRC."""

    def setUp(self) -> None:
        self.directory = support.scratch(self)
        self.project = support.copy_project(self.directory)
        self.kernel = support.fake_kernel(self.directory)
        self.reports = self.project / "build/reports/kunit"

    def argv(self, *more: str) -> list[object]:
        """Return the command line of the tool."""
        return [self.project / "tools/rvkms", "kunit", *more]

    def environment(self) -> dict[str, str]:
        """Return an environment in which the user's tree is the fake."""
        return support.environment(KERNEL_SRC=self.kernel)

    def forever(self) -> str:
        """Return a command that never ends, with our directory in its arguments."""
        return f"tail -f {self.kernel}/Kbuild"

    def kunit(self, *more: str) -> subprocess.CompletedProcess:
        """Run the tool to its end."""
        return support.run(self.argv(*more), env=self.environment())

    def ends(self, ran: subprocess.CompletedProcess, status: int, counts: str) -> None:
        """Expect a status and a closing line, and no process left."""
        self.assertEqual(ran.returncode, status, ran.stdout + ran.stderr)
        self.assertEqual(ran.stdout.splitlines()[-1], f"kunit: {counts}")
        self.assertEqual(support.processes_of(self.directory), [])

    def result(self) -> dict:
        """Return the content of result.json."""
        return json.loads((self.reports / "result.json").read_text())

    def made(self) -> list[str]:
        """Return the targets that the fake kernel's make was asked for."""
        return next(self.project.glob("build/tree-*/O-fast/made")).read_text().split()

    def test_pass(self) -> None:
        """Pass, and write all reports."""
        ran = self.kunit()
        self.ends(ran, 0, "1 passed, 0 failed, 1 skipped")
        result = self.result()
        self.assertEqual((result["outcome"], result["kernel"]), ("passed", "7.3.0"))
        self.assertEqual((result["passed"], result["failed"], result["skipped"]), (1, 0, 1))
        self.assertRegex(result["compiler"], "gcc")
        self.assertRegex(result["config_hash"], "^[0-9a-f]{64}$")
        self.assertEqual(set(result["durations"]),
                         {"source", "overlay", "configure", "build", "run"})
        self.assertTrue((self.reports / "ktap").read_text().startswith("KTAP version 1\n"))
        root = ElementTree.parse(self.reports / "junit.xml").getroot()
        self.assertEqual(root.get("tests"), "2")

    def test_failing_test(self) -> None:
        """Fail, and print the test's message."""
        support.kernel_says(self.kernel, FAILING)
        ran = self.kunit()
        self.ends(ran, 1, "2 passed, 1 failed, 0 skipped")
        self.assertIn("EXPECTATION FAILED at", ran.stdout)
        self.assertEqual(self.result()["outcome"], "failed")

    def test_zero_tests(self) -> None:
        """Fail without a test."""
        support.kernel_says(self.kernel, NO_TESTS)
        self.ends(self.kunit("--suite", "nothing*"), 1, "0 passed, 1 failed, 0 skipped")

    def test_panic(self) -> None:
        """Fail, and print the panic's message."""
        support.kernel_says(self.kernel, PANIC, "exit 1")
        ran = self.kunit()
        self.assertEqual(ran.returncode, 1)
        self.assertRegex(ran.stdout.splitlines()[-1], r"^kunit: 1 passed, [1-9]\d* failed")
        self.assertIn("Kernel panic - not syncing: Kernel mode fault at addr 0x8", ran.stderr)
        self.assertIn("unable to handle page fault", ran.stderr)

    def test_warning_between_tests(self) -> None:
        """Fail for a kernel warning even if every test passed."""
        support.kernel_says(self.kernel, WARNING)
        ran = self.kunit()
        self.ends(ran, 1, "1 passed, 1 failed, 0 skipped")
        self.assertIn("drm_mode_config_cleanup", ran.stderr)

    def test_leak(self) -> None:
        """Fail for a leak even if every test passed."""
        support.kernel_says(self.kernel, LEAK)
        ran = self.kunit("--config", "sanitize")
        self.ends(ran, 1, "1 passed, 1 failed, 1 skipped")
        self.assertIn("1 new suspected memory leaks", ran.stderr)

    def test_no_leak(self) -> None:
        """Pass if kmemleak has looked and found nothing."""
        support.kernel_says(self.kernel, LOOKED)
        self.ends(self.kunit("--config", "sanitize"), 0, "1 passed, 0 failed, 1 skipped")

    def test_no_scan_for_leaks(self) -> None:
        """Fail if kmemleak was not run in a configuration that has it."""
        ran = self.kunit("--config", "sanitize")
        self.ends(ran, 1, "1 passed, 1 failed, 1 skipped")
        self.assertIn("ended before kmemleak had looked", ran.stderr)

    def test_kernel_that_runs_no_kunit(self) -> None:
        """Fail for a kernel that does not run KUnit."""
        support.kernel_says(self.kernel, NO_KTAP)
        self.ends(self.kunit(), 1, "0 passed, 1 failed, 0 skipped")

    def test_time_limit(self) -> None:
        """Fail at the time limit, and leave no process of the kernel."""
        support.kernel_says(self.kernel, RUNNING, f"{self.forever()} & wait")
        ran = self.kunit("--time-limit", "0.5")
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertIn("still running after 0.5 s", ran.stderr)
        self.assertEqual(support.processes_of(self.directory), [])

    def test_suite_is_passed_on(self) -> None:
        """Pass the suite to the kernel as KUnit's glob."""
        support.kernel_says(self.kernel, support.PASSING, 'echo "$@" >&2')
        self.kunit("--suite", "rvkms_fake*")
        log = (self.project / "build/log/kunit-console.log").read_text()
        self.assertIn("kunit.filter_glob=rvkms_fake*", log)

    def test_compile_error(self) -> None:
        """Print the compiler's errors with the project's paths, and leave out make's."""
        makefile = self.kernel / "Makefile"
        makefile.write_text(makefile.read_text().replace(
            "\t@cp ", "\t@echo '../drivers/gpu/drm/rvkms/tests/fake.c:7:1: error: no' >&2; "
                      "exit 1\n\t@cp "))
        ran = self.kunit()
        self.ends(ran, 2, "0 passed, 1 failed, 0 skipped")
        self.assertIn("tests/kunit/fake.c:7:1: error: no", ran.stderr)
        self.assertNotIn("make: ***", ran.stderr)
        self.assertNotIn("init/main.o", ran.stderr)
        self.assertEqual(self.result()["outcome"], "could not run")
        self.assertIn("error: no", self.result()["reason"])

    def test_ungranted_option(self) -> None:
        """Report an option that Kconfig drops because a dependency is not met."""
        makefile = self.kernel / "Makefile"
        makefile.write_text(makefile.read_text().replace(
            "olddefconfig:\n", "olddefconfig:\n\t@sed -i /DRM_RVKMS_KUNIT_TEST/d $(O)/.config\n"))
        ran = self.kunit()
        self.ends(ran, 2, "0 passed, 1 failed, 0 skipped")
        self.assertIn("CONFIG_DRM_RVKMS_KUNIT_TEST=y (is n)", ran.stderr)

    def test_wrong_kernel_src(self) -> None:
        """Report a wrong KERNEL_SRC on one line, and delete the reports of earlier runs."""
        self.kunit()
        self.kernel = self.directory / "nothing"
        ran = self.kunit()
        self.ends(ran, 2, "0 passed, 1 failed, 0 skipped")
        self.assertEqual(len(ran.stderr.splitlines()), 1)
        self.assertIn("is not a kernel tree", ran.stderr)
        self.assertEqual([name for name in REPORTS if (self.reports / name).exists()],
                         ["result.json"])
        self.assertEqual(self.result()["outcome"], "could not run")

    def test_users_tree_is_always_made(self) -> None:
        """Run make on a user's tree in every run, because only make finds the user's changes."""
        self.kunit()
        self.kunit()
        self.assertEqual(self.made(), ["configured", "built", "built"])

    def test_users_kconfig_is_configured_anew(self) -> None:
        """Configure a user's tree again only if a Kconfig file has changed."""
        self.kunit()
        listed = next(self.project.glob("build/tree-*/O-fast")) / "include/config/auto.conf.cmd"
        listed.parent.mkdir(parents=True)
        listed.write_text("deps_config := \\\n\t../Kconfig.debug \\\n\n")
        (self.kernel / "Kconfig.debug").write_text("")
        self.kunit()
        (self.kernel / "Kconfig.debug").write_text("# changed\n")
        self.kunit()
        self.kunit()
        self.assertEqual(self.made().count("configured"), 3)

    def start_hanging(self, hang: str) -> subprocess.Popen:
        """Start the tool on a kernel that prints some lines and never ends."""
        support.kernel_says(self.kernel, RUNNING, hang)
        tool = support.start(self.argv(), env=self.environment())
        self.addCleanup(tool.communicate)
        log = self.project / "build/log/kunit-console.log"
        self.assertTrue(support.wait_for(lambda: log.exists() and "first" in log.read_text()))
        return tool

    def nothing_left(self, tool: subprocess.Popen) -> None:
        """Expect no process, no report, and no partial report."""
        self.assertTrue(support.wait_for(
            lambda: support.processes_of(self.directory) == [] and tool.poll() is not None))
        self.assertEqual(list(self.reports.iterdir()), [])

    def test_interrupt_while_running(self) -> None:
        """Stop the kernel and its children on Ctrl-C."""
        tool = self.start_hanging(f"{self.forever()} & wait")
        tool.send_signal(signal.SIGINT)
        self.assertEqual(tool.wait(support.PATIENCE), 130)
        self.nothing_left(tool)

    def test_killed_while_running(self) -> None:
        """Stop the kernel if the tool is killed."""
        tool = self.start_hanging(f"exec {self.forever()}")
        tool.kill()
        self.nothing_left(tool)

    def test_interrupt_while_building(self) -> None:
        """Stop make on Ctrl-C, and give it time to delete partial files."""
        makefile = self.kernel / "Makefile"
        makefile.write_text(makefile.read_text().replace(
            "\t@cp ", f"\t@touch $(O)/building; {self.forever()}\n\t@cp "))
        tool = support.start(self.argv(), env=self.environment())
        self.addCleanup(tool.communicate)
        self.assertTrue(support.wait_for(
            lambda: list(self.project.glob("build/tree-*/O-fast/building"))))
        tool.send_signal(signal.SIGINT)
        self.assertEqual(tool.wait(support.PATIENCE), 130)
        self.nothing_left(tool)

    def test_two_runs_at_once(self) -> None:
        """Print in the second of two runs that it waits, and then run it."""
        gate = self.directory / "gate"
        support.kernel_says(self.kernel, support.PASSING,
                            f"while [ ! -e {gate} ]; do sleep 0.1; done")
        first = support.start(self.argv(), env=self.environment())
        self.addCleanup(first.communicate)
        log = self.project / "build/log/kunit-console.log"
        self.assertTrue(support.wait_for(log.exists))
        second = support.start(self.argv(), env=self.environment())
        self.addCleanup(second.communicate)
        self.assertIn("another run is using build; waiting", second.stdout.readline())
        gate.touch()
        self.assertEqual((first.wait(support.PATIENCE), second.wait(support.PATIENCE)), (0, 0))
        self.assertEqual(self.result()["outcome"], "passed")

    def test_users_variables_do_not_change_the_build(self) -> None:
        """Ignore the user's variables, and make's own as in `make kunit W=1 -k`."""
        makefile = self.kernel / "Makefile"
        makefile.write_text(makefile.read_text().replace(
            "\t@cp ", "\t@echo \"W=$(W) $(KCFLAGS) $(MAKEFLAGS)\" >$(O)/variables\n\t@cp "))
        ran = support.run(["make", "-k", "kunit", "W=1", "KCFLAGS=-O0"], cwd=self.project,
                          env=self.environment())
        self.assertEqual(ran.returncode, 0, ran.stderr)
        variables = next(self.project.glob("build/tree-*/O-fast/variables")).read_text()
        self.assertTrue(variables.startswith("W=  "), variables)
        self.assertNotIn("-O0", variables)


class PristineTest(unittest.TestCase):
    """Test the cached source, which no user edits: make runs only after a change."""

    def setUp(self) -> None:
        directory = support.scratch(self)
        self.project = support.copy_project(directory)
        self.cache = directory / "cache"
        self.cache.mkdir()
        self.kernel = support.fake_kernel(directory).rename(self.cache / "linux-7.3.0-1")

    def steps(self) -> list[str]:
        """Run the tool; return the targets that make was asked for so far."""
        ran = support.run([self.project / "tools/rvkms", "kunit"],
                          env=support.environment(RVKMS_CACHE=self.cache))
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return self.objects().joinpath("made").read_text().split()

    def objects(self) -> Path:
        """Return the build directory."""
        return next(self.project.glob("build/tree-*/O-fast"))

    def test_nothing_changed(self) -> None:
        """Build nothing without a change."""
        self.steps()
        self.assertEqual(self.steps(), ["configured", "built"])

    def test_source_file_changed(self) -> None:
        """Build, but do not configure, after a source file has changed."""
        self.steps()
        core = sorted((self.project / "drivers/gpu/drm/rvkms/core").rglob("*.c"))[0]
        core.write_text(core.read_text() + "\n")
        self.assertEqual(self.steps(), ["configured", "built", "built"])

    def test_suite_added(self) -> None:
        """Build after a suite is added."""
        self.steps()
        (self.project / "tests/kunit/new_kunit.c").write_text("\n")
        self.assertEqual(self.steps(), ["configured", "built", "built"])

    def test_config_changed(self) -> None:
        """Configure and build after the configuration has changed."""
        self.steps()
        config = self.project / "uml-configs/fast.config"
        config.write_text(config.read_text() + "CONFIG_NEW=y\n")
        self.assertEqual(self.steps(), ["configured", "built"] * 2)

    def test_our_kconfig_changed(self) -> None:
        """Configure and build after the driver's Kconfig has changed."""
        self.steps()
        kconfig = self.project / "drivers/gpu/drm/rvkms/Kconfig"
        kconfig.write_text(kconfig.read_text() + "\n")
        self.assertEqual(self.steps(), ["configured", "built"] * 2)

    def test_config_edited_by_hand(self) -> None:
        """Configure again after .config was edited by hand."""
        self.steps()
        (self.objects() / ".config").write_text("CONFIG_MODULES=y\n")
        self.assertEqual(self.steps()[:3], ["configured", "built", "configured"])

    def test_kernel_removed(self) -> None:
        """Build after the kernel was removed."""
        self.steps()
        (self.objects() / "linux").unlink()
        self.assertEqual(self.steps(), ["configured", "built", "built"])

    def test_compiler_changed(self) -> None:
        """Configure and build with another compiler."""
        self.steps()
        tools = self.cache.parent / "tools"
        tools.mkdir()
        support.script(tools / "gcc", "echo gcc 99")
        os.environ["PATH"] = f"{tools}:{os.environ['PATH']}"
        self.addCleanup(os.environ.__setitem__, "PATH",
                        os.environ["PATH"].removeprefix(f"{tools}:"))
        self.assertEqual(self.steps(), ["configured", "built"] * 2)

    def test_failed_build_is_not_taken_for_a_good_one(self) -> None:
        """Fail every run after a failed build, and do not run the kernel of an earlier build."""
        self.steps()
        core = sorted((self.project / "drivers/gpu/drm/rvkms/core").rglob("*.c"))[0]
        good = core.read_text()
        core.write_text(good + "broken\n")
        makefile = self.kernel / "Makefile"
        text = makefile.read_text()
        makefile.write_text(text.replace("\t@cp ", "\t@exit 1\n\t@cp "))
        for _ in range(2):
            ran = support.run([self.project / "tools/rvkms", "kunit"],
                              env=support.environment(RVKMS_CACHE=self.cache))
            self.assertEqual(ran.returncode, 2)
        makefile.write_text(text)
        core.write_text(good)
        self.assertEqual(self.steps().count("built"), 4)
