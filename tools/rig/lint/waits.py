# SPDX-License-Identifier: GPL-2.0
"""Check which objects of the driver may wait, and for how long.

docs/design.md has the table of threads. A thread that signals a fence must not wait for another
device, so each function of the kernel that waits may be called from the named objects only.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from rig.base import console, process

# A function of the kernel that waits or allocates, and the objects that may call it.
ALLOWED = (
    # Flushing waits for all work of a workqueue: at unplug, and in tests.
    (r"(__)?(flush|drain|cancel)_(delayed_)?work\w*", {"build.o", "access.o"}),
    # wait_event() without a timeout: for a cancelled composition, for writebacks at unload.
    (r"schedule", {"scanout.o", "capture.o"}),
    # The answer of an exporter that is about to complete.
    (r"wait_for_completion(_\w*able|_io)?", {"access.o"}),
    (r"schedule_timeout\w*", {"scanout.o", "access.o", "snapshot.o"}),
    (r"wait_for_completion_\w*timeout", {"access.o"}),
    (r"down\w*", {"access.o"}),
    # Without vblanks, one caller at a time shows a frame; a probe holds a lock of DRM; a call of
    # configfs holds the lock of its device. vgem's protects a list.
    (r"mutex_lock\w*", {"scanout.o", "connector.o", "config.o", "config_attr.o",
                        "config_device.o", "fences.o"}),
    # Buffers are mapped by the ioctl of a commit, and freed by the release workqueue. A client of
    # vgem adds a fence.
    (r"ww_mutex_lock\w*", {"shmem.o", "fences.o"}),
    # The commit tail waits for the devices that use a writeback target.
    (r"dma_fence_wait\w*", {"capture.o"}),
    (r"dma_resv_wait\w*", set()),
    # Only the access work calls exporters.
    (r"dma_buf_(begin|end)_cpu_access\w*", {"access.o"}),
    (r"drm_gem_fb_(begin|end)_cpu_access", set()),
    # Only tests sleep.
    (r"schedule_hrtimeout\w*", {"delays.o"}),
    (r"(m|us|f)sleep\w*", set()),
)

# Objects on the way to a fence: they allocate no memory.
SIGNALLING = {"access.o", "scanout.o", "vblank_timer.o", "delays.o"}
ALLOCATES = re.compile(r"__?k[vz]?malloc\w*|vmalloc\w*|kmem_cache_alloc\w*|alloc_pages\w*"
                       r"|(__)?get_free_pages\w*")


def findings(objects: list[Path]) -> list[str]:
    """Return the calls of the driver's own objects that the table does not allow."""
    if not objects:
        raise console.RigError("there are no objects of the driver")
    return [finding for path in objects for symbol in _needed(path)
            for finding in _faults(path.name, symbol)]


def _faults(name: str, symbol: str) -> list[str]:
    faults = [f"{name} calls {symbol}(), which waits: see the table of threads in docs/design.md"
              for pattern, allowed in ALLOWED
              if re.fullmatch(pattern, symbol) and name not in allowed]
    if name in SIGNALLING and ALLOCATES.fullmatch(symbol):
        faults.append(f"{name} calls {symbol}(), which allocates memory on the way to a fence")
    return faults


def _needed(path: Path) -> list[str]:
    listed = process.run(["nm", "--undefined-only", str(path)], stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT)
    if listed.returncode:
        raise console.RigError(f"nm cannot read {path}", listed.stdout)
    return [line.split()[-1] for line in listed.stdout.splitlines() if line.strip()]
