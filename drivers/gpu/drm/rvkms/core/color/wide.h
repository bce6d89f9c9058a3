/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_COLOR_WIDE_H
#define RVKMS_CORE_COLOR_WIDE_H

#include <linux/math64.h>
#include <linux/types.h>

/**
 * struct rvkms_wide - an unsigned number of 128 bits: 2^64 @high + @low
 * @high: its upper half
 * @low: its lower half
 */
struct rvkms_wide {
	u64 high;
	u64 low;
};

/* Modulo 2^128, as are all of these. */
static inline struct rvkms_wide rvkms_wide_add(struct rvkms_wide a, struct rvkms_wide b)
{
	const u64 low = a.low + b.low;

	return (struct rvkms_wide){ a.high + b.high + (low < a.low), low };
}

static inline struct rvkms_wide rvkms_wide_sub(struct rvkms_wide a, struct rvkms_wide b)
{
	return (struct rvkms_wide){ a.high - b.high - (a.low < b.low), a.low - b.low };
}

static inline struct rvkms_wide rvkms_wide_mul(u64 a, u64 b)
{
	return (struct rvkms_wide){ mul_u64_u64_shr(a, b, 64), a * b };
}

static inline bool rvkms_wide_is_less(struct rvkms_wide a, struct rvkms_wide b)
{
	return a.high < b.high || (a.high == b.high && a.low < b.low);
}

#endif /* RVKMS_CORE_COLOR_WIDE_H */
