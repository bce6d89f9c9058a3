// SPDX-License-Identifier: GPL-2.0
/* Tests of core/power: logarithms to base 2, and powers. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "../../core/color/power.h"
#include "mismatch.h"
#include "real.h"

#define LOG2(n) ((s64)(n) << RVKMS_LOG2_SHIFT)

static void rvkms_test_log2_powers_of_two(struct kunit *test)
{
	struct mismatch wrong = {};

	for (u32 i = 0; i < 64; i++)
		mismatch_note(&wrong, rvkms_log2(1ull << i) != LOG2(i), i);

	EXPECT_NO_MISMATCH(test, &wrong, 64);
}

static void rvkms_test_log2_zero_is_one(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rvkms_log2(0), 0);
	KUNIT_EXPECT_EQ(test, rvkms_log2(1), 0);
}

static void rvkms_test_log2_largest(struct kunit *test)
{
	KUNIT_EXPECT_GE(test, rvkms_log2(U64_MAX), LOG2(64) - 8);
	KUNIT_EXPECT_LE(test, rvkms_log2(U64_MAX), LOG2(64) + 8);
}

/* log2 n + log2 m = log2 (n m), for factors throughout an octave, and for both ends of octaves. */
static void rvkms_test_log2_adds_up(struct kunit *test)
{
	const s64 allowed = 32;
	struct mismatch wrong = {};

	for (u64 n = 1 << 12; n <= 1 << 13; n++) {
		for (u64 m = 1 << 12; m <= 1 << 13; m += 127) {
			const s64 sum = rvkms_log2(n) + rvkms_log2(m);
			const s64 product = rvkms_log2(n * m);

			mismatch_note(&wrong, sum - product > allowed || product - sum > allowed,
				      n << 32 | m);
		}
	}

	EXPECT_NO_MISMATCH(test, &wrong, 4097 * 33);
}

/* x^2 and x^3 of integers, which are exact in 64 bits. */
static void rvkms_test_power_whole(struct kunit *test)
{
	struct mismatch wrong = {};

	for (u64 x = 1; x < 1 << 16; x++) {
		const u64 square = rvkms_power(x, 0, RVKMS_EXPONENT(2, 1), 0);
		const u64 cube = rvkms_power(x, 0, RVKMS_EXPONENT(3, 1), 0);

		mismatch_note(&wrong, square != x * x || cube != x * x * x, x);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 65535);
}

static void rvkms_test_power_root(struct kunit *test)
{
	struct mismatch wrong = {};

	for (u64 x = 1; x < 1 << 16; x++)
		mismatch_note(&wrong, rvkms_power(x * x, 0, RVKMS_EXPONENT(1, 2), 0) != x, x);

	EXPECT_NO_MISMATCH(test, &wrong, 65535);
}

struct power_case {
	const char *desc;
	u64 x;
	s64 log2_base;
	u64 exponent;
	s64 log2_unit;
	s64 expected;
};

static const struct power_case power_cases[] = {
	{ "zero, even to a small power", 0, 0, 1, LOG2(62), 0 },
	{ "base and unit", 1 << 20, LOG2(10), RVKMS_EXPONENT(1, 2), LOG2(3), 256 },
	{ "below the base", 1 << 4, LOG2(10), RVKMS_EXPONENT(1, 2), LOG2(40), 1ll << 37 },
	{ "one half is rounded up", 1, LOG2(1), RVKMS_EXPONENT(1, 1), 0, 1 },
	{ "less is rounded down", 1, LOG2(1) + 64, RVKMS_EXPONENT(1, 1), 0, 0 },
	{ "one quarter is rounded to 0", 1, LOG2(2), RVKMS_EXPONENT(1, 1), 0, 0 },
	{ "2^62", 2, 0, RVKMS_EXPONENT(62, 1), 0, 1ll << 62 },
	{ "2^61", 2, 0, RVKMS_EXPONENT(61, 1), 0, 1ll << 61 },
	{ "2^63 saturates", 2, 0, RVKMS_EXPONENT(63, 1), 0, S64_MAX },
	{ "2^162 saturates", 1ull << 50, 0, RVKMS_EXPONENT(2, 1), LOG2(62), S64_MAX },
	{ "2^64 saturates", 2, 0, RVKMS_EXPONENT(64, 1), 0, S64_MAX },
	{ "a huge exponent saturates", U64_MAX, 0, U64_MAX, LOG2(62), S64_MAX },
	{ "a huge exponent of a fraction gives 0", 1, LOG2(64), U64_MAX, LOG2(62), 0 },
	{ "2^-63 of 2^62", 1, LOG2(21), RVKMS_EXPONENT(3, 1), LOG2(62), 1 },
	{ "2^-64 of 2^62", 1, LOG2(32), RVKMS_EXPONENT(2, 1), LOG2(62), 0 },
	{ "to the power of 0", 12345, LOG2(60), 0, LOG2(7), 128 },
};

KUNIT_ARRAY_PARAM_DESC(power_cases, power_cases, desc);

static void rvkms_test_power_literal(struct kunit *test)
{
	const struct power_case *c = test->param_value;

	KUNIT_EXPECT_EQ(test, rvkms_power(c->x, c->log2_base, c->exponent, c->log2_unit),
			c->expected);
}

/*
 * x^(7/5), in units of 2^-30, against the fifth power of the result. The exponent is a multiple of
 * 2^-48, which changes the result by a factor of 1 + 2^-44 at most.
 */
static void rvkms_test_power_fraction(struct kunit *test)
{
	struct mismatch wrong = {};

	for (u64 x = 1; x < 1 << 16; x++) {
		const u64 y = rvkms_power(x, 0, RVKMS_EXPONENT(7, 5), LOG2(30));
		const struct real exact = real_power(real_make(x), 7);
		const u64 allowed = 1 + (y >> 43);
		const struct real low = real_power(real_ratio(y - allowed, 1 << 30), 5);
		const struct real high = real_power(real_ratio(y + allowed, 1 << 30), 5);

		mismatch_note(&wrong, !real_is_less(low, exact) || !real_is_less(exact, high), x);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 65535);
}

static struct kunit_case rvkms_power_tests[] = {
	KUNIT_CASE(rvkms_test_log2_powers_of_two),
	KUNIT_CASE(rvkms_test_log2_zero_is_one),
	KUNIT_CASE(rvkms_test_log2_largest),
	KUNIT_CASE(rvkms_test_log2_adds_up),
	KUNIT_CASE(rvkms_test_power_whole),
	KUNIT_CASE(rvkms_test_power_root),
	KUNIT_CASE_PARAM(rvkms_test_power_literal, power_cases_gen_params),
	KUNIT_CASE(rvkms_test_power_fraction),
	{ }
};

static struct kunit_suite rvkms_power_suite = {
	.name = "rvkms_power",
	.test_cases = rvkms_power_tests,
};

kunit_test_suite(rvkms_power_suite);
