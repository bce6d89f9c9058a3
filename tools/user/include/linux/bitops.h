/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SHIM_LINUX_BITOPS_H
#define SHIM_LINUX_BITOPS_H

#include <linux/bits.h>

#define hweight8(x) __builtin_popcount((x) & 0xff)
#define hweight16(x) __builtin_popcount((x) & 0xffff)
#define hweight32(x) __builtin_popcount(x)
#define hweight64(x) __builtin_popcountll(x)
#define __ffs(x) __builtin_ctzl(x)
#define __fls(x) (BITS_PER_LONG - 1 - __builtin_clzl(x))

#endif /* SHIM_LINUX_BITOPS_H */
