// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_crtc: the limits on planes and on the pixel rate. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "../../core/check/crtc.h"
#include "check_table.h"

/* The limits and the request of a row. */
struct question {
	u32 max_planes;
	u64 max_pixel_rate;
	struct rvkms_crtc_request request;
};

static struct rvkms_verdict ask(const void *question)
{
	const struct question *q = question;
	const struct rvkms_device_limits limits = {
		.max_planes = q->max_planes, .max_pixel_rate = q->max_pixel_rate,
	};

	return rvkms_check_crtc(&limits, &q->request);
}

#define VGA	{ 25175, 640, 800, 480, 525, 0, false, false }
#define HZ_1	{ 1000, 800, 1000, 800, 1000, 0, false, false }
#define HZ_1000	{ 1000, 8, 100, 8, 10, 0, false, false }
#define FIELDS	{ 1000, 8, 100, 8, 20, 0, false, true }

CHECK_ROW(crtc_case, struct question);

/*
 * max_planes, max_pixel_rate; timing, num_planes, num_pixels. 307200 pixels every 16.68 ms are
 * 18413.7 per millisecond; 16683 are 999.99 and 16684 are 1000.05.
 */
static const struct crtc_case crtc_cases[] = {
	{
		{ "a plane too many", RVKMS_RULE_CRTC_PLANES, -EINVAL },
		{ 4, U64_MAX, { VGA, 5, 0 } },
		{ 4, U64_MAX, { VGA, 4, 0 } },
	}, {
		{ "limit a plane lower", RVKMS_RULE_CRTC_PLANES, -EINVAL },
		{ 4, U64_MAX, { VGA, 5, 0 } },
		{ 5, U64_MAX, { VGA, 5, 0 } },
	}, {
		{ "most planes", RVKMS_RULE_CRTC_PLANES, -EINVAL },
		{ U32_MAX - 1, U64_MAX, { VGA, U32_MAX, 0 } },
		{ U32_MAX, U64_MAX, { VGA, U32_MAX, 0 } },
	}, {
		{ "a plane without any allowed", RVKMS_RULE_CRTC_PLANES, -EINVAL },
		{ 0, U64_MAX, { VGA, 1, 0 } },
		{ 0, U64_MAX, { VGA, 0, 0 } },
	}, {
		{ "limit a thousand lower", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL },
		{ 4, 18412, { VGA, 1, 307200 } },
		{ 4, 18413, { VGA, 1, 307200 } },
	}, {
		{ "a pixel too many", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL },
		{ 4, 999, { VGA, 1, 16684 } },
		{ 4, 999, { VGA, 1, 16683 } },
	}, {
		{ "a pixel too many at 1000 Hz", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL },
		{ 4, 100, { HZ_1000, 1, 101 } },
		{ 4, 100, { HZ_1000, 1, 100 } },
	}, {
		{ "a pixel too many at 1 Hz", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL },
		{ 4, 99, { HZ_1, 1, 100000 } },
		{ 4, 99, { HZ_1, 1, 99999 } },
	}, {
		{ "1000 fields a second", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL },
		{ 4, 100, { FIELDS, 1, 101 } },
		{ 4, 100, { FIELDS, 1, 100 } },
	}, {
		{ "most pixels at 1000 Hz", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL },
		{ 4, U64_MAX - 1, { HZ_1000, 1, U64_MAX } },
		{ 4, U64_MAX, { HZ_1000, 1, U64_MAX } },
	}, {
		{ "a pixel where none is allowed", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL },
		{ 4, 0, { HZ_1000, 1, 1 } },
		{ 4, 0, { HZ_1000, 1, 0 } },
	}, {
		{ "mode out of range, taken for 1000 Hz", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL },
		{ 4, 100, { { INT_MAX, 1, 1, 1, 1, 0, false, true }, 1, 101 } },
		{ 4, 100, { { INT_MAX, 1, 1, 1, 1, 0, false, true }, 1, 100 } },
	}, {
		{ "mode without end, taken for 1 Hz", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL },
		{ 4, 99, { { }, 1, 100000 } },
		{ 4, 99, { { }, 1, 99999 } },
	},
};

static const struct check_field crtc_fields[] = {
	CHECK_FIELD(struct question, max_planes),
	CHECK_FIELD(struct question, max_pixel_rate),
	CHECK_FIELD(struct question, request.timing.clock),
	CHECK_FIELD(struct question, request.timing.hdisplay),
	CHECK_FIELD(struct question, request.timing.htotal),
	CHECK_FIELD(struct question, request.timing.vdisplay),
	CHECK_FIELD(struct question, request.timing.vtotal),
	CHECK_FIELD(struct question, request.timing.vscan),
	CHECK_FIELD(struct question, request.timing.doublescan),
	CHECK_FIELD(struct question, request.timing.interlace),
	CHECK_FIELD(struct question, request.num_planes),
	CHECK_FIELD(struct question, request.num_pixels),
};

const struct check_table rvkms_check_crtc_table =
	CHECK_TABLE("crtc", ask, crtc_fields, crtc_cases);

/* A CRTC without any plane, not even its primary plane, shows its background. */
static void rvkms_test_check_crtc_no_planes(struct kunit *test)
{
	const struct question q = { 0, 0, { VGA, 0, 0 } };

	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_NONE);
}

static void rvkms_test_check_crtc_order(struct kunit *test)
{
	struct question q = { 1, 1, { HZ_1000, 2, 2 } };

	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_CRTC_PLANES);

	q.max_planes = 2;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_CRTC_PIXEL_RATE);

	q.max_pixel_rate = 2;
	KUNIT_EXPECT_EQ(test, ask(&q).rule, RVKMS_RULE_NONE);
}

static struct kunit_case rvkms_check_crtc_tests[] = {
	KUNIT_CASE(rvkms_test_check_crtc_no_planes),
	KUNIT_CASE(rvkms_test_check_crtc_order),
	{ }
};

static struct kunit_suite rvkms_check_crtc_suite = {
	.name = "rvkms_check_crtc",
	.test_cases = rvkms_check_crtc_tests,
};

kunit_test_suite(rvkms_check_crtc_suite);
