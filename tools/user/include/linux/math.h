/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SHIM_LINUX_MATH_H
#define SHIM_LINUX_MATH_H

#include <stdlib.h>

#include <linux/types.h>

#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define DIV_ROUND_UP_ULL(n, d) DIV_ROUND_UP((u64)(n), (u64)(d))
#define roundup(n, step) (DIV_ROUND_UP(n, step) * (step))
#define rounddown(n, step) ((n) - (n) % (step))
#define round_up(n, step) roundup(n, (typeof(n))(step))
#define round_down(n, step) rounddown(n, (typeof(n))(step))
#define abs(x) ({ __auto_type shim_x = (x); shim_x < 0 ? -shim_x : shim_x; })
#define abs_diff(a, b) ({ \
	__auto_type shim_l = (a); \
	__auto_type shim_r = (b); \
	shim_l > shim_r ? shim_l - shim_r : shim_r - shim_l; \
})

/* Returns the square root, rounded down. */
static inline u32 int_sqrt64(u64 n)
{
	u64 root = 0;

	for (u64 bit = 1ull << 31; bit; bit >>= 1) {
		if ((root | bit) * (root | bit) <= n)
			root |= bit;
	}

	return (u32)root;
}

#endif /* SHIM_LINUX_MATH_H */
