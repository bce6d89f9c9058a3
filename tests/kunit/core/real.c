// SPDX-License-Identifier: GPL-2.0
/*
 * Floating-point numbers for references: the four operations, the square root and whole powers.
 * None of them needs a table, a series or a logarithm.
 */

#include <linux/bits.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/types.h>

#include "real.h"

#define TOP BIT_ULL(63)

static struct real normalise(u64 significand, s32 exponent)
{
	if (!significand)
		return (struct real){};

	while (!(significand & TOP)) {
		significand <<= 1;
		exponent--;
	}

	return (struct real){ significand, exponent };
}

struct real real_make(u64 n)
{
	return normalise(n, 0);
}

struct real real_ratio(u64 numerator, u64 denominator)
{
	return real_div(real_make(numerator), real_make(denominator));
}

/* The significand of b for the exponent of a, which is at least that of b. */
static u64 align(struct real a, struct real b)
{
	const s32 shift = a.exponent - b.exponent;

	return shift < 64 ? b.significand >> shift : 0;
}

struct real real_add(struct real a, struct real b)
{
	if (!b.significand)
		return a;
	if (real_is_less(a, b))
		return real_add(b, a);

	return normalise((a.significand >> 1) + (align(a, b) >> 1), a.exponent + 1);
}

/* a - b, or 0 if the difference is negative. */
struct real real_sub(struct real a, struct real b)
{
	if (!b.significand)
		return a;
	if (real_is_less(a, b))
		return (struct real){};

	return normalise(a.significand - align(a, b), a.exponent);
}

struct real real_mul(struct real a, struct real b)
{
	return normalise(mul_u64_u64_shr(a.significand, b.significand, 64),
			 a.exponent + b.exponent + 64);
}

struct real real_div(struct real a, struct real b)
{
	return normalise(mul_u64_u64_div_u64(a.significand, TOP, b.significand),
			 a.exponent - b.exponent - 63);
}

/* An integer square root with half of the bits, and one step of Newton's method. */
struct real real_sqrt(struct real a)
{
	const u32 shift = a.exponent & 1 ? 1 : 2;
	const u64 n = a.significand >> shift;
	const u64 root = (u64)int_sqrt64(n) << 32;

	if (!n)
		return a;

	return normalise(root / 2 + mul_u64_u64_div_u64(n, TOP, root),
			 (a.exponent + (s32)shift - 64) / 2);
}

struct real real_power(struct real a, u32 n)
{
	struct real power = real_make(1);

	for (; n; n >>= 1) {
		if (n & 1)
			power = real_mul(power, a);
		a = real_mul(a, a);
	}

	return power;
}

bool real_is_less(struct real a, struct real b)
{
	if (!a.significand || !b.significand)
		return a.significand < b.significand;
	if (a.exponent != b.exponent)
		return a.exponent < b.exponent;

	return a.significand < b.significand;
}
