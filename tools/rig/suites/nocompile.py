# SPDX-License-Identifier: GPL-2.0
"""Compile the fixtures that must be rejected, each with a control that must compile.

A fixture is compiled unmodified, which must succeed, and with NEGATIVE defined, which must fail
with the diagnostic of its EXPECT line. The flags are those that kbuild uses for the layer's own
files, and -Werror, as with CONFIG_WERROR. The common headers are precompiled.

docs/kms-tutorial.md shows the example driver kms_toy of tests/kunit/kms/, which KUnit runs: its C
blocks in order are that driver.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import dataclasses
import difflib
import fnmatch
import os
import re
import shlex
import subprocess
import time
from pathlib import Path

from rig.base import c_source, checks, console, lock, paths, process, report
from rig.kernel import build, packages, tree
from rig.kernel import source as kernel_source

FIXTURES = paths.ROOT / "tests/nocompile"
TUTORIAL = paths.ROOT / "docs/kms-tutorial.md"
TOY = [paths.ROOT / paths.SUITES / "kms" / name for name in ("kms_toy.h", "kms_toy.c")]
WORK = paths.BUILD / "nocompile"
TARGET = f"{paths.DRIVER}/kms/commit.o"

CLANG = "clang-19"

EXPECT = re.compile(r"^ \* EXPECT: (.+)$", re.MULTILINE)
BLOCK = re.compile(r"^```c\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TUTORIAL_HEADING = "## Tutorial"
# A longer driver is not minimal.
TUTORIAL_LINES = 150

# clang's warnings in the kernel's own headers under UML.
TOLERATED = {CLANG: ["-Wno-error=null-pointer-arithmetic"]}

# The line of a compiler error: notes and quoted source do not count.
ERROR = re.compile(r"\berror: ")


@dataclasses.dataclass(frozen=True)
class Compiler:
    """A compiler with kbuild's flags for fixtures."""

    name: str
    directory: Path  # working directory: the kernel's build directory
    flags: list[str]  # without the headers that kbuild includes first
    headers: list[str]  # headers that kbuild includes first
    precompiled: list[str]  # flags that include the precompiled headers and fixture.h

    def compile(self, file: Path, *more: str) -> str | None:
        """Return the output for a file that does not compile, or None."""
        ran = process.run([self.name, *self.flags, *more, "-Werror",
                           *TOLERATED.get(self.name, []), "-c", "-o", "/dev/null", str(file)],
                          cwd=self.directory, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return ran.stdout if ran.returncode else None


class ClangBuilder(build.Builder):
    """A build directory for clang; only the flags of its objects are used."""

    def __init__(self, source: kernel_source.Source, farm: Path, fragment: str) -> None:
        super().__init__(source, farm, "nocompile-clang", fragment)
        self.cc = CLANG


def run(names: list[str]) -> int:
    """Run `make nocompile`, or the named fixtures only; return its exit status."""
    with report.of_run("nocompile") as files:
        return checks.finish(files, compile_fixtures(names))


def compile_fixtures(names: list[str]) -> list[checks.Result]:
    """Compile all or the named fixtures with each compiler."""
    fixtures = [path for path in sorted(FIXTURES.glob("*.c"))
                if not names or any(fnmatch.fnmatch(path.stem, name) for name in names)]
    if not fixtures:
        raise console.RigError("no fixture has this name: " + " ".join(names))
    compilers, skipped = _compilers()
    console.note(f"nocompile: {len(fixtures)} fixtures, "
                 + " and ".join(compiler.name for compiler in compilers))
    jobs = [(compiler, path) for compiler in compilers for path in fixtures]
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        results = list(pool.map(lambda job: _check(*job), jobs))
    if not names:
        results.append(_check_tutorial())
    results += skipped
    for number, result in enumerate(results, 1):
        checks.show(number, result)
    return results


def _compilers() -> tuple[list[Compiler], list[checks.Result]]:
    kernel = build.ensure_kernel("fast")
    compilers = [_prepare("gcc", kernel.build_dir)]
    try:
        packages.ensure({CLANG: CLANG})
    except console.RigError as error:
        return compilers, [checks.Result(CLANG, [], 0.0, str(error))]
    with lock.held():
        source = kernel_source.find()
        farm = tree.prepare(source)
        fragment = (paths.CONFIGS / "fast.config").read_text(encoding="utf-8")
        builder = ClangBuilder(source, farm, fragment)
        builder.configure()
        if not _command_file(builder.directory).is_file():
            made = builder.make([TARGET], "flags")
            if made.status:
                raise console.RigError(f"{CLANG} does not compile the layer: {made.first_error()}",
                                       made.diagnostics())
    compilers.append(_prepare(CLANG, builder.directory))
    return compilers, []


def _command_file(directory: Path) -> Path:
    target = directory / TARGET
    return target.with_name(f".{target.name}.cmd")


def _prepare(name: str, directory: Path) -> Compiler:
    """Read kbuild's flags from its .cmd file, and precompile the headers."""
    first = _command_file(directory).read_text(encoding="utf-8").splitlines()[0]
    words = shlex.split(first.partition(":=")[2])
    words = words[words.index(name) + 1:words.index("-c")]
    # The second directory stands for the location of the suites in the kernel's tree.
    flags = [f"-I{FIXTURES}", f"-I{paths.ROOT / paths.DRIVER / 'core/pixel'}"]
    headers = []
    rest = iter(words)
    for word in rest:
        if word == "-include":
            headers.append(str((directory / next(rest)).resolve()))
        elif not word.startswith("-Wp,-MMD"):
            flags.append(word)
    return _precompile(Compiler(name, directory, flags, headers, []))


def _precompile(compiler: Compiler) -> Compiler:
    work = WORK / compiler.name
    work.mkdir(parents=True, exist_ok=True)
    header = work / "all.h"
    header.write_text("".join(f'#include "{name}"\n' for name in
                              [*compiler.headers, FIXTURES / "fixture.h"]), encoding="utf-8")
    if compiler.name == "gcc":
        made, include = work / "all.h.gch", ["-include", str(header)]
    else:
        made, include = work / "all.pch", ["-include-pch", str(work / "all.pch")]
    ran = process.run([compiler.name, *compiler.flags, "-x", "c-header", "-o", str(made),
                       str(header)], cwd=compiler.directory, stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT)
    if ran.returncode:
        raise console.RigError(f"{compiler.name} does not compile fixture.h", ran.stdout)
    return dataclasses.replace(compiler, precompiled=include)


def _check(compiler: Compiler, path: Path) -> checks.Result:
    start = time.monotonic()
    text = path.read_text(encoding="utf-8")
    expected = EXPECT.search(text)
    if not expected:
        findings = ["it has no EXPECT line"]
    elif "NEGATIVE" not in text:
        findings = ["it has no NEGATIVE variant"]
    else:
        findings = _findings(compiler, path, expected.group(1))
    return checks.Result(f"{compiler.name}/{path.stem}", findings, time.monotonic() - start)


def _findings(compiler: Compiler, path: Path, expected: str) -> list[str]:
    findings = []
    said = compiler.compile(path, *compiler.precompiled)
    if said is not None:
        findings.append("the control does not compile:\n" + said.rstrip())
    said = compiler.compile(path, *compiler.precompiled, "-DNEGATIVE")
    if said is None:
        findings.append("the negative variant compiles")
    elif not any(ERROR.search(line) and re.search(expected, line) for line in said.splitlines()):
        findings.append(f"the negative variant fails, but not with /{expected}/:\n{said.rstrip()}")
    return findings


def _check_tutorial() -> checks.Result:
    start = time.monotonic()
    return checks.Result("tutorial", tutorial_faults(tutorial(), toy()), time.monotonic() - start)


def tutorial_faults(shown: list[str], run: list[str]) -> list[str]:
    """Return the differences between the shown and the tested driver, and whether it is too long.
    """
    findings = list(difflib.unified_diff(shown, run, "docs", "toy", lineterm="", n=0))
    if len(run) >= TUTORIAL_LINES:
        findings.append(f"it has {len(run)} lines")
    return findings


def tutorial() -> list[str]:
    """Return the code lines of the driver in the tutorial."""
    text = TUTORIAL.read_text(encoding="utf-8")
    _, heading, rest = text.partition(f"\n{TUTORIAL_HEADING}\n")
    blocks = BLOCK.findall(re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0])
    if not heading or not blocks:
        raise console.RigError(f"{paths.shown(TUTORIAL)} has no tutorial with C in it")
    return _code("\n".join(blocks))


def toy() -> list[str]:
    """Return the code lines of the driver that KUnit runs."""
    return _code("\n".join(path.read_text(encoding="utf-8") for path in TOY))


def _code(text: str) -> list[str]:
    """Return the lines without comments, blank lines and include guards."""
    lines = [line.rstrip() for line in c_source.without_comments(text).splitlines()]
    return [line for line in lines if line and not re.match(r"#(?:ifndef|endif|define \w+$)", line)]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    parser.add_argument("names", nargs="*", metavar="FIXTURE", help="only these fixtures")


def main(options: argparse.Namespace) -> int:
    """Run the command; return its exit status."""
    return run(options.names)
