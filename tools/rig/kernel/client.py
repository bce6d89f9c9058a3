# SPDX-License-Identifier: GPL-2.0
"""Build the libdrm clients of tests/: C programs that run on a kernel of the rig."""

from __future__ import annotations

import subprocess
from pathlib import Path

from rig.base import console, process
from rig.kernel import build

PACKAGES = {
    "pkgconf": "pkg-config",
    "libdrm-dev": "/usr/include/xf86drm.h",
}

# Further packages of the demo.
DEMO_PACKAGES = {
    "libpng-dev": "/usr/include/png.h",
    "libdrm-tests": "modetest",
    "drm-info": "drm_info",
}


def ensure(source: Path, directory: Path) -> Path:
    """Build the client of @source and its power-off helper in @directory; return @directory."""
    ran = process.run(["make", "-C", str(source), f"O={directory}"], stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT, env=build.environment())
    if ran.returncode:
        raise console.RigError(f"the client of {source.name} does not compile", ran.stdout)
    return directory
