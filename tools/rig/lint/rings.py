# SPDX-License-Identifier: GPL-2.0
"""Check the rules of the rings: allowed includes, and the functions that core/ may call.

The driver consists of four rings with one direction of dependency: core/ (values in, values out)
includes nothing else of the project; kms/ (the typed KMS layer) includes nothing of the driver; the
driver includes nothing of its tests. vgem/ is another driver, on core/. The folders of core/ and of
the shell are layers too. A folder of the suites has the name of the ring that it tests, and may
include the same rings as that ring.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from rig.base import console, paths, process

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

# Headers with types and arithmetic, but no allocation, lock, clock, I/O or kernel object.
CORE_HEADERS = {f"linux/{name}.h" for name in (
    "types", "limits", "bits", "minmax", "math", "math64", "overflow", "errno", "string",
    "array_size", "build_bug", "unaligned", "byteorder/generic")} | {
    "asm/byteorder.h", "uapi/drm/drm_fourcc.h", "uapi/drm/drm_mode.h", "drm/drm_blend.h"}

# Functions that the compiler or the headers above call. All of them are pure.
CORE_CALLS = re.compile(
    r"^(mem(cpy|set|move|cmp|chr|chr_inv)|str(len|nlen|cmp|ncmp|chr|rchr|str)"
    r"|sized_strscpy|strscpy"
    r"|__(udiv|div|umod|mod|mul)[dt]i3|mul_u64_(add_)?u64_div_u64|int_sqrt(64)?|int_pow"
    r"|__fortify_panic|__fortify_report|__stack_chk_fail|__warn_printk|__ubsan_handle_\w+"
    r"|__x86_return_thunk|__x86_indirect_thunk_\w+|__gcov_\w+|__sanitizer_cov_\w+"
    r"|__asan_\w+|__kasan_\w+|__msan_\w+)$")

# The objects in a commit's path through the typed layer: state, callbacks, tail, vblanks.
KMS_PATH = ("state.o", "commit.o", "vblank.o")
# The functions that they may call: DRM, which allocates and locks as it does without the layer, the
# layer itself, and warnings.
KMS_CALLS = re.compile(
    r"^(drm_\w+|__drm_atomic_commit_free|_*tkms_\w+"
    r"|warn_slowpath_fmt|__warn_printk|refcount_warn_saturate"
    r"|__stack_chk_fail|__x86_return_thunk|__x86_indirect_thunk_\w+|__gcov_\w+)$")
# Events are sent under a DRM lock that disables interrupts: on UML, signals.
KMS_EVENT_LOCK = re.compile(r"^vblank\.o (um_[gs]et_signals|(un)?block_signals)$")


def ring(path: Path) -> str:
    """Return the ring of a file."""
    suites = paths.ROOT / paths.SUITES
    if path.is_relative_to(suites):
        return "tests"
    inner = path.relative_to(paths.ROOT / paths.DRIVER).parts[0]
    return inner if inner in ("core", "kms", "vgem") else "shell"


# The rings that each ring may include.
ALLOWED = {
    "core": {"core"},
    "kms": {"kms", "core"},
    "shell": {"shell", "kms", "core"},
    "vgem": {"vgem", "core"},
    "tests": {"tests", "shell", "vgem", "kms", "core"},
}

# The rings that a folder of suites may include: vgem's suites show a buffer on a device of rvkms.
SUITES_ALLOWED = ALLOWED | {"vgem": {"vgem", "shell", "kms", "core"}}

# The folders of a ring, each with the other folders that it may include. "" is the directory of the
# driver itself.
FOLDERS = {"core": {
    "pixel": set(),
    "timing": set(),
    "fence": set(),
    "color": {"pixel"},
    "plane": {"pixel"},
    "compose": {"pixel", "color", "plane"},
    "check": {"pixel", "plane", "timing"},
}, "shell": {
    "memory": set(),
    "scanout": {"memory"},
    "objects": {"scanout", "memory"},
    "": {"objects", "scanout", "memory"},
}}


def include_faults(files: list[Path]) -> list[str]:
    """Return includes that violate the direction of the rings."""
    faults = []
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        for match in INCLUDE.finditer(text):
            fault = _include_fault(path, *match.groups())
            if fault:
                line = text.count("\n", 0, match.start(2)) + 1
                faults.append(f"{paths.shown(path)}:{line}: {fault}")
    return faults


def _include_fault(path: Path, bracket: str, name: str) -> str:
    own = ring(path)
    if bracket == "<":
        if own == "core" and name not in CORE_HEADERS:
            return f"the core must not include <{name}>"
        return ""
    target = _resolve(path, name)
    if target is None:
        return f'"{name}" is not a file of the project'
    other = ring(target)
    if other not in ALLOWED[own]:
        return f'{own} must not include "{name}", a file of {other}'
    if own == other and own in FOLDERS:
        return _folder_fault(own, path, target, name)
    return _suite_fault(path, target, name) if own == "tests" else ""


def _suite_fault(path: Path, target: Path, name: str) -> str:
    """Return the fault of a suite's include: most suites may include the same rings as their ring.
    """
    own = _suite_folder(path)
    other = _suite_folder(target) if ring(target) == "tests" else ring(target)
    if not own or other in SUITES_ALLOWED[own]:
        return ""
    return f'a suite of {own} must not include "{name}", a file of {other or "no ring"}'


def _suite_folder(path: Path) -> str:
    """Return the ring that a file of the suites tests, or ""."""
    inner = path.relative_to(paths.ROOT / paths.SUITES).parts
    return inner[0] if inner[0] in ALLOWED else ""


def _folder_fault(layer: str, path: Path, target: Path, name: str) -> str:
    """Return the fault of an include between the folders of a ring."""
    own, other = _folder(layer, path), _folder(layer, target)
    folders = FOLDERS[layer]
    if own not in folders:
        return f"{layer}/ has no folder {own or 'for this file'} in tools/rig/lint/rings.py"
    if other == own or other in folders[own]:
        return ""
    return f'{_shown(layer, own)} must not include "{name}", a file of {_shown(layer, other)}'


def _shown(layer: str, folder: str) -> str:
    """Return the name of a folder in messages."""
    return f"{layer}/{folder}" if folder else f"the top of {layer}"


def _folder(layer: str, path: Path) -> str:
    """Return a file's folder in its ring, or "" if it is in none."""
    top = paths.ROOT / paths.DRIVER
    inner = path.relative_to(top / "core" if layer == "core" else top).parts
    return inner[0] if len(inner) > 1 else ""


def shell_files(root: Path, pattern: str) -> list[Path]:
    """Return the shell's files below @root, a directory of the driver or of its objects."""
    others = [root / other for other in ("core", "kms", "tests")]
    return sorted(path for path in root.rglob(pattern)
                  if not any(path.is_relative_to(other) for other in others))


def _resolve(path: Path, name: str) -> Path | None:
    """Return the project's file that a quoted include names. Tests see the driver one directory up.
    """
    directory = path.parent
    if ring(path) == "tests":
        below = directory.relative_to(paths.ROOT / paths.SUITES)
        seen = (paths.ROOT / paths.DRIVER / "tests" / below / name)
    else:
        seen = directory / name
    normal = Path(_normal(seen))
    tests = paths.ROOT / paths.DRIVER / "tests"
    if normal.is_relative_to(tests):
        normal = paths.ROOT / paths.SUITES / normal.relative_to(tests)
    ours = (paths.ROOT / paths.DRIVER, paths.ROOT / paths.SUITES)
    inside = any(normal.is_relative_to(directory) for directory in ours)
    return normal if inside and normal.is_file() else None


def _normal(path: Path) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        else:
            parts.append(part)
    return str(Path(*parts))


def call_faults(objects: list[Path]) -> list[str]:
    """Return undefined symbols of core's objects that are not on the list of pure functions."""
    return [f"{_core_name(path)} needs {symbol}, which is not on the list of pure functions"
            for path, symbol in _needed(objects, "core") if not CORE_CALLS.match(symbol)]


def path_faults(objects: list[Path]) -> list[str]:
    """Return functions that the commit path of kms/ must not call: they may allocate, lock or wait.
    """
    return [f"kms/{path.name} needs {symbol}, which a commit must not call"
            for path, symbol in _needed(objects, "kms")
            if not KMS_CALLS.match(symbol) and not KMS_EVENT_LOCK.match(f"{path.name} {symbol}")]


def _core_name(path: Path) -> str:
    """Return the name of an object of core/, with its folder."""
    return f"core/{path.parent.name}/{path.name}"


def _needed(objects: list[Path], name: str) -> list[tuple[Path, str]]:
    """Return symbols that no object defines, each with the first object that needs it."""
    if not objects:
        raise console.RigError(f"there are no objects of {name}/")
    defined: set[str] = set()
    needed: dict[str, Path] = {}
    for path in objects:
        listed = process.run(["nm", str(path)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if listed.returncode:
            raise console.RigError(f"nm cannot read {path}", listed.stdout)
        for line in listed.stdout.splitlines():
            kind, symbol = line.split()[-2:]
            if kind == "U":
                needed.setdefault(symbol, path)
            else:
                defined.add(symbol)
    return [(path, symbol) for symbol, path in sorted(needed.items()) if symbol not in defined]


def state_faults(objects: list[Path]) -> list[str]:
    """Return the writable variables of core's objects: global state."""
    faults = []
    for path in objects:
        listed = process.run(["nm", str(path)], stdout=subprocess.PIPE).stdout
        for line in listed.splitlines():
            kind, symbol = line.split()[-2:]
            # Counters of gcov and KCOV belong to the instrumentation.
            if kind in "bBdDCsSgG" and not symbol.startswith((".", "__gcov", "__UNIQUE_ID")):
                faults.append(f"{_core_name(path)} has a variable, {symbol}; make it const")
    return faults
