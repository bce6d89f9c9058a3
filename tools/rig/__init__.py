# SPDX-License-Identifier: GPL-2.0
"""Build, run and check rvkms: the modules of tools/rvkms.

cmdline.py has the table of commands. The eight packages are layers, and `make lint
CHECK=rig-imports` enforces that; docs/design.md has their map.
"""
