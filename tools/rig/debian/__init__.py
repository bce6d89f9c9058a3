# SPDX-License-Identifier: GPL-2.0
"""Build the Debian package, and test it on Debian's kernels."""
