// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Computes x^y = 2^(y log2 x) in integers.
 *
 * In both directions, a number in [1, 2) is the product of 2^(i/8), 2^(j/64) and a remainder so
 * near to 1 that six or seven terms of a Taylor series are enough. Logarithms are within 2^-54. The
 * exponential adds a relative error below 2^-53 to the error of its argument.
 *
 * Rejected: squaring, one bit at a time, which needs no constants but takes ten times as long; the
 * series of atanh, which converges twice as fast but divides 128 bits.
 */

#include <linux/bits.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "power.h"

/* Significands, roots and terms are multiples of 2^-62, so that there is room for 2. */
#define SHIFT 62
#define ONE BIT_ULL(SHIFT)

#define LN_2 0x2c5c85fdf473de6bull
#define LOG2_E 0x5c551d94ae0bf85eull

/* 2^(i/8) */
static const u64 eighths[] = {
	0x4000000000000000, 0x45cae0f1f545eb73, 0x4c1bf828c6dc54b8, 0x52ff6b54d8a89c75,
	0x5a827999fcef3242, 0x62b39508aa836d6f, 0x6ba27e656b4eb57a, 0x75606373ee921c97,
	0x8000000000000000,
};

/* 2^(j/64) */
static const u64 sixty_fourths[] = {
	0x4000000000000000, 0x40b268f9de0183ba, 0x4166c34c5615d0ec, 0x421d1461d66f2023,
	0x42d561b3e6243d8a, 0x438fb0cb4f468808, 0x444c0740496d4294, 0x450a6abaa4b77ecd,
	0x45cae0f1f545eb73,
};

/* The chord of 64 log2(1 + z) from z = 0 to 2^(1/8) - 1, rounded down. */
#define CHORD 88

static u64 mul(u64 a, u64 b)
{
	return mul_u64_u64_shr(a, b, SHIFT);
}

/* Returns x - 1. Rounding down may have moved x below 1; the result is then 0. */
static u64 above_one(u64 x)
{
	return max(x, ONE) - ONE;
}

/* ln(1 + z) = z - z^2 / 2 + z^3 / 3 ..., for z below 1 / 80; the eighth term is below 2^-53. */
static u64 log_near_one(u64 z)
{
	u64 sum = ONE / 6 - mul(z, ONE / 7);

	sum = ONE / 5 - mul(z, sum);
	sum = ONE / 4 - mul(z, sum);
	sum = ONE / 3 - mul(z, sum);
	sum = ONE / 2 - mul(z, sum);

	return mul(z, ONE - mul(z, sum));
}

/* e^z = 1 + z + z^2 / 2! ..., for z below 1 / 92; the eighth term is below 2^-57. */
static u64 exp_near_zero(u64 z)
{
	u64 sum = ONE / 120 + mul(z, ONE / 720);

	sum = ONE / 24 + mul(z, sum);
	sum = ONE / 6 + mul(z, sum);
	sum = ONE / 2 + mul(z, sum);
	sum = ONE + mul(z, sum);

	return ONE + mul(z, sum);
}

/**
 * rvkms_log2 - compute the binary logarithm of an integer
 * @x: the integer; the result for 0 is that for 1
 *
 * Returns:
 * The logarithm, from 0 to 64, in multiples of 2^-56.
 */
s64 rvkms_log2(u64 x)
{
	u64 significand = x;
	u32 exponent = 63;
	u64 rest;
	u32 i, j;

	for (u32 step = 32; step; step /= 2) {
		if (!(significand >> (64 - step))) {
			significand <<= step;
			exponent -= step;
		}
	}
	significand >>= 63 - SHIFT;

	/* The curve is above its chord, by less than one eighth. */
	i = (significand >> (SHIFT - 3)) & 7;
	if (significand >= eighths[i + 1])
		i++;

	/* Here the curve is above its chord by less than 1/8 of 1/64: no correction is needed. */
	rest = above_one(mul(significand, eighths[8 - i]) / 2);
	j = ((rest >> 32) * CHORD) >> (SHIFT - 32);

	rest = above_one(mul(mul(significand, eighths[7 - i]), sixty_fourths[8 - j]) / 2);
	rest = mul(log_near_one(rest), LOG2_E);

	return ((s64)exponent << RVKMS_LOG2_SHIFT) + ((s64)(8 * i + j) << (RVKMS_LOG2_SHIFT - 6)) +
	       (rest >> (SHIFT - RVKMS_LOG2_SHIFT));
}

/* Returns 2^@log2, rounded to nearest, at most S64_MAX. */
static s64 power_of_two(s64 log2)
{
	const u64 fraction = log2 & ((1ull << RVKMS_LOG2_SHIFT) - 1);
	const s64 exponent = log2 >> RVKMS_LOG2_SHIFT;
	const u64 rest = fraction & ((1ull << (RVKMS_LOG2_SHIFT - 6)) - 1);
	const u32 i = fraction >> (RVKMS_LOG2_SHIFT - 3);
	const u32 j = (fraction >> (RVKMS_LOG2_SHIFT - 6)) & 7;
	u64 significand;

	if (exponent < -1)
		return 0;
	if (exponent > 62)
		return S64_MAX;

	significand = exp_near_zero(mul(rest << (SHIFT - RVKMS_LOG2_SHIFT), LN_2));
	significand = mul(significand, mul(eighths[i], sixty_fourths[j]));
	if (exponent == SHIFT)
		return significand;

	return (significand + (1ull << (SHIFT - 1 - exponent))) >> (SHIFT - exponent);
}

/* Returns a logarithm times an exponent, clamped to +-64. */
static s64 scale(s64 log2, u64 exponent)
{
	const u64 limit = 64ull << RVKMS_LOG2_SHIFT;
	const u64 magnitude = log2 < 0 ? -(u64)log2 : log2;
	u64 scaled;

	if (mul_u64_u64_shr(magnitude, exponent, 64) >> (RVKMS_LOG2_SHIFT + 48 + 6 - 64))
		scaled = limit;
	else
		scaled = mul_u64_u64_shr(magnitude, exponent, 48);

	return log2 < 0 ? -(s64)scaled : (s64)scaled;
}

/**
 * rvkms_power - raise a ratio to a power
 * @x: the numerator
 * @log2_base: the binary logarithm of the denominator, from 0 to 127, in multiples of 2^-56
 * @exponent: the exponent, from RVKMS_EXPONENT()
 * @log2_unit: the binary logarithm of the unit of the result, from 0 to 62, in multiples of 2^-56
 *
 * Returns:
 * unit * (x / base)^exponent, at most S64_MAX, rounded to nearest. The relative error before
 * rounding is below 2^-53 (1 + exponent). 0 for an @x of 0.
 */
s64 rvkms_power(u64 x, s64 log2_base, u64 exponent, s64 log2_unit)
{
	if (!x)
		return 0;

	return power_of_two(scale(rvkms_log2(x) - log2_base, exponent) + log2_unit);
}
