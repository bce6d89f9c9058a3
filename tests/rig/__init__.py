# SPDX-License-Identifier: GPL-2.0
"""Test the rig's tools: bad input is reported, and no result of an earlier run is reused."""
