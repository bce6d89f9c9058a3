// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/vrr. The reference steps from one vblank to the next, and remembers only the last
 * one. Literals of fractions were computed with Python's.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "../../core/timing/vrr.h"
#include "mismatch.h"

#define FULL_HD_144 { 325671, 1920, 2000, 1080, 1131, 0, false, false }
#define HZ_1 { 1000, 1, 1000, 1, 1000, 0, false, false }
#define HZ_1000 { 1000, 1, 100, 1, 10, 0, false, false }

struct create_case {
	const char *desc;
	struct rvkms_timing timing;
	u32 min_hz;
	u32 max_hz;
	struct rvkms_period shortest;
	struct rvkms_period longest;
};

/* The period of the mode is 2262000000000 / 325671 ns: 143.975 Hz. */
static const struct create_case create_cases[] = {
	{ "48 to 144 Hz", FULL_HD_144, 48, 144, { 2262000000000, 325671 }, { 1000000000, 48 } },
	{ "the monitor is slower", FULL_HD_144, 40, 143, { 1000000000, 143 }, { 1000000000, 40 } },
	{ "the mode is slower than both", HZ_1, 48, 144, { 1000000000, 1 },
	  { 1000000000, 1 } },
	{ "no range", FULL_HD_144, 60, 60, { 1000000000, 60 }, { 1000000000, 60 } },
	{ "maximum below minimum", FULL_HD_144, 144, 48, { 1000000000, 48 }, { 1000000000, 48 } },
	{ "lowest rate above the mode's",
	  FULL_HD_144, 144, 200, { 2262000000000, 325671 }, { 2262000000000, 325671 } },
	{ "all rates", HZ_1000, 1, 1000, { 1000000, 1 }, { 1000000000, 1 } },
	{ "no rates", HZ_1000, 0, 0, { 1000000000, 1 }, { 1000000000, 1 } },
	{ "largest rates", HZ_1000, U32_MAX, U32_MAX, { 1000000, 1 }, { 1000000, 1 } },
	{ "no mode", { }, 48, 144, { 1000000000, 1 }, { 1000000000, 1 } },
	{ "mode too fast",
	  { INT_MAX, 1, 1, 1, 1, 0, false, true }, 48, 1000, { 1000000, 1 }, { 1000000000, 48 } },
};

KUNIT_ARRAY_PARAM_DESC(create, create_cases, desc);

static bool same(struct rvkms_period a, struct rvkms_period b)
{
	return div_u64(a.num, a.den) == div_u64(b.num, b.den) &&
	       (a.num - div_u64(a.num, a.den) * a.den) * b.den ==
	       (b.num - div_u64(b.num, b.den) * b.den) * a.den;
}

static void rvkms_test_vrr_create_literal(struct kunit *test)
{
	const struct create_case *row = test->param_value;
	const struct rvkms_vrr vrr = rvkms_vrr_create(&row->timing, row->min_hz, row->max_hz);

	KUNIT_EXPECT_TRUE_MSG(test, same(vrr.shortest, row->shortest), "%llu / %u",
			      vrr.shortest.num, vrr.shortest.den);
	KUNIT_EXPECT_TRUE_MSG(test, same(vrr.longest, row->longest), "%llu / %u",
			      vrr.longest.num, vrr.longest.den);
}

/*
 * The smallest difference by which a mode can be slower than the monitor's highest rate, or faster.
 */
static void rvkms_test_vrr_create_least_difference(struct kunit *test)
{
	const struct rvkms_timing hz_60 = { 6000, 1, 1000, 1, 100, 0, false, false };
	const struct rvkms_timing slower = { 5999, 1, 1000, 1, 100, 0, false, false };
	const struct rvkms_timing faster = { 6001, 1, 1000, 1, 100, 0, false, false };

	KUNIT_EXPECT_TRUE(test, same(rvkms_vrr_create(&hz_60, 1, 60).shortest,
				     (struct rvkms_period){ 1000000000, 60 }));
	KUNIT_EXPECT_TRUE(test, same(rvkms_vrr_create(&slower, 1, 60).shortest,
				     (struct rvkms_period){ 100000000000, 5999 }));
	KUNIT_EXPECT_TRUE(test, same(rvkms_vrr_create(&faster, 1, 60).shortest,
				     (struct rvkms_period){ 1000000000, 60 }));
}

/* Frames of 6 to 20 ms. */
static const struct rvkms_vrr plain = { { 6000000, 1 }, { 20000000, 1 } };

/* Frames of 1000 / 3 to 1000 / 2.1 ms. */
static const struct rvkms_vrr fraction = { { 1000000000, 3 }, { 10000000000, 21 } };

struct flip_case {
	const char *desc;
	const struct rvkms_vrr *vrr;
	s64 anchor;
	s64 flip;
	s64 earliest;
	s64 latest;
	s64 expected;
};

static const struct flip_case flip_cases[] = {
	{ "at the last vblank", &plain, 100, 100, 6000100, 20000100, 6000100 },
	{ "before it", &plain, 100, 99, 6000100, 20000100, 6000100 },
	{ "a nanosecond early", &plain, 100, 6000099, 6000100, 20000100, 6000100 },
	{ "in time", &plain, 100, 6000100, 6000100, 20000100, 6000100 },
	{ "a nanosecond later", &plain, 100, 6000101, 6000100, 20000100, 6000101 },
	{ "the last moment", &plain, 100, 20000099, 6000100, 20000100, 20000099 },
	{ "a frame too late", &plain, 100, 20000100, 26000100, 40000100, 26000100 },
	{ "in time for the frame after", &plain, 100, 30000100, 26000100, 40000100, 30000100 },
	{ "long after", &plain, 0, 1000000000000, 1000006000000, 1000020000000, 1000006000000 },
	{ "in fractions, early", &fraction, 0, 0, 333333333, 476190476, 333333333 },
	{ "in fractions, in time", &fraction, 0, 476190475, 333333333, 476190476, 476190475 },
	{ "in fractions, late", &fraction, 0, 476190476, 809523809, 952380952, 809523809 },
	{ "in fractions, later", &fraction, 0, 952380952, 1285714285, 1428571428, 1285714285 },
	{ "in fractions, after five frames", &fraction, 0, 2500000000, 2714285713, 2857142857,
	  2714285713 },
	{ "beginning of time", &plain, S64_MIN, S64_MIN, S64_MIN + 6000000, S64_MIN + 20000000,
	  S64_MIN + 6000000 },
	{ "end of time", &plain, S64_MAX, S64_MAX, S64_MAX, S64_MAX, S64_MAX },
	{ "near the end of time", &plain, S64_MAX - 10000000, S64_MAX - 10000000,
	  S64_MAX - 4000000, S64_MAX, S64_MAX - 4000000 },
};

KUNIT_ARRAY_PARAM_DESC(flip, flip_cases, desc);

static void rvkms_test_vrr_flip_literal(struct kunit *test)
{
	const struct flip_case *row = test->param_value;
	const struct rvkms_window window = rvkms_vrr_window(row->vrr, row->anchor, row->flip);

	KUNIT_EXPECT_EQ(test, window.earliest, row->earliest);
	KUNIT_EXPECT_EQ(test, window.latest, row->latest);
	KUNIT_EXPECT_EQ(test, rvkms_vrr_flip(row->vrr, row->anchor, row->flip), row->expected);
}

/* In whole milliseconds, one at a time. A flip at the time of a vblank is too late for it. */
static s64 reference_flip(u32 shortest, u32 longest, s64 flip)
{
	s64 last = 0;

	for (s64 now = 1; ; now++) {
		if (now - last == longest)
			last = now;
		if (now >= flip && now - last >= shortest)
			return now;
	}
}

static void rvkms_test_vrr_flip_every_millisecond(struct kunit *test)
{
	struct mismatch m = {};

	for (s64 flip = 0; flip < 500; flip++) {
		const s64 time = rvkms_vrr_flip(&plain, 77, flip * 1000000 + 77);

		mismatch_note(&m, time != reference_flip(6, 20, flip) * 1000000 + 77, flip);
	}

	EXPECT_NO_MISMATCH(test, &m, 500);
}

/* A client that flips at random never gets a frame that is too short or too long. */
static void rvkms_test_vrr_flips_keep_limits(struct kunit *test)
{
	const struct rvkms_timing timing = FULL_HD_144;
	const struct rvkms_vrr vrr = rvkms_vrr_create(&timing, 48, 144);
	struct rnd_state random;
	struct mismatch m = {};
	s64 anchor = 0;
	u32 at_once = 0;

	prandom_seed_state(&random, 144);
	for (u32 i = 0; i < 20000; i++) {
		const s64 flip = anchor + prandom_u32_state(&random) % 60000000;
		const s64 time = rvkms_vrr_flip(&vrr, anchor, flip);
		const s64 last = anchor + (s64)rvkms_vblank_count(vrr.longest, anchor, flip) *
				 1000000000 / 48;

		/* 6945659.6 ns and 20833333.3 ns. */
		mismatch_note(&m, time < flip || time - last < 6945659 || time - last > 20833334,
			      i);
		at_once += time == flip;
		anchor = time;
	}

	EXPECT_NO_MISMATCH(test, &m, 20000);
	KUNIT_EXPECT_GT(test, at_once, 10000);
	KUNIT_EXPECT_LT(test, at_once, 18000);
}

/* A client that flips as fast as it can gets the mode's rate. */
static void rvkms_test_vrr_flips_at_full_rate(struct kunit *test)
{
	s64 anchor = 0;

	for (u32 i = 0; i < 1000; i++)
		anchor = rvkms_vrr_flip(&plain, anchor, anchor + 1);

	KUNIT_EXPECT_EQ(test, anchor, 6000000000);
}

struct refresh_case {
	const char *desc;
	struct rvkms_refresh refresh;
	bool is_variable;
	struct rvkms_period longest;
};

/* On a mode of 100 Hz. */
static const struct refresh_case refresh_cases[] = {
	{ "24 to 240 Hz", { 24, 240 }, true, { 1000000000, 23 } },
	{ "11 Hz", { 50, 61 }, true, { 1000000000, 49 } },
	{ "10 Hz", { 50, 60 }, false, { 10000000, 1 } },
	{ "none", { 60, 60 }, false, { 10000000, 1 } },
	{ "maximum below minimum", { 61, 50 }, false, { 10000000, 1 } },
	{ "lowest rate unknown", { 0, 60 }, false, { 10000000, 1 } },
	{ "no rate known", { 0, 0 }, false, { 10000000, 1 } },
	{ "no monitor", { 0, U32_MAX }, false, { 10000000, 1 } },
	{ "all", { 1, U32_MAX }, true, { 1000000000, 1 } },
};

KUNIT_ARRAY_PARAM_DESC(refresh, refresh_cases, desc);

static void rvkms_test_vrr_of_refresh(struct kunit *test)
{
	const struct rvkms_timing hz_100 = { 10000, 1, 1000, 1, 100, 0, false, false };
	const struct refresh_case *row = test->param_value;
	const struct rvkms_vrr vrr = rvkms_vrr_of_refresh(&hz_100, row->refresh);

	KUNIT_EXPECT_EQ(test, rvkms_refresh_is_variable(row->refresh), row->is_variable);
	KUNIT_EXPECT_TRUE(test, same(vrr.longest, row->longest));
	if (!row->is_variable)
		KUNIT_EXPECT_TRUE(test, same(vrr.shortest, row->longest));
	else if (row->refresh.max_hz > 100)
		KUNIT_EXPECT_TRUE(test, same(vrr.shortest, (struct rvkms_period){ 10000000, 1 }));
	else
		KUNIT_EXPECT_TRUE(test, same(vrr.shortest, (struct rvkms_period)
							   { 1000000000, row->refresh.max_hz }));
}

static void rvkms_test_refresh_common(struct kunit *test)
{
	const struct rvkms_refresh a = { 24, 240 }, b = { 48, 144 }, none = {};
	struct rvkms_refresh common = rvkms_refresh_common(RVKMS_REFRESH_ANY, a);

	KUNIT_EXPECT_EQ(test, common.min_hz, 24);
	KUNIT_EXPECT_EQ(test, common.max_hz, 240);
	common = rvkms_refresh_common(common, b);
	KUNIT_EXPECT_EQ(test, common.min_hz, 48);
	KUNIT_EXPECT_EQ(test, common.max_hz, 144);
	common = rvkms_refresh_common(common, a);
	KUNIT_EXPECT_EQ(test, common.min_hz, 48);
	KUNIT_EXPECT_EQ(test, common.max_hz, 144);
	KUNIT_EXPECT_FALSE(test, rvkms_refresh_is_variable(rvkms_refresh_common(common, none)));
	KUNIT_EXPECT_FALSE(test, rvkms_refresh_is_variable(RVKMS_REFRESH_ANY));
}

static struct kunit_case rvkms_vrr_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_vrr_of_refresh, refresh_gen_params),
	KUNIT_CASE(rvkms_test_refresh_common),
	KUNIT_CASE_PARAM(rvkms_test_vrr_create_literal, create_gen_params),
	KUNIT_CASE(rvkms_test_vrr_create_least_difference),
	KUNIT_CASE_PARAM(rvkms_test_vrr_flip_literal, flip_gen_params),
	KUNIT_CASE(rvkms_test_vrr_flip_every_millisecond),
	KUNIT_CASE(rvkms_test_vrr_flips_keep_limits),
	KUNIT_CASE(rvkms_test_vrr_flips_at_full_rate),
	{ }
};

static struct kunit_suite rvkms_vrr_suite = {
	.name = "rvkms_vrr",
	.test_cases = rvkms_vrr_tests,
};

kunit_test_suite(rvkms_vrr_suite);
