# SPDX-License-Identifier: GPL-2.0
"""Run the static checks: the kernel's on the driver, Debian's on the scripts, and the project's."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from rig.base import checks, console, paths, process, report
from rig.kernel import build, kconfig, packages, tree
from rig.kernel import source as kernel_source
from rig.lint import (check_rules, cocci, commits, files, layers, prose, regressions, rings,
                      waits)

# The licence must be in one of the first lines.
SPDX_LINES = 6
SPDX = re.compile(r"SPDX-License-Identifier: \S+")
SPDX_NOT_IN = {"MAINTAINERS", "cover-letter.txt", "COPYING"}
# Patches for the kernel have the format of kernel patches.
SPDX_NOT_OF = {".patch"}

# Files of the project in the kernel's build log, after build.project_name().
OURS = re.compile(rf"^(?:{paths.DRIVER}|{paths.SUITES})/")
COMPLAINT = re.compile(r":\d+(?::\d+)?: (?:warning|error|info):|: (?:warning|error): ")

# checkpatch types that do not fit user space: libdrm's names, the kernel's own macros.
USER_SPACE_IGNORES = "CAMELCASE,PREFER_DEFINED_ATTRIBUTE_MACRO,PREFER_KERNEL_TYPES"

# Findings of checkpatch that are accepted, because the file is there for that purpose.
ACCEPTED = re.compile("^(?:" + "|".join((
    # Macros with names of types, members and variables as arguments: names have no side effects,
    # and cannot have brackets.
    rf"{paths.DRIVER}/kms/\w+\.[ch]:\d+: \w+:MACRO_ARG_(?:REUSE|PRECEDENCE)",
    # Entries of a table for consecutive numbers: a list cannot have brackets.
    rf"{paths.DRIVER}/core/(?:compose/blend|pixel/(?:format_rgb|yuv|yuv_table))\.[ch]:\d+: "
    r"\w+:(?:COMPLEX_MACRO|MACRO_ARG_REUSE)",
    # The factors of a matrix; each table uses one of them.
    rf"{paths.DRIVER}/core/pixel/yuv_table\.c:\d+: \w+:MACRO_ARG_UNUSED",
    # Lists that are expanded elsewhere: of members, initializers, functions and faults.
    rf"{paths.DRIVER}/kms/(?:class|commit|hooks|internal|vblank)\.h:\d+: \w+:COMPLEX_MACRO",
    # Each expansion of a row uses some arguments only, and each member of a struct ends with ;.
    rf"{paths.DRIVER}/kms/hooks\.h:\d+: \w+:(?:MACRO_ARG_UNUSED|TRAILING_SEMICOLON"
    r"|MULTISTATEMENT_MACRO_USE_DO_WHILE)",
    rf"{paths.DRIVER}/kms/(?:internal\.h|setup\.c):\d+: \w+:MACRO_ARG_UNUSED",
    # Statements as an argument of a row; expansions that begin with a comma and a pointer.
    rf"{paths.DRIVER}/kms/hooks\.h:\d+: \w+:(?:TABSTOP|TRAILING_STATEMENTS)",
    rf"{paths.DRIVER}/kms/hooks\.h:\d+: \w+:SPACING(?=: space prohibited (?:before that ','"
    r"|between function name and open parenthesis))",
    # The branches of a _Generic(), mistaken for bit fields.
    rf"{paths.DRIVER}/kms/handle\.h:\d+: \w+:SPACING",
    # Macros of classes and references, as those of the layer.
    r"tests/kunit/kms/kms_other\.h:\d+: \w+:"
    r"(?:MACRO_\w+|COMPLEX_MACRO|TRAILING_SEMICOLON|SUSPECT_CODE_INDENT)",
    # A deadlock that is injected through lock debugging ends the composition, in one line.
    r"tests/kunit/kms/kms_probe\.h:\d+: \w+:MACRO_WITH_FLOW_CONTROL",
    # Macros with names of types, members and arrays as arguments.
    r"tests/kunit/core/check_table\.h:\d+: \w+:MACRO_ARG_REUSE",
    # The kernel's own macros and types, as the kernel defines them.
    r"tools/user/include/[\w/]+\.h:\d+: \w+:"
    r"(?:MACRO_ARG_\w+|NEW_TYPEDEFS|COMPLEX_MACRO|IS_ENABLED_CONFIG)",
)) + "): ")

SPARSE = f"CHECK={paths.TOOLS / 'sparse'}"

# For the gate: the changed files, one per line, that the check "changed" compiles.
CHANGED_FILES = "RVKMS_CHANGED_FILES"


class Lint:
    """The checks; they share a kernel tree with a built-in and a modular build directory."""

    def __init__(self) -> None:
        packages.ensure(packages.BUILD | packages.LINT, packages.WANTED)
        self._source = kernel_source.find()
        self._farm = tree.prepare(self._source)
        self._fast = (paths.CONFIGS / "fast.config").read_text(encoding="utf-8")
        self._built: dict[str, build.Builder] = {}

    def checks(self) -> dict:
        """Return the checks by name, in the order of their execution."""
        return {
            "spdx": self.spdx,
            "machine-names": self.machine_names,
            "shellcheck": self.shellcheck,
            "flake8": self.flake8,
            "rules-page": check_rules.findings,
            "regressions": regressions.findings,
            "prose": prose.findings,
            "commits": commits.findings,
            "rings-includes": self.ring_includes,
            "rig-imports": layers.findings,
            "checkpatch": self.checkpatch,
            "kernel-doc": self.kernel_doc,
            "w1-built-in": lambda: self.warnings("lint"),
            "sparse-built-in": lambda: self.sparse("lint"),
            "core-calls": self.core_calls,
            "core-state": self.core_state,
            "kms-calls": self.kms_calls,
            "waits": self.waits,
            "w1-module": lambda: self.warnings("lint-module"),
            "sparse-module": lambda: self.sparse("lint-module"),
        } | cocci.checks() | ({"changed": self.changed} if CHANGED_FILES in os.environ else {})

    @property
    def kernel(self) -> str:
        """Return the kernel's version."""
        return self._source.version

    def spdx(self) -> list[str]:
        """Check that every file names its licence."""
        return [f"{paths.shown(path)}: no SPDX-License-Identifier in its first {SPDX_LINES} lines"
                for path in files.text_files()
                if path.name not in SPDX_NOT_IN and path.suffix not in SPDX_NOT_OF
                and not _says_licence(path)]

    def machine_names(self) -> list[str]:
        """Check that no file contains a name of this machine."""
        names = _machine_names()
        found = []
        for path in files.text_files():
            for number, line in enumerate(_text(path).splitlines(), 1):
                found += [f"{paths.shown(path)}:{number}: names {name}" for name in names
                          if name in line]
        return found

    def shellcheck(self) -> list[str]:
        """Run shellcheck on shell scripts."""
        return _lines_of(["shellcheck", "--format=gcc", "--enable=quote-safe-variables"],
                         files.scripts(("sh", "bash", "dash"), ".sh"))

    def flake8(self) -> list[str]:
        """Run flake8 on Python files."""
        return _lines_of(["flake8"],
                         files.scripts(("python3", "python"), ".py"))

    def ring_includes(self) -> list[str]:
        """Check the direction of includes between the rings."""
        return rings.include_faults(_some(files.c_files(paths.DRIVER, paths.SUITES)))

    def checkpatch(self) -> list[str]:
        """Run checkpatch on the driver, the suites and the C files of tests and tools."""
        kernel = [path.relative_to(self._farm)
                  for path in sorted((self._farm / paths.DRIVER).rglob("*"))
                  if path.suffix in (".c", ".h") or path.name in ("Kconfig", "Makefile")]
        found = self._checkpatch(kernel)
        user = [path for path in files.c_files("tests", "tools")
                if not path.is_relative_to(paths.ROOT / paths.SUITES)]
        if user:
            found += self._checkpatch([Path(os.path.relpath(path, self._farm)) for path in user],
                                      f"--ignore={USER_SPACE_IGNORES}")
        return found

    def _checkpatch(self, names: list[Path], *options: str) -> list[str]:
        """Run checkpatch in the kernel tree, where it looks up files."""
        found = _lines_of(["perl", "scripts/checkpatch.pl", "--strict", "--terse", "--show-types",
                           "--no-summary", "--max-line-length=100", *options, "-f"],
                          names, self._farm, os.cpu_count() or 1)
        lines = [build.project_name(line) for line in found]
        return [line for line in lines if not ACCEPTED.search(line)]

    def kernel_doc(self) -> list[str]:
        """Run kernel-doc on documentation comments."""
        return _lines_of([sys.executable, str(self._farm / "scripts/kernel-doc"), "-none", "-Wall",
                          "-Werror"], files.c_files(paths.DRIVER, paths.SUITES))

    def warnings(self, name: str) -> list[str]:
        """Return the compiler's warnings with W=1."""
        builder = self._builder(name)
        # Rebuild all objects: only compiled files give warnings.
        shutil.rmtree(builder.directory / paths.DRIVER, ignore_errors=True)
        return self._complaints(builder, "w1", ["W=1"], "CC")

    def sparse(self, name: str) -> list[str]:
        """Return sparse's warnings."""
        return self._complaints(self._builder(name), "sparse", ["W=1", "C=2", SPARSE],
                                "CHECK")

    def changed(self) -> list[str]:
        """Return the warnings of compiler and sparse for changed files and their includers."""
        builder = self._builder("lint")
        names = [Path(name.replace(f"{paths.SUITES}/", f"{paths.DRIVER}/tests/"))
                 for name in os.environ[CHANGED_FILES].splitlines()]
        due = _drop_objects(builder.directory, names)
        made = builder.make([f"{paths.DRIVER}/"], "changed", ["W=1", "C=1", SPARSE])
        if made.status:
            raise console.RigError(f"the build failed: {made.first_error()}", made.diagnostics())
        log = made.log.read_text(encoding="utf-8")
        for proof in ("CC", "CHECK"):
            unseen = due - _looked_at(log, proof)
            unseen = {name for name in unseen if (builder.directory / name).is_file()}
            if unseen:
                raise console.RigError("not checked: " + ", ".join(sorted(unseen)))
        lines = [build.project_name(line) for line in made.lines]
        return [line for line in lines if OURS.match(line) and COMPLAINT.search(line)]

    def core_calls(self) -> list[str]:
        """Check that core/ calls pure functions only."""
        return rings.call_faults(self._core_objects())

    def core_state(self) -> list[str]:
        """Check that core/ has no writable variables."""
        return rings.state_faults(self._core_objects())

    def kms_calls(self) -> list[str]:
        """Check that the commit path of the typed layer calls no function that allocates or locks.
        """
        directory = self._builder("lint").directory / paths.DRIVER / "kms"
        return rings.path_faults([directory / name for name in rings.KMS_PATH])

    def waits(self) -> list[str]:
        """Check that the driver's objects wait only as docs/design.md says."""
        directory = self._builder("lint").directory / paths.DRIVER
        return waits.findings([path for path in rings.shell_files(directory, "*.o")
                               if self._has_source(path.relative_to(directory))])

    def _has_source(self, name: Path) -> bool:
        """Return whether an object is made of one source file: rvkms.o is not."""
        return (paths.ROOT / paths.DRIVER / name.with_suffix(".c")).is_file()

    def _core_objects(self) -> list[Path]:
        """Return the core's objects, without those of sources that have been removed."""
        directory = self._builder("lint").directory
        sources = sorted((paths.ROOT / paths.DRIVER / "core").rglob("*.c"))
        objects = [directory / path.relative_to(paths.ROOT).with_suffix(".o") for path in sources]
        return [path for path in objects if path.is_file()]

    def _builder(self, name: str) -> build.Builder:
        """Return a build directory of lint's own; its flags do not affect other builds."""
        if name not in self._built:
            fragment = kconfig.parse(self._fast)
            if name == "lint-module":
                fragment |= {"CONFIG_MODULES": "y", "CONFIG_DRM_RVKMS": "m",
                             "CONFIG_DRM_RVKMS_AS_VGEM": "m",
                             "CONFIG_DRM_RVKMS_KUNIT_TEST": "y"}
            builder = build.Builder(self._source, self._farm, name, kconfig.text(fragment))
            builder.configure()
            self._built[name] = builder
        return self._built[name]

    def _complaints(self, builder: build.Builder, step: str, variables: list[str],
                    proof: str) -> list[str]:
        """Build the driver's directory; return the warnings in the project's files.

        @proof is the word that kbuild prints for each checked file. Every object needs such a line:
        missing output proves nothing.
        """
        made = builder.make([f"{paths.DRIVER}/"], step, variables)
        if made.status:
            raise console.RigError(f"the build failed: {made.first_error()}", made.diagnostics())
        log = made.log.read_text(encoding="utf-8")
        looked_at = set(re.findall(rf"^  {proof}(?: \[M\])? +\S*?{paths.DRIVER}/(\S+)\.[co]$", log,
                                   re.MULTILINE))
        objects = {str(path.relative_to(builder.directory / paths.DRIVER).with_suffix(""))
                   for path in (builder.directory / paths.DRIVER).rglob("*.o")
                   if (self._farm / paths.DRIVER / path.relative_to(
                       builder.directory / paths.DRIVER).with_suffix(".c")).is_file()}
        unseen = sorted(objects - looked_at)
        if unseen or not looked_at:
            raise console.RigError("not checked: " + (", ".join(unseen) or "all files"))
        lines = [build.project_name(line) for line in made.lines]
        return [line for line in lines if OURS.match(line) and COMPLAINT.search(line)]


def _drop_objects(directory: Path, names: list[Path]) -> set[str]:
    """Remove the objects that depend on some files; return the objects' names.

    Only compiled files give warnings: make alone would not repeat them.
    """
    due = {str(name.with_suffix(".o")) for name in names if name.suffix == ".c"}
    for command in (directory / paths.DRIVER).rglob(".*.o.cmd"):
        made = command.with_name(command.name[1:].removesuffix(".cmd"))
        # tests/../core/check/verdict.h
        text = re.sub(r"/[^/\s]+/\.\./", "/", command.read_text(encoding="utf-8", errors="replace"))
        if made.is_file() and any(f"/{name}" in text for name in names):
            made.unlink()
            due.add(str(made.relative_to(directory)))
    return due


def _looked_at(log: str, proof: str) -> set[str]:
    """Return the objects that the log lists with @proof."""
    return {re.sub(r"^(?:\.\./)+", "", name) + ".o" for name in re.findall(
        rf"^  {proof}(?: \[M\])? +(\S+)\.[co]$", log, re.MULTILINE)}


def run(names: list[str]) -> int:
    """Run `make lint`, or the named checks only; return its exit status."""
    with report.of_run("lint") as written:
        lint = Lint()
        known = lint.checks()
        unknown = [name for name in names if name not in known]
        if unknown:
            raise console.RigError(f"no such check: {' '.join(unknown)} (there are:"
                                   f" {' '.join(known)})")
        chosen = {name: check for name, check in known.items() if not names or name in names}
        return checks.finish(written, checks.run("lint", chosen), kernel=lint.kernel)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _says_licence(path: Path) -> bool:
    with open(path, encoding="utf-8", errors="replace") as file:
        return any(SPDX.search(file.readline()) for _ in range(SPDX_LINES))


def _some(found: list[Path]) -> list[Path]:
    """Return @found; raise an error if it is empty, because an empty check proves nothing."""
    if not found:
        raise console.RigError("there is no file to check")
    return found


def _lines_of(command: list[str], checked: list[Path], directory: Path | None = None,
              at_once: int = 1) -> list[str]:
    """Run a checker on files, in @at_once parallel shares; return its output lines as findings."""
    names = [paths.shown(path) for path in _some(checked)]
    children = [process.spawn([*command, *names[first::at_once]], cwd=directory or paths.ROOT,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="backslashreplace", env=build.environment())
                for first in range(min(at_once, len(names)))]
    found = []
    for child in children:
        said = [line for line in child.communicate()[0].splitlines() if line.strip()]
        status = process.finish(child)
        if status and not said:
            raise console.RigError(f"{command[0]} ended with {status} and printed nothing")
        found += said
    return sorted(found) if at_once > 1 else found


def _machine_names() -> list[str]:
    """Return names that are specific to this machine: its paths, its host name, its mirrors."""
    listed = process.run(["apt-get", "indextargets", "--format", "$(SITE)"],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    # Paths directly below / are common in any text: /src, /build.
    places = [path for path in (paths.ROOT, paths.cache()) if len(path.parts) > 2]
    names = {*map(str, places), *listed.split()}
    host = socket.gethostname()
    # Short host names, such as "vm" or "debian", are parts of words.
    if len(host) > 6 or "." in host:
        names.add(host)
    return sorted(re.sub(r"^\w+://", "", name).split("/")[0] if "://" in name else name
                  for name in names)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("names", nargs="*", metavar="CHECK", help="only these checks")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run(options.names)
