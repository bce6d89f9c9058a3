# SPDX-License-Identifier: GPL-2.0
"""Measure the coverage of the suites with two compilers, and apply the policy."""
