// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/vblank. The reference never divides: that an offset is floor(n * num / den) is
 * shown by comparing the 128-bit products that define it. Literals of long times were computed with
 * Python's integers.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "../../core/timing/vblank.h"
#include "mismatch.h"

/* clock, hdisplay, htotal, vdisplay, vtotal, vscan, doublescan, interlace, frame packing */
#define VGA	{ 25175, 640, 800, 480, 525, 0, false, false }
#define XGA	{ 65000, 1024, 1344, 768, 806, 0, false, false }
#define FULL_HD	{ 148500, 1920, 2200, 1080, 1125, 0, false, false }

/* Unsigned 128-bit numbers. */

struct wide {
	u64 high;
	u64 low;
};

static struct wide wide_add(struct wide a, u64 b)
{
	return (struct wide){ a.high + (a.low + b < b), a.low + b };
}

/* Long multiplication with 32-bit digits. */
static struct wide wide_mul(u64 a, u64 b)
{
	const u64 a0 = a & U32_MAX, a1 = a >> 32;
	const u64 b0 = b & U32_MAX, b1 = b >> 32;
	const u64 column0 = a0 * b0;
	const u64 column1 = a1 * b0 + (column0 >> 32);
	const u64 column2 = a0 * b1 + (column1 & U32_MAX);

	return (struct wide){
		.high = a1 * b1 + (column1 >> 32) + (column2 >> 32),
		.low = column2 << 32 | (column0 & U32_MAX),
	};
}

static bool wide_less(struct wide a, struct wide b)
{
	return a.high < b.high || (a.high == b.high && a.low < b.low);
}

static bool wide_equal(struct wide a, struct wide b)
{
	return a.high == b.high && a.low == b.low;
}

/* offset == floor(n * num / den) */
static bool is_offset_of(struct rvkms_period p, u64 n, u64 offset)
{
	const struct wide exact = wide_mul(n, p.num);
	const struct wide begin = wide_mul(offset, p.den);

	return !wide_less(exact, begin) && wide_less(exact, wide_add(begin, p.den));
}

/* Returns true if vblank n is at least @offset nanoseconds after its anchor. */
static bool is_due_after(struct rvkms_period p, u64 n, u64 offset)
{
	return !wide_less(wide_mul(n, p.num), wide_mul(offset, p.den));
}

/* A test of the reference. */
static void rvkms_test_vblank_reference(struct kunit *test)
{
	const struct wide largest = wide_mul(U64_MAX, U64_MAX);
	const struct wide carried = wide_add((struct wide){ 1, U64_MAX }, 1);
	const struct wide mixed = wide_mul(0x123456789abcdef0, 0xfedcba9876543210);

	KUNIT_EXPECT_EQ(test, largest.high, U64_MAX - 1);
	KUNIT_EXPECT_EQ(test, largest.low, 1);
	KUNIT_EXPECT_EQ(test, carried.high, 2);
	KUNIT_EXPECT_EQ(test, carried.low, 0);
	KUNIT_EXPECT_EQ(test, mixed.high, 0x121fa00ad77d7422);
	KUNIT_EXPECT_EQ(test, mixed.low, 0x236d88fe5618cf00);
}

struct mode_case {
	const char *desc;
	struct rvkms_timing timing;
	/* Any fraction of the expected value. */
	u64 num;
	u32 den;
};

/* Modes with exact periods: pixels per field, in units of 10^6, over kHz. */
static const struct mode_case mode_cases[] = {
	{ "640x480, 59.94 Hz", VGA, 420000000000, 25175 },
	{ "1024x768, 60 Hz", XGA, 16665600, 1 },
	{ "1920x1080, 60 Hz", FULL_HD, 50000000, 3 },
	{ "1920x1080, 59.94 Hz",
	  { 148352, 1920, 2200, 1080, 1125, 0, false, false }, 2475000000000, 148352 },
	{ "1920x1080, 50 Hz",
	  { 148500, 1920, 2640, 1080, 1125, 0, false, false }, 20000000, 1 },
	{ "1920x1080, 24 Hz",
	  { 74250, 1920, 2750, 1080, 1125, 0, false, false }, 125000000, 3 },
	{ "1920x1080 interlaced, 60 fields",
	  { 74250, 1920, 2200, 1080, 1125, 0, false, true }, 50000000, 3 },
	{ "720x576 interlaced, 50 fields",
	  { 13500, 720, 864, 576, 625, 0, false, true }, 20000000, 1 },
	{ "320x240 doublescan",
	  { 12587, 320, 400, 240, 262, 0, true, false }, 209600000000, 12587 },
	{ "320x240 doublescan, vscan 1",
	  { 12587, 320, 400, 240, 262, 1, true, false }, 209600000000, 12587 },
	{ "vscan 1", { 25175, 640, 800, 480, 525, 1, false, false }, 420000000000, 25175 },
	{ "vscan 2", { 25175, 640, 800, 480, 525, 2, false, false }, 840000000000, 25175 },
	{ "vscan 3", { 12600, 320, 400, 200, 449, 3, false, false }, 538800000000, 12600 },
	{ "vscan 3, doublescan",
	  { 12600, 320, 400, 100, 224, 3, true, false }, 537600000000, 12600 },
	{ "interlaced and doublescan",
	  { 25175, 640, 800, 480, 525, 0, true, true }, 420000000000, 25175 },
	{ "3840x2160, 60 Hz",
	  { 594000, 3840, 4400, 2160, 2250, 0, false, false }, 50000000, 3 },
	{ "fastest clock, largest totals",
	  { INT_MAX, 1, 65535, 1, 65535, 0, false, false }, 4294836225000000, INT_MAX },
	{ "fastest clock, largest totals, interlaced and doublescan",
	  { INT_MAX, 1, 65535, 1, 65535, 0, true, true }, 8589672450000000, 4294967294 },
	{ "active area does not matter",
	  { 25175, 0, 800, 65535, 525, 0, false, false }, 420000000000, 25175 },
	{ "exactly 1 Hz", { 1000, 1, 1000, 1, 1000, 0, false, false }, 1000000000, 1 },
	{ "exactly 1000 Hz", { 1000, 1, 100, 1, 10, 0, false, false }, 1000000, 1 },
};

KUNIT_ARRAY_PARAM_DESC(mode, mode_cases, desc);

static void rvkms_test_vblank_period_exact(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);

	KUNIT_EXPECT_NE(test, p.den, 0);
	KUNIT_EXPECT_TRUE_MSG(test, wide_equal(wide_mul(p.num, row->den),
					       wide_mul(row->num, p.den)),
			      "%llu / %u", p.num, p.den);
}

static void rvkms_test_timing_in_range_mode(struct kunit *test)
{
	const struct mode_case *row = test->param_value;

	KUNIT_EXPECT_TRUE(test, rvkms_timing_in_range(&row->timing));
}

struct limit_case {
	const char *desc;
	struct rvkms_timing timing;
	u64 expected;
};

#define SHORTEST 1000000
#define LONGEST 1000000000

/* Modes out of range. The nearest valid neighbour is in mode_cases or in neighbour_cases. */
static const struct limit_case limit_cases[] = {
	{ "all zero", { }, LONGEST },
	{ "no clock", { 0, 640, 800, 480, 525, 0, false, false }, LONGEST },
	{ "no htotal", { 25175, 640, 0, 480, 525, 0, false, false }, LONGEST },
	{ "no vtotal", { 25175, 640, 800, 480, 0, 0, false, false }, LONGEST },
	{ "no totals", { 25175, 640, 0, 480, 0, 0, false, false }, LONGEST },
	{ "no htotal, fastest clock", { INT_MAX, 640, 0, 480, 525, 0, false, true }, LONGEST },
	{ "negative clock", { -1, 640, 800, 480, 525, 0, false, false }, LONGEST },
	{ "negative clock, one pixel", { -25175, 1, 1, 1, 1, 0, false, false }, LONGEST },
	{ "most negative clock", { INT_MIN, 640, 800, 480, 525, 0, false, false }, LONGEST },
	{ "most negative clock, interlaced",
	  { INT_MIN, 640, 800, 480, 525, 0, false, true }, LONGEST },
	{ "slowest clock", { 1, 640, 800, 480, 525, 0, false, false }, LONGEST },
	{ "slowest clock, one pixel", { 1, 1, 1, 1, 1, 0, false, true }, SHORTEST },
	{ "fastest clock", { INT_MAX, 640, 800, 480, 525, 0, false, false }, SHORTEST },
	{ "fastest clock, one pixel", { INT_MAX, 1, 1, 1, 1, 0, false, true }, SHORTEST },
	{ "fastest clock, two pixels", { INT_MAX, 1, 1, 1, 1, 0, true, true }, SHORTEST },
	{ "all maxima",
	  { INT_MAX, 65535, 65535, 65535, 65535, 65535, true, true }, LONGEST },
	{ "all maxima, once",
	  { INT_MAX, 65535, 65535, 65535, 65535, 65535, false, false }, LONGEST },
	{ "all maxima, slowest clock",
	  { 1, 65535, 65535, 65535, 65535, 65535, true, false }, LONGEST },
	{ "largest product of 64 bits",
	  { INT_MAX, 65535, 65535, 65535, 65535, 4295, false, true }, LONGEST },
	{ "smallest product that does not fit",
	  { INT_MAX, 65535, 65535, 65535, 65535, 4296, false, true }, LONGEST },
	{ "product that wraps to a period within",
	  { 1000000, 1, 46200, 1, 50000, 7986, false, false }, LONGEST },
	{ "just below 1 Hz", { 999, 1, 1000, 1, 1000, 0, false, false }, LONGEST },
	{ "just below 1 Hz, a column more", { 1000, 1, 1001, 1, 1000, 0, false, false }, LONGEST },
	{ "just below 1 Hz, a line more", { 1000, 1, 1000, 1, 1001, 0, false, false }, LONGEST },
	{ "just above 1000 Hz", { 1001, 1, 100, 1, 10, 0, false, false }, SHORTEST },
	{ "just above 1000 Hz, a column less",
	  { 1000, 1, 99, 1, 10, 0, false, false }, SHORTEST },
	{ "1 Hz, doublescan", { 1000, 1, 1000, 1, 1000, 0, true, false }, LONGEST },
	{ "1 Hz, vscan 2", { 1000, 1, 1000, 1, 1000, 2, false, false }, LONGEST },
	{ "1000 Hz, interlaced", { 1000, 1, 100, 1, 10, 0, false, true }, SHORTEST },
	{ "fastest clock, just below 1 Hz",
	  { INT_MAX, 1, 65535, 1, 65535, 501, false, false }, LONGEST },
	{ "fastest clock interlaced, just below 1 Hz",
	  { INT_MAX, 1, 65535, 1, 65535, 1001, false, true }, LONGEST },
};

KUNIT_ARRAY_PARAM_DESC(limit, limit_cases, desc);

static void rvkms_test_vblank_period_clamped(struct kunit *test)
{
	const struct limit_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);

	KUNIT_EXPECT_EQ(test, p.num, row->expected);
	KUNIT_EXPECT_EQ(test, p.den, 1);
}

static void rvkms_test_timing_in_range_limit(struct kunit *test)
{
	const struct limit_case *row = test->param_value;

	KUNIT_EXPECT_FALSE(test, rvkms_timing_in_range(&row->timing));
}

struct neighbour_case {
	const char *desc;
	struct rvkms_timing timing;
};

static const struct neighbour_case neighbour_cases[] = {
	{ "exactly 1 Hz", { 1000, 1, 1000, 1, 1000, 0, false, false } },
	{ "exactly 1 Hz, vscan 1", { 1000, 1, 1000, 1, 1000, 1, false, false } },
	{ "just above 1 Hz", { 1001, 1, 1000, 1, 1000, 0, false, false } },
	{ "exactly 1 Hz, interlaced", { 500, 1, 1000, 1, 1000, 0, false, true } },
	{ "exactly 1000 Hz", { 1000, 1, 100, 1, 10, 0, false, false } },
	{ "just below 1000 Hz", { 999, 1, 100, 1, 10, 0, false, false } },
	{ "exactly 1000 Hz, doublescan", { 2000, 1, 100, 1, 10, 0, true, false } },
	{ "slowest clock, 1000 Hz", { 1, 1, 1, 1, 1, 0, false, false } },
	{ "slowest clock, 1 Hz", { 1, 1, 1000, 1, 1, 0, false, false } },
	{ "fastest clock, just above 1 Hz",
	  { INT_MAX, 1, 65535, 1, 65535, 500, false, false } },
	{ "fastest clock interlaced, just above 1 Hz",
	  { INT_MAX, 1, 65535, 1, 65535, 1000, false, true } },
};

KUNIT_ARRAY_PARAM_DESC(neighbour, neighbour_cases, desc);

static void rvkms_test_timing_in_range_neighbour(struct kunit *test)
{
	const struct neighbour_case *row = test->param_value;

	KUNIT_EXPECT_TRUE(test, rvkms_timing_in_range(&row->timing));
}

static bool period_in_range(struct rvkms_period p)
{
	return p.den && !wide_less(wide_mul(p.num, 1), wide_mul(p.den, 1000000)) &&
	       !wide_less(wide_mul(p.den, 1000000000), wide_mul(p.num, 1));
}

/* Returns whether a mode is in range, by a 128-bit product that cannot overflow. */
static bool reference_in_range(const struct rvkms_timing *t)
{
	const u64 repeats = (t->vscan > 1 ? t->vscan : 1) * (t->doublescan ? 2ull : 1ull);
	const u64 pixels = repeats * t->htotal * t->vtotal;
	const u64 clock = t->clock > 0 ? t->clock * (t->interlace ? 2ull : 1ull) : 0;

	return clock && pixels >= clock && !wide_less(wide_mul(clock, 1000), wide_mul(pixels, 1));
}

static s32 random_clock(struct rnd_state *random)
{
	const u32 r = prandom_u32_state(random);

	return (s32)(r >> (r % 31));
}

static u16 random_total(struct rnd_state *random)
{
	const u32 r = prandom_u32_state(random);

	return (u16)r >> (r >> 16) % 16;
}

static struct rvkms_timing random_timing(struct rnd_state *random)
{
	return (struct rvkms_timing){
		.clock = random_clock(random),
		.htotal = random_total(random),
		.vtotal = random_total(random),
		.vscan = random_total(random),
		.doublescan = prandom_u32_state(random) & 1,
		.interlace = prandom_u32_state(random) & 1,
		.frame_packing = prandom_u32_state(random) & 1,
	};
}

/* For any mode, the timer neither storms nor stops; for a mode in range, it is exact. */
static void rvkms_test_vblank_period_random(struct kunit *test)
{
	struct rnd_state random;
	struct mismatch range = {};
	struct mismatch verdict = {};
	u32 within = 0;

	prandom_seed_state(&random, 5994);
	for (u32 i = 0; i < 200000; i++) {
		const struct rvkms_timing timing = random_timing(&random);
		const bool expected = reference_in_range(&timing);

		mismatch_note(&range, !period_in_range(rvkms_vblank_period(&timing)), i);
		mismatch_note(&verdict, rvkms_timing_in_range(&timing) != expected, i);
		within += expected;
	}

	EXPECT_NO_MISMATCH(test, &range, 200000);
	EXPECT_NO_MISMATCH(test, &verdict, 200000);
	KUNIT_EXPECT_GT(test, within, 10000);
	KUNIT_EXPECT_LT(test, within, 190000);
}

struct time_case {
	const char *desc;
	struct rvkms_timing timing;
	s64 anchor;
	u64 n;
	s64 expected;
};

#define FASTEST	{ 1000, 1, 100, 1, 10, 0, false, false }
#define SLOWEST	{ 1000, 1, 1000, 1, 1000, 0, false, false }

static const struct time_case time_cases[] = {
	{ "59.94 Hz, none", VGA, 0, 0, 0 },
	{ "59.94 Hz, first", VGA, 0, 1, 16683217 },
	{ "59.94 Hz, second", VGA, 0, 2, 33366434 },
	{ "59.94 Hz, third rounds up the rest", VGA, 0, 3, 50049652 },
	{ "59.94 Hz, thousand", VGA, 0, 1000, 16683217477 },
	{ "59.94 Hz, half a year", VGA, 0, 1000000000, 16683217477656405 },
	{ "59.94 Hz, half a century", VGA, 0, 100000000000, 1668321747765640516 },
	{ "59.94 Hz, half a year from an anchor",
	  VGA, 123456789, 1000000000, 16683217601113194 },
	{ "59.94 Hz, from before zero", VGA, -16683218, 1, -1 },
	{ "60 Hz, first", FULL_HD, 0, 1, 16666666 },
	{ "60 Hz, second", FULL_HD, 0, 2, 33333333 },
	{ "60 Hz, third", FULL_HD, 0, 3, 50000000 },
	{ "60 Hz, half a century", FULL_HD, 0, 100000000000, 1666666666666666666 },
	{ "1000 Hz, last before the end of time", FASTEST, 0, 9223372036854, 9223372036854000000 },
	{ "1000 Hz, first past the end of time", FASTEST, 0, 9223372036855, S64_MAX },
	{ "1 Hz, last before the end of time", SLOWEST, 0, 9223372036, 9223372036000000000 },
	{ "1 Hz, first past the end of time", SLOWEST, 0, 9223372037, S64_MAX },
	{ "anchor at the end of time, none", VGA, S64_MAX, 0, S64_MAX },
	{ "anchor at the end of time, first", VGA, S64_MAX, 1, S64_MAX },
	{ "exactly the end of time", VGA, S64_MAX - 16683217, 1, S64_MAX },
	{ "one before the end of time", VGA, S64_MAX - 16683218, 1, S64_MAX - 1 },
	{ "past the end of time by one", VGA, S64_MAX - 16683216, 1, S64_MAX },
	{ "beginning of time, none", VGA, S64_MIN, 0, S64_MIN },
	{ "beginning of time, first", VGA, S64_MIN, 1, S64_MIN + 16683217 },
	{ "beginning of time, last", VGA, S64_MIN, 1105706623941, 9223372036838173546 },
	{ "beginning of time, first past the end", VGA, S64_MIN, 1105706623942, S64_MAX },
	{ "beginning of time, only the sum overflows", VGA, S64_MIN, 1105706655599, S64_MAX },
	{ "beginning of time, the product overflows", VGA, S64_MIN, 1105706655600, S64_MAX },
	{ "beginning of time, 1000 Hz, last",
	  FASTEST, S64_MIN, 18446744073709, 9223372036854224192 },
	{ "beginning of time, 1000 Hz, first past the end",
	  FASTEST, S64_MIN, 18446744073710, S64_MAX },
	{ "largest number", VGA, 0, U64_MAX, S64_MAX },
	{ "largest number, beginning of time", VGA, S64_MIN, U64_MAX, S64_MAX },
	{ "largest number, 1000 Hz, beginning of time", FASTEST, S64_MIN, U64_MAX, S64_MAX },
	{ "largest number, 1 Hz, end of time", SLOWEST, S64_MAX, U64_MAX, S64_MAX },
};

KUNIT_ARRAY_PARAM_DESC(time, time_cases, desc);

static void rvkms_test_vblank_time_literal(struct kunit *test)
{
	const struct time_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);

	KUNIT_EXPECT_EQ(test, rvkms_vblank_time(p, row->anchor, row->n), row->expected);
}

/* From S64_MIN on, each u64 of nanoseconds is a valid time. */
static bool time_is_wrong(struct rvkms_period p, u64 n)
{
	const s64 time = rvkms_vblank_time(p, S64_MIN, n);
	const u64 offset = (u64)time - (u64)S64_MIN;

	if (time == S64_MAX)
		return !is_due_after(p, n, U64_MAX);

	return !is_offset_of(p, n, offset);
}

static void rvkms_test_vblank_time_random(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, row->num);
	for (u32 i = 0; i < 5000; i++) {
		u64 n;

		prandom_bytes_state(&random, &n, sizeof(n));
		n >>= i % 64;
		mismatch_note(&m, time_is_wrong(p, n), n);
	}

	EXPECT_NO_MISMATCH(test, &m, 5000);
}

/* Two vblanks are floor(period) or one nanosecond more apart, after any number of vblanks. */
static void rvkms_test_vblank_time_consecutive(struct kunit *test)
{
	static const u64 begins[] = { 0, 1000000000, 3600ull * 1000 * 1000 * 1000 };
	const struct mode_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);
	const s64 whole = rvkms_vblank_time(p, 0, 1);
	struct mismatch m = {};

	for (u32 i = 0; i < ARRAY_SIZE(begins); i++) {
		s64 last = rvkms_vblank_time(p, S64_MIN, begins[i]);

		for (u64 n = begins[i] + 1; n <= begins[i] + 2000; n++) {
			const s64 time = rvkms_vblank_time(p, S64_MIN, n);

			/* Times saturate at S64_MAX. */
			mismatch_note(&m, time != S64_MAX && time - last != whole &&
				      time - last != whole + 1, n);
			last = time;
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 6000);
}

/* The anchor is only added: the phase survives any shift. */
static void rvkms_test_vblank_time_anchor_shifts(struct kunit *test)
{
	static const s64 anchors[] = { -1000000007, -1, 1, 999999937, 1785456000000000000 };
	const struct mode_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);
	struct mismatch m = {};

	for (u32 i = 0; i < ARRAY_SIZE(anchors); i++) {
		for (u64 n = 0; n < 500; n++)
			mismatch_note(&m, rvkms_vblank_time(p, anchors[i], n) - anchors[i] !=
				      rvkms_vblank_time(p, 0, n), n);
	}

	EXPECT_NO_MISMATCH(test, &m, 2500);
}

static bool count_is_wrong(struct rvkms_period p, s64 anchor, u64 n)
{
	const s64 time = rvkms_vblank_time(p, anchor, n);
	const s64 next = rvkms_vblank_time(p, anchor, n + 1);

	if (next == S64_MAX)
		return false;

	return rvkms_vblank_count(p, anchor, time) != n ||
	       rvkms_vblank_count(p, anchor, next - 1) != n ||
	       (n && rvkms_vblank_count(p, anchor, time - 1) != n - 1);
}

static const u64 boundary_counts[] = {
	0, 1, 2, 3, 4, 59, 60, 61, 999, 1000, 1001, 65535, 65536, 1000000,
	S32_MAX, 2147483648, U32_MAX, 4294967296, 4294967297, 9223372035,
	9007199254, 100000000000, 1105706623939, 18446744073707,
};

static const s64 boundary_anchors[] = {
	S64_MIN, S64_MIN + 1, -16683217, -1, 0, 1, 16683217, 1785456000000000000,
};

/* At the time of vblank n the count is n, and it stays n until a nanosecond before the next one. */
static void rvkms_test_vblank_count_inverse_boundary(struct kunit *test)
{
	const u32 num_counts = ARRAY_SIZE(boundary_counts);
	const struct mode_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);
	struct mismatch m = {};

	for (u32 i = 0; i < num_counts * ARRAY_SIZE(boundary_anchors); i++) {
		const u64 n = boundary_counts[i % num_counts];

		mismatch_note(&m, count_is_wrong(p, boundary_anchors[i / num_counts], n), n);
	}

	EXPECT_NO_MISMATCH(test, &m, 24 * 8);
}

static void rvkms_test_vblank_count_inverse_random(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, row->den);
	for (u32 i = 0; i < 5000; i++) {
		u64 n;

		prandom_bytes_state(&random, &n, sizeof(n));
		mismatch_note(&m, count_is_wrong(p, S64_MIN, n >> (20 + i % 44)), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 5000);
}

static void rvkms_test_vblank_count_inverse_every(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);
	struct mismatch m = {};

	for (u64 n = 0; n < 5000; n++)
		mismatch_note(&m, count_is_wrong(p, 1785456000000000000, n), n);

	EXPECT_NO_MISMATCH(test, &m, 5000);
}

struct count_case {
	const char *desc;
	struct rvkms_timing timing;
	s64 anchor;
	s64 now;
	u64 expected;
};

static const struct count_case count_cases[] = {
	{ "at the anchor", VGA, 1000, 1000, 0 },
	{ "one before the anchor", VGA, 1000, 999, 0 },
	{ "a period before the anchor", VGA, 0, -16683218, 0 },
	{ "one after the anchor", VGA, 1000, 1001, 0 },
	{ "one before the first", VGA, 0, 16683216, 0 },
	{ "at the first", VGA, 0, 16683217, 1 },
	{ "one after the first", VGA, 0, 16683218, 1 },
	{ "one before the third", VGA, 0, 50049651, 2 },
	{ "at the third", VGA, 0, 50049652, 3 },
	{ "half a century, one before", VGA, 0, 1668321747765640515, 99999999999 },
	{ "half a century", VGA, 0, 1668321747765640516, 100000000000 },
	{ "60 Hz, at the first", FULL_HD, 0, 16666666, 1 },
	{ "60 Hz, one before the third", FULL_HD, 0, 49999999, 2 },
	{ "60 Hz, at the third", FULL_HD, 0, 50000000, 3 },
	{ "long before the anchor", VGA, S64_MAX, S64_MIN, 0 },
	{ "beginning of time", VGA, S64_MIN, S64_MIN, 0 },
	{ "one after the beginning of time", VGA, S64_MIN, S64_MIN + 1, 0 },
	{ "first after the beginning of time", VGA, S64_MIN, S64_MIN + 16683217, 1 },
	{ "end of time", VGA, S64_MAX, S64_MAX, 0 },
	{ "one before the end of time", VGA, S64_MAX, S64_MAX - 1, 0 },
	{ "end of time, from zero", VGA, 0, S64_MAX, 552853311970 },
	{ "end of time, from zero, 1000 Hz", FASTEST, 0, S64_MAX, 9223372036854 },
	{ "end of time, from zero, 1 Hz", SLOWEST, 0, S64_MAX, 9223372036 },
	{ "one before all of time", VGA, S64_MIN, S64_MAX - 1, 1105706623941 },
	{ "one before all of time, 1000 Hz", FASTEST, S64_MIN, S64_MAX - 1, 18446744073709 },
	{ "all of time", VGA, S64_MIN, S64_MAX, 1105706623941 },
	{ "all of time, 1000 Hz", FASTEST, S64_MIN, S64_MAX, 18446744073709 },
	{ "all of time, 1 Hz", SLOWEST, S64_MIN, S64_MAX, 18446744073 },
};

KUNIT_ARRAY_PARAM_DESC(count, count_cases, desc);

static void rvkms_test_vblank_count_literal(struct kunit *test)
{
	const struct count_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);

	KUNIT_EXPECT_EQ(test, rvkms_vblank_count(p, row->anchor, row->now), row->expected);
}

/* The count at a time is n if vblank n is not later than that time, and vblank n + 1 is. */
static bool count_at_is_wrong(struct rvkms_period p, u64 elapsed)
{
	const s64 now = (s64)((u64)S64_MIN + elapsed);
	const u64 n = rvkms_vblank_count(p, S64_MIN, now);
	const struct wide end = wide_add(wide_mul(elapsed, p.den), p.den);

	return !wide_less(wide_mul(n, p.num), end) || wide_less(wide_mul(n + 1, p.num), end);
}

static void rvkms_test_vblank_count_random_times(struct kunit *test)
{
	const struct mode_case *row = test->param_value;
	const struct rvkms_period p = rvkms_vblank_period(&row->timing);
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, row->num ^ row->den);
	for (u32 i = 0; i < 5000; i++) {
		u64 elapsed;

		prandom_bytes_state(&random, &elapsed, sizeof(elapsed));
		elapsed >>= i % 40;
		mismatch_note(&m, count_at_is_wrong(p, elapsed), elapsed);
	}
	mismatch_note(&m, count_at_is_wrong(p, U64_MAX), U64_MAX);

	EXPECT_NO_MISMATCH(test, &m, 5001);
}

struct foreign_period_case {
	const char *desc;
	struct rvkms_period period;
};

static const struct foreign_period_case foreign_period_cases[] = {
	{ "all zero", { 0, 0 } },
	{ "no denominator", { 1000000, 0 } },
	{ "no numerator", { 0, 1 } },
	{ "a little too short", { 999999, 1 } },
	{ "a little too long", { 1000000001, 1 } },
	{ "largest numerator", { U64_MAX, 1 } },
	{ "largest denominator", { 1, U32_MAX } },
	{ "largest of both", { U64_MAX, U32_MAX } },
};

KUNIT_ARRAY_PARAM_DESC(foreign_period, foreign_period_cases, desc);

/* Periods that rvkms_vblank_period() never returns are replaced by the longest one, 1 s. */
static void rvkms_test_vblank_foreign_period(struct kunit *test)
{
	const struct foreign_period_case *param = test->param_value;

	KUNIT_EXPECT_EQ(test, rvkms_vblank_time(param->period, 5, 3), 3000000005ll);
	KUNIT_EXPECT_EQ(test, rvkms_vblank_count(param->period, 5, 3000000004ll), 2);
	KUNIT_EXPECT_EQ(test, rvkms_vblank_count(param->period, 5, 3000000005ll), 3);
	KUNIT_EXPECT_EQ(test, rvkms_vblank_count(param->period, S64_MIN, S64_MAX), 18446744073ull);
}

/*
 * A timer that follows the vblanks through gaps of any length, for 10^9 vblanks: the sum of its
 * steps equals the time that is computed directly. Half a year at 59.94 Hz.
 */
static void rvkms_test_vblank_time_no_drift(struct kunit *test)
{
	const struct rvkms_timing timing = VGA;
	const struct rvkms_period p = rvkms_vblank_period(&timing);
	const s64 anchor = 1785456000000000000;
	struct mismatch m = {};
	struct rnd_state random;
	s64 now = anchor, sum = 0;
	u64 n = 0;

	prandom_seed_state(&random, 525);
	while (n < 1000000000) {
		const u64 next = min(n + 1 + (prandom_u32_state(&random) >> (n % 32)) % 100000,
				     1000000000);
		const s64 time = rvkms_vblank_time(p, anchor, next);

		mismatch_note(&m, rvkms_vblank_count(p, anchor, time) != next ||
			      rvkms_vblank_count(p, anchor, time - 1) != next - 1, next);
		sum += time - now;
		now = time;
		n = next;
	}

	EXPECT_NO_MISMATCH(test, &m, m.turns);
	KUNIT_EXPECT_GT(test, m.turns, 10000);
	KUNIT_EXPECT_EQ(test, sum, 16683217477656405);
	KUNIT_EXPECT_EQ(test, now, anchor + 16683217477656405);
}

struct position_case {
	const char *desc;
	struct rvkms_timing timing;
	s64 since;
	s32 vpos;
	s32 hpos;
};

#define FULL_HDI { 74250, 1920, 2200, 1080, 1125, 0, false, true }
#define DOUBLE	{ 12587, 320, 400, 240, 262, 0, true, false }
#define PACKED	{ 74250, 1280, 1650, 720, 750, 0, false, false, true }
#define TRIPLE	{ 12600, 320, 400, 200, 449, 3, false, false }

static const struct position_case position_cases[] = {
	{ "at the vblank", XGA, 0, -38, 0 },
	{ "before the vblank", XGA, -1, -38, 0 },
	{ "long before the vblank", XGA, S64_MIN, -38, 0 },
	{ "within the first pixel", XGA, 15, -38, 0 },
	{ "second pixel", XGA, 16, -38, 1 },
	{ "last pixel of the first line", XGA, 20676, -38, 1343 },
	{ "second line", XGA, 20677, -37, 0 },
	{ "last of the blanking", XGA, 785723, -1, 1343 },
	{ "first active", XGA, 785724, 0, 0 },
	{ "last active of the first line", XGA, 801476, 0, 1023 },
	{ "first pixel after the active line", XGA, 801477, 0, 1024 },
	{ "last of the frame", XGA, 16665599, 767, 1343 },
	{ "waiting for the next vblank", XGA, 16665600, -38, 0 },
	{ "waiting for long", XGA, S64_MAX, -38, 0 },
	{ "field begins in the middle of a line", FULL_HDI, 0, -23, 1100 },
	{ "first line of the field ends", FULL_HDI, 14814, -23, 2199 },
	{ "second line of the field", FULL_HDI, 14815, -22, 0 },
	{ "last of the field's blanking", FULL_HDI, 666666, -1, 2199 },
	{ "first active of the field", FULL_HDI, 666667, 0, 0 },
	{ "last of the field", FULL_HDI, 16666666, 539, 2199 },
	{ "waiting for the next field", FULL_HDI, 16666667, -23, 1100 },
	{ "doublescan", DOUBLE, 0, -44, 0 },
	{ "doublescan, first active", DOUBLE, 1398269, 0, 0 },
	{ "doublescan, last", DOUBLE, 16652100, 479, 399 },
	{ "vscan", TRIPLE, 0, -747, 0 },
	{ "vscan, first active", TRIPLE, 23714286, 0, 0 },
	{ "vscan, last", TRIPLE, 42761904, 599, 399 },
	{ "frame packing", PACKED, 0, -30, 0 },
	{ "frame packing, last of the blanking", PACKED, 333333, -1, 1649 },
	{ "frame packing, first active", PACKED, 333334, 0, 0 },
	{ "frame packing, between the eyes", PACKED, 8333334, 720, 0 },
	{ "frame packing, last of the left eye", PACKED, 8333333, 719, 1649 },
	{ "frame packing, first of the right eye", PACKED, 8666667, 750, 0 },
	{ "frame packing, last", PACKED, 16666666, 1469, 1649 },
	{ "frame packing, waiting", PACKED, 16666667, -30, 0 },
	{ "fastest clock, frame packing",
	  { INT_MAX, 1, 65535, 1, 65535, 65535, true, false, true }, S64_MAX, S32_MIN, 64535 },
	{ "no blanking", { 25000, 500, 500, 500, 500, 0, false, false }, 0, 0, 0 },
	{ "active area above the total", { 25000, 500, 500, 501, 500, 0, false, false }, 0, 0, 0 },
	{ "no clock", { 0, 640, 800, 480, 525, 0, false, false }, S64_MAX, -45, 0 },
	{ "negative clock", { INT_MIN, 640, 800, 480, 525, 0, false, true }, 9999, -23, 400 },
	{ "no columns", { 25175, 640, 0, 480, 525, 0, false, false }, 9999, 0, 0 },
	{ "no lines", { 25175, 640, 800, 480, 0, 0, false, false }, 9999, 0, 0 },
	{ "all zero", { }, S64_MAX, 0, 0 },
	{ "more lines to go than fit",
	  { 1, 1, 1, 1, 65535, 65535, true, false }, 0, S32_MIN, 0 },
	{ "as many lines to go as fit",
	  { 1, 1, 1, 0, 32768, 65535, false, false }, 0, -2147450880, 0 },
	{ "almost more lines than fit",
	  { INT_MAX, 1, 1, 65535, 65535, 65535, true, false }, 999999, 2147481499, 0 },
	{ "more lines than fit",
	  { INT_MAX, 1, 1, 65535, 65535, 65535, true, false }, 2000000, S32_MAX, 0 },
	{ "a mode too slow is scanned out for a second",
	  { 1, 10, 100, 100, 100, 0, false, false }, 2000000000, 10, 0 },
	{ "a mode too fast waits", { 1000000, 10, 10, 10, 20, 0, false, false }, 200, -10, 0 },
};

KUNIT_ARRAY_PARAM_DESC(position, position_cases, desc);

static void rvkms_test_vblank_position_literal(struct kunit *test)
{
	const struct position_case *row = test->param_value;
	const struct rvkms_position at = rvkms_vblank_position(&row->timing, row->since);

	KUNIT_EXPECT_EQ(test, at.vpos, row->vpos);
	KUNIT_EXPECT_EQ(test, at.hpos, row->hpos);
}

/* A scan-out that counts as hardware does: half pixels, pixels, lines; then it wraps. */
struct counter {
	s32 vpos, hpos;
	u32 half;
};

static void counter_forward(struct counter *at, const struct rvkms_timing *t)
{
	if (t->interlace && !at->half++)
		return;
	at->half = 0;
	if (++at->hpos < t->htotal)
		return;
	at->hpos = 0;
	at->vpos++;
}

static void counter_back(struct counter *at, const struct rvkms_timing *t)
{
	if (at->half) {
		at->half = 0;
		return;
	}
	at->half = t->interlace;
	if (at->hpos--)
		return;
	at->hpos = t->htotal - 1;
	at->vpos--;
}

static u32 scans_of(const struct rvkms_timing *t)
{
	return (t->vscan ? t->vscan : 1) * (t->doublescan ? 2 : 1);
}

static bool position_is(const struct rvkms_timing *t, s64 since, const struct counter *expected)
{
	const struct rvkms_position at = rvkms_vblank_position(t, since);

	return at.vpos == expected->vpos && at.hpos == expected->hpos;
}

/* The clock is at least a pixel per millisecond: @t is in range, and each pixel takes a while. */
static void walk_frame(struct mismatch *m, const struct rvkms_timing *t)
{
	const u32 step = 1000000 / (t->interlace ? 2 : 1) / (t->frame_packing ? 2 : 1);
	const u32 blank = (t->vtotal - t->vdisplay) * scans_of(t) * t->htotal;
	const u32 height = t->frame_packing ? 2 * t->vtotal : t->vtotal;
	const u32 pixels = height * scans_of(t) * t->htotal;
	struct counter begin = {}, at;

	for (u32 i = 0; i < blank; i++)
		counter_back(&begin, t);

	at = begin;
	for (u32 i = 0; i < pixels; i++) {
		mismatch_note(m, !position_is(t, (s64)i * step, &at), i);
		mismatch_note(m, !position_is(t, (s64)i * step + step - 1, &at), i);
		if (i == blank)
			mismatch_note(m, at.vpos || at.hpos || at.half, i);
		counter_forward(&at, t);
	}
	mismatch_note(m, !position_is(t, (s64)pixels * step, &begin), pixels);
	mismatch_note(m, rvkms_vblank_active_delay(t) != blank * step, pixels);
}

/* Every pixel of every small frame. */
static void rvkms_test_vblank_position_lattice(struct kunit *test)
{
	struct mismatch m = {};
	u32 frames = 0;

	for (u32 i = 0; i < 5 * 5 * 6 * 3 * 2 * 2 * 2; i++) {
		const struct rvkms_timing timing = {
			.clock = 1,
			.hdisplay = 1,
			.htotal = 1 + i % 5,
			.vtotal = 1 + i / 5 % 5,
			.vdisplay = i / 25 % 6,
			.vscan = i / 150 % 3,
			.doublescan = i / 450 % 2,
			.interlace = i / 900 % 2,
			.frame_packing = i / 1800,
		};

		if (timing.vdisplay > timing.vtotal)
			continue;
		frames++;
		walk_frame(&m, &timing);
	}

	KUNIT_EXPECT_EQ(test, frames, 2400);
	EXPECT_NO_MISMATCH(test, &m, m.turns);
	KUNIT_EXPECT_GT(test, m.turns, 120000);
}

struct delay_case {
	const char *desc;
	struct rvkms_timing timing;
	u32 expected;
};

static const struct delay_case delay_cases[] = {
	{ "640x480", VGA, 1429991 },
	{ "1024x768", XGA, 785724 },
	{ "1920x1080", FULL_HD, 666667 },
	{ "1920x1080 interlaced", FULL_HDI, 666667 },
	{ "720x576 interlaced", { 13500, 720, 864, 576, 625, 0, false, true }, 1568000 },
	{ "320x240 doublescan", DOUBLE, 1398269 },
	{ "vscan 3", TRIPLE, 23714286 },
	{ "doublescan and interlaced", { 25175, 640, 800, 480, 525, 0, true, true }, 1429991 },
	{ "1280x720 with frame packing", PACKED, 333334 },
	{ "a second of blanking with frame packing", { 1, 1, 1000, 1, 3, 0, false, false, true },
	  LONGEST },
	{ "a pixel more with frame packing", { 1, 1, 2001, 1, 2, 0, false, false, true }, LONGEST },
	{ "a pixel less with frame packing",
	  { 1, 1, 1999, 1, 2, 0, false, false, true }, 999500000 },
	{ "fastest clock with frame packing", { INT_MAX, 1, 1, 1, 2, 0, false, false, true }, 1 },
	{ "1 Hz, a line", { 1000, 1, 1000, 1, 1000, 0, false, false }, 999000000 },
	{ "1000 Hz, a line", { 1000, 1, 100, 1, 10, 0, false, false }, 900000 },
	{ "no blanking", { 1000, 1, 100, 10, 10, 0, false, false }, 0 },
	{ "active area above the total", { 1000, 1, 100, 11, 10, 0, false, false }, 0 },
	{ "no clock, no blanking", { 0, 1, 100, 10, 10, 0, false, false }, 0 },
	{ "no columns", { 1000, 1, 0, 1, 10, 0, false, false }, 0 },
	{ "no clock", { 0, 1, 100, 9, 10, 0, false, false }, LONGEST },
	{ "negative clock", { -1, 1, 100, 9, 10, 0, false, false }, LONGEST },
	{ "a second of blanking", { 1, 1, 1000, 1, 2, 0, false, false }, LONGEST },
	{ "a pixel more", { 1, 1, 1001, 1, 2, 0, false, false }, LONGEST },
	{ "a pixel less", { 1, 1, 999, 1, 2, 0, false, false }, 999000000 },
	{ "all maxima", { INT_MAX, 1, 65535, 1, 65535, 65535, true, true }, LONGEST },
	{ "fastest clock, one pixel", { INT_MAX, 1, 1, 1, 2, 0, false, true }, 1 },
};

KUNIT_ARRAY_PARAM_DESC(delay, delay_cases, desc);

static void rvkms_test_vblank_active_delay_literal(struct kunit *test)
{
	const struct delay_case *row = test->param_value;

	KUNIT_EXPECT_EQ(test, rvkms_vblank_active_delay(&row->timing), row->expected);
}

/*
 * The delay is the first nanosecond in the active area, and it ends before the next vblank. It is
 * that of the first active pixel, unless a nanosecond has several pixels.
 */
static bool delay_is_wrong(const struct rvkms_timing *t)
{
	const s64 delay = rvkms_vblank_active_delay(t);
	const s64 period = rvkms_vblank_time(rvkms_vblank_period(t), 0, 1);
	const struct rvkms_position at = rvkms_vblank_position(t, delay);

	if (delay > period || at.vpos < 0)
		return true;

	if (t->clock <= 500000 >> t->frame_packing && (at.vpos || at.hpos))
		return true;

	return delay && rvkms_vblank_position(t, delay - 1).vpos >= 0;
}

static void rvkms_test_vblank_active_delay_random(struct kunit *test)
{
	struct rnd_state random;
	struct mismatch m = {};
	u32 within = 0;

	prandom_seed_state(&random, 768);
	for (u32 i = 0; i < 100000; i++) {
		struct rvkms_timing timing = random_timing(&random);

		timing.vdisplay = random_total(&random);
		if (!rvkms_timing_in_range(&timing) || !timing.vdisplay ||
		    timing.vdisplay > timing.vtotal)
			continue;
		within++;
		mismatch_note(&m, delay_is_wrong(&timing), i);
	}

	EXPECT_NO_MISMATCH(test, &m, within);
	KUNIT_EXPECT_GT(test, within, 1000);
}

/* For any mode, the position is within it and advances until it waits. */
static bool position_is_outside(const struct rvkms_timing *t, s64 since)
{
	const struct rvkms_position at = rvkms_vblank_position(t, since);
	const struct rvkms_position later = rvkms_vblank_position(t, since + 1000);
	const s64 begin = rvkms_vblank_position(t, 0).vpos;
	const bool waits = later.vpos == begin;

	return at.hpos < 0 || at.hpos >= max_t(u16, t->htotal, 1) || at.vpos < begin || begin > 0 ||
	       (!waits && (at.vpos > later.vpos ||
			   (at.vpos == later.vpos && at.hpos > later.hpos)));
}

static void rvkms_test_vblank_position_random(struct kunit *test)
{
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 1125);
	for (u32 i = 0; i < 100000; i++) {
		struct rvkms_timing timing = random_timing(&random);
		s64 since;

		timing.vdisplay = random_total(&random);
		prandom_bytes_state(&random, &since, sizeof(since));
		mismatch_note(&m, position_is_outside(&timing, since >> (2 + i % 60)), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 100000);
}

static struct kunit_case rvkms_vblank_tests[] = {
	KUNIT_CASE(rvkms_test_vblank_reference),
	KUNIT_CASE_PARAM(rvkms_test_vblank_period_exact, mode_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_timing_in_range_mode, mode_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_vblank_period_clamped, limit_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_timing_in_range_limit, limit_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_timing_in_range_neighbour, neighbour_gen_params),
	KUNIT_CASE(rvkms_test_vblank_period_random),
	KUNIT_CASE_PARAM(rvkms_test_vblank_time_literal, time_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_vblank_time_random, mode_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_vblank_time_consecutive, mode_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_vblank_time_anchor_shifts, mode_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_vblank_count_inverse_boundary, mode_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_vblank_count_inverse_random, mode_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_vblank_count_inverse_every, mode_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_vblank_count_literal, count_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_vblank_count_random_times, mode_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_vblank_foreign_period, foreign_period_gen_params),
	KUNIT_CASE(rvkms_test_vblank_time_no_drift),
	KUNIT_CASE_PARAM(rvkms_test_vblank_position_literal, position_gen_params),
	KUNIT_CASE(rvkms_test_vblank_position_lattice),
	KUNIT_CASE(rvkms_test_vblank_position_random),
	KUNIT_CASE_PARAM(rvkms_test_vblank_active_delay_literal, delay_gen_params),
	KUNIT_CASE(rvkms_test_vblank_active_delay_random),
	{ }
};

static struct kunit_suite rvkms_vblank_suite = {
	.name = "rvkms_vblank",
	.test_cases = rvkms_vblank_tests,
};

kunit_test_suite(rvkms_vblank_suite);
