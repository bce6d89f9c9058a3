# SPDX-License-Identifier: GPL-2.0
"""The libdrm clients of tests/: C programs for a kernel of ours, and how they are made."""

from __future__ import annotations

import subprocess
from pathlib import Path

from rig import build, console, process

PACKAGES = {
    "pkgconf": "pkg-config",
    "libdrm-dev": "/usr/include/xf86drm.h",
}

# What the demo needs besides.
DEMO_PACKAGES = {
    "libpng-dev": "/usr/include/png.h",
    "libdrm-tests": "modetest",
    "drm-info": "drm_info",
}


def ensure(source: Path, directory: Path) -> Path:
    """Build a client, and what powers its kernel off, in @directory; return that."""
    ran = process.run(["make", "-C", str(source), f"O={directory}"], stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT, env=build.environment())
    if ran.returncode:
        raise console.RigError(f"the client of {source.name} does not compile", ran.stdout)
    return directory
