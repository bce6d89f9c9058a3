// SPDX-License-Identifier: GPL-2.0
/* Tests of core/lut_index and core/lut: one-dimensional tables. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "../../core/color/lut.h"
#include "../../core/color/lut_index.h"
#include "../../core/color/value.h"
#include "mismatch.h"
#include "real.h"

#define ONE RVKMS_COLOR_ONE

static const u32 lengths[] = { 1, 2, 3, 33, 256, 1024, 4096, 65536 };

static void length_desc(const u32 *length, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u entries", *length);
}

KUNIT_ARRAY_PARAM(lengths, lengths, length_desc);

static struct rvkms_color_value grey(s64 value)
{
	return (struct rvkms_color_value){ value, value, value };
}

static struct drm_color_lut *random16(struct kunit *test, u32 length)
{
	struct drm_color_lut *entries = kunit_kmalloc_array(test, length, sizeof(*entries),
							    GFP_KERNEL);
	struct rnd_state rnd;

	KUNIT_ASSERT_NOT_NULL(test, entries);
	prandom_seed_state(&rnd, length);
	prandom_bytes_state(&rnd, entries, length * sizeof(*entries));

	return entries;
}

static struct drm_color_lut32 *random32(struct kunit *test, u32 length)
{
	struct drm_color_lut32 *entries = kunit_kmalloc_array(test, length, sizeof(*entries),
							      GFP_KERNEL);
	struct rnd_state rnd;

	KUNIT_ASSERT_NOT_NULL(test, entries);
	prandom_seed_state(&rnd, length);
	prandom_bytes_state(&rnd, entries, length * sizeof(*entries));

	return entries;
}

/*
 * Returns true if the value is nearest to a + (b - a) r / 65535, of unorms with the maximum @max.
 * In multiples of 1 / @max it is an integer. The products are modulo 2^64, and so is their
 * difference, which is small.
 */
static bool is_nearest(s64 value, u32 a, u32 b, u32 r, u32 max)
{
	const u64 exact = (u64)a * (65535 - r) + (u64)b * r;
	const s64 off = (u64)value * max - (exact << 32);

	return value >= 0 && value <= ONE && off <= max / 2 && off >= -(s64)(max / 2) &&
	       div_u64(exact, max) <= value >> 32 && value >> 32 <= div_u64(exact, max) + 1;
}

struct place_case {
	const char *desc;
	s64 value;
	u32 length;
	struct rvkms_lut_index_place expected;
};

/* The last entry has no successor: the memory after the table must not be read. */
static const struct place_case place_cases[] = {
	{ "one entry, black", 0, 1, { 0, 0, 0 } },
	{ "one entry, grey", ONE / 3, 1, { 0, 0, 0 } },
	{ "one entry, white", ONE, 1, { 0, 0, 0 } },
	{ "two entries, black", 0, 2, { 0, 1, 0 } },
	{ "two entries, grey", ONE / 3, 2, { 0, 1, ONE / 3 } },
	{ "two entries, nearly white", ONE - 1, 2, { 0, 1, ONE - 1 } },
	{ "two entries, white", ONE, 2, { 1, 1, 0 } },
	{ "six entries, at an entry", ONE / 5 * 3, 6, { 3, 4, 0 } },
	{ "six entries, before an entry", ONE / 5 * 3 - 1, 6, { 2, 3, ONE - 5 } },
	{ "most entries, one step", 1, U32_MAX, { 0, 1, U32_MAX - 1 } },
	{ "most entries, nearly white", ONE - 1, U32_MAX,
	  { U32_MAX - 2, U32_MAX - 1, ONE - (U32_MAX - 1) } },
	{ "most entries, white", ONE, U32_MAX, { U32_MAX - 1, U32_MAX - 1, 0 } },
	{ "darker than black", -1, 3, { 0, 1, 0 } },
	{ "brighter than white", ONE + 1, 3, { 2, 2, 0 } },
};

KUNIT_ARRAY_PARAM_DESC(place_cases, place_cases, desc);

static void rvkms_test_lut_index_place_literal(struct kunit *test)
{
	const struct place_case *c = test->param_value;
	const struct rvkms_lut_index_place place = rvkms_lut_index_place(c->value, c->length);

	KUNIT_EXPECT_EQ(test, place.index, c->expected.index);
	KUNIT_EXPECT_EQ(test, place.next, c->expected.next);
	KUNIT_EXPECT_EQ(test, place.fraction, c->expected.fraction);
}

static void rvkms_test_lut_apply_all_unorms_of_16_bits(struct kunit *test)
{
	const u32 length = *(const u32 *)test->param_value;
	const struct drm_color_lut *entries = random16(test, length);
	const struct rvkms_lut lut = { .entries16 = entries, .length = length };
	struct mismatch wrong = {};

	for (u32 c = 0; c <= U16_MAX; c++) {
		const struct rvkms_color_value value =
			rvkms_lut_apply(&lut, grey(rvkms_color_from_unorm(c)));
		const u64 place = (u64)c * (length - 1);
		const u32 i = div_u64(place, 65535);
		const u32 r = place - i * 65535ull;
		const struct drm_color_lut *a = &entries[i];
		const struct drm_color_lut *b = r ? a + 1 : a;

		mismatch_note(&wrong,
			      !is_nearest(value.r, a->red, b->red, r, 65535) ||
			      !is_nearest(value.g, a->green, b->green, r, 65535) ||
			      !is_nearest(value.b, a->blue, b->blue, r, 65535), c);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 65536);
}

static void rvkms_test_lut_apply_all_unorms_of_32_bits(struct kunit *test)
{
	const u32 length = *(const u32 *)test->param_value;
	const struct drm_color_lut32 *entries = random32(test, length);
	const struct rvkms_lut lut = { .entries32 = entries, .length = length };
	struct mismatch wrong = {};

	for (u32 c = 0; c <= U16_MAX; c++) {
		const struct rvkms_color_value value =
			rvkms_lut_apply(&lut, grey(rvkms_color_from_unorm(c)));
		const u64 place = (u64)c * (length - 1);
		const u32 i = div_u64(place, 65535);
		const u32 r = place - i * 65535ull;
		const struct drm_color_lut32 *a = &entries[i];
		const struct drm_color_lut32 *b = r ? a + 1 : a;

		mismatch_note(&wrong,
			      !is_nearest(value.r, a->red, b->red, r, U32_MAX) ||
			      !is_nearest(value.g, a->green, b->green, r, U32_MAX) ||
			      !is_nearest(value.b, a->blue, b->blue, r, U32_MAX), c);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 65536);
}

/* (a (ONE - fraction) + b fraction) / (2^32 - 1), within one step */
static bool is_between(s64 value, u32 a, u32 b, u64 fraction)
{
	const struct real low = real_mul(real_make(a), real_make(ONE - fraction));
	const struct real high = real_mul(real_make(b), real_make(fraction));
	const struct real exact = real_div(real_add(low, high), real_make(U32_MAX));

	return real_is_less(real_make(max(value, 1) - 1), exact) &&
	       real_is_less(exact, real_make(value + 1));
}

static void rvkms_test_lut_apply_fractions(struct kunit *test)
{
	const u32 length = *(const u32 *)test->param_value;
	const struct drm_color_lut32 *entries = random32(test, length);
	const struct rvkms_lut lut = { .entries32 = entries, .length = length };
	struct mismatch wrong = {};
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 3);
	for (u32 n = 0; n < 20000; n++) {
		const u64 x = ((u64)prandom_u32_state(&rnd) << 32 | prandom_u32_state(&rnd)) % ONE;
		const struct rvkms_color_value value = rvkms_lut_apply(&lut, grey(x));
		const u32 i = div64_u64(x * (length - 1), ONE);
		const u64 fraction = x * (length - 1) - i * (u64)ONE;
		const struct drm_color_lut32 *a = &entries[i];
		const struct drm_color_lut32 *b = length > 1 ? a + 1 : a;

		mismatch_note(&wrong,
			      !is_between(value.r, a->red, b->red, fraction) ||
			      !is_between(value.g, a->green, b->green, fraction) ||
			      !is_between(value.b, a->blue, b->blue, fraction), x);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 20000);
}

static void rvkms_test_lut_apply_clamps(struct kunit *test)
{
	const u32 length = *(const u32 *)test->param_value;
	const struct drm_color_lut *entries = random16(test, length);
	const struct rvkms_lut lut = { .entries16 = entries, .length = length };
	const s64 first = rvkms_color_from_unorm(entries[0].red);
	const s64 last = rvkms_color_from_unorm(entries[length - 1].red);

	KUNIT_EXPECT_EQ(test, rvkms_lut_apply(&lut, grey(0)).r, first);
	KUNIT_EXPECT_EQ(test, rvkms_lut_apply(&lut, grey(-1)).r, first);
	KUNIT_EXPECT_EQ(test, rvkms_lut_apply(&lut, grey(S64_MIN)).r, first);
	KUNIT_EXPECT_EQ(test, rvkms_lut_apply(&lut, grey(ONE)).r, last);
	KUNIT_EXPECT_EQ(test, rvkms_lut_apply(&lut, grey(ONE + 1)).r, last);
	KUNIT_EXPECT_EQ(test, rvkms_lut_apply(&lut, grey(S64_MAX)).r, last);
}

static void rvkms_test_lut_apply_channels_are_apart(struct kunit *test)
{
	static const struct drm_color_lut32 entries[] = {
		{ .red = 0, .green = U32_MAX, .blue = 0, .reserved = 0x55555555 },
		{ .red = U32_MAX, .green = 0, .blue = 0x33333333, .reserved = 0xaaaaaaaa },
	};
	const struct rvkms_lut lut = { .entries32 = entries, .length = 2 };
	const struct rvkms_color_value value =
		rvkms_lut_apply(&lut, (struct rvkms_color_value){ ONE / 3, ONE / 5, ONE / 4 });

	KUNIT_EXPECT_EQ(test, value.r, ONE / 3);
	KUNIT_EXPECT_EQ(test, value.g, ONE - ONE / 5);
	KUNIT_EXPECT_EQ(test, value.b, ONE / 20);
}

static void rvkms_test_lut_apply_straight_is_identity(struct kunit *test)
{
	static const struct drm_color_lut32 ends[] = {
		{}, { U32_MAX, U32_MAX, U32_MAX },
	};
	const struct rvkms_lut two = { .entries32 = ends, .length = 2 };
	struct drm_color_lut *bytes = kunit_kcalloc(test, 256, sizeof(*bytes), GFP_KERNEL);
	const struct rvkms_lut lut = { .entries16 = bytes, .length = 256 };
	struct mismatch wrong = {};

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	for (u32 i = 0; i < 256; i++)
		bytes[i] = (struct drm_color_lut){ i * 257, i * 257, i * 257 };

	for (u32 c = 0; c <= U16_MAX; c++) {
		const s64 x = rvkms_color_from_unorm(c);

		mismatch_note(&wrong,
			      rvkms_lut_apply(&two, grey(x)).g != x ||
			      rvkms_lut_apply(&lut, grey(x)).g != x, c);
	}

	EXPECT_NO_MISMATCH(test, &wrong, 65536);
}

static void rvkms_test_lut_apply_without_entries_changes_nothing(struct kunit *test)
{
	static const struct drm_color_lut entry;
	const struct rvkms_color_value value = { -7, 3 * ONE, S64_MIN };
	const struct rvkms_lut no_entries = { .length = 5 };
	const struct rvkms_lut no_length = { .entries16 = &entry };
	struct rvkms_color_value out = rvkms_lut_apply(&no_entries, value);

	KUNIT_EXPECT_MEMEQ(test, &out, &value, sizeof(value));
	out = rvkms_lut_apply(&no_length, value);
	KUNIT_EXPECT_MEMEQ(test, &out, &value, sizeof(value));
}

static void rvkms_test_lut_apply_prefers_32_bits(struct kunit *test)
{
	static const struct drm_color_lut32 wide = { .green = U32_MAX };
	static const struct drm_color_lut narrow = { .green = 1 };
	const struct rvkms_lut lut = { &wide, &narrow, 1 };

	KUNIT_EXPECT_EQ(test, rvkms_lut_apply(&lut, grey(0)).g, ONE);
}

static struct kunit_case rvkms_lut_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_lut_index_place_literal, place_cases_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lut_apply_all_unorms_of_16_bits, lengths_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lut_apply_all_unorms_of_32_bits, lengths_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lut_apply_fractions, lengths_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_lut_apply_clamps, lengths_gen_params),
	KUNIT_CASE(rvkms_test_lut_apply_channels_are_apart),
	KUNIT_CASE(rvkms_test_lut_apply_straight_is_identity),
	KUNIT_CASE(rvkms_test_lut_apply_without_entries_changes_nothing),
	KUNIT_CASE(rvkms_test_lut_apply_prefers_32_bits),
	{ }
};

static struct kunit_suite rvkms_lut_suite = {
	.name = "rvkms_lut",
	.test_cases = rvkms_lut_tests,
};

kunit_test_suite(rvkms_lut_suite);
