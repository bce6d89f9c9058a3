# SPDX-License-Identifier: GPL-2.0
"""Judge patches for `make gate` and `make review`."""
