# SPDX-License-Identifier: GPL-2.0
"""Run `make boot`: the packaged module on one of Debian's kernels, in QEMU.

The smoke part has one CPU and virtual time, so that its results do not depend on the host. The
stress part has several CPUs in real time, and judges nothing that depends on the clock.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import shutil
import subprocess
from pathlib import Path

from rig.base import checks, console, paths, process, report
from rig.debian import install, qemu
from rig.debian import root as debian_root
from rig.igt import output, userland
from rig.kernel import client, packages, uml
from rig.kernel.watchdog import Limit
from rig.suites import stress

TARGET = "boot"
SOURCE = paths.ROOT / "tests/boot"
STRESS = paths.ROOT / "tests/stress"
SEAT_RULE = paths.ROOT / "packaging/72-rvkms-seat.rules"
WORK = paths.BUILD / "boot"

STRESS_SECONDS = 10
STRESS_CPUS = 4
# The time limit without a line of progress: QEMU may be slow on a busy machine.
LIMIT = Limit(wall=240)

PACKAGES = client.PACKAGES | qemu.PACKAGES

# The programs of the initramfs, and the directories of rules; IGT's userland has all of them.
PROGRAMS = ("sh", "dash", "cat", "dmesg", "grep", "mkdir", "mount", "mv", "sleep", "udevadm",
            "kmod")
KMOD = ("modprobe", "modinfo")
RULES = ("60-drm.rules", "71-seat.rules", "73-seat-late.rules")
DIRECTORIES = ("dev", "proc", "sys", "tmp", "run", "var", "etc")

CHECK = re.compile(r"^(ok|not ok) (.+?)(?: # (.*))?$")
INIT_CHECK = re.compile(r'^\tcheck "([^"]+)"', re.MULTILINE)
LAST = "the boot gets to its end"
CLIENT = "the client gets to its end"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments of the command line."""
    parser.add_argument("--kernel", default="", metavar="SERIES",
                        help="one of " + ", ".join(debian_root.SERIES) + "; the first by default")
    parser.add_argument("--part", default="smoke", choices=("smoke", "stress", "all"),
                        help="smoke in virtual time, stress on several CPUs, or both")


def main(options: argparse.Namespace) -> int:
    """Run the parts; return the exit status."""
    with report.of_run(TARGET) as files:
        packages.ensure(PACKAGES)
        root = debian_root.find()
        kernel = root.kernel(options.kernel)
        module = install.module(root, kernel)
        initramfs = make_initramfs(kernel, module)
        results = []
        for part in ("smoke", "stress") if options.part == "all" else (options.part,):
            console.note(f"{TARGET}: {part} on {kernel.release}")
            results += run(kernel, initramfs, part)
        for number, result in enumerate(results, 1):
            if result.findings:
                checks.show(number, result)
        return checks.finish(files, results, kernel=kernel.release)


def run(kernel: debian_root.Kernel, initramfs: Path, part: str) -> list[checks.Result]:
    """Boot the kernel for a part; return its results."""
    with console.Progress(f"{TARGET} {part}") as progress:
        def hear(line: str) -> bool:
            if not re.match(r"ok |boot: |fact |Subtest |Starting ", output.ESCAPES.sub("", line)):
                return False
            progress.update(line)
            return True

        outcome = qemu.run(kernel, initramfs, paths.LOG / f"boot-{kernel.series}-{part}.log",
                           variables={"BOOT_PART": part, "BOOT_SECONDS": str(STRESS_SECONDS)},
                           limit=LIMIT, cpus=STRESS_CPUS if part == "stress" else 1, on_line=hear)
    console.note(f"{TARGET}: {part} took {console.seconds(outcome.seconds)}")
    return judge(outcome, expected_of(part))


def expected_of(part: str) -> list[str]:
    """Return the checks that must be made in a part."""
    if part == "smoke":
        return init_checks(part) + [f"igt {name}" for name in subtests()]
    return init_checks(part) + [f"worker {name}" for name in stress.WORKERS] + [CLIENT]


def judge(outcome: uml.Outcome, expected: list[str]) -> list[checks.Result]:
    """Return a result for each expected check, each failed one, and the state of the kernel."""
    outcome = dataclasses.replace(outcome, lines=[
        line for line in outcome.lines if not output.NOT_A_COMPLAINT.search(line)])
    said = listen(outcome.lines)
    results = [
        _result("the kernel does not complain", outcome.complaints()),
        _result("the kernel gets on", ["it made no progress, and was ended"]
                if outcome.timed_out else []),
    ]
    for name in dict.fromkeys([*expected, *said]):
        why = said.get(name, "nothing was said of it")
        if name in expected or why:
            results.append(_result(name, [why] if why else []))
    return results


def listen(lines: list[str]) -> dict[str, str]:
    """Return the checks of a console, and "" or the fault; one that failed once has failed."""
    said: dict[str, str] = {}
    test = ""
    for line in lines:
        line = output.ESCAPES.sub("", line)
        if match := CHECK.match(line):
            verdict, name, why = match.groups()
            said[name] = said.get(name) or ("" if verdict == "ok" else why or "failed")
        elif line.startswith("boot: igt "):
            test = line.removeprefix("boot: igt ")
        elif match := output.END.match(line):
            verdict = "" if match.group(2) == "SUCCESS" else match.group(2)
            said[f"igt {test}@{match.group(1)}"] = verdict
    return said


def init_checks(part: str) -> list[str]:
    """Return the names of the checks in a part of tests/boot/init."""
    text = (SOURCE / "init").read_text(encoding="utf-8")
    body = text.split(f"\n{part}()\n{{\n")[1].split("\n}\n")[0]
    return [*INIT_CHECK.findall(body), LAST]


def subtests() -> list[str]:
    """Return the subtests of tests/boot/subtests, as kms_flip@basic."""
    return [f"{test}@{subtest}" for test, names in _subtest_lines()
            for subtest in names.split(",")]


def _subtest_lines() -> list[list[str]]:
    text = (SOURCE / "subtests").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def make_initramfs(kernel: debian_root.Kernel, module: Path) -> Path:
    """Write an initramfs of IGT's userland, the kernel's modules and the stress client."""
    WORK.mkdir(parents=True, exist_ok=True)
    system = userland.find().path
    lines = _subtest_lines()
    (WORK / "subtests").write_text("".join(f"{test} {names}\n" for test, names in lines),
                                   encoding="utf-8")
    programs = [f"usr/bin/{name}" for name in PROGRAMS]
    programs += [f"{userland.TESTS}/{test}" for test, _ in lines]
    files = {name: system / name for name in (*programs, *libraries(system, programs))}
    files |= {f"usr/lib/udev/rules.d/{name}": system / f"usr/lib/udev/rules.d/{name}"
              for name in RULES}
    files |= {f"usr/sbin/{name}": system / "usr/sbin" / name for name in KMOD}
    files |= {name: system / name for name in ("bin", "sbin", "lib", "lib64")}
    files |= {"init": SOURCE / "init", "subtests": WORK / "subtests",
              f"usr/lib/udev/rules.d/{SEAT_RULE.name}": SEAT_RULE,
              "client": client.ensure(STRESS, WORK / "client") / "client"}
    modules = make_modules(kernel, module)
    files |= {f"usr/lib/modules/{path.relative_to(modules)}": path
              for path in modules.rglob("*") if path.is_file()}
    target = WORK / "initramfs"
    qemu.write_initramfs(target, files, DIRECTORIES)
    return target


def make_modules(kernel: debian_root.Kernel, module: Path) -> Path:
    """Make a directory of modules with rvkms, and its indices; return it."""
    base = WORK / "modules"
    shutil.rmtree(base, ignore_errors=True)
    directory = base / "lib/modules" / kernel.release
    shutil.copytree(kernel.path / "lib/modules" / kernel.release, directory)
    (directory / "updates").mkdir()
    shutil.copy(module, directory / "updates")
    ran = process.run(["depmod", "-b", str(base), kernel.release], stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT)
    if ran.returncode:
        raise console.RigError("depmod fails", ran.stdout)
    return base / "lib/modules"


def libraries(system: Path, programs: list[str]) -> list[str]:
    """Return the libraries of @programs below @system, with the links to them."""
    asked = process.run(["chroot", str(system), "ldd", *(f"/{name}" for name in programs)],
                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    found = set()
    for name in re.findall(r"(/\S+) \(0x", asked):
        path = system / name.lstrip("/")
        path = path.parent.resolve() / path.name
        while True:
            found.add(str(path.relative_to(system)))
            if not path.is_symlink():
                break
            path = path.parent / path.readlink()
    return sorted(found)


def _result(name: str, findings: list[str]) -> checks.Result:
    return checks.Result(name, findings, 0.0)
