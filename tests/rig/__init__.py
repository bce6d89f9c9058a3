# SPDX-License-Identifier: GPL-2.0
"""Tests of the rig's own tools: what bad input gets, and that no result is ever a stale one."""
