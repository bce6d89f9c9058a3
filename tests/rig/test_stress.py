# SPDX-License-Identifier: GPL-2.0
"""What is made of the console of a kernel under stress."""

import re
import unittest

from rig import paths, stress, uml

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
    """A console that lacks what was said of something."""
    return [line for line in GOOD if not re.search(rf"\b{name}\b", line)]


class JudgeTest(unittest.TestCase):
    """stress.judge()."""

    def red(self, lines: list[str], timed_out: bool = False, status: int = 0) -> dict[str, str]:
        """What is red of a console, and the first reason."""
        results = stress.judge(stress.listen(lines), uml.Outcome(lines, 1.0, status, timed_out))
        return {result.name: result.findings[0] for result in results if result.findings}

    def test_good(self) -> None:
        """All was said, nothing was wrong."""
        self.assertEqual(self.red(GOOD), {})

    def test_complaints(self) -> None:
        """Whatever the kernel says of a fault is red."""
        for line in COMPLAINTS:
            with self.subTest(line):
                self.assertEqual(self.red([*GOOD, line]), {"the kernel does not complain": line})

    def test_complaint_of_a_program(self) -> None:
        """Only the kernel's own lines count."""
        self.assertEqual(self.red([*GOOD, "fact note WARNING: nothing"]), {})

    def test_unread_crcs(self) -> None:
        """A reader that gets no CPU is no fault, and hides none that follows."""
        overflow = "[    3.000000] rvkms: [drm] *ERROR* Overflow of CRC buffer, userspace reads"
        self.assertEqual(self.red([*GOOD, overflow]), {})
        self.assertEqual(self.red([*GOOD, overflow, COMPLAINTS[0]]),
                         {"the kernel does not complain": COMPLAINTS[0]})

    def test_boot(self) -> None:
        """What is said before there is a driver is not held against it, unless it is the end."""
        self.assertEqual(self.red([COMPLAINTS[0], *GOOD]), {})
        self.assertEqual(self.red(COMPLAINTS[-1:])["the kernel does not complain"],
                         COMPLAINTS[-1])

    def test_fault_of_uml(self) -> None:
        """Known by place and caller; the same of another place or caller is the driver's."""
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
        """One that got nothing done is red, whatever it says."""
        lines = ["fact worker flip 0 7" if line.startswith("fact worker flip ") else line
                 for line in GOOD]
        self.assertEqual(self.red(lines), {"worker flip": "it got nothing done"})

    def test_worker_without_numbers(self) -> None:
        """Nothing done is what it is, too."""
        lines = [line for line in GOOD if not line.startswith("fact worker flip ")]
        self.assertEqual(self.red(lines), {"worker flip": "it got nothing done"})

    def test_missing_worker(self) -> None:
        """One that nobody speaks of is red."""
        for name in stress.WORKERS:
            with self.subTest(name):
                self.assertEqual(self.red(without(f"worker {name}")),
                                 {f"worker {name}": "nothing was said of it"})

    def test_fault(self) -> None:
        """What a worker saw is told; what comes later does not heal it."""
        lines = [*BOOT, "not ok worker flip # an event never came", *GOOD]
        self.assertEqual(self.red(lines), {"worker flip": "an event never came"})

    def test_missing_step(self) -> None:
        """So is a step of init or of the client that is not reached, or fails."""
        for name in stress.EXPECTED:
            with self.subTest(name):
                lines = [line for line in GOOD if line != f"ok {name}"]
                self.assertEqual(self.red(lines), {name: "nothing was said of it"})
                self.assertEqual(self.red([*lines, f"not ok {name} # no"]), {name: "no"})

    def test_unknown_step(self) -> None:
        """What else fails is red as well."""
        self.assertEqual(self.red([*GOOD, "not ok the moon # it fell"]), {"the moon": "it fell"})

    def test_no_unplug(self) -> None:
        """A device that stays, or goes too seldom, was not tested."""
        name = "the device was unplugged under load"
        self.assertEqual(self.red(without("unplugs")), {name: "0 times of 5"})
        self.assertEqual(self.red([*GOOD, "fact unplugs 4"]), {name: "4 times of 5"})

    def test_hang(self) -> None:
        """A kernel that was ended for want of progress is red even if all was said before."""
        self.assertEqual(self.red(GOOD, timed_out=True, status=-9),
                         {"the kernel gets on": "it made no progress, and was ended",
                          "the kernel powers off": "its status is -9"})

    def test_nothing(self) -> None:
        """No console, no result that is green but that there was no complaint."""
        results = stress.judge(stress.listen([]), uml.Outcome([], 1.0, 1, False))
        self.assertEqual([result.name for result in results if not result.findings],
                         ["the kernel does not complain", "the kernel gets on"])


class WorkersTest(unittest.TestCase):
    """The tool and the client name the same workers."""

    def test_names(self) -> None:
        """Of each file of tests/stress that makes a worker."""
        text = "".join(path.read_text(encoding="utf-8")
                       for path in sorted(stress.SOURCE.glob("*.c")))
        named = re.findall(r"const struct worker \w+ = \{\s*\.name = \"(\w+)\"", text)
        self.assertEqual(sorted(named), sorted(stress.WORKERS))
        main = (stress.SOURCE / "main.c").read_text(encoding="utf-8")
        self.assertIn(f"#define ROUNDS\t\t{stress.UNPLUGS}\n", main)

    def test_config(self) -> None:
        """The kernel has what the run is for."""
        wanted = stress.build.fragment(stress.recipe())
        for symbol in ("SMP", "KASAN", "UBSAN", "PROVE_LOCKING", "DEBUG_ATOMIC_SLEEP",
                       "DEBUG_KMEMLEAK", "DEBUG_OBJECTS_WORK", "DEBUG_LIST"):
            self.assertIn(f"CONFIG_{symbol}=y\n", wanted)
        self.assertIn("CONFIG_DRM_RVKMS=m\n", wanted)
        self.assertTrue((paths.CONFIGS / "stress.config").is_file())


if __name__ == "__main__":
    unittest.main()
