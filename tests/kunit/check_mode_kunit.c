// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include "../core/check_mode.h"
#include "check_table.h"
#include "mismatch.h"

static const struct rvkms_device_limits limits = {
	.max_width = 4096, .max_height = 2160, .cursor_width = 64, .cursor_height = 64,
};

CHECK_ROW(mode_case, struct rvkms_timing);

/* clock, hdisplay, htotal, vdisplay, vtotal, vscan, doublescan, interlace */
static const struct mode_case mode_cases[] = {
	{
		{ "clock of zero", RVKMS_RULE_MODE_CLOCK, -EINVAL },
		{ 0, 10, 10, 10, 10, 0, false, false },
		{ 1, 10, 10, 10, 10, 0, false, false },
	}, {
		{ "no columns", RVKMS_RULE_MODE_ACTIVE_EMPTY, -EINVAL },
		{ 25175, 0, 800, 480, 525, 0, false, false },
		{ 25175, 1, 800, 480, 525, 0, false, false },
	}, {
		{ "no lines", RVKMS_RULE_MODE_ACTIVE_EMPTY, -EINVAL },
		{ 25175, 640, 800, 0, 525, 0, false, false },
		{ 25175, 640, 800, 1, 525, 0, false, false },
	}, {
		{ "htotal a pixel short", RVKMS_RULE_MODE_TOTALS, -EINVAL },
		{ 25175, 640, 639, 480, 525, 0, false, false },
		{ 25175, 640, 640, 480, 525, 0, false, false },
	}, {
		{ "active width a pixel long", RVKMS_RULE_MODE_TOTALS, -EINVAL },
		{ 25175, 641, 640, 480, 525, 0, false, false },
		{ 25175, 640, 640, 480, 525, 0, false, false },
	}, {
		{ "vtotal a line short", RVKMS_RULE_MODE_TOTALS, -EINVAL },
		{ 25175, 640, 800, 480, 479, 0, false, false },
		{ 25175, 640, 800, 480, 480, 0, false, false },
	}, {
		{ "active height a line long", RVKMS_RULE_MODE_TOTALS, -EINVAL },
		{ 25175, 640, 800, 481, 480, 0, false, false },
		{ 25175, 640, 800, 480, 480, 0, false, false },
	}, {
		{ "htotal of zero", RVKMS_RULE_MODE_TOTALS, -EINVAL },
		{ 1, 1, 0, 1, 1, 0, false, false },
		{ 1, 1, 1, 1, 1, 0, false, false },
	}, {
		{ "a column too wide", RVKMS_RULE_MODE_SIZE, -EINVAL },
		{ 594000, 4097, 4400, 2160, 2250, 0, false, false },
		{ 594000, 4096, 4400, 2160, 2250, 0, false, false },
	}, {
		{ "a line too high", RVKMS_RULE_MODE_SIZE, -EINVAL },
		{ 594000, 4096, 4400, 2161, 2250, 0, false, false },
		{ 594000, 4096, 4400, 2160, 2250, 0, false, false },
	}, {
		{ "just below 1 Hz", RVKMS_RULE_MODE_REFRESH, -EINVAL },
		{ 999, 800, 1000, 800, 1000, 0, false, false },
		{ 1000, 800, 1000, 800, 1000, 0, false, false },
	}, {
		{ "just above 1000 Hz", RVKMS_RULE_MODE_REFRESH, -EINVAL },
		{ 1001, 8, 100, 8, 10, 0, false, false },
		{ 1000, 8, 100, 8, 10, 0, false, false },
	}, {
		{ "a column too slow", RVKMS_RULE_MODE_REFRESH, -EINVAL },
		{ 1000, 800, 1001, 800, 1000, 0, false, false },
		{ 1000, 800, 1000, 800, 1000, 0, false, false },
	}, {
		{ "a line too fast", RVKMS_RULE_MODE_REFRESH, -EINVAL },
		{ 1000, 8, 100, 8, 9, 0, false, false },
		{ 1000, 8, 100, 8, 10, 0, false, false },
	}, {
		{ "1 Hz scanned twice by vscan", RVKMS_RULE_MODE_REFRESH, -EINVAL },
		{ 1000, 800, 1000, 800, 1000, 2, false, false },
		{ 1000, 800, 1000, 800, 1000, 1, false, false },
	}, {
		{ "1 Hz scanned twice", RVKMS_RULE_MODE_REFRESH, -EINVAL },
		{ 1000, 800, 1000, 800, 1000, 0, true, false },
		{ 1000, 800, 1000, 800, 1000, 0, false, false },
	}, {
		{ "1000 Hz interlaced", RVKMS_RULE_MODE_REFRESH, -EINVAL },
		{ 1000, 8, 100, 8, 10, 0, false, true },
		{ 1000, 8, 100, 8, 10, 0, false, false },
	},
};

static struct rvkms_verdict ask(const void *question)
{
	return rvkms_check_mode(&limits, question);
}

static const struct check_field mode_fields[] = {
	CHECK_FIELD(struct rvkms_timing, clock),
	CHECK_FIELD(struct rvkms_timing, hdisplay),
	CHECK_FIELD(struct rvkms_timing, htotal),
	CHECK_FIELD(struct rvkms_timing, vdisplay),
	CHECK_FIELD(struct rvkms_timing, vtotal),
	CHECK_FIELD(struct rvkms_timing, vscan),
	CHECK_FIELD(struct rvkms_timing, doublescan),
	CHECK_FIELD(struct rvkms_timing, interlace),
};

const struct check_table rvkms_check_mode_table =
	CHECK_TABLE("mode", ask, mode_fields, mode_cases);

/* The limits of the device are the limits, whichever they are. */
static void rvkms_test_check_mode_limits(struct kunit *test)
{
	const struct rvkms_timing timing = { 25175, 640, 800, 480, 525, 0, false, false };
	struct rvkms_device_limits tight = { .max_width = 640, .max_height = 480 };

	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &timing).rule, RVKMS_RULE_NONE);

	tight.max_width = 639;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &timing).rule, RVKMS_RULE_MODE_SIZE);

	tight.max_width = 640;
	tight.max_height = 479;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &timing).rule, RVKMS_RULE_MODE_SIZE);

	tight.max_width = 0;
	tight.max_height = 0;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &timing).rule, RVKMS_RULE_MODE_SIZE);

	tight.max_width = U32_MAX;
	tight.max_height = U32_MAX;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &timing).rule, RVKMS_RULE_NONE);
}

/* A mode that violates all rules, mended one after another: the first in rules.h is named. */
static void rvkms_test_check_mode_order(struct kunit *test)
{
	struct rvkms_device_limits none = {};
	struct rvkms_timing t = { .vdisplay = 10 };

	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &t).rule, RVKMS_RULE_MODE_CLOCK);

	t.clock = 1;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &t).rule, RVKMS_RULE_MODE_ACTIVE_EMPTY);

	t.hdisplay = 10;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &t).rule, RVKMS_RULE_MODE_TOTALS);

	t.htotal = 1000;
	t.vtotal = 1000;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &t).rule, RVKMS_RULE_MODE_SIZE);

	none.max_width = 10;
	none.max_height = 10;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &t).rule, RVKMS_RULE_MODE_REFRESH);

	t.clock = 60000;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &t).rule, RVKMS_RULE_NONE);
}

/* The rules of rules.h, one by one, in units of pixels per 1/clock: neither divided nor scaled. */
static enum rvkms_rule reference_rule(const struct rvkms_timing *t)
{
	const u64 fields = t->interlace ? 2 : 1;
	const u64 repeats = (t->vscan ? t->vscan : 1ull) * (t->doublescan ? 2 : 1);
	const u64 pixels = repeats * t->htotal * t->vtotal;

	if (t->clock < 1)
		return RVKMS_RULE_MODE_CLOCK;
	if (t->hdisplay == 0 || t->vdisplay == 0)
		return RVKMS_RULE_MODE_ACTIVE_EMPTY;
	if (t->hdisplay > t->htotal || t->vdisplay > t->vtotal)
		return RVKMS_RULE_MODE_TOTALS;
	if (t->hdisplay >= 4097 || t->vdisplay >= 2161)
		return RVKMS_RULE_MODE_SIZE;
	if (pixels < t->clock * fields || pixels > t->clock * fields * 1000)
		return RVKMS_RULE_MODE_REFRESH;

	return RVKMS_RULE_NONE;
}

static u32 random_size(struct rnd_state *random)
{
	static const u16 boundaries[] = {
		0, 1, 2, 100, 639, 640, 1080, 2159, 2160, 2161, 4095, 4096, 4097, 32768, 65535,
	};
	const u32 r = prandom_u32_state(random);

	return r & 0x10000 ? boundaries[(u16)r % ARRAY_SIZE(boundaries)] : (u16)r >> (r >> 28);
}

static s32 random_clock(struct rnd_state *random)
{
	static const s32 boundaries[] = { INT_MIN, -1, 0, 1, 25175, 148500, INT_MAX };
	const u32 r = prandom_u32_state(random);

	return r & 7 ? r >> 1 >> (r >> 3) % 28 : boundaries[(r >> 3) % ARRAY_SIZE(boundaries)];
}

static struct rvkms_timing random_timing(struct rnd_state *random)
{
	const u32 r = prandom_u32_state(random);
	struct rvkms_timing timing = {
		.clock = random_clock(random),
		.hdisplay = random_size(random),
		.htotal = random_size(random),
		.vdisplay = random_size(random),
		.vtotal = random_size(random),
		.vscan = r & 4 ? random_size(random) : r >> 16 & 3,
		.doublescan = r & 1,
		.interlace = r & 2,
	};

	/* Most totals would be too small. */
	if (r & 8)
		timing.htotal |= timing.hdisplay;
	if (r & 16)
		timing.vtotal |= timing.vdisplay;

	return timing;
}

static bool check_is_wrong(const struct rvkms_timing *timing, enum rvkms_rule expected)
{
	const struct rvkms_timing before = *timing;
	const struct rvkms_verdict verdict = {
		.err = expected == RVKMS_RULE_NONE ? 0 : -EINVAL, .rule = expected,
	};

	/* Checked twice: the same answer, and the same mode. */
	return !verdict_is(rvkms_check_mode(&limits, timing), verdict) ||
	       !verdict_is(rvkms_check_mode(&limits, timing), verdict) ||
	       memcmp(&before, timing, sizeof(before));
}

static void rvkms_test_check_mode_random(struct kunit *test)
{
	u32 seen[RVKMS_RULE_COUNT] = {};
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 1080);
	for (u32 i = 0; i < 200000; i++) {
		const struct rvkms_timing timing = random_timing(&random);
		const enum rvkms_rule expected = reference_rule(&timing);

		seen[expected]++;
		mismatch_note(&m, check_is_wrong(&timing, expected), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 200000);
	for (u32 rule = RVKMS_RULE_MODE_CLOCK; rule <= RVKMS_RULE_MODE_REFRESH; rule++)
		KUNIT_EXPECT_GE_MSG(test, seen[rule], 1000, "%s", rvkms_rule_name(rule));
	KUNIT_EXPECT_GE(test, seen[RVKMS_RULE_NONE], 1000);
}

static struct kunit_case rvkms_check_mode_tests[] = {
	KUNIT_CASE(rvkms_test_check_mode_limits),
	KUNIT_CASE(rvkms_test_check_mode_order),
	KUNIT_CASE(rvkms_test_check_mode_random),
	{ }
};

static struct kunit_suite rvkms_check_mode_suite = {
	.name = "rvkms_check_mode",
	.test_cases = rvkms_check_mode_tests,
};

kunit_test_suite(rvkms_check_mode_suite);
