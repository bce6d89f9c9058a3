# SPDX-License-Identifier: GPL-2.0
"""Name the drivers that the rig compares."""

OURS = "rvkms"
PEER = "vkms"  # the kernel's own virtual driver
