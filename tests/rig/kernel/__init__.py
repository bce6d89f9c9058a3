# SPDX-License-Identifier: GPL-2.0
"""Test tools/rig/kernel."""
