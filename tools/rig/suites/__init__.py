# SPDX-License-Identifier: GPL-2.0
"""Run the suites: KUnit, user space, fuzzers, clients, and all parts of `make test`."""
