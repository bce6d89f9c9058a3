# SPDX-License-Identifier: GPL-2.0
"""The rules of the rings: what a ring may include, what the core may call.

The driver is four rings in one direction: core/ (values in, values out) knows nothing of ours
outside itself; kms/ (the typed KMS layer) knows nothing of the driver; the driver knows nothing
of its tests. The folders of core/ are layers too. A folder of the suites is called as the ring
whose units it tests, and may include what that ring may.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from rig import console, paths, process

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

# Headers that bring types and arithmetic, but no allocation, lock, clock, I/O or kernel object.
CORE_HEADERS = {f"linux/{name}.h" for name in (
    "types", "limits", "bits", "minmax", "math", "math64", "overflow", "errno", "string",
    "array_size", "build_bug", "unaligned", "byteorder/generic")} | {
    "asm/byteorder.h", "uapi/drm/drm_fourcc.h", "uapi/drm/drm_mode.h", "drm/drm_blend.h"}

# What the compiler calls by itself or for the headers above. All of it is pure.
CORE_CALLS = re.compile(
    r"^(mem(cpy|set|move|cmp|chr|chr_inv)|str(len|nlen|cmp|ncmp|chr|rchr|str)"
    r"|sized_strscpy|strscpy"
    r"|__(udiv|div|umod|mod|mul)[dt]i3|mul_u64_(add_)?u64_div_u64|int_sqrt(64)?|int_pow"
    r"|__fortify_panic|__fortify_report|__stack_chk_fail|__warn_printk|__ubsan_handle_\w+"
    r"|__x86_return_thunk|__x86_indirect_thunk_\w+|__gcov_\w+|__sanitizer_cov_\w+"
    r"|__asan_\w+|__kasan_\w+|__msan_\w+)$")

# The way of a commit through the typed layer: borrows and callbacks, the tail, vblanks.
KMS_PATH = ("state.o", "commit.o", "vblank.o")
# What they call: DRM, which allocates and locks as it does without the layer, the layer, and what
# warns of a fault.
KMS_CALLS = re.compile(
    r"^(drm_\w+|__drm_atomic_commit_free|_*kms_\w+"
    r"|warn_slowpath_fmt|__warn_printk|refcount_warn_saturate"
    r"|__stack_chk_fail|__x86_return_thunk|__x86_indirect_thunk_\w+|__gcov_\w+)$")
# DRM's lock of events, which an event is sent under, keeps interrupts out: on UML, signals.
KMS_EVENT_LOCK = re.compile(r"^vblank\.o (um_[gs]et_signals|(un)?block_signals)$")


def ring(path: Path) -> str:
    """The ring a file of ours is of."""
    suites = paths.ROOT / paths.SUITES
    if path.is_relative_to(suites):
        return "tests"
    inner = path.relative_to(paths.ROOT / paths.DRIVER).parts[0]
    return inner if inner in ("core", "kms") else "shell"


# What each ring may include of ours.
ALLOWED = {
    "core": {"core"},
    "kms": {"kms", "core"},
    "shell": {"shell", "kms", "core"},
    "tests": {"tests", "shell", "kms", "core"},
}

# The folders of core/, and what each may include of the others.
CORE_FOLDERS = {
    "pixel": set(),
    "timing": set(),
    "color": {"pixel"},
    "plane": {"pixel"},
    "compose": {"pixel", "color", "plane"},
    "check": {"pixel", "plane", "timing"},
}


def include_faults(files: list[Path]) -> list[str]:
    """Includes that go against the direction of the rings."""
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
        return f'"{name}" is no file of ours'
    other = ring(target)
    if other not in ALLOWED[own]:
        return f'{own} must not include "{name}", which is of {other}'
    if own == "core":
        return _folder_fault(path, target, name)
    return _suite_fault(path, target, name) if own == "tests" else ""


def _suite_fault(path: Path, target: Path, name: str) -> str:
    """Return what is wrong with an include of a suite, which may reach as far as its ring."""
    own = _suite_folder(path)
    other = _suite_folder(target) if ring(target) == "tests" else ring(target)
    if not own or other in ALLOWED[own]:
        return ""
    return f'a suite of {own} must not include "{name}", which is of {other or "no ring"}'


def _suite_folder(path: Path) -> str:
    """Return the ring that a file of the suites is about, or "" for one of none."""
    inner = path.relative_to(paths.ROOT / paths.SUITES).parts
    return inner[0] if inner[0] in ALLOWED else ""


def _folder_fault(path: Path, target: Path, name: str) -> str:
    """Return what is wrong with an include between the folders of core/."""
    own, other = _core_folder(path), _core_folder(target)
    if own not in CORE_FOLDERS:
        return f"core/ has no folder {own or 'for this file'} in tools/rig/rings.py"
    if other == own or other in CORE_FOLDERS[own]:
        return ""
    return f'core/{own} must not include "{name}", which is of core/{other}'


def _core_folder(path: Path) -> str:
    """Return the folder of core/ that a file is in, or "" for none."""
    inner = path.relative_to(paths.ROOT / paths.DRIVER / "core").parts
    return inner[0] if len(inner) > 1 else ""


def _resolve(path: Path, name: str) -> Path | None:
    """The file of ours that a quoted include names. Tests see the driver one directory up."""
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
    """What core's objects need of others, where that is not on the list of what is pure."""
    return [f"{_core_name(path)} needs {symbol}, which is not on the list of pure functions"
            for path, symbol in _needed(objects, "core") if not CORE_CALLS.match(symbol)]


def path_faults(objects: list[Path]) -> list[str]:
    """What the commit path of kms/ calls that may allocate, lock or wait without DRM's knowing."""
    return [f"kms/{path.name} needs {symbol}, which a commit must do without"
            for path, symbol in _needed(objects, "kms")
            if not KMS_CALLS.match(symbol) and not KMS_EVENT_LOCK.match(f"{path.name} {symbol}")]


def _core_name(path: Path) -> str:
    """Return an object of core/ with its folder."""
    return f"core/{path.parent.name}/{path.name}"


def _needed(objects: list[Path], name: str) -> list[tuple[Path, str]]:
    """What objects need that none of them has: the first that does, and the symbol."""
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
    """Variables of core's objects that can be written: global state."""
    faults = []
    for path in objects:
        listed = process.run(["nm", str(path)], stdout=subprocess.PIPE).stdout
        for line in listed.splitlines():
            kind, symbol = line.split()[-2:]
            # gcov's counters and KCOV's are the instrumentation's, not ours.
            if kind in "bBdDCsSgG" and not symbol.startswith((".", "__gcov", "__UNIQUE_ID")):
                faults.append(f"{_core_name(path)} has a variable, {symbol}; make it const")
    return faults
