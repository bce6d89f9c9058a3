// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Converts half floats, IEEE 754 binary16: a sign, 5 bits of exponent e, 10 bits of fraction f. The
 * value is (1024 + f) * 2^(e - 25), and f * 2^-24 for e = 0. Exponent 31 is infinity, or a NaN if
 * the fraction is not 0.
 */

#include <linux/limits.h>
#include <linux/types.h>

#include "half.h"

#define SIGN 0x8000
#define ONE 0x3c00
#define INFINITY 0x7c00

/**
 * rvkms_half_to_unorm - convert a half float to the nearest 16-bit unorm
 * @half: the number, in binary16
 *
 * Returns:
 * round(65535 * @half), 0 for a negative number or a NaN, 65535 for a number above 1.
 * The only tie, one half, is rounded up.
 */
u16 rvkms_half_to_unorm(u16 half)
{
	const u32 exponent = half >> 10;
	const u32 significand = exponent ? 1024 + (half & 1023) : half;
	const u32 shift = exponent ? 25 - exponent : 24;

	if (half & SIGN || half > INFINITY)
		return 0;
	if (half >= ONE)
		return U16_MAX;

	return (65535 * significand + (1u << (shift - 1))) >> shift;
}

/**
 * rvkms_half_from_unorm - convert a 16-bit unorm to the nearest half float
 * @c: the unorm
 *
 * Returns:
 * @c / 65535, rounded to nearest, in binary16. Ties do not occur: 65535 is odd.
 */
u16 rvkms_half_from_unorm(u16 c)
{
	u32 exponent = 1;
	u32 significand;

	/*
	 * 2^(e - 15) <= c / 65535 < 2^(e - 14) if 2^(e + 1) <= c < 2^(e + 2), except for c = 65535.
	 * e is at most 14, since c has 16 bits.
	 */
	while (c >> (exponent + 2))
		exponent++;

	significand = (((u32)c << (25 - exponent)) + 32767) / 65535;

	/*
	 * A significand below 1024 has exponent 0; a significand of 2048 carries into the exponent.
	 */
	return (exponent << 10) + significand - 1024;
}
