// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_mode: timings, sync pulses and flags of modes. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "../../core/check/mode.h"
#include "check_table.h"
#include "mismatch.h"

static const struct rvkms_device_limits limits = {
	.max_width = 4096, .max_height = 2160, .max_clock = 600000,
	.cursor_width = 64, .cursor_height = 64,
};

#define CHANGE(member, refused, neighbour) \
	CHECK_CHANGE(struct rvkms_mode_request, member, refused, neighbour)
#define SET(member, value) CHECK_SET(struct rvkms_mode_request, member, value)

static const struct rvkms_mode_request vga = {
	.timing.clock = 25175,
	.timing.hdisplay = 640,
	.timing.htotal = 800,
	.timing.vdisplay = 480,
	.timing.vtotal = 480,
	.hsync_start = 640,
	.hsync_end = 640,
	.vsync_start = 480,
	.vsync_end = 480,
};

static const struct rvkms_mode_request uhd = {
	.timing.clock = 600000,
	.timing.hdisplay = 4096,
	.timing.htotal = 4400,
	.timing.vdisplay = 2160,
	.timing.vtotal = 2250,
	.hsync_start = 4176,
	.hsync_end = 4264,
	.vsync_start = 2168,
	.vsync_end = 2178,
};

static const struct rvkms_mode_request uhd_packed = {
	.timing.clock = 300000,
	.timing.hdisplay = 1920,
	.timing.htotal = 2200,
	.timing.vdisplay = 1007,
	.timing.vtotal = 1125,
	.timing.frame_packing = true,
	.hsync_start = 2008,
	.hsync_end = 2052,
	.vsync_start = 1084,
	.vsync_end = 1089,
	.flags = DRM_MODE_FLAG_3D_FRAME_PACKING,
};

static const struct rvkms_mode_request hz_1 = {
	.timing.clock = 1000,
	.timing.hdisplay = 800,
	.timing.htotal = 1000,
	.timing.vdisplay = 800,
	.timing.vtotal = 1000,
	.hsync_start = 800,
	.hsync_end = 800,
	.vsync_start = 800,
	.vsync_end = 800,
};

static const struct rvkms_mode_request hz_1000 = {
	.timing.clock = 1000,
	.timing.hdisplay = 8,
	.timing.htotal = 100,
	.timing.vdisplay = 8,
	.timing.vtotal = 10,
	.hsync_start = 8,
	.hsync_end = 8,
	.vsync_start = 8,
	.vsync_end = 8,
};

static const struct rvkms_mode_request tiny = {
	.timing.clock = 1,
	.timing.hdisplay = 10,
	.timing.htotal = 10,
	.timing.vdisplay = 10,
	.timing.vtotal = 10,
	.hsync_start = 10,
	.hsync_end = 10,
	.vsync_start = 10,
	.vsync_end = 10,
};

static const struct rvkms_mode_request empty = {
	.timing.clock = 1,
	.timing.hdisplay = 1,
	.timing.htotal = 1,
	.timing.vdisplay = 1,
	.timing.vtotal = 1,
	.hsync_start = 1,
	.hsync_end = 1,
	.vsync_start = 1,
	.vsync_end = 1,
};

static const struct check_row mode_cases[] = {
	{
		"clock of zero", RVKMS_RULE_MODE_CLOCK, -EINVAL,
		CHANGE(timing.clock, 0, 1),
		.base = &tiny,
	}, {
		"clock above the limit", RVKMS_RULE_MODE_CLOCK_LIMIT, -EINVAL,
		CHANGE(timing.clock, 600001, 600000),
		.base = &uhd,
	}, {
		"no columns", RVKMS_RULE_MODE_ACTIVE_EMPTY, -EINVAL,
		CHANGE(timing.hdisplay, 0, 1),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 1), SET(hsync_end, 1) },
	}, {
		"no lines", RVKMS_RULE_MODE_ACTIVE_EMPTY, -EINVAL,
		CHANGE(timing.vdisplay, 0, 1),
		.with = { SET(timing.vtotal, 525), SET(vsync_start, 1), SET(vsync_end, 1) },
	}, {
		"htotal a pixel short", RVKMS_RULE_MODE_TOTALS, -EINVAL,
		CHANGE(timing.htotal, 639, 640),
		.with = { SET(timing.vtotal, 525) },
	}, {
		"active width a pixel long", RVKMS_RULE_MODE_TOTALS, -EINVAL,
		CHANGE(timing.hdisplay, 641, 640),
		.with = { SET(timing.htotal, 640), SET(timing.vtotal, 525) },
	}, {
		"vtotal a line short", RVKMS_RULE_MODE_TOTALS, -EINVAL,
		CHANGE(timing.vtotal, 479, 480),
	}, {
		"active height a line long", RVKMS_RULE_MODE_TOTALS, -EINVAL,
		CHANGE(timing.vdisplay, 481, 480),
	}, {
		"htotal of zero", RVKMS_RULE_MODE_TOTALS, -EINVAL,
		CHANGE(timing.htotal, 0, 1),
		.base = &empty,
	}, {
		"hsync in the active area", RVKMS_RULE_MODE_SYNC, -EINVAL,
		CHANGE(hsync_start, 639, 640),
		.with = { SET(timing.vtotal, 525), SET(hsync_end, 752), SET(vsync_start, 490),
			  SET(vsync_end, 492) },
	}, {
		"hsync ends before it starts", RVKMS_RULE_MODE_SYNC, -EINVAL,
		CHANGE(hsync_end, 655, 656),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(vsync_start, 490),
			  SET(vsync_end, 492) },
	}, {
		"hsync past the line", RVKMS_RULE_MODE_SYNC, -EINVAL,
		CHANGE(hsync_end, 801, 800),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(vsync_start, 490),
			  SET(vsync_end, 492) },
	}, {
		"vsync in the active area", RVKMS_RULE_MODE_SYNC, -EINVAL,
		CHANGE(vsync_start, 479, 480),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_end, 492) },
	}, {
		"vsync ends before it starts", RVKMS_RULE_MODE_SYNC, -EINVAL,
		CHANGE(vsync_end, 489, 490),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490) },
	}, {
		"vsync past the frame", RVKMS_RULE_MODE_SYNC, -EINVAL,
		CHANGE(vsync_end, 526, 525),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490) },
	}, {
		"clock above the limit with frame packing", RVKMS_RULE_MODE_CLOCK_LIMIT, -EINVAL,
		CHANGE(timing.clock, 300001, 300000),
		.base = &uhd_packed,
	}, {
		"a line too high with frame packing", RVKMS_RULE_MODE_SIZE, -EINVAL,
		CHANGE(timing.vdisplay, 1036, 1035),
		.base = &uhd_packed,
		.with = { SET(timing.clock, 148500) },
	}, {
		"fields in frame packing", RVKMS_RULE_MODE_STEREO, -EINVAL,
		CHANGE(timing.interlace, true, false),
		.base = &uhd_packed,
		.with = { SET(timing.clock, 74250), SET(timing.vdisplay, 1035) },
	}, {
		"line alternative", RVKMS_RULE_MODE_STEREO, -EINVAL,
		CHANGE(flags, DRM_MODE_FLAG_3D_LINE_ALTERNATIVE, DRM_MODE_FLAG_3D_TOP_AND_BOTTOM),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490), SET(vsync_end, 492) },
	}, {
		"unnamed stereo layout", RVKMS_RULE_MODE_STEREO, -EINVAL,
		CHANGE(flags, 9 << 14, DRM_MODE_FLAG_3D_SIDE_BY_SIDE_HALF),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490), SET(vsync_end, 492), SET(timing.interlace, true) },
	}, {
		"no stereo layout of DRM's", RVKMS_RULE_MODE_STEREO, -EINVAL,
		CHANGE(flags, 16 << 14, 0),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490), SET(vsync_end, 492) },
	}, {
		"skewed", RVKMS_RULE_MODE_FLAGS, -EINVAL,
		CHANGE(flags, DRM_MODE_FLAG_HSKEW, 0),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490), SET(vsync_end, 492) },
	}, {
		"broadcast", RVKMS_RULE_MODE_FLAGS, -EINVAL,
		CHANGE(flags, DRM_MODE_FLAG_BCAST, 0),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490), SET(vsync_end, 492) },
	}, {
		"multiplexed", RVKMS_RULE_MODE_FLAGS, -EINVAL,
		CHANGE(flags, DRM_MODE_FLAG_PIXMUX, 0),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490), SET(vsync_end, 492) },
	}, {
		"clock divided", RVKMS_RULE_MODE_FLAGS, -EINVAL,
		CHANGE(flags, DRM_MODE_FLAG_CLKDIV2, 0),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490), SET(vsync_end, 492) },
	}, {
		"lowest unknown flag", RVKMS_RULE_MODE_FLAGS, -EINVAL,
		CHANGE(flags, 1 << 23, 0),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490), SET(vsync_end, 492) },
	}, {
		"highest unknown flag", RVKMS_RULE_MODE_FLAGS, -EINVAL,
		CHANGE(flags, 1u << 31, 0),
		.with = { SET(timing.vtotal, 525), SET(hsync_start, 656), SET(hsync_end, 752),
			  SET(vsync_start, 490), SET(vsync_end, 492) },
	}, {
		"a column too wide", RVKMS_RULE_MODE_SIZE, -EINVAL,
		CHANGE(timing.hdisplay, 4097, 4096),
		.base = &uhd,
		.with = { SET(timing.clock, 594000), SET(hsync_start, 4097),
			  SET(hsync_end, 4097), SET(vsync_start, 2160), SET(vsync_end, 2160) },
	}, {
		"a line too high", RVKMS_RULE_MODE_SIZE, -EINVAL,
		CHANGE(timing.vdisplay, 2161, 2160),
		.base = &uhd,
		.with = { SET(timing.clock, 594000), SET(hsync_start, 4096),
			  SET(hsync_end, 4096), SET(vsync_start, 2161), SET(vsync_end, 2161) },
	}, {
		"just below 1 Hz", RVKMS_RULE_MODE_REFRESH, -EINVAL,
		CHANGE(timing.clock, 999, 1000),
		.base = &hz_1,
	}, {
		"just above 1000 Hz", RVKMS_RULE_MODE_REFRESH, -EINVAL,
		CHANGE(timing.clock, 1001, 1000),
		.base = &hz_1000,
	}, {
		"a column too slow", RVKMS_RULE_MODE_REFRESH, -EINVAL,
		CHANGE(timing.htotal, 1001, 1000),
		.base = &hz_1,
	}, {
		"a line too fast", RVKMS_RULE_MODE_REFRESH, -EINVAL,
		CHANGE(timing.vtotal, 9, 10),
		.base = &hz_1000,
	}, {
		"1 Hz scanned twice by vscan", RVKMS_RULE_MODE_REFRESH, -EINVAL,
		CHANGE(timing.vscan, 2, 1),
		.base = &hz_1,
	}, {
		"1 Hz scanned twice", RVKMS_RULE_MODE_REFRESH, -EINVAL,
		CHANGE(timing.doublescan, true, false),
		.base = &hz_1,
	}, {
		"1000 Hz interlaced", RVKMS_RULE_MODE_REFRESH, -EINVAL,
		CHANGE(timing.interlace, true, false),
		.base = &hz_1000,
	},
};

static struct rvkms_verdict ask(const void *question)
{
	return rvkms_check_mode(&limits, question);
}

static const struct check_field mode_fields[] = {
	CHECK_FIELD(struct rvkms_mode_request, timing.clock),
	CHECK_FIELD(struct rvkms_mode_request, timing.hdisplay),
	CHECK_FIELD(struct rvkms_mode_request, timing.htotal),
	CHECK_FIELD(struct rvkms_mode_request, timing.vdisplay),
	CHECK_FIELD(struct rvkms_mode_request, timing.vtotal),
	CHECK_FIELD(struct rvkms_mode_request, timing.vscan),
	CHECK_FIELD(struct rvkms_mode_request, timing.doublescan),
	CHECK_FIELD(struct rvkms_mode_request, timing.interlace),
	CHECK_FIELD(struct rvkms_mode_request, timing.frame_packing),
	CHECK_FIELD(struct rvkms_mode_request, hsync_start),
	CHECK_FIELD(struct rvkms_mode_request, hsync_end),
	CHECK_FIELD(struct rvkms_mode_request, vsync_start),
	CHECK_FIELD(struct rvkms_mode_request, vsync_end),
	CHECK_BITS(struct rvkms_mode_request, flags),
};

const struct check_table rvkms_check_mode_table =
	CHECK_TABLE("mode", ask, mode_fields, mode_cases, vga);

/*
 * All other flags are rejected: each alone, and all of them together. Bits 14 to 18 are a number: 1
 * is frame packing, 8 is side by side.
 */
static const u32 harmless_flags = 0x0079f1ff & ~(0x1fu << 14) & ~(1u << 13);
static const u32 known_layouts = 1u << 0 | 1u << 1 | 1u << 7 | 1u << 8;

static void rvkms_test_check_mode_flags(struct kunit *test)
{
	struct rvkms_mode_request request = { { 25175, 640, 800, 480, 525, 0, false, false }, 656,
	  752, 490, 492, harmless_flags };

	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&limits, &request).rule, RVKMS_RULE_NONE);

	for (u32 bit = 0; bit < 32; bit++) {
		const bool is_stereo = bit >= 14 && bit <= 18;
		const bool is_known = bit == 14 || bit == 17;
		const bool is_harmless = harmless_flags >> bit & 1 || is_known;
		const enum rvkms_rule rule = is_harmless ? RVKMS_RULE_NONE :
					     is_stereo ? RVKMS_RULE_MODE_STEREO :
					     RVKMS_RULE_MODE_FLAGS;

		request.flags = 1u << bit;
		KUNIT_EXPECT_EQ_MSG(test, rvkms_check_mode(&limits, &request).rule, rule,
				    "bit %u", bit);
	}
}

struct wild_case {
	const char *desc;
	enum rvkms_rule rule;
	struct rvkms_mode_request request;
};

/*
 * The in-tree driver checks no mode: with a clock of INT_MAX it computed a period of a few hundred
 * nanoseconds and the timer stormed, and where htotal * vtotal * vscan needs more than 32 bits it
 * computed the refresh rate from the truncated product. IGT's kms_invalid_mode tests both, as
 * int-max-clock and overflow-vrefresh. Device limits do not help: this device has none.
 */
static const struct wild_case wild_cases[] = {
	{ "int-max-clock", RVKMS_RULE_MODE_REFRESH,
	  { { INT_MAX, 1024, 1344, 768, 806, 0, false, false }, 1048, 1184, 771, 777, 0 } },
	{ "int-max-clock, largest totals, doublescan", RVKMS_RULE_NONE,
	  { { INT_MAX, 65535, 65535, 65535, 65535, 0, true, false },
	    65535, 65535, 65535, 65535, 0 } },
	{ "int-max-clock, interlaced", RVKMS_RULE_MODE_REFRESH,
	  { { INT_MAX, 1024, 1344, 768, 806, 0, false, true }, 1048, 1184, 771, 777, 0 } },
	{ "int-max-clock, frame packing", RVKMS_RULE_NONE,
	  { { INT_MAX, 65535, 65535, 65535, 65535, 0, true, false, true },
	    65535, 65535, 65535, 65535, DRM_MODE_FLAG_3D_FRAME_PACKING } },
	{ "uint-max-clock", RVKMS_RULE_MODE_CLOCK,
	  { { (s32)UINT_MAX, 1024, 1344, 768, 806, 0, false, false }, 1048, 1184, 771, 777, 0 } },
	{ "most negative clock", RVKMS_RULE_MODE_CLOCK,
	  { { INT_MIN, 1024, 1344, 768, 806, 0, false, false }, 1048, 1184, 771, 777, 0 } },
	{ "overflow-vrefresh, 2^32 pixels", RVKMS_RULE_MODE_REFRESH,
	  { { 65000, 1024, 32768, 768, 32768, 4, false, false }, 1048, 1184, 771, 777, 0 } },
	{ "overflow-vrefresh, wraps to 60 Hz", RVKMS_RULE_MODE_REFRESH,
	  { { 65000, 1024, 32768, 768, 32801, 4, false, false }, 1048, 1184, 771, 777, 0 } },
	{ "overflow-vrefresh, largest totals, all repeated", RVKMS_RULE_MODE_REFRESH,
	  { { 65000, 1024, 65535, 768, 65535, 65535, true, false }, 1048, 1184, 771, 777, 0 } },
};

KUNIT_ARRAY_PARAM_DESC(wild, wild_cases, desc);

static void rvkms_test_check_mode_wild(struct kunit *test)
{
	const struct rvkms_device_limits none = {
		.max_width = U32_MAX, .max_height = U32_MAX, .max_clock = U32_MAX,
	};
	const struct wild_case *row = test->param_value;

	KUNIT_EXPECT_STREQ(test, rvkms_rule_name(rvkms_check_mode(&none, &row->request).rule),
			   rvkms_rule_name(row->rule));
}

/* The check uses the limits of the device, whichever values they have. */
static void rvkms_test_check_mode_limits(struct kunit *test)
{
	const struct rvkms_mode_request request = {
		{ 25175, 640, 800, 480, 525, 0, false, false }, 656, 752, 490, 492, 0,
	};
	struct rvkms_device_limits tight = {
		.max_width = 640, .max_height = 480, .max_clock = 25175,
	};

	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &request).rule, RVKMS_RULE_NONE);

	tight.max_width = 639;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &request).rule, RVKMS_RULE_MODE_SIZE);

	tight.max_width = 640;
	tight.max_height = 479;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &request).rule, RVKMS_RULE_MODE_SIZE);

	tight.max_width = 0;
	tight.max_height = 0;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &request).rule, RVKMS_RULE_MODE_SIZE);

	tight.max_clock = 0;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &request).rule, RVKMS_RULE_MODE_CLOCK_LIMIT);

	tight.max_width = U32_MAX;
	tight.max_height = U32_MAX;
	tight.max_clock = U32_MAX;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&tight, &request).rule, RVKMS_RULE_NONE);
}

/*
 * A mode that violates all rules, corrected one rule at a time: the verdict names the first in
 * rules.h.
 */
static void rvkms_test_check_mode_order(struct kunit *test)
{
	struct rvkms_device_limits none = {};
	struct rvkms_mode_request r = {
		.timing.vdisplay = 10,
		.flags = DRM_MODE_FLAG_3D_L_DEPTH | DRM_MODE_FLAG_HSKEW,
	};

	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_MODE_CLOCK);

	r.timing.clock = 60000;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_MODE_CLOCK_LIMIT);

	none.max_clock = 60000;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_MODE_ACTIVE_EMPTY);

	r.timing.hdisplay = 10;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_MODE_TOTALS);

	r.timing.htotal = 10;
	r.timing.vtotal = 10;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_MODE_SYNC);

	r.hsync_start = 10;
	r.hsync_end = 10;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_MODE_SYNC);

	r.vsync_start = 10;
	r.vsync_end = 10;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_MODE_STEREO);

	r.flags = DRM_MODE_FLAG_HSKEW;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_MODE_FLAGS);

	r.flags = 0;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_MODE_SIZE);

	none.max_width = 10;
	none.max_height = 10;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_MODE_REFRESH);

	r.timing.vscan = 600;
	KUNIT_EXPECT_EQ(test, rvkms_check_mode(&none, &r).rule, RVKMS_RULE_NONE);
}

/* The rules of rules.h, one by one, in units of pixels per 1/clock: neither divided nor scaled. */
static enum rvkms_rule reference_rule(const struct rvkms_mode_request *r)
{
	const struct rvkms_timing *t = &r->timing;
	const u64 fields = t->interlace ? 2 : 1;
	const u64 repeats = (t->vscan ? t->vscan : 1ull) * (t->doublescan ? 2 : 1);
	const u64 pixels = repeats * t->htotal * t->vtotal;

	if (t->clock < 1)
		return RVKMS_RULE_MODE_CLOCK;
	if (t->clock >= (t->frame_packing ? 300001 : 600001))
		return RVKMS_RULE_MODE_CLOCK_LIMIT;
	if (t->hdisplay == 0 || t->vdisplay == 0)
		return RVKMS_RULE_MODE_ACTIVE_EMPTY;
	if (t->hdisplay > t->htotal || t->vdisplay > t->vtotal)
		return RVKMS_RULE_MODE_TOTALS;
	if (r->hsync_start < t->hdisplay || r->hsync_end < r->hsync_start ||
	    r->hsync_end > t->htotal || r->vsync_start < t->vdisplay ||
	    r->vsync_end < r->vsync_start || r->vsync_end > t->vtotal)
		return RVKMS_RULE_MODE_SYNC;
	if (!(known_layouts >> (r->flags >> 14 & 0x1f) & 1))
		return RVKMS_RULE_MODE_STEREO;
	if (t->interlace && (r->flags >> 14 & 0x1f) == 1)
		return RVKMS_RULE_MODE_STEREO;
	if (r->flags & 0xff802e00)
		return RVKMS_RULE_MODE_FLAGS;
	if (t->hdisplay >= 4097 || t->vdisplay >= 2161 ||
	    (t->frame_packing && t->vdisplay + t->vtotal >= 2161))
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
		.frame_packing = (r & 96) == 96,
	};

	/* Most random totals would be too small. */
	if (r & 8)
		timing.htotal |= timing.hdisplay;
	if (r & 16)
		timing.vtotal |= timing.vdisplay;

	return timing;
}

static struct rvkms_mode_request random_request(struct rnd_state *random)
{
	const u32 r = prandom_u32_state(random);
	struct rvkms_mode_request request = {
		.timing = random_timing(random),
		.hsync_start = random_size(random),
		.hsync_end = random_size(random),
		.vsync_start = random_size(random),
		.vsync_end = random_size(random),
		.flags = r & 0xf000 ? harmless_flags : prandom_u32_state(random) << (r & 31),
	};

	/* Most random pulses would be out of order. */
	if (r & 3) {
		request.hsync_start = request.timing.hdisplay;
		request.hsync_end = request.timing.htotal;
		request.vsync_start = request.timing.vtotal;
		request.vsync_end = request.timing.vtotal;
	}

	return request;
}

static bool check_is_wrong(const struct rvkms_mode_request *request, enum rvkms_rule expected)
{
	const struct rvkms_verdict verdict = {
		.err = expected == RVKMS_RULE_NONE ? 0 : -EINVAL, .rule = expected,
	};

	return !verdict_is(rvkms_check_mode(&limits, request), verdict);
}

static void rvkms_test_check_mode_random(struct kunit *test)
{
	u32 seen[RVKMS_RULE_COUNT] = {};
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 1080);
	for (u32 i = 0; i < 200000; i++) {
		const struct rvkms_mode_request request = random_request(&random);
		const enum rvkms_rule expected = reference_rule(&request);

		seen[expected]++;
		mismatch_note(&m, check_is_wrong(&request, expected), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 200000);
	for (u32 rule = RVKMS_RULE_MODE_CLOCK; rule <= RVKMS_RULE_MODE_REFRESH; rule++)
		KUNIT_EXPECT_GE_MSG(test, seen[rule], 1000, "%s", rvkms_rule_name(rule));
	KUNIT_EXPECT_GE(test, seen[RVKMS_RULE_NONE], 1000);
}

static struct kunit_case rvkms_check_mode_tests[] = {
	KUNIT_CASE(rvkms_test_check_mode_flags),
	KUNIT_CASE_PARAM(rvkms_test_check_mode_wild, wild_gen_params),
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
