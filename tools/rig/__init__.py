# SPDX-License-Identifier: GPL-2.0
"""Provide the common code of the tools: packages, kernel sources, builds, runs and reports."""
