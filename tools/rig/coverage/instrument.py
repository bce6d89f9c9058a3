# SPDX-License-Identifier: GPL-2.0
"""Build kernels with coverage counters in the driver only."""

from __future__ import annotations

from pathlib import Path

from rig.base import paths
from rig.coverage import profile
from rig.kernel import build, packages

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

# Counters are atomic because some counts are differences of others: a lost increment would show as
# a line that was never run. These kernels have one CPU, and no interrupt splits an instruction. So
# the assembler omits the lock prefix, which is most of the counters' cost. clang's integrated
# assembler cannot do that.
UNLOCKED = "-Wa,-momit-lock-prefix=yes"
# Keep the compiler from copying functions before it adds the counters.
GCOV_FLAGS = ("-fprofile-arcs", "-ftest-coverage", "-fprofile-update=atomic", UNLOCKED,
              "-fno-early-inlining", "-fno-inline-functions-called-once")
# clang maps every function of every header, including tens of thousands of the kernel's unused
# ones. Linking these takes minutes; limited to called functions it takes seconds.
MCDC_FLAGS = ("-fprofile-instr-generate", "-fcoverage-mapping", "-fcoverage-mcdc",
              "-fprofile-update=atomic", "-fno-integrated-as", UNLOCKED,
              "-mllvm", "-limited-coverage-experimental")

# UML is linked as a program and needs the library that writes the counters: the value that
# arch/um/Makefile gives to this variable, to which the library's option is added.
LINK = ("LD_FLAGS_CMDLINE="
        "$(foreach opt,$(KBUILD_LDFLAGS) $(LDFLAGS_EXECSTACK),-Wl,$(opt))")


def recipe(kind: str) -> build.Recipe:
    """Return the recipe of the kernel for the suites and the demo; @kind is one of profile.KINDS.
    """
    fragments = (paths.CONFIGS / "fast.config", paths.CONFIGS / "coverage.config")
    return counting(kind, "coverage" if kind == profile.GCOV else "mcdc", fragments)


def counting(kind: str, name: str, fragments: tuple[Path, ...]) -> build.Recipe:
    """Return the recipe of an instrumented kernel from @fragments; the driver is built in."""
    if kind == profile.GCOV:
        return build.Recipe(name, fragments, "gcc", True, (
            "RVKMS_INSTRUMENT=" + " ".join(GCOV_FLAGS), f"{LINK} -fprofile-arcs"))
    return build.Recipe(name, fragments, CLANG, True, (
        "RVKMS_INSTRUMENT=" + " ".join(MCDC_FLAGS), f"{LINK} -fprofile-instr-generate"))


def ensure_kernel(kind: str) -> build.Kernel:
    """Build the kernel of recipe(@kind); skip steps that are up to date."""
    packages.ensure(PACKAGES[kind])
    return build.ensure(recipe(kind))
