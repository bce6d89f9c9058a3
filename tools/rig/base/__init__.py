# SPDX-License-Identifier: GPL-2.0
"""Provide the lowest layer of the rig: processes, reports, paths, git, a reader of C."""
