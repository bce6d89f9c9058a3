# SPDX-License-Identifier: GPL-2.0
"""Run `tools/rvkms doctor`: tell in plain words what this machine lacks to use rvkms.

Each check reads files of the machine, and changes nothing. It reports a problem with the command
that solves it, or a note. A check that needs the result of an earlier one is left out after a
problem with that.
"""

from __future__ import annotations

import argparse
import dataclasses
import errno
import fcntl
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from rig.base import console
from rig.debian.root import SERIES, series_of

# linux/drm.h: _IO('d', 0x1e) and _IO('d', 0x1f).
SET_MASTER = 0x641e
DROP_MASTER = 0x641f

CONFIG = ("CONFIG_DRM", "CONFIG_DRM_KMS_HELPER", "CONFIG_DRM_GEM_SHMEM_HELPER")
# The variable that firmware sets to 1 if it checks signatures.
SECURE_BOOT = "SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"


@dataclasses.dataclass(frozen=True)
class Finding:
    """A line of the report."""

    kind: str  # "ok", "note" or "PROBLEM"
    text: str
    advice: str = ""


@dataclasses.dataclass(frozen=True)
class Machine:
    """The machine; tests have directories of their own."""

    root: Path
    release: str  # as uname -r prints it

    def read(self, name: str) -> str:
        """Return the text of a file, "" if it cannot be read."""
        try:
            return (self.root / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def cards(self) -> list[Path]:
        """Return the directories of rvkms's cards in sysfs."""
        found = (self.root / "sys/class/drm").glob("card[0-9]*")
        return sorted(path for path in found if "-" not in path.name
                      and (path / "device/driver").resolve().name == "rvkms")


def main(_options: argparse.Namespace) -> int:
    """Print the report; return 1 if there is a problem."""
    machine = Machine(Path("/"), os.uname().release)
    findings = examine(machine)
    for finding in findings:
        console.note(f"{finding.kind:<8}{finding.text}")
        if finding.advice:
            console.note(f"{'':<8}  {finding.advice}")
    problems = sum(finding.kind == "PROBLEM" for finding in findings)
    console.note(console.closing_line("doctor", len(findings) - problems, problems, 0))
    return console.FAILED if problems else console.PASSED


def examine(machine: Machine) -> list[Finding]:
    """Return the findings; the first problem of the module ends its checks."""
    findings: list[Finding] = []
    for check in MODULE_CHECKS:
        findings += check(machine)
        if findings[-1].kind == "PROBLEM":
            break
    findings += [finding for check in MACHINE_CHECKS for finding in check(machine)]
    for card in machine.cards():
        for card_check in CARD_CHECKS:
            findings += card_check(machine, card)
    return findings


def kernel(machine: Machine) -> Iterator[Finding]:
    """Check the series of the kernel."""
    if series_of(machine.release) in SERIES:
        yield Finding("ok", f"the kernel is Linux {machine.release}")
    else:
        yield Finding("PROBLEM", f"Linux {machine.release} is not supported",
                      "boot one of " + ", ".join(SERIES) + ": Debian 13 has them, also in"
                      " trixie-backports")


def configuration(machine: Machine) -> Iterator[Finding]:
    """Check the options of the kernel that the module needs."""
    text = machine.read(f"boot/config-{machine.release}")
    absent = [name for name in CONFIG if not re.search(rf"^{name}=[ym]$", text, re.MULTILINE)]
    if not text:
        yield Finding("note", "the kernel's options are unknown: there is no"
                      f" /boot/config-{machine.release}")
    elif absent:
        yield Finding("PROBLEM", f"the kernel has no {', '.join(absent)}",
                      "boot a kernel with these options")
    else:
        yield Finding("ok", "the kernel has DRM with its helpers")


def module(machine: Machine) -> Iterator[Finding]:
    """Check that the module is there, or can be built."""
    modules = machine.root / "lib/modules" / machine.release
    if machine.read("sys/module/rvkms/refcnt") or list(modules.rglob("rvkms.ko*")):
        yield Finding("ok", "the module is installed")
    elif not (modules / "build").is_dir():
        yield Finding("PROBLEM", "the module is not built: the kernel's headers are missing",
                      f"sudo apt install linux-headers-{machine.release}")
    elif not list((machine.root / "usr/src").glob("rvkms-*")):
        yield Finding("PROBLEM", "the package rvkms-dkms is not installed",
                      "see docs/install.md")
    else:
        yield Finding("PROBLEM", "DKMS has not built the module for this kernel",
                      f"sudo dkms autoinstall -k {machine.release}, and read its make.log")


def loaded(machine: Machine) -> Iterator[Finding]:
    """Check that the module is loaded and has a card."""
    if not (machine.root / "sys/module/rvkms").is_dir():
        advice = "sudo modprobe rvkms connected=1"
        if secure_boot(machine):
            advice += "; Secure Boot may reject it: see docs/install.md"
        yield Finding("PROBLEM", "the module is not loaded", advice)
    elif not machine.cards():
        yield Finding("PROBLEM", "the module has no card: its device is unbound",
                      "echo rvkms | sudo tee /sys/bus/platform/drivers/rvkms/bind")
    else:
        yield Finding("ok", "the module is loaded: "
                      + ", ".join(f"/dev/dri/{card.name}" for card in machine.cards()))


def lockdown(machine: Machine) -> Iterator[Finding]:
    """Tell if the kernel is locked down."""
    match = re.search(r"\[(integrity|confidentiality)\]",
                      machine.read("sys/kernel/security/lockdown"))
    if match:
        yield Finding("note", f"the kernel is locked down ({match.group(1)}): debugfs is closed",
                      "write on or off to /sys/class/drm/card*-*/status for monitors")
    elif not (machine.root / "sys/kernel/debug/dri").is_dir():
        yield Finding("note", "debugfs is not mounted, or not readable for this user",
                      "sudo mount -t debugfs none /sys/kernel/debug")


def secure_boot(machine: Machine) -> bool:
    """Return whether the firmware checks signatures."""
    try:
        data = (machine.root / "sys/firmware/efi/efivars" / SECURE_BOOT).read_bytes()
    except OSError:
        return False
    # Four bytes of attributes come first.
    return data[4:5] == b"\1"


def monitors(machine: Machine, card: Path) -> Iterator[Finding]:
    """Check that a monitor is connected."""
    states = {path.name: machine.read(str(path.relative_to(machine.root) / "status")).strip()
              for path in sorted(card.glob(f"{card.name}-*")) if "Writeback" not in path.name}
    connected = [name for name, state in states.items() if state == "connected"]
    if connected:
        yield Finding("ok", "a monitor is connected: " + ", ".join(connected))
    else:
        yield Finding("note", f"no monitor is connected to {card.name}",
                      "echo on | sudo tee " + " ".join(f"/sys/class/drm/{name}/status"
                                                       for name in states))


def seat(machine: Machine, card: Path) -> Iterator[Finding]:
    """Tell the seat of the card, from udev's database."""
    number = machine.read(str(card.relative_to(machine.root) / "dev")).strip()
    data = machine.read(f"run/udev/data/c{number}")
    match = re.search(r"^E:ID_SEAT=(\S+)$", data, re.MULTILINE)
    name = match.group(1) if match else "seat0"
    if not data:
        yield Finding("note", f"udev does not know {card.name}: sessions cannot open it")
    elif re.search(r"^Q:master-of-seat$", data, re.MULTILINE):
        yield Finding("note", f"{card.name} makes {name} graphical: a display manager may start"
                      " there", "see the seat rule in docs/install.md")
    else:
        yield Finding("ok", f"{card.name} belongs to {name}, and does not make it graphical")


def access(machine: Machine, card: Path) -> Iterator[Finding]:
    """Check that this user can open the card, and become DRM master."""
    node = machine.root / "dev/dri" / card.name
    try:
        file = os.open(node, os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        advice = "add yourself to the group video: sudo adduser $USER video, and log in again"
        yield Finding("PROBLEM", f"you cannot open /dev/dri/{card.name}: {error.strerror}",
                      advice if error.errno == errno.EACCES else "")
        return
    try:
        yield master(machine, card, file)
    finally:
        os.close(file)


def master(machine: Machine, card: Path, file: int) -> Finding:
    """Try to become DRM master with an open card; a new file is master if no other one is."""
    try:
        fcntl.ioctl(file, SET_MASTER)
        fcntl.ioctl(file, DROP_MASTER)
    except OSError as error:
        if error.errno not in (errno.EBUSY, errno.EACCES, errno.EINVAL):
            return Finding("note", f"DRM master of {card.name} is unknown: {error.strerror}")
        users = ", ".join(holders(machine, card)) or "a program of another user"
        return Finding("PROBLEM", f"another client is DRM master of {card.name}: {users}",
                       "end it, or switch to its VT: one client at a time sets modes")
    return Finding("ok", f"you can be DRM master of {card.name}")


def holders(machine: Machine, card: Path) -> list[str]:
    """Return the other processes that have the card open, as far as this user may see them."""
    found = []
    for process in sorted((machine.root / "proc").glob("[0-9]*")):
        if process.name == str(os.getpid()):
            continue
        try:
            links = [os.readlink(path) for path in (process / "fd").iterdir()]
        except OSError:
            continue
        if f"/dev/dri/{card.name}" in links:
            name = machine.read(f"proc/{process.name}/comm").strip()
            found.append(f"{name} (process {process.name})")
    return found


MODULE_CHECKS: tuple[Callable[[Machine], Iterator[Finding]], ...] = (
    kernel, configuration, module, loaded)
MACHINE_CHECKS: tuple[Callable[[Machine], Iterator[Finding]], ...] = (lockdown,)
CARD_CHECKS: tuple[Callable[[Machine, Path], Iterator[Finding]], ...] = (monitors, seat, access)
