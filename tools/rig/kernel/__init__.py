# SPDX-License-Identifier: GPL-2.0
"""Find the kernel's source, build it with the driver, and boot it under UML."""
