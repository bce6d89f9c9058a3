# SPDX-License-Identifier: GPL-2.0
"""Build core/ as user-space programs, with a shim of the kernel's headers in tools/user/.

A flavour consists of a compiler, its flags, and the runner of its programs.
"""

from __future__ import annotations

import dataclasses
import os
import platform
import subprocess
from pathlib import Path

from rig.base import console, lock, paths, process
from rig.kernel import packages
from rig.kernel import source as kernel_source

MAKEFILE = paths.ROOT / "tools/user/Makefile"
WORK = paths.BUILD / "user"

CLANG = {
    "clang-19": "clang-19",
    "libclang-rt-19-dev": "/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.fuzzer-"
                          f"{platform.machine()}.a",
}
S390X = {
    "gcc-s390x-linux-gnu": "s390x-linux-gnu-gcc",
    "libc6-dev-s390x-cross": "/usr/s390x-linux-gnu/include/stdlib.h",
    "qemu-user": "qemu-s390x",
}


@dataclasses.dataclass(frozen=True)
class Flavour:
    """A compiler, its flags and packages, and the runner."""

    name: str
    packages: dict[str, str]
    compiler: str
    flags: str
    runner: tuple[str, ...] = ()


SANITIZED = Flavour("sanitized", CLANG, "clang-19",
                    "-fsanitize=address,undefined -fno-sanitize-recover=all")
BIG_ENDIAN = Flavour("big-endian", S390X, "s390x-linux-gnu-gcc", "-static", ("qemu-s390x",))
FUZZED = Flavour("fuzzed", CLANG, "clang-19",
                 "-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all")


def program(flavour: Flavour, name: str) -> Path:
    """Build a program; raise an error with the compiler's output if that fails."""
    packages.ensure({"gcc": "gcc", "make": "make"} | flavour.packages)
    out = WORK / flavour.name
    with lock.held():
        made = _make(flavour, out, name)
    if made.returncode:
        raise console.RigError(f"{name} cannot be built, {flavour.name}", made.stdout.rstrip())
    return out / name


def fuzzers() -> list[str]:
    """Return the names of the fuzzers."""
    return sorted(path.stem for path in (paths.ROOT / "tests/fuzz").glob("*_fuzz.c"))


def _make(flavour: Flavour, out: Path, target: str) -> subprocess.CompletedProcess:
    uapi = WORK / "include"
    uapi.mkdir(parents=True, exist_ok=True)
    link = uapi / "uapi"
    wanted = kernel_source.find().path / "include/uapi"
    if not link.is_symlink() or os.readlink(link) != str(wanted):
        link.unlink(missing_ok=True)
        link.symlink_to(wanted)
    return process.run(["make", "--silent", f"-j{os.cpu_count()}", "-f", str(MAKEFILE),
                        f"OUT={out}", f"UAPI={uapi}", f"CC={flavour.compiler}",
                        f"FLAGS={flavour.flags}", target],
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
