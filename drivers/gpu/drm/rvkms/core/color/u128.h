/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_U128_H
#define RVKMS_CORE_COLOR_U128_H

#include <linux/math64.h>
#include <linux/types.h>

/**
 * struct rvkms_u128 - an unsigned number of 128 bits: 2^64 @high + @low
 * @high: upper half
 * @low: lower half
 */
struct rvkms_u128 {
	u64 high;
	u64 low;
};

/* All operations are modulo 2^128. */
static inline struct rvkms_u128 rvkms_u128_add(struct rvkms_u128 a, struct rvkms_u128 b)
{
	const u64 low = a.low + b.low;

	return (struct rvkms_u128){ a.high + b.high + (low < a.low), low };
}

static inline struct rvkms_u128 rvkms_u128_sub(struct rvkms_u128 a, struct rvkms_u128 b)
{
	return (struct rvkms_u128){ a.high - b.high - (a.low < b.low), a.low - b.low };
}

static inline struct rvkms_u128 rvkms_u128_mul(u64 a, u64 b)
{
	return (struct rvkms_u128){ mul_u64_u64_shr(a, b, 64), a * b };
}

static inline bool rvkms_u128_is_less(struct rvkms_u128 a, struct rvkms_u128 b)
{
	return a.high < b.high || (a.high == b.high && a.low < b.low);
}

#endif /* RVKMS_CORE_COLOR_U128_H */
