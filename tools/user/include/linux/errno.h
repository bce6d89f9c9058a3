/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SHIM_LINUX_ERRNO_H
#define SHIM_LINUX_ERRNO_H

#include_next <linux/errno.h>

/* Internal to the kernel: no system call returns it. */
#define ENOTSUPP 524

#endif /* SHIM_LINUX_ERRNO_H */
