# SPDX-License-Identifier: GPL-2.0
"""Run the static checks of `make lint`."""
