# SPDX-License-Identifier: GPL-2.0
"""Measure the cost of a frame, and the time from an edit to the test results."""
