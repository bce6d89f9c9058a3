# SPDX-License-Identifier: GPL-2.0
"""Kernels that count what is run of the driver, and of nothing else."""

from __future__ import annotations

from pathlib import Path

from rig import build, packages, paths, profile

CLANG = "clang-19"

PACKAGES = {
    profile.GCOV: {"patch": "patch", "lcov": "genhtml"},
    profile.MCDC: {
        "patch": "patch",
        "clang-19": CLANG,
        "llvm-19": "llvm-cov-19",
        "libclang-rt-19-dev": "/usr/lib/llvm-19/lib/clang/19/lib/linux",
        "lcov": "genhtml",
    },
}

# Counters are atomic since some counts are differences of others: one lost would be a line that
# was never run. These kernels have one CPU, on which no interrupt comes in the middle of an
# instruction: the lock prefix, which is most of what counting costs, is left out by the assembler.
# clang's own cannot.
UNLOCKED = "-Wa,-momit-lock-prefix=yes"
# The compiler makes copies of functions after it has counted, not before.
GCOV_FLAGS = ("-fprofile-arcs", "-ftest-coverage", "-fprofile-update=atomic", UNLOCKED,
              "-fno-early-inlining", "-fno-inline-functions-called-once")
# clang maps every function of every header, called or not, tens of thousands of the kernel's, on
# which the linker spends minutes; limited to what is called, seconds.
MCDC_FLAGS = ("-fprofile-instr-generate", "-fcoverage-mapping", "-fcoverage-mcdc",
              "-fprofile-update=atomic", "-fno-integrated-as", UNLOCKED,
              "-mllvm", "-limited-coverage-experimental")

# UML is linked as a program is, which needs the library that writes the counters: what
# arch/um/Makefile sets this to, and the option that brings it.
LINK = ("LD_FLAGS_CMDLINE="
        "$(foreach opt,$(KBUILD_LDFLAGS) $(LDFLAGS_EXECSTACK),-Wl,$(opt))")


def recipe(kind: str) -> build.Recipe:
    """For the kernel of one of profile.KINDS that runs the suites and the demo."""
    fragments = (paths.CONFIGS / "fast.config", paths.CONFIGS / "coverage.config")
    return counting(kind, "coverage" if kind == profile.GCOV else "mcdc", fragments)


def counting(kind: str, name: str, fragments: tuple[Path, ...]) -> build.Recipe:
    """For a kernel that counts, whatever else it is for; the driver is built in."""
    if kind == profile.GCOV:
        return build.Recipe(name, fragments, "gcc", True, (
            "RVKMS_INSTRUMENT=" + " ".join(GCOV_FLAGS), f"{LINK} -fprofile-arcs"))
    return build.Recipe(name, fragments, CLANG, True, (
        "RVKMS_INSTRUMENT=" + " ".join(MCDC_FLAGS), f"{LINK} -fprofile-instr-generate"))


def ensure_kernel(kind: str) -> build.Kernel:
    """Build it; do only what is not done yet."""
    packages.ensure(PACKAGES[kind])
    return build.ensure(recipe(kind))
