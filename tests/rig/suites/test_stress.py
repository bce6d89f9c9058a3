# SPDX-License-Identifier: GPL-2.0
"""Test the verdicts from the console of a kernel under stress."""

import re
import unittest

from rig.base import paths
from rig.kernel import uml
from rig.suites import stress

CLIENT = [f"ok {name}" for name in stress.EXPECTED]
WORKED = [line for name in stress.WORKERS
          for line in (f"fact worker {name} 12 3", f"ok worker {name}")]
BOOT = ["[    0.000000] Linux version 7.3.4",
        "[    0.500000] Run /somewhere/tests/stress/init as init process"]
UNPLUGS = ["fact unplugs 5"]
GOOD = [*BOOT, *CLIENT, *WORKED, *UNPLUGS]

COMPLAINTS = [
    "[   12.000000] WARNING: possible circular locking dependency detected",
    "[   12.000000] BUG: KASAN: slab-use-after-free in toy_show+0x1/0x2",
    "[   12.000000] UBSAN: array-index-out-of-bounds in toy.c:3:5",
    "[   12.000000] ODEBUG: free active (active state 0) object type: timer_list",
    "[   12.000000] INFO: task client:42 blocked for more than 40 seconds.",
    "[   12.000000] list_del corruption. prev->next should be 1, but was 2",
    "[   12.000000] [drm] *ERROR* [CRTC:1:crtc-0] flip_done timed out",
    "[   99.000000] unreferenced object 0x0000000012345678 (size 64):",
    "[   12.000000] rcu: INFO: rcu_sched self-detected stall on CPU",
    "[   12.000000] Kernel panic - not syncing: Fatal exception",
]


def without(name: str) -> list[str]:
    """Return a console without the lines that contain a name."""
    return [line for line in GOOD if not re.search(rf"\b{name}\b", line)]


class JudgeTest(unittest.TestCase):
    """Test stress.judge()."""

    def red(self, lines: list[str], timed_out: bool = False, status: int = 0) -> dict[str, str]:
        """Return the first finding of each failed result."""
        results = stress.judge(stress.listen(lines), uml.Outcome(lines, 1.0, status, timed_out))
        return {result.name: result.findings[0] for result in results if result.findings}

    def test_good(self) -> None:
        """Pass a console with all lines and no fault."""
        self.assertEqual(self.red(GOOD), {})

    def test_complaints(self) -> None:
        """Fail for each kernel complaint."""
        for line in COMPLAINTS:
            with self.subTest(line):
                self.assertEqual(self.red([*GOOD, line]), {"the kernel does not complain": line})

    def test_complaint_of_a_program(self) -> None:
        """Ignore a complaint in a line that the kernel did not print."""
        self.assertEqual(self.red([*GOOD, "fact note WARNING: nothing"]), {})

    def test_unread_crcs(self) -> None:
        """Ignore the message about a CRC reader without CPU, and report a complaint after it."""
        overflow = "[    3.000000] rvkms: [drm] *ERROR* Overflow of CRC buffer, userspace reads"
        self.assertEqual(self.red([*GOOD, overflow]), {})
        self.assertEqual(self.red([*GOOD, overflow, COMPLAINTS[0]]),
                         {"the kernel does not complain": COMPLAINTS[0]})

    def test_boot(self) -> None:
        """Ignore complaints before init starts, unless the console ends there."""
        self.assertEqual(self.red([COMPLAINTS[0], *GOOD]), {})
        self.assertEqual(self.red(COMPLAINTS[-1:])["the kernel does not complain"],
                         COMPLAINTS[-1])

    def test_fault_of_uml(self) -> None:
        """Ignore a fault of UML by its place and caller; report it from any other place."""
        first = "[    5.000000] WARNING: suspicious RCU usage"
        place = "[    5.000000] lib/maple_tree.c:720 suspicious rcu_dereference_check() usage!"
        caller = "[    5.000000]  [<600aa22d>] ? flush_tlb_mm+0xfd/0x280"
        known = [first, place, caller]
        self.assertEqual(self.red([*GOOD, *known, *known]), {})
        for other in ([first, place], [first, caller], [first, place, *[""] * 80, caller],
                      [first, *known], [*known, COMPLAINTS[1]]):
            with self.subTest(other):
                self.assertEqual(list(self.red([*GOOD, *other])),
                                 ["the kernel does not complain"])

    def test_idle_worker(self) -> None:
        """Fail a worker that completed no operation, even if it reports success."""
        lines = ["fact worker flip 0 7" if line.startswith("fact worker flip ") else line
                 for line in GOOD]
        self.assertEqual(self.red(lines), {"worker flip": "it got nothing done"})

    def test_worker_without_numbers(self) -> None:
        """Fail a worker that reports no numbers."""
        lines = [line for line in GOOD if not line.startswith("fact worker flip ")]
        self.assertEqual(self.red(lines), {"worker flip": "it got nothing done"})

    def test_missing_worker(self) -> None:
        """Fail a worker that reports nothing."""
        for name in stress.WORKERS:
            with self.subTest(name):
                self.assertEqual(self.red(without(f"worker {name}")),
                                 {f"worker {name}": "nothing was said of it"})

    def test_fault(self) -> None:
        """Report a worker's fault, also if it reports success later."""
        lines = [*BOOT, "not ok worker flip # an event never came", *GOOD]
        self.assertEqual(self.red(lines), {"worker flip": "an event never came"})

    def test_missing_step(self) -> None:
        """Fail a step of init or of the client that is missing or failed."""
        for name in stress.EXPECTED:
            with self.subTest(name):
                lines = [line for line in GOOD if line != f"ok {name}"]
                self.assertEqual(self.red(lines), {name: "nothing was said of it"})
                self.assertEqual(self.red([*lines, f"not ok {name} # no"]), {name: "no"})

    def test_unknown_step(self) -> None:
        """Fail for an unknown step that failed."""
        self.assertEqual(self.red([*GOOD, "not ok the moon # it fell"]), {"the moon": "it fell"})

    def test_no_unplug(self) -> None:
        """Fail if the device was unplugged too few times."""
        name = "the device was unplugged under load"
        self.assertEqual(self.red(without("unplugs")), {name: "0 times of 5"})
        self.assertEqual(self.red([*GOOD, "fact unplugs 4"]), {name: "4 times of 5"})

    def test_hang(self) -> None:
        """Fail for a kernel that was stopped without progress, even if all lines were printed."""
        self.assertEqual(self.red(GOOD, timed_out=True, status=-9),
                         {"the kernel gets on": "it made no progress, and was ended",
                          "the kernel powers off": "its status is -9"})

    def test_nothing(self) -> None:
        """Fail an empty console, except in the two results that need no line."""
        results = stress.judge(stress.listen([]), uml.Outcome([], 1.0, 1, False))
        self.assertEqual([result.name for result in results if not result.findings],
                         ["the kernel does not complain", "the kernel gets on"])


class WorkersTest(unittest.TestCase):
    """Test that the tool and the client have the same list of workers."""

    def test_names(self) -> None:
        """Compare the workers with the files of tests/stress/workers that define one."""
        text = "".join(path.read_text(encoding="utf-8")
                       for path in sorted((stress.SOURCE / "workers").glob("*.c")))
        named = re.findall(r"const struct worker \w+ = \{\s*\.name = \"(\w+)\"", text)
        self.assertEqual(sorted(named), sorted(stress.WORKERS))
        main = (stress.SOURCE / "main.c").read_text(encoding="utf-8")
        self.assertIn(f"#define ROUNDS\t\t{stress.UNPLUGS}\n", main)

    def test_config(self) -> None:
        """Expect the kernel's options that the run needs."""
        wanted = stress.build.fragment(stress.recipe())
        for symbol in ("SMP", "KASAN", "UBSAN", "PROVE_LOCKING", "DEBUG_ATOMIC_SLEEP",
                       "DEBUG_KMEMLEAK", "DEBUG_OBJECTS_WORK", "DEBUG_LIST"):
            self.assertIn(f"CONFIG_{symbol}=y\n", wanted)
        self.assertIn("CONFIG_DRM_RVKMS=m\n", wanted)
        self.assertTrue((paths.CONFIGS / "stress.config").is_file())


if __name__ == "__main__":
    unittest.main()
