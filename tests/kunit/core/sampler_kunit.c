// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/sampler: the sample positions of the pixels of a scaled axis. The reference
 * computes each position independently, from the rational of docs/composition.md, by a 128-bit
 * division.
 */

#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "../../core/plane/sampler.h"
#include "mismatch.h"

#define PIXELS(n) ((u32)(n) << 16)

/*
 * The position of a pixel's centre in 1/65536 of a pixel, rounded down; both factors are doubled.
 */
static u64 reference_position(const struct rvkms_scaling *scaling, u32 pixel)
{
	return scaling->src + mul_u64_u64_div_u64(2ull * pixel + 1, scaling->src_size,
						  2ull * scaling->dst_size);
}

/* In 1/256 of a pixel, from the centre of column 0, plus 256 * 2^20 to stay positive. */
static u64 reference_distance(const struct rvkms_scaling *scaling, u32 pixel)
{
	return ((256ull << 28) + reference_position(scaling, pixel) - 32768 + 128) / 256;
}

static bool nearest_is_wrong(const struct rvkms_scaling *scaling, u32 pixel, s64 first, u64 at)
{
	return first + rvkms_sampler_index(at) != reference_position(scaling, pixel) / 65536;
}

static bool bilinear_is_wrong(const struct rvkms_scaling *scaling, u32 pixel, s64 first, u64 at)
{
	const u64 expected = reference_distance(scaling, pixel);

	return first + rvkms_sampler_index(at) + (1 << 20) != expected / 256 ||
	       rvkms_sampler_weight(at) != expected % 256;
}

/* Checks all pixels that a sampler supports, from its start. */
static bool sampler_is_wrong(const struct rvkms_scaling *scaling, u32 pixel, u32 count)
{
	struct rvkms_sampler nearest = rvkms_sampler_at(scaling, pixel, RVKMS_FILTER_NEAREST);
	struct rvkms_sampler bilinear = rvkms_sampler_at(scaling, pixel,
							 RVKMS_FILTER_BILINEAR);
	bool is_wrong = false;

	for (u32 i = 0; i < count; i++) {
		is_wrong |= nearest_is_wrong(scaling, pixel + i, nearest.first, nearest.at);
		is_wrong |= bilinear_is_wrong(scaling, pixel + i, bilinear.first, bilinear.at);
		nearest.at += nearest.step;
		bilinear.at += bilinear.step;
	}

	return is_wrong;
}

/*
 * Each pixel of up to 12 on the CRTC, from up to three framebuffer pixels, in eighths and a little
 * more.
 */
static void rvkms_test_sampler_lattice(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < 8 * 3 * 25 * 3 * 12; i++) {
		const struct rvkms_scaling scaling = {
			.src = i % 8 * 8192 + i / 8 % 3 * 8191,
			.src_size = i / 24 % 25 * 8192 + i / 600 % 3 * 127,
			.dst_size = i / 1800 + 1,
		};

		for (u32 pixel = 0; pixel < scaling.dst_size; pixel++)
			mismatch_note(&m, sampler_is_wrong(&scaling, pixel,
							   scaling.dst_size - pixel), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 1800 * 78);
}

static u32 random_below(struct rnd_state *random, u32 limit)
{
	return prandom_u32_state(random) % limit;
}

/* A number of any width in bits. */
static u32 random_size(struct rnd_state *random)
{
	return prandom_u32_state(random) >> random_below(random, 32);
}

/* Steps are exact up to the largest size, which has the smallest fraction to keep. */
static void rvkms_test_sampler_steps(struct kunit *test)
{
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 23);
	for (u32 i = 0; i < 3000; i++) {
		const struct rvkms_scaling scaling = {
			.src = random_size(&random),
			.src_size = random_size(&random),
			.dst_size = RVKMS_SAMPLER_MAX_SIZE -
				    (i % 2 ? i / 2 : random_below(&random,
								  RVKMS_SAMPLER_MAX_SIZE - 128)),
		};
		const u32 last = scaling.dst_size - RVKMS_SAMPLER_PIXELS;
		const u32 pixel = i % 3 ? random_below(&random, last + 1) : last;

		mismatch_note(&m, sampler_is_wrong(&scaling, pixel, RVKMS_SAMPLER_PIXELS), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 3000);
}

/* Twice the last pixel that a sampler supports, plus one. */
#define LAST_FACTOR (2 * RVKMS_SAMPLER_PIXELS - 1)

/*
 * The source size below 2 D for which pixel 127 has the largest possible fraction, 1 - 1 / 2 D: its
 * product with 255 is one less than a multiple of 2 D. 0 if there is none.
 */
static u32 worst_source(u32 size)
{
	const u64 whole = 2ull * size;

	for (u64 multiple = whole; multiple <= LAST_FACTOR * whole; multiple += whole) {
		u32 rest;
		const u64 source = div_u64_rem(multiple - 1, LAST_FACTOR, &rest);

		if (!rest)
			return source;
	}

	return 0;
}

/*
 * The last of 128 pixels is the worst: 149 of the 299 largest sizes have no factor in common with
 * 255.
 */
static void rvkms_test_sampler_worst_fraction(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < 299; i++) {
		const u32 size = RVKMS_SAMPLER_MAX_SIZE - i;
		const u32 source = worst_source(size);

		for (u32 k = 0; source && k < 4; k++) {
			const struct rvkms_scaling scaling = { 0, k * 2 * size + source, size };

			mismatch_note(&m, sampler_is_wrong(&scaling, 0, RVKMS_SAMPLER_PIXELS),
				      size);
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 4 * 149);
}

/* Any size, one pixel at a time. */
static void rvkms_test_sampler_hostile(struct kunit *test)
{
	static const u32 boundaries[] = {
		1, 2, 3, 65535, 65536, 65537, RVKMS_SAMPLER_MAX_SIZE, 0x7fffffff, 0x80000000,
		0x80000001, 0xfffffffe, U32_MAX,
	};
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 32);
	for (u32 i = 0; i < 12 * 12 * 12; i++) {
		const struct rvkms_scaling scaling = {
			boundaries[i % 12], boundaries[i / 12 % 12], boundaries[i / 144],
		};

		mismatch_note(&m, sampler_is_wrong(&scaling, 0, 1), i);
		mismatch_note(&m, sampler_is_wrong(&scaling, scaling.dst_size / 2, 1), i);
		mismatch_note(&m, sampler_is_wrong(&scaling, scaling.dst_size - 1, 1), i);
	}
	for (u32 i = 0; i < 20000; i++) {
		const struct rvkms_scaling scaling = {
			random_size(&random), random_size(&random), random_size(&random) | 1,
		};
		const u32 pixel = random_below(&random, scaling.dst_size);

		mismatch_note(&m, sampler_is_wrong(&scaling, pixel, 1), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 3 * 1728 + 20000);
}

static void rvkms_test_sampler_outside(struct kunit *test)
{
	const struct rvkms_scaling scaling = { PIXELS(5), PIXELS(4), 8 };
	const struct rvkms_scaling none = { PIXELS(5), PIXELS(4), 0 };

	/* Past the last pixel, the last one is sampled. */
	KUNIT_EXPECT_EQ(test, rvkms_sampler_at(&scaling, 7, RVKMS_FILTER_NEAREST).first, 8);
	KUNIT_EXPECT_EQ(test, rvkms_sampler_at(&scaling, 8, RVKMS_FILTER_NEAREST).first, 8);
	KUNIT_EXPECT_EQ(test, rvkms_sampler_at(&scaling, U32_MAX,
					       RVKMS_FILTER_NEAREST).first, 8);
	/* All of the source is one pixel. */
	KUNIT_EXPECT_EQ(test, rvkms_sampler_at(&none, 0, RVKMS_FILTER_NEAREST).first, 7);
	/* An unknown filter. */
	KUNIT_EXPECT_EQ(test, rvkms_sampler_at(&scaling, 0, 2).first, 5);
	KUNIT_EXPECT_EQ(test, rvkms_sampler_at(&scaling, 0, RVKMS_FILTER_BILINEAR).first, 4);
}

struct source_case {
	const char *desc;
	struct rvkms_scaling scaling;
	struct rvkms_extent expected;
};

static const struct source_case source_cases[] = {
	{ "whole pixels", { PIXELS(3), PIXELS(4), 1 }, { 3, 6 } },
	{ "slightly smaller", { PIXELS(3), PIXELS(4) - 1, 1 }, { 3, 6 } },
	{ "slightly larger", { PIXELS(3), PIXELS(4) + 1, 1 }, { 3, 7 } },
	{ "slightly to the right", { PIXELS(3) + 1, PIXELS(4), 1 }, { 3, 7 } },
	{ "slightly to the left", { PIXELS(3) - 1, PIXELS(4), 1 }, { 2, 6 } },
	{ "within one pixel", { PIXELS(3) + 10, 20, 1 }, { 3, 3 } },
	{ "empty, at an edge", { PIXELS(3), 0, 1 }, { 3, 3 } },
	{ "empty, within a pixel", { PIXELS(3) + 10, 0, 1 }, { 3, 3 } },
	{ "largest source", { 0, U32_MAX, 1 }, { 0, 65535 } },
	{ "farthest", { U32_MAX, U32_MAX, 1 }, { 65535, 131071 } },
};

KUNIT_ARRAY_PARAM_DESC(source, source_cases, desc);

static void rvkms_test_scaling_source(struct kunit *test)
{
	const struct source_case *row = test->param_value;
	const struct rvkms_extent extent = rvkms_scaling_source(&row->scaling);

	KUNIT_EXPECT_EQ(test, extent.first, row->expected.first);
	KUNIT_EXPECT_EQ(test, extent.last, row->expected.last);
}

struct samples_case {
	const char *desc;
	struct rvkms_scaling scaling;
	s64 first, last;
	struct rvkms_extent expected;
};

static const struct samples_case samples_cases[] = {
	{ "all of it, twice as wide", { PIXELS(3), PIXELS(4), 8 }, 0, 7, { 3, 6 } },
	{ "first pixel", { PIXELS(3), PIXELS(4), 8 }, 0, 0, { 3, 3 } },
	{ "second pixel", { PIXELS(3), PIXELS(4), 8 }, 1, 1, { 3, 4 } },
	{ "last but one", { PIXELS(3), PIXELS(4), 8 }, 6, 6, { 5, 6 } },
	{ "last pixel", { PIXELS(3), PIXELS(4), 8 }, 7, 7, { 6, 6 } },
	{ "outside of it", { PIXELS(3), PIXELS(4), 8 }, S64_MIN, S64_MAX, { 3, 6 } },
	{ "before it", { PIXELS(3), PIXELS(4), 8 }, -9, -8, { 3, 3 } },
	{ "behind it", { PIXELS(3), PIXELS(4), 8 }, 8, 1ll << 33, { 6, 6 } },
	{ "a quarter as wide", { PIXELS(3), PIXELS(16), 4 }, 1, 2, { 8, 13 } },
	{ "empty", { PIXELS(3), 0, 4 }, 0, 3, { 3, 3 } },
	{ "empty, in the middle of a pixel", { PIXELS(3) + 0x8000, 0, 4 }, 0, 3, { 3, 3 } },
};

KUNIT_ARRAY_PARAM_DESC(samples, samples_cases, desc);

static void rvkms_test_scaling_samples(struct kunit *test)
{
	const struct samples_case *row = test->param_value;
	const struct rvkms_extent extent = rvkms_scaling_samples(&row->scaling, row->first,
								 row->last);

	KUNIT_EXPECT_EQ(test, extent.first, row->expected.first);
	KUNIT_EXPECT_EQ(test, extent.last, row->expected.last);
}

static struct kunit_case rvkms_sampler_tests[] = {
	KUNIT_CASE(rvkms_test_sampler_lattice),
	KUNIT_CASE(rvkms_test_sampler_steps),
	KUNIT_CASE(rvkms_test_sampler_worst_fraction),
	KUNIT_CASE(rvkms_test_sampler_hostile),
	KUNIT_CASE(rvkms_test_sampler_outside),
	KUNIT_CASE_PARAM(rvkms_test_scaling_source, source_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_scaling_samples, samples_gen_params),
	{ }
};

static struct kunit_suite rvkms_sampler_suite = {
	.name = "rvkms_sampler",
	.test_cases = rvkms_sampler_tests,
};

kunit_test_suite(rvkms_sampler_suite);
