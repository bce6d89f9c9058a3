# SPDX-License-Identifier: GPL-2.0
"""Define the paths of the project."""

from __future__ import annotations

import os
from pathlib import Path

# The project of these tools, and the project to work on: for the gate, another checkout.
HOME = Path(__file__).resolve().parents[3]
ROOT = Path(os.environ.get("RVKMS_PROJECT") or HOME).absolute()
BUILD = ROOT / "build"
LOG = BUILD / "log"
REPORTS = BUILD / "reports"
TOOLS = HOME / "tools"
COVERAGE = HOME / "coverage"
CONFIGS = HOME / "uml-configs"
OVERLAY = TOOLS / "overlay"
RVKMS = TOOLS / "rvkms"  # the command line of the rig

# Locations in a kernel tree. tests/kunit becomes the directory tests of the driver.
DRIVER = "drivers/gpu/drm/rvkms"
SUITES = "tests/kunit"


def cache() -> Path:
    """Return the cache directory, which `make clean` keeps: kernel sources."""
    chosen = os.environ.get("RVKMS_CACHE")
    if chosen:
        return Path(chosen).absolute()
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "rvkms"


def shown(path: Path) -> str:
    """Return a path relative to the project's directory, if it is inside."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
