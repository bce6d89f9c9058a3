# SPDX-License-Identifier: GPL-2.0
"""Test how IGT's tests are run until every subtest has a verdict, with scripts as kernels."""

import dataclasses
import os
import subprocess
import threading
import unittest
from unittest import mock

from rig.base.drivers import OURS, PEER
from rig.igt import expectations, jobs, userland
from rig.igt.jobs import Job
from rig.igt.output import Status, Verdict
from rig.kernel import build
from rig.kernel.pace import Pace
from rig.kernel.watchdog import Limit
from tests.rig import support

# A kernel that reads its orders as tests/igt/init does. The name of a subtest chooses its result.
FAKE_LINUX = """\
for argument; do
\tcase $argument in
\tIGT_ORDERS=*) orders=${argument#IGT_ORDERS=} ;;
\ttime-travel=*) virtual=yes ;;
\tesac
done
echo "$* counts in $GCOV_PREFIX" >>"${0%/*}/boots"
echo "rig: ready"
for subtest in $(tr , ' ' <"$orders/subtests"); do
\techo "Starting subtest: $subtest"
\tcase $subtest in
\tpanic*) echo "[    1.000000] Kernel panic - not syncing: toy"; exit 134 ;;
\twarn*) echo "[    1.000000] WARNING: toy" ;;
\tsleep*) sleep 100 ;;
\tspin*) while :; do :; done ;;
\tpoll*) [ ! "$virtual" ] || while :; do :; done ;;
\tfirst*) [ "$(cat "$orders/subtests")" = "$subtest" ] || while :; do :; done ;;
\tdie*) echo "rig: exit 139"; exit ;;
\tesac
\techo "Subtest $subtest: SUCCESS (0.000s)"
done
echo "rig: exit 0"
"""
LIMITS = {"VIRTUAL": Limit(wall=3, cpu=0.5), "REAL": Limit(wall=2)}


class RunTest(unittest.TestCase):
    """Test Machine and Queue with FAKE_LINUX."""

    def setUp(self) -> None:
        self.directory = support.scratch(self)
        support.script(self.directory / "linux", FAKE_LINUX)
        kernel = build.Kernel("igt", "7.3", self.directory, self.directory,
                              self.directory / "linux", {}, "gcc", "", {})
        self.machine = jobs.Machine(
            kernel, self.directory, self.directory, userland.Userland(self.directory, "2.5"),
            OURS, "usual=1", self.directory / "work", 16)
        for name, limit in LIMITS.items():
            patch = mock.patch.object(jobs, name, limit)
            patch.start()
            self.addCleanup(patch.stop)

    def run_jobs(self, *started: Job) -> dict[str, tuple[Job, Verdict]]:
        """Run the jobs to their end, and expect exactly one verdict per subtest."""
        told: dict[str, tuple[Job, Verdict]] = {}

        def take(job: Job, verdicts: dict[str, Verdict]) -> None:
            for name, verdict in verdicts.items():
                self.assertNotIn(name, told)
                told[name] = (job, verdict)

        jobs.Queue(self.machine.run, take).work_off(list(started))
        return told

    def statuses(self, *subtests: str) -> list[Status]:
        """Return the statuses of one test's subtests."""
        told = self.run_jobs(Job("kms_toy", subtests))
        return [told[f"kms_toy@{name}"][1].status for name in subtests]

    def boots(self) -> list[str]:
        """Return the command lines of the booted kernels."""
        return (self.directory / "boots").read_text(encoding="utf-8").splitlines()

    def test_kernel_that_counts(self) -> None:
        """Pass the counters' directory and the options of the built-in driver to the kernel."""
        self.machine = dataclasses.replace(self.machine, environment={"GCOV_PREFIX": "/counters"})
        self.assertEqual(self.statuses("one"), [Status.PASS])
        self.assertRegex(self.boots()[0], r" rvkms\.usual=1 .* counts in /counters$")

    def test_all_is_well(self) -> None:
        """Boot one kernel in virtual time, with the userland mounted read-only."""
        self.assertEqual(self.statuses("a", "b"), [Status.PASS] * 2)
        self.assertEqual(len(self.boots()), 1)
        for word in ("time-travel=inf-cpu", f"rootflags={self.directory}", " ro ",
                     "IGT_OPTIONS=usual=1", f"hostfs={expectations.DIRECTORY}"):
            self.assertIn(word, self.boots()[0])

    def test_another_device(self) -> None:
        """Pass a job's device options to rvkms, and not to the peer."""
        for driver, options in ((OURS, "crtcs=2"), (PEER, "usual=1")):
            self.machine = dataclasses.replace(self.machine, driver=driver)
            self.run_jobs(Job("kms_toy", ("a",), options="crtcs=2"))
            self.assertIn(f"IGT_OPTIONS={options} ", self.boots()[-1])

    def test_pace(self) -> None:
        """Pass the delay to the module, with any device options, and the loops to init."""
        self.machine = dataclasses.replace(self.machine, pace=Pace(True, "20ms", 4))
        for options, expected in (("", "usual=1"), ("crtcs=2", "crtcs=2")):
            self.run_jobs(Job("kms_toy", ("a",), real_time=True, options=options))
            self.assertIn(f'IGT_OPTIONS="{expected} delay_frame_ns=20000000" ', self.boots()[-1])
            self.assertIn(" IGT_LOAD=4 ", self.boots()[-1])

    def test_hang_in_real_time(self) -> None:
        """Try a subtest again by itself, and then report a hang."""
        told = self.run_jobs(Job("kms_toy", ("sleep", "b"), real_time=True))
        self.assertEqual(told["kms_toy@sleep"][1].status, Status.HANG)
        self.assertEqual(told["kms_toy@b"][1].status, Status.PASS)
        self.assertTrue(told["kms_toy@sleep"][0].alone)

    def test_panic_goes_on_behind(self) -> None:
        """Report a panic as the verdict, and run the other subtests on a new kernel."""
        self.assertEqual(self.statuses("a", "panic", "b"),
                         [Status.PASS, Status.CRASH, Status.PASS])
        self.assertEqual(len(self.boots()), 2)

    def test_dead_process_goes_on_behind(self) -> None:
        """Run the other subtests if the process of the test dies."""
        self.assertEqual(self.statuses("die", "b"), [Status.CRASH, Status.PASS])

    def test_polling_needs_real_time(self) -> None:
        """Try a polling subtest with others, then alone, then alone in real time."""
        told = self.run_jobs(Job("kms_toy", ("poll", "b")))
        job, verdict = told["kms_toy@poll"]
        self.assertEqual((job.real_time, verdict.status), (True, Status.PASS))
        self.assertFalse(told["kms_toy@b"][0].real_time)
        self.assertEqual(len(self.boots()), 4)
        self.assertNotIn("time-travel", self.boots()[-1])

    def test_hang_because_of_others(self) -> None:
        """Try a subtest that hangs alone, and in virtual time."""
        job, verdict = self.run_jobs(Job("kms_toy", ("first", "b")))["kms_toy@first"]
        self.assertEqual((job.real_time, verdict.status), (False, Status.PASS))

    def test_endless(self) -> None:
        """Report a hang after a try in real time, if the subtest computes or if it waits."""
        for name in ("spin", "sleep"):
            with self.subTest(name):
                self.assertEqual(self.statuses(name), [Status.HANG])

    def test_kernel_that_is_none(self) -> None:
        """Do not boot a kernel again that fails before the first subtest."""
        support.script(self.directory / "linux", 'echo "$*" >>"${0%/*}/boots"; exit 1')
        self.assertEqual(self.statuses("a", "b"), [Status.MISSING] * 2)
        self.assertEqual(len(self.boots()), 1)

    def test_peers_own_affair(self) -> None:
        """Ignore DRM's message about vkms at each boot, and report every other complaint."""
        says = ("[    0.1] faux_driver vkms: [drm] blend mode not setup. Please fix.\\n{}"
                "Starting subtest: a\\nSubtest a: SUCCESS (0.1s)\\nrig: exit 0\\n")
        peer = dataclasses.replace(self.machine, driver=PEER)
        for more, complaints in (("", 0), ("[    0.2] WARNING: toy\\n", 1)):
            for machine in (peer, self.machine):
                support.script(self.directory / "linux", f"printf '{says.format(more)}'")
                found = machine.run(1, Job("kms_toy", ("a",)))["a"].complaints
                self.assertEqual(bool(found), bool(complaints) or machine is self.machine)

    def test_fault_of_the_rig(self) -> None:
        """Raise the exception of a worker thread in the caller."""
        queue = jobs.Queue(mock.Mock(side_effect=ValueError("broken")), mock.Mock())
        with self.assertRaisesRegex(ValueError, "broken"):
            queue.work_off([Job("a", ("b",)), Job("c", ("d",)), Job("e", ("f",))])

    def test_workers_have_a_cpu_each(self) -> None:
        """Pin each worker and its children to a CPU of its own, and do not pin the caller."""
        before = os.sched_getaffinity(0)
        seen = []
        meeting = threading.Barrier(2, timeout=60)

        def run(_number: int, job: Job) -> dict[str, Verdict]:
            meeting.wait()
            ran = subprocess.run(["nproc"], stdout=subprocess.PIPE, text=True, check=True)
            seen.append((ran.stdout, *os.sched_getaffinity(0)))
            return {name: Verdict(Status.PASS) for name in job.subtests}

        jobs.Queue(run, mock.Mock()).work_off([Job("a", ("b",)), Job("c", ("d",))])
        self.assertEqual(os.sched_getaffinity(0), before)
        self.assertEqual({processors for processors, *_ in seen}, {"1\n"})
        self.assertEqual(len(set(seen)), min(2, len(before)))


class PlanTest(unittest.TestCase):
    """Test jobs.plan()."""

    NONE = expectations.Rules("none", {})
    LISTS = expectations.Lists(
        [], NONE, NONE, expectations.Rules("needs-real-time", {"kms_b@2": "polls"}),
        expectations.Rules("alone", {"kms_b@5": "waits"}),
        expectations.Rules("devices", {"kms_b@3": "a=1; long", "kms_b@2": "a=1; long",
                                       "kms_b@4": "a=1 b=2; wide", "core": "a=1; long"}),
        NONE, NONE, [], [], [])

    def test_plan(self) -> None:
        """Plan one job per test, the longest first, and separate jobs for real time and devices."""
        self.assertEqual(
            jobs.plan(["kms_a@1", "kms_b@1", "kms_b@2", "kms_b@3", "kms_b@4", "kms_b@5",
                       "core"], self.LISTS),
            [Job("kms_b", ("2",), real_time=True, alone=True, options="a=1"),
             Job("kms_b", ("1", "5")), Job("kms_b", ("3",), options="a=1"),
             Job("kms_b", ("4",), options="a=1 b=2"),
             Job("core", ("",), options="a=1"), Job("kms_a", ("1",))])

    def test_real_time(self) -> None:
        """Plan all jobs in real time, where more subtests get a kernel of their own."""
        self.assertEqual(
            jobs.plan(["kms_b@1", "kms_b@2", "kms_b@3", "kms_b@5"], self.LISTS, real_time=True),
            [Job("kms_b", ("2",), real_time=True, alone=True, options="a=1"),
             Job("kms_b", ("5",), real_time=True, alone=True),
             Job("kms_b", ("1",), real_time=True),
             Job("kms_b", ("3",), real_time=True, options="a=1")])
