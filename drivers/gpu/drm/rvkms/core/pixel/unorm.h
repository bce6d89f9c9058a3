/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_UNORM_H
#define RVKMS_CORE_PIXEL_UNORM_H

#include <linux/types.h>

/*
 * Unorms of 1 to 16 bits. All conversions are exact: round(c * 65535 / max) and round(c * max /
 * 65535), max = 2^bits - 1. The factor is rounded down to 2^-40: a product is too small by less
 * than 2^16 * 2^-40 = 2^-24. No exact quotient is nearer than 2^-17 to a value at which rounding
 * changes, since both divisors are odd.
 */
#define RVKMS_UNORM_SHIFT 40

static inline u64 rvkms_unorm_max(u8 bits)
{
	return (1ull << bits) - 1;
}

/* Returns the factor from @bits bits, at least 1, to 16. */
static inline u64 rvkms_unorm_widener(u8 bits)
{
	static const u64 factors[] = {
#define FACTOR(max) ((65535ull << RVKMS_UNORM_SHIFT) / (max))
		0, FACTOR(1), FACTOR(3), FACTOR(7), FACTOR(15), FACTOR(31), FACTOR(63),
		FACTOR(127), FACTOR(255), FACTOR(511), FACTOR(1023), FACTOR(2047), FACTOR(4095),
		FACTOR(8191), FACTOR(16383), FACTOR(32767), FACTOR(65535),
#undef FACTOR
	};

	return factors[bits];
}

/* Returns the factor from 16 bits to @bits. */
static inline u64 rvkms_unorm_narrower(u8 bits)
{
	static const u64 factors[] = {
#define FACTOR(max) (((u64)(max) << RVKMS_UNORM_SHIFT) / 65535)
		FACTOR(0), FACTOR(1), FACTOR(3), FACTOR(7), FACTOR(15), FACTOR(31), FACTOR(63),
		FACTOR(127), FACTOR(255), FACTOR(511), FACTOR(1023), FACTOR(2047), FACTOR(4095),
		FACTOR(8191), FACTOR(16383), FACTOR(32767), FACTOR(65535),
#undef FACTOR
	};

	return factors[bits];
}

/* Multiplies by one of these factors and rounds to nearest. */
static inline u16 rvkms_unorm_scale(u16 c, u64 factor)
{
	return (c * factor + (1ull << (RVKMS_UNORM_SHIFT - 1))) >> RVKMS_UNORM_SHIFT;
}

/*
 * Rounds four 16-bit channels of one number to bytes. In integers, round(c / 257) is
 * (c - c / 256 + 127 + c / 32768) / 256 for every 16-bit c.
 */
static inline u32 rvkms_unorm_bytes(u64 channels)
{
	const u64 ones = 0x0001000100010001ull;

	channels += 127 * ones + (channels >> 15 & ones) - (channels >> 8 & 255 * ones);
	channels = channels >> 8 & 255 * ones;
	channels |= channels >> 8;

	return (u32)(channels >> 16 & 0xffff0000) | (u32)(channels & 0xffff);
}

#endif /* RVKMS_CORE_PIXEL_UNORM_H */
