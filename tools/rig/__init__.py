# SPDX-License-Identifier: GPL-2.0
"""What the tools share: packages, the kernel's source, its tree, builds, runs and reports."""
