/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SHIM_LINUX_MINMAX_H
#define SHIM_LINUX_MINMAX_H

#include <linux/types.h>

/* Each argument is evaluated once. The kernel's macros also reject operands of mixed sign. */
#define SHIM_PICK(a, b, op) ({ \
	__auto_type shim_a = (a); \
	__auto_type shim_b = (b); \
	shim_a op shim_b ? shim_a : shim_b; \
})

#define min(a, b) SHIM_PICK(a, b, <)
#define max(a, b) SHIM_PICK(a, b, >)
#define min_t(type, a, b) SHIM_PICK((type)(a), (type)(b), <)
#define max_t(type, a, b) SHIM_PICK((type)(a), (type)(b), >)
#define min3(a, b, c) min(min(a, b), c)
#define max3(a, b, c) max(max(a, b), c)
#define clamp(value, low, high) min(max(value, low), high)
#define clamp_t(type, value, low, high) min_t(type, max_t(type, value, low), high)
#define clamp_val(value, low, high) clamp_t(typeof(value), value, low, high)
#define in_range(value, start, length) ((u64)(value) - (u64)(start) < (u64)(length))
#define swap(a, b) do { \
	__auto_type shim_swap = (a); \
	(a) = (b); \
	(b) = shim_swap; \
} while (0)

#endif /* SHIM_LINUX_MINMAX_H */
