/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_LUT_INDEX_H
#define RVKMS_CORE_COLOR_LUT_INDEX_H

#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "value.h"

/**
 * struct rvkms_lut_index_place - the position of a value between evenly spaced entries
 * @index: the entry below the value
 * @next: the entry above the value; equals @index at the end
 * @fraction: the fraction of the way from @index to @next, below RVKMS_COLOR_ONE
 */
struct rvkms_lut_index_place {
	u32 index;
	u32 next;
	u64 fraction;
};

/**
 * struct rvkms_lut_index_sum - a sum of weighted entries: 2^32 @high + @low
 * @high: upper part
 * @low: lower part; below 2^34 for four summands
 */
struct rvkms_lut_index_sum {
	u64 high;
	u64 low;
};

/*
 * Returns the place of a value, clamped to 0 and 1, between @length entries; @length is at least 1.
 * It is exact: value * (length - 1) is split into whole multiples of 2^32, which are divided by
 * 65535, and a remainder.
 */
static inline struct rvkms_lut_index_place rvkms_lut_index_place(s64 value, u32 length)
{
	const u64 inside = clamp(value, 0, RVKMS_COLOR_ONE);
	const u64 low = (inside & U32_MAX) * (length - 1);
	const u64 high = (inside >> 32) * (length - 1) + (low >> 32);
	const u32 index = div_u64(high, U16_MAX);

	return (struct rvkms_lut_index_place){
		.index = index,
		.next = min(index + 1, length - 1),
		.fraction = ((high - (u64)index * U16_MAX) << 32) + (low & U32_MAX),
	};
}

/* Adds a weighted entry; the weights of a sum add up to RVKMS_COLOR_ONE. */
static inline void rvkms_lut_index_add(struct rvkms_lut_index_sum *sum, u32 entry, u64 weight)
{
	const u64 low = (weight & U32_MAX) * entry;

	sum->high += (weight >> 32) * entry + (low >> 32);
	sum->low += low & U32_MAX;
}

/*
 * Returns sum / (2^32 - 1), rounded to nearest, without ties: 2^32 - 1 is odd. With 2^32 =
 * (2^32 - 1) + 1, the quotient is high + (high + low) / (2^32 - 1), which fits 64 bits.
 */
static inline s64 rvkms_lut_index_value(struct rvkms_lut_index_sum sum)
{
	const u64 low = sum.low + U32_MAX / 2;
	const u64 high = sum.high + (low >> 32);

	return high + div_u64(high + (low & U32_MAX), U32_MAX);
}

#endif /* RVKMS_CORE_COLOR_LUT_INDEX_H */
