// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/curve. The reference takes no logarithm. A curve y = x^(m/n) is y^n = x^m, which
 * needs whole powers only. PQ's exponents have a power of two as denominator, which needs square
 * roots only. A value without a direct formula is bracketed by its inverse.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include <drm/drm_colorop.h>

#include "../../core/color/curve.h"
#include "../../core/color/value.h"
#include "mismatch.h"
#include "real.h"

#define ONE RVKMS_COLOR_ONE

#define SLOW ((struct kunit_attributes){ .speed = KUNIT_SPEED_SLOW })

static const enum rvkms_curve curves[] = {
	RVKMS_CURVE_SRGB_EOTF,
	RVKMS_CURVE_SRGB_INV_EOTF,
	RVKMS_CURVE_PQ_125_EOTF,
	RVKMS_CURVE_PQ_125_INV_EOTF,
	RVKMS_CURVE_BT2020_INV_OETF,
	RVKMS_CURVE_BT2020_OETF,
	RVKMS_CURVE_GAMMA22,
	RVKMS_CURVE_GAMMA22_INV,
};

static const char *const curve_names[] = {
	[RVKMS_CURVE_SRGB_EOTF] = "sRGB EOTF",
	[RVKMS_CURVE_SRGB_INV_EOTF] = "sRGB inverse EOTF",
	[RVKMS_CURVE_PQ_125_EOTF] = "PQ 125 EOTF",
	[RVKMS_CURVE_PQ_125_INV_EOTF] = "PQ 125 inverse EOTF",
	[RVKMS_CURVE_BT2020_INV_OETF] = "BT.2020 inverse OETF",
	[RVKMS_CURVE_BT2020_OETF] = "BT.2020 OETF",
	[RVKMS_CURVE_GAMMA22] = "gamma 2.2",
	[RVKMS_CURVE_GAMMA22_INV] = "gamma 2.2 inverse",
};

static const enum rvkms_curve inverses[] = {
	[RVKMS_CURVE_SRGB_EOTF] = RVKMS_CURVE_SRGB_INV_EOTF,
	[RVKMS_CURVE_SRGB_INV_EOTF] = RVKMS_CURVE_SRGB_EOTF,
	[RVKMS_CURVE_PQ_125_EOTF] = RVKMS_CURVE_PQ_125_INV_EOTF,
	[RVKMS_CURVE_PQ_125_INV_EOTF] = RVKMS_CURVE_PQ_125_EOTF,
	[RVKMS_CURVE_BT2020_INV_OETF] = RVKMS_CURVE_BT2020_OETF,
	[RVKMS_CURVE_BT2020_OETF] = RVKMS_CURVE_BT2020_INV_OETF,
	[RVKMS_CURVE_GAMMA22] = RVKMS_CURVE_GAMMA22_INV,
	[RVKMS_CURVE_GAMMA22_INV] = RVKMS_CURVE_GAMMA22,
};

static void curve_desc(const enum rvkms_curve *curve, char *desc)
{
	strscpy(desc, curve_names[*curve], KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(curves, curves, curve_desc);

/* A fixed-point value as a real number: ONE is 1. */
static struct real value_real(s64 value)
{
	return real_div(real_make(value), real_make(ONE));
}

/* (x + offset) / (1 + offset) */
static struct real offset_ratio(struct real x, struct real offset)
{
	return real_div(real_add(x, offset), real_add(real_make(1), offset));
}

static struct real srgb_offset(void)
{
	return real_ratio(55, 1000);
}

static struct real bt2020_offset(void)
{
	return real_ratio(9929682680944ull, 100000000000000ull);
}

/**
 * struct equation - two numbers that are equal where a signal encodes a light
 * @of_light: rises with the light
 * @of_signal: rises with the signal
 */
struct equation {
	struct real of_light;
	struct real of_signal;
};

static struct equation srgb(struct real light, struct real signal, bool is_line)
{
	if (is_line)
		return (struct equation){ real_mul(light, real_ratio(1292, 100)), signal };

	return (struct equation){
		real_power(light, 5), real_power(offset_ratio(signal, srgb_offset()), 12)
	};
}

static struct equation bt2020(struct real light, struct real signal, bool is_line)
{
	if (is_line)
		return (struct equation){ real_mul(light, real_ratio(9, 2)), signal };

	return (struct equation){
		real_power(light, 9), real_power(offset_ratio(signal, bt2020_offset()), 20)
	};
}

/* x^(1 / 2^n) */
static struct real root(struct real x, u32 n)
{
	while (n--)
		x = real_sqrt(x);

	return x;
}

/* SMPTE ST 2084: m1 = 1305 / 2^13, m2 = 2523 / 2^5. */
static struct real pq_signal(struct real light)
{
	const struct real q = root(real_power(real_div(light, real_make(125)), 1305), 13);
	const struct real c2_q = real_mul(real_ratio(2413, 128), q);
	const struct real c3_q = real_mul(real_ratio(2392, 128), q);
	const struct real above = real_add(real_ratio(107, 128), c2_q);
	const struct real below = real_add(real_make(1), c3_q);

	return root(real_power(real_div(above, below), 2523), 5);
}

static struct equation equate(enum rvkms_curve curve, struct real light, struct real signal,
			      struct real x)
{
	switch (curve) {
	case RVKMS_CURVE_SRGB_EOTF:
		return srgb(light, signal, real_is_less(x, real_ratio(4045, 100000)));
	case RVKMS_CURVE_SRGB_INV_EOTF:
		return srgb(light, signal, real_is_less(x, real_ratio(31308, 10000000)));
	case RVKMS_CURVE_BT2020_INV_OETF:
		return bt2020(light, signal,
			      real_is_less(x, real_ratio(81242858298632ull, 1000000000000000ull)));
	case RVKMS_CURVE_BT2020_OETF:
		return bt2020(light, signal,
			      real_is_less(x, real_ratio(18053968510807ull, 1000000000000000ull)));
	case RVKMS_CURVE_PQ_125_EOTF:
	case RVKMS_CURVE_PQ_125_INV_EOTF:
		return (struct equation){ pq_signal(light), signal };
	default:
		return (struct equation){ real_power(light, 5), real_power(signal, 11) };
	}
}

static bool makes_light(enum rvkms_curve curve)
{
	return curve == RVKMS_CURVE_SRGB_EOTF || curve == RVKMS_CURVE_PQ_125_EOTF ||
	       curve == RVKMS_CURVE_BT2020_INV_OETF || curve == RVKMS_CURVE_GAMMA22;
}

/* Returns true if y is the value of the curve at x within @allowed. Both are within the domain. */
static bool is_near(enum rvkms_curve curve, s64 x, s64 y, u64 allowed)
{
	const struct real in = value_real(x);
	const struct real low = value_real(max_t(s64, y, allowed) - allowed);
	const struct real high = value_real(max(y, 0) + allowed);
	struct equation at_low, at_high;

	if (makes_light(curve)) {
		at_low = equate(curve, low, in, in);
		at_high = equate(curve, high, in, in);

		/* In PQ's formula, the signal of no light is not zero. */
		return (y <= (s64)allowed || real_is_less(at_low.of_light, at_low.of_signal)) &&
		       real_is_less(at_high.of_signal, at_high.of_light) && y >= 0;
	}

	at_low = equate(curve, in, low, in);
	at_high = equate(curve, in, high, in);

	return real_is_less(at_low.of_signal, at_low.of_light) &&
	       real_is_less(at_high.of_light, at_high.of_signal) && y >= 0;
}

/*
 * docs/color.md: the error is within 2^-13 of 1 / 65535, which is 2^19 here, or within 2^-28 of the
 * value, if that is more. At 125.0 that is one 25th of 1 / 65535.
 */
static u64 allowance(s64 y)
{
	return max(1ll << 19, y >> 28);
}

static s64 domain_end(enum rvkms_curve curve)
{
	switch (curve) {
	case RVKMS_CURVE_PQ_125_INV_EOTF:
		return 125 * ONE;
	case RVKMS_CURVE_GAMMA22:
		return 64 * ONE;
	case RVKMS_CURVE_GAMMA22_INV:
		return RVKMS_COLOR_MAX;
	default:
		return ONE;
	}
}

/* All cells of the curve. */
static const struct rvkms_curve_cell *make_cells(struct kunit *test, enum rvkms_curve curve)
{
	const u32 count = rvkms_curve_num_cells(curve);
	struct rvkms_curve_cell *cells = kunit_kmalloc_array(test, count, sizeof(*cells),
							     GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, cells);
	for (u32 i = 0; i < count; i++)
		cells[i] = rvkms_curve_cell(curve, i);

	return cells;
}

static void check_unorms(struct kunit *test, u32 step)
{
	const enum rvkms_curve curve = *(const enum rvkms_curve *)test->param_value;
	const struct rvkms_curve_cell *cells = make_cells(test, curve);
	struct mismatch wrong = {};

	for (u32 c = 0; c <= U16_MAX; c += step) {
		const s64 x = rvkms_color_from_unorm(c);
		const s64 y = rvkms_curve_apply(curve, cells, x);

		/* Black is exactly black. PQ's formula has up to one 20th of 1 / 65535 there. */
		if (!c)
			mismatch_note(&wrong, y != 0, c);
		else
			mismatch_note(&wrong, !is_near(curve, x, y, allowance(y)), c);
	}

	EXPECT_NO_MISMATCH(test, &wrong, U16_MAX / step + 1);
}

static void rvkms_test_curve_apply_some_unorms(struct kunit *test)
{
	check_unorms(test, 51);
}

static void rvkms_test_curve_apply_all_unorms(struct kunit *test)
{
	check_unorms(test, 1);
}

/* Values with fractions, in all octaves of the domain. */
static void rvkms_test_curve_apply_whole_domain(struct kunit *test)
{
	const enum rvkms_curve curve = *(const enum rvkms_curve *)test->param_value;
	const struct rvkms_curve_cell *cells = make_cells(test, curve);
	const s64 end = domain_end(curve);
	struct mismatch wrong = {};
	struct rnd_state rnd;
	u64 turns = 0;

	prandom_seed_state(&rnd, 7);
	for (u32 bits = 1; bits < 64; bits++) {
		for (u32 i = 0; i < 100; i++) {
			const u64 random = (u64)prandom_u32_state(&rnd) << 32 |
					   prandom_u32_state(&rnd);
			const s64 x = (random | 1ull << 63) >> (64 - bits);
			s64 y;

			if (x > end)
				continue;

			y = rvkms_curve_apply(curve, cells, x);
			mismatch_note(&wrong, !is_near(curve, x, y, allowance(y)), x);
			turns++;
		}
	}

	KUNIT_EXPECT_GE(test, turns, 4700);
	EXPECT_NO_MISMATCH(test, &wrong, turns);
}

static void rvkms_test_curve_apply_ends(struct kunit *test)
{
	const enum rvkms_curve curve = *(const enum rvkms_curve *)test->param_value;
	const s64 end = domain_end(curve);
	const s64 last = rvkms_curve_apply(curve, NULL, end);

	KUNIT_EXPECT_TRUE(test, is_near(curve, end, last, allowance(last)));
	KUNIT_EXPECT_EQ(test, rvkms_curve_apply(curve, NULL, S64_MAX), last);
	if (end < RVKMS_COLOR_MAX)
		KUNIT_EXPECT_EQ(test, rvkms_curve_apply(curve, NULL, end + 1), last);
	KUNIT_EXPECT_NE(test, rvkms_curve_apply(curve, NULL, end - end / 16), last);
	KUNIT_EXPECT_EQ(test, rvkms_curve_apply(curve, NULL, 0), 0);
	KUNIT_EXPECT_EQ(test, rvkms_curve_apply(curve, NULL, -1), 0);
	KUNIT_EXPECT_EQ(test, rvkms_curve_apply(curve, NULL, -ONE), 0);
	KUNIT_EXPECT_EQ(test, rvkms_curve_apply(curve, NULL, S64_MIN), 0);
}

static void rvkms_test_curve_apply_never_falls(struct kunit *test)
{
	const enum rvkms_curve curve = *(const enum rvkms_curve *)test->param_value;
	const struct rvkms_curve_cell *cells = make_cells(test, curve);
	struct mismatch wrong = {};
	s64 before = 0;

	for (u32 c = 1; c <= U16_MAX; c++) {
		const s64 y = rvkms_curve_apply(curve, cells, rvkms_color_from_unorm(c));

		mismatch_note(&wrong, y < before, c);
		before = y;
	}

	EXPECT_NO_MISMATCH(test, &wrong, 65535);
}

static void rvkms_test_curve_apply_there_and_back(struct kunit *test)
{
	const enum rvkms_curve curve = *(const enum rvkms_curve *)test->param_value;
	const enum rvkms_curve inverse = inverses[curve];
	const struct rvkms_curve_cell *cells = make_cells(test, curve);
	const struct rvkms_curve_cell *inverse_cells = make_cells(test, inverse);
	struct mismatch wrong = {};

	for (u32 c = 0; c <= U16_MAX; c++) {
		const s64 there = rvkms_curve_apply(curve, cells, rvkms_color_from_unorm(c));
		const s64 back = rvkms_curve_apply(inverse, inverse_cells, there);

		mismatch_note(&wrong, rvkms_color_to_unorm(back) != c, c);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 65536);
}

static void rvkms_test_curve_apply_with_and_without_cells(struct kunit *test)
{
	const enum rvkms_curve curve = *(const enum rvkms_curve *)test->param_value;
	const struct rvkms_curve_cell *cells = make_cells(test, curve);
	struct mismatch wrong = {};

	for (u32 c = 0; c <= U16_MAX; c += 3) {
		const s64 x = rvkms_color_from_unorm(c) + c;

		mismatch_note(&wrong,
			      rvkms_curve_apply(curve, cells, x) !=
			      rvkms_curve_apply(curve, NULL, x), c);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 21846);
}

struct literal_case {
	enum rvkms_curve curve;
	u16 in;
	u32 out;
};

/* From the formulas of docs/color.md with 50 decimal digits, rounded to nearest. */
static const struct literal_case literal_cases[] = {
	{ RVKMS_CURVE_SRGB_EOTF, 257, 20 },
	{ RVKMS_CURVE_SRGB_EOTF, 2570, 199 },
	{ RVKMS_CURVE_SRGB_EOTF, 16448, 3360 },
	{ RVKMS_CURVE_SRGB_EOTF, 32896, 14146 },
	{ RVKMS_CURVE_SRGB_EOTF, 49344, 34544 },
	{ RVKMS_CURVE_SRGB_EOTF, 65535, 65535 },
	{ RVKMS_CURVE_SRGB_INV_EOTF, 1, 13 },
	{ RVKMS_CURVE_SRGB_INV_EOTF, 257, 3266 },
	{ RVKMS_CURVE_SRGB_INV_EOTF, 2570, 14329 },
	{ RVKMS_CURVE_SRGB_INV_EOTF, 32896, 48276 },
	{ RVKMS_CURVE_SRGB_INV_EOTF, 65535, 65535 },
	{ RVKMS_CURVE_PQ_125_EOTF, 257, 0 },
	{ RVKMS_CURVE_PQ_125_EOTF, 2570, 29 },
	{ RVKMS_CURVE_PQ_125_EOTF, 16448, 4281 },
	{ RVKMS_CURVE_PQ_125_EOTF, 32896, 77065 },
	{ RVKMS_CURVE_PQ_125_EOTF, 49344, 827602 },
	{ RVKMS_CURVE_PQ_125_EOTF, 65535, 8191875 },
	{ RVKMS_CURVE_PQ_125_INV_EOTF, 1, 462 },
	{ RVKMS_CURVE_PQ_125_INV_EOTF, 257, 6469 },
	{ RVKMS_CURVE_PQ_125_INV_EOTF, 16448, 23419 },
	{ RVKMS_CURVE_PQ_125_INV_EOTF, 65535, 31841 },
	{ RVKMS_CURVE_BT2020_INV_OETF, 257, 57 },
	{ RVKMS_CURVE_BT2020_INV_OETF, 16448, 5160 },
	{ RVKMS_CURVE_BT2020_INV_OETF, 49344, 37222 },
	{ RVKMS_CURVE_BT2020_INV_OETF, 65535, 65535 },
	{ RVKMS_CURVE_BT2020_OETF, 2570, 10267 },
	{ RVKMS_CURVE_BT2020_OETF, 16448, 32167 },
	{ RVKMS_CURVE_BT2020_OETF, 32896, 46324 },
	{ RVKMS_CURVE_BT2020_OETF, 65535, 65535 },
	{ RVKMS_CURVE_GAMMA22, 2570, 53 },
	{ RVKMS_CURVE_GAMMA22, 16448, 3131 },
	{ RVKMS_CURVE_GAMMA22, 49344, 35103 },
	{ RVKMS_CURVE_GAMMA22, 65535, 65535 },
	{ RVKMS_CURVE_GAMMA22_INV, 1, 424 },
	{ RVKMS_CURVE_GAMMA22_INV, 257, 5279 },
	{ RVKMS_CURVE_GAMMA22_INV, 32896, 47909 },
	{ RVKMS_CURVE_GAMMA22_INV, 65535, 65535 },
};

static void literal_desc(const struct literal_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s of %u", curve_names[c->curve], c->in);
}

KUNIT_ARRAY_PARAM(literal_cases, literal_cases, literal_desc);

static void rvkms_test_curve_apply_literal(struct kunit *test)
{
	const struct literal_case *c = test->param_value;
	const s64 y = rvkms_curve_apply(c->curve, NULL, rvkms_color_from_unorm(c->in));

	KUNIT_EXPECT_EQ(test, (y + (1ll << 31)) >> 32, c->out);
}

struct step_case {
	enum rvkms_curve curve;
	s64 in;
	s64 out;
};

/* The darkest values of steps; out is rounded to nearest. */
static const struct step_case step_cases[] = {
	{ RVKMS_CURVE_SRGB_EOTF, 6, 0 },
	{ RVKMS_CURVE_SRGB_EOTF, 7, 1 },
	{ RVKMS_CURVE_SRGB_INV_EOTF, 1, 13 },
	{ RVKMS_CURVE_BT2020_INV_OETF, 2, 0 },
	{ RVKMS_CURVE_BT2020_INV_OETF, 3, 1 },
	{ RVKMS_CURVE_BT2020_OETF, 1, 5 },
	{ RVKMS_CURVE_GAMMA22, 1ll << 25, 0 },
	{ RVKMS_CURVE_GAMMA22, 1ll << 27, 3 },
	{ RVKMS_CURVE_GAMMA22, 1ll << 29, 74 },
	{ RVKMS_CURVE_GAMMA22, 3ll << 30, 3787 },
	{ RVKMS_CURVE_GAMMA22_INV, 1, 76121791 },
	{ RVKMS_CURVE_GAMMA22_INV, 2, 104313572 },
	{ RVKMS_CURVE_PQ_125_EOTF, 1ll << 28, 0 },
	{ RVKMS_CURVE_PQ_125_EOTF, 1ll << 30, 443 },
	{ RVKMS_CURVE_PQ_125_EOTF, 1ll << 32, 40905 },
	{ RVKMS_CURVE_PQ_125_INV_EOTF, 1, 403082582 },
	{ RVKMS_CURVE_PQ_125_INV_EOTF, 1000, 1311365846 },
	{ RVKMS_CURVE_PQ_125_INV_EOTF, 1ll << 20, 18024576824ll },
};

static void step_desc(const struct step_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s of %lld steps", curve_names[c->curve], c->in);
}

KUNIT_ARRAY_PARAM(step_cases, step_cases, step_desc);

static void rvkms_test_curve_apply_darkest(struct kunit *test)
{
	const struct step_case *c = test->param_value;

	KUNIT_EXPECT_EQ(test, rvkms_curve_apply(c->curve, NULL, c->in), c->out);
}

/*
 * vkms's tables for sRGB have 256 entries and are rounded down. The inverse EOTF of 374 / 65535
 * became 4313, which is 116 too low, since the curve bends most between its first entries. The EOTF
 * of 124 / 255, which has an entry of its own, became 13208.
 */
static void rvkms_test_curve_apply_srgb_between_bytes(struct kunit *test)
{
	const s64 dark = rvkms_curve_apply(RVKMS_CURVE_SRGB_INV_EOTF, NULL,
					   rvkms_color_from_unorm(374));
	const s64 byte = rvkms_curve_apply(RVKMS_CURVE_SRGB_EOTF, NULL,
					   rvkms_color_from_unorm(124 * 257));

	KUNIT_EXPECT_EQ(test, rvkms_color_to_unorm(dark), 4429);
	KUNIT_EXPECT_EQ(test, rvkms_color_to_unorm(byte), 13209);
}

static void rvkms_test_curve_apply_unknown_changes_nothing(struct kunit *test)
{
	const enum rvkms_curve unknown = ARRAY_SIZE(curves);

	KUNIT_EXPECT_EQ(test, rvkms_curve_apply(unknown, NULL, -5), -5);
	KUNIT_EXPECT_EQ(test, rvkms_curve_apply(unknown, NULL, 2 * ONE), 2 * ONE);
	KUNIT_EXPECT_EQ(test, rvkms_curve_apply(-1, NULL, 12345), 12345);
	KUNIT_EXPECT_EQ(test, rvkms_curve_num_cells(unknown), 0);
	KUNIT_EXPECT_EQ(test, rvkms_curve_num_cells(-1), 0);
}

static void rvkms_test_curve_cell_beyond_the_last_is_zero(struct kunit *test)
{
	const u32 count = rvkms_curve_num_cells(RVKMS_CURVE_SRGB_EOTF);
	const struct rvkms_curve_cell last = rvkms_curve_cell(RVKMS_CURVE_SRGB_EOTF, count - 1);
	const struct rvkms_curve_cell none = {};
	struct rvkms_curve_cell cell = rvkms_curve_cell(RVKMS_CURVE_SRGB_EOTF, count);

	KUNIT_EXPECT_EQ(test, count, 160);
	KUNIT_EXPECT_NE(test, last.c[0], 0);
	KUNIT_EXPECT_MEMEQ(test, &cell, &none, sizeof(none));
	cell = rvkms_curve_cell(-1, 0);
	KUNIT_EXPECT_MEMEQ(test, &cell, &none, sizeof(none));
}

static void rvkms_test_curve_numbers_are_those_of_drm(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, (int)RVKMS_CURVE_SRGB_EOTF, (int)DRM_COLOROP_1D_CURVE_SRGB_EOTF);
	KUNIT_EXPECT_EQ(test, (int)RVKMS_CURVE_SRGB_INV_EOTF,
			(int)DRM_COLOROP_1D_CURVE_SRGB_INV_EOTF);
	KUNIT_EXPECT_EQ(test, (int)RVKMS_CURVE_PQ_125_EOTF,
			(int)DRM_COLOROP_1D_CURVE_PQ_125_EOTF);
	KUNIT_EXPECT_EQ(test, (int)RVKMS_CURVE_PQ_125_INV_EOTF,
			(int)DRM_COLOROP_1D_CURVE_PQ_125_INV_EOTF);
	KUNIT_EXPECT_EQ(test, (int)RVKMS_CURVE_BT2020_INV_OETF,
			(int)DRM_COLOROP_1D_CURVE_BT2020_INV_OETF);
	KUNIT_EXPECT_EQ(test, (int)RVKMS_CURVE_BT2020_OETF,
			(int)DRM_COLOROP_1D_CURVE_BT2020_OETF);
	KUNIT_EXPECT_EQ(test, (int)RVKMS_CURVE_GAMMA22, (int)DRM_COLOROP_1D_CURVE_GAMMA22);
	KUNIT_EXPECT_EQ(test, (int)RVKMS_CURVE_GAMMA22_INV,
			(int)DRM_COLOROP_1D_CURVE_GAMMA22_INV);
	KUNIT_EXPECT_EQ(test, (int)ARRAY_SIZE(curves), (int)DRM_COLOROP_1D_CURVE_COUNT);
}

static struct kunit_case rvkms_curve_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_curve_apply_some_unorms, curves_gen_params),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_curve_apply_all_unorms, curves_gen_params, SLOW),
	KUNIT_CASE_PARAM(rvkms_test_curve_apply_whole_domain, curves_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_curve_apply_ends, curves_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_curve_apply_never_falls, curves_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_curve_apply_there_and_back, curves_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_curve_apply_with_and_without_cells, curves_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_curve_apply_literal, literal_cases_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_curve_apply_darkest, step_cases_gen_params),
	KUNIT_CASE(rvkms_test_curve_apply_srgb_between_bytes),
	KUNIT_CASE(rvkms_test_curve_apply_unknown_changes_nothing),
	KUNIT_CASE(rvkms_test_curve_cell_beyond_the_last_is_zero),
	KUNIT_CASE(rvkms_test_curve_numbers_are_those_of_drm),
	{ }
};

static struct kunit_suite rvkms_curve_suite = {
	.name = "rvkms_curve",
	.test_cases = rvkms_curve_tests,
};

kunit_test_suite(rvkms_curve_suite);
