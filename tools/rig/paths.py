# SPDX-License-Identifier: GPL-2.0
"""Where things are."""

from __future__ import annotations

import os
from pathlib import Path

# The project these tools are of, and the one they work on: another checkout, for the gate.
HOME = Path(__file__).resolve().parents[2]
ROOT = Path(os.environ.get("RVKMS_PROJECT") or HOME).absolute()
BUILD = ROOT / "build"
LOG = BUILD / "log"
REPORTS = BUILD / "reports"
TOOLS = HOME / "tools"
COVERAGE = HOME / "coverage"
CONFIGS = HOME / "uml-configs"
OVERLAY = TOOLS / "overlay"

# Where both land in a kernel tree; tests/kunit is the directory tests of the first.
DRIVER = "drivers/gpu/drm/rvkms"
SUITES = "tests/kunit"


def cache() -> Path:
    """The directory that survives `make clean`: kernel sources."""
    chosen = os.environ.get("RVKMS_CACHE")
    if chosen:
        return Path(chosen).absolute()
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "rvkms"


def shown(path: Path) -> str:
    """A path as a user in the project's directory would type it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
