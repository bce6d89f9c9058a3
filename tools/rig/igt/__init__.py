# SPDX-License-Identifier: GPL-2.0
"""Run IGT, and compare its results with the expectations of tests/igt."""
