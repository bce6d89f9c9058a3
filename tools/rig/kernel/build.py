# SPDX-License-Identifier: GPL-2.0
"""Build the kernel of a config; skip each step that is up to date.

    with lock.held():
        kernel = build.ensure_kernel("demo")

Runs of kunit.py and kbuild that change nothing take seconds. Two stamps avoid them. A stamp holds a
hash of all inputs of a step, and the size and time of each of its results:

- configure: the fragment, the Kconfig files of the driver and of the kernel, and the compiler;
- make: the .config, the overlay, the kernel's source and the compiler. Only a source from the cache
  is skipped by its stamp, because no one edits it; in a user's tree make always runs.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

from rig.base import console, lock, paths, process, report
from rig.kernel import kconfig, packages, tree
from rig.kernel import source as kernel_source
from rig.kernel.source import Source

# Variables of the user's shell that could change the build.
SCRUBBED = re.compile(
    r"^(MAKE.*|MFLAGS|GNUMAKEFLAGS|K?BUILD_.*|KCONFIG_.*|K(C|CPP|A|RUST)FLAGS|USERCFLAGS|"
    r"USERLDFLAGS|HOST.*FLAGS|[CV]?PPFLAGS|CFLAGS|LDFLAGS|O|ARCH|SUBARCH|SRCARCH|HEADER_ARCH|"
    r"CROSS_COMPILE|LLVM|LLVM_IAS|CC|LD|W|C|V|M|MO|CF|CHECK|LOCALVERSION|KERNEL.*|INSTALL_.*)$")

# kbuild's own lines, such as " CC init/main.o", and make's. Other lines are diagnostics.
STEP = re.compile(r"^  ([A-Z][A-Z0-9_+]*)(?: \[M\])? +\S")
MAKE_LINE = re.compile(r"^make(\[\d+\])?: ")

DIAGNOSTIC_LINES = 80


@dataclasses.dataclass(frozen=True)
class Kernel:
    """A built kernel and the inputs that it was built from."""

    config: str  # "fast": uml-configs/fast.config
    version: str  # "7.3.4"
    tree: Path  # the source as the build sees it, overlay included
    build_dir: Path  # O=
    linux: Path  # the UML binary
    modules: dict[str, Path]  # by name, in the order of modules.order; empty without MODULES=y
    compiler: str  # first line of gcc --version
    config_hash: str  # sha256 of the .config
    durations: dict[str, float]  # seconds per step: source, overlay, configure, build


@dataclasses.dataclass(frozen=True)
class Recipe:
    """The inputs of a build: the configuration that the name of a config stands for."""

    name: str  # of the build directory
    fragments: tuple[Path, ...]  # a later fragment overrides an earlier one
    compiler: str = "gcc"
    instrumented: bool = False  # built from the patched farm
    variables: tuple[str, ...] = ()  # for make


def recipe(config: str) -> Recipe:
    """Return the recipe of uml-configs/<config>.config."""
    return Recipe(config, (paths.CONFIGS / f"{config}.config",))


class Steps:
    """The duration of each step."""

    def __init__(self) -> None:
        self.durations: dict[str, float] = {}
        self._last = time.monotonic()

    def done(self, name: str) -> None:
        """Record the time since the previous step under @name."""
        now = time.monotonic()
        self.durations[name] = round(now - self._last, 3)
        self._last = now


def ensure_kernel(config: str) -> Kernel:
    """Build the kernel of uml-configs/<config>.config; skip steps that are up to date."""
    return ensure(recipe(config))


def ensure(wanted: Recipe) -> Kernel:
    """Build the kernel of a recipe; skip steps that are up to date."""
    for file in wanted.fragments:
        if not file.is_file():
            raise console.RigError(f"there is no config {paths.shown(file)}")
    steps = Steps()
    with lock.held():
        packages.ensure(packages.BUILD, packages.WANTED)
        source = kernel_source.find()
        steps.done("source")
        farm = tree.prepare(source, wanted.instrumented)
        steps.done("overlay")
        builder = Builder(source, farm, wanted.name, fragment(wanted), wanted)
        builder.configure()
        steps.done("configure")
        builder.build()
        steps.done("build")
    return Kernel(wanted.name, source.version, farm, builder.directory, builder.linux,
                  builder.modules(), builder.compiler, builder.config_hash(), steps.durations)


def fragment(wanted: Recipe) -> str:
    """Return the merged Kconfig fragment of a recipe."""
    values: dict[str, str] = {}
    for file in wanted.fragments:
        values |= kconfig.parse(file.read_text(encoding="utf-8"))
    return kconfig.text(values)


def install_modules(kernel: Kernel, directory: Path) -> Path:
    """Install the modules of @kernel below @directory in the layout that modprobe expects."""
    shutil.rmtree(directory, ignore_errors=True)
    ran = process.run(["make", "-C", str(kernel.build_dir), "ARCH=um",
                       f"INSTALL_MOD_PATH={directory}", "modules_install"],
                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment())
    if ran.returncode:
        raise console.RigError("the kernel's modules cannot be installed", ran.stdout)
    return directory


class Builder:
    """A build directory of a farm."""

    def __init__(self, source: Source, farm: Path, name: str, fragment: str,
                 wanted: Recipe | None = None) -> None:
        self._source = source
        self._farm = farm
        self._name = name
        self._fragment = fragment
        self.directory = tree.build_directory(farm, name)
        self.linux = self.directory / "linux"
        compiler = wanted.compiler if wanted else "gcc"
        self.cc = f"ccache {compiler}" if shutil.which("ccache") else compiler
        self._variables = wanted.variables if wanted else ()
        self._patches = tree.patches() if wanted and wanted.instrumented else []
        self._toolchain = _version(compiler) + _version("ld")
        self.compiler = self._toolchain.splitlines()[0]

    def config_hash(self) -> str:
        """Return the hash of the .config."""
        return _digest([(self.directory / ".config").read_bytes()])

    def modules(self) -> dict[str, Path]:
        """Return the built modules, by name."""
        order = self.directory / "modules.order"
        if not order.is_file() or not self._has_modules():
            return {}
        made = [self.directory / name for name in order.read_text(encoding="utf-8").split()]
        return {path.stem: path.with_suffix(".ko") for path in made}

    def configure(self) -> None:
        """Make the .config from the fragment, unless it is up to date."""
        self.directory.mkdir(exist_ok=True)
        wanted = kconfig.parse(self._fragment)
        if wanted.get("CONFIG_KUNIT") == "y":
            common = self._farm / "tools/testing/kunit/configs/arch_uml.config"
            wanted = kconfig.parse(common.read_text(encoding="utf-8")) | wanted
        config = self.directory / ".config"
        stamp = Stamp(self.directory / ".rvkms-configured", [config])
        if stamp.holds(self._configure_key(wanted)):
            return
        stamp.drop()
        config.write_text(kconfig.text(wanted), encoding="utf-8")
        self._check_config_made(self.make(["olddefconfig"], "configure"))
        missing = kconfig.missing(wanted, kconfig.parse(config.read_text(encoding="utf-8")))
        if missing:
            config.unlink()
            raise console.RigError(
                f"the kernel's Kconfig does not set these symbols of {self._name}.config: "
                + ", ".join(missing))
        stamp.set(self._configure_key(wanted))

    def build(self) -> None:
        """Build the kernel, and its modules if CONFIG_MODULES is set."""
        config = self.directory / ".config"
        made = [self.linux, *self.modules().values()]
        stamp = Stamp(self.directory / tree.BUILT, made)
        key = _digest([self._common_key(), config.read_bytes(), *self._overlay_content()])
        if self._source.pristine and stamp.holds(key):
            return
        stamp.drop()
        targets = ["linux", "modules"] if self._has_modules() else ["linux"]
        ran = self.make(targets, "build")
        if ran.status or not self.linux.is_file():
            raise console.RigError(f"the build failed: {ran.first_error()}", ran.diagnostics())
        if ran.diagnostics():
            console.note(ran.diagnostics())
        Stamp(stamp.file, [self.linux, *self.modules().values()]).set(key)

    def make(self, targets: Iterable[str], step: str, variables: Iterable[str] = ()) -> Made:
        """Run the kernel's make in the build directory; write a log and show progress."""
        argv = ["make", "-C", str(self._farm), "ARCH=um", f"O={self.directory}", f"CC={self.cc}",
                f"-j{len(os.sched_getaffinity(0))}", *self._variables, *variables, *targets]
        log = paths.LOG / f"{self._name}-{step}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        lines: list[str] = []
        objects = 0
        with open(log, "w", encoding="utf-8") as out, \
                console.Progress(f"{step} {self._name}") as progress:
            out.write("$ " + " ".join(argv) + "\n")
            child = process.spawn(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True, errors="backslashreplace", env=environment())
            for line in child.stdout:
                out.write(line)
                match = STEP.match(line)
                if not match:
                    lines.append(line.rstrip("\n"))
                    continue
                objects += match.group(1) == "CC"
                progress.update(f"{objects} objects")
            status = process.finish(child)
        return Made(status, lines, log)

    def _check_config_made(self, ran: Made) -> None:
        if ran.status:
            raise console.RigError(f"the kernel cannot be configured: {ran.first_error()}",
                                   ran.diagnostics())

    def _has_modules(self) -> bool:
        text = (self.directory / ".config").read_text(encoding="utf-8")
        return "CONFIG_MODULES=y\n" in text

    def _common_key(self) -> bytes:
        words = [self._source.identity, self.cc, self._toolchain, *self._variables]
        return "\n".join(words).encode()

    def _configure_key(self, wanted: dict[str, str]) -> str:
        ours = [path.read_bytes() for path in sorted((self._farm / paths.DRIVER).rglob("Kconfig*"))]
        return _digest([self._common_key(), kconfig.text(wanted).encode(), *ours,
                        *self._kernel_kconfig_state()])

    def _kernel_kconfig_state(self) -> Iterable[bytes]:
        """Yield sizes and times of the Kconfig files of a user's tree, as listed by kbuild."""
        listed = self.directory / "include/config/auto.conf.cmd"
        if self._source.pristine or not listed.is_file():
            return
        for name in re.findall(r"^\t(\S*Kconfig\S*) \\$", listed.read_text(encoding="utf-8"),
                               re.MULTILINE):
            yield f"{name} {_size_and_time(self.directory / name)}".encode()

    def _overlay_content(self) -> Iterable[bytes]:
        """Yield the names and contents of all files that the overlay put into the tree."""
        for name in tree.EDITED:
            yield (self._farm / name).read_bytes()
        for patch in self._patches:
            yield patch.read_bytes()
        for path in sorted((self._farm / paths.DRIVER).rglob("*")):
            if path.is_file():
                yield str(path.relative_to(self._farm)).encode()
                yield path.read_bytes()


@dataclasses.dataclass(frozen=True)
class Made:
    """The result of a run of make."""

    status: int
    lines: list[str]  # the output without kbuild's lines such as "CC foo.o"
    log: Path

    def diagnostics(self) -> str:
        """Return the messages of compiler, linker and make, with file names of the project."""
        said = [project_name(line) for line in self.lines if not MAKE_LINE.match(line)]
        said = [line for line in said if line.strip() and not line.startswith("#")]
        if len(said) > DIAGNOSTIC_LINES:
            said = [*said[:DIAGNOSTIC_LINES], "..."]
        if self.status:
            said.append(f"(full log: {paths.shown(self.log)})")
        return "\n".join(said)

    def first_error(self) -> str:
        """Return the first error, for a one-line reason."""
        for pattern in (r"\berror:|undefined reference", r"\*\*\*"):
            for line in self.lines:
                if re.search(pattern, line):
                    return project_name(line)
        return f"see {paths.shown(self.log)}"


def project_name(line: str) -> str:
    """Replace the overlay's file names in a diagnostic by names in the project."""
    line = re.sub(r"(?<![\w./])(?:\.\./)+(?=\w)", "", line)
    return line.replace(f"{paths.DRIVER}/tests/", f"{paths.SUITES}/")


class Stamp:
    """A file that records the key of a step's inputs, and the size and time of its results."""

    def __init__(self, file: Path, made: list[Path]) -> None:
        self.file = file
        self._made = made

    def holds(self, key: str) -> bool:
        """Return whether the results exist, are unmodified and were made from @key."""
        try:
            return json.loads(self.file.read_text(encoding="utf-8")) == self._content(key)
        except (OSError, ValueError):
            return False

    def drop(self) -> None:
        """Delete the stamp before the step runs, so that an interrupted step is repeated."""
        self.file.unlink(missing_ok=True)

    def set(self, key: str) -> None:
        """Write the stamp after the step."""
        report.write_text(self.file, json.dumps(self._content(key)))

    def _content(self, key: str) -> list:
        return [key, [[path.name, _size_and_time(path)] for path in self._made]]


def _size_and_time(path: Path) -> str:
    try:
        status = path.stat()
    except FileNotFoundError:
        return "missing"
    return f"{status.st_size} {status.st_mtime_ns}"


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        # With its length: the parts "a", "bc" and "ab", "c" must differ.
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _version(tool: str) -> str:
    return process.run([tool, "--version"], stdout=subprocess.PIPE,
                       env=dict(os.environ, LC_ALL="C")).stdout


def environment() -> dict[str, str]:
    """Return the user's environment without variables that change the build, plus fixed ones.

    A fixed time stamp and version also save compiling init/version-timestamp.c before each link.
    """
    kept = {name: value for name, value in os.environ.items() if not SCRUBBED.match(name)}
    return kept | {
        "LC_ALL": "C",
        "KBUILD_BUILD_USER": "rvkms",
        "KBUILD_BUILD_HOST": "rig",
        "KBUILD_BUILD_VERSION": "1",
        "KBUILD_BUILD_TIMESTAMP": "Thu Jan  1 00:00:00 UTC 2026",
        # Keep the bytecode of the kernel's Python scripts out of a user's tree.
        "PYTHONPYCACHEPREFIX": str(paths.BUILD / "pycache"),
    }
