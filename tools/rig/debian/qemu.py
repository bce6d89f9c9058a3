# SPDX-License-Identifier: GPL-2.0
"""Boot one of Debian's kernels in QEMU, without KVM, and read its console."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from rig.base import process
from rig.debian.root import Kernel
from rig.kernel import uml
from rig.kernel.watchdog import Limit, Watchdog

PACKAGES = {"qemu-system-x86": "qemu-system-x86_64"}

MEMORY_MIB = 1024

# One instruction takes 1 ns, and waits end at once: time does not depend on the host.
VIRTUAL_TIME = ("-icount", "shift=0,sleep=off")

# The kernel's messages and no others: panics end QEMU, for it does not reboot.
ARGUMENTS = ("console=ttyS0", "panic=-1", "printk.time=1", "printk.devkmsg=on", "mitigations=off")


def run(kernel: Kernel, initramfs: Path, log: Path, *, variables: Mapping[str, str], limit: Limit,
        cpus: int = 1, on_line: Callable[[str], object] = lambda line: None) -> uml.Outcome:
    """Boot @kernel from @initramfs with @variables in the environment of its init.

    With one CPU time is virtual, with several it is real. The limit restarts with each line for
    which @on_line returns true.
    """
    argv = ["qemu-system-x86_64", "-accel", "tcg" + (",thread=multi" if cpus > 1 else ""),
            "-cpu", "max", "-m", str(MEMORY_MIB), "-smp", str(cpus), "-nodefaults", "-display",
            "none", "-serial", "stdio", "-no-reboot", "-kernel", str(kernel.path / "vmlinuz"),
            "-initrd", str(initramfs), "-append",
            " ".join([*ARGUMENTS, *(f"{name}={value}" for name, value in variables.items())]),
            *(() if cpus > 1 else VIRTUAL_TIME)]
    start = time.monotonic()
    child = process.spawn(argv, death_signal=signal.SIGKILL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="backslashreplace")
    watchdog = Watchdog(child.pid, limit, lambda: process.end(child, grace=0))
    try:
        lines = uml.listen(child, log, on_line, watchdog)
        status = process.finish(child)
    finally:
        watchdog.stop()
        process.end(child, grace=0)
    return uml.Outcome(lines, time.monotonic() - start, status, watchdog.expired)


def write_initramfs(path: Path, files: Mapping[str, Path], directories: Iterable[str]) -> None:
    """Write a cpio archive, in the format newc, of @files by their name in it.

    A symbolic link is written as a link. Parents of files are made, and @directories.
    """
    made: set[str] = set()
    with open(path, "wb") as out:
        for name in directories:
            _write_directory(out, name, made)
        for name, source in sorted(files.items()):
            _write_directory(out, os.path.dirname(name), made)
            mode = source.lstat().st_mode
            data = os.readlink(source).encode() if source.is_symlink() else source.read_bytes()
            _write_entry(out, name, mode, data)
        _write_entry(out, "TRAILER!!!", 0, b"")


def _write_directory(out, name: str, made: set[str]) -> None:
    if not name or name in made:
        return
    _write_directory(out, os.path.dirname(name), made)
    _write_entry(out, name, 0o040755, b"")
    made.add(name)


def _write_entry(out, name: str, mode: int, data: bytes) -> None:
    # Magic number, inode, mode, uid, gid, links, time, size, four device numbers, length, checksum.
    fields = (0, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
    head = b"070701" + b"".join(b"%08X" % field for field in fields) + name.encode() + b"\0"
    for part in (head, data):
        out.write(struct.pack(f"{len(part)}s{-len(part) % 4}x", part))
