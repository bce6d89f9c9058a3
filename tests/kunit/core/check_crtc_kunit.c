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
#define HZ_1000	{ 1000, 8, 100, 8, 10, 0, false, false }

#define CHANGE(member, refused, neighbour) \
	CHECK_CHANGE(struct question, member, refused, neighbour)
#define SET(member, value) CHECK_SET(struct question, member, value)

/* 307200 pixels every 16.68 ms are 18413.7 per millisecond; 16683 are 999.99, 16684 are 1000.05. */
static const struct question vga = {
	.max_planes = 4,
	.max_pixel_rate = U64_MAX,
	.request.timing.clock = 25175,
	.request.timing.hdisplay = 640,
	.request.timing.htotal = 800,
	.request.timing.vdisplay = 480,
	.request.timing.vtotal = 525,
	.request.num_planes = 4,
};

static const struct question hz_1000 = {
	.max_planes = 4,
	.max_pixel_rate = 100,
	.request.timing.clock = 1000,
	.request.timing.hdisplay = 8,
	.request.timing.htotal = 100,
	.request.timing.vdisplay = 8,
	.request.timing.vtotal = 10,
	.request.num_planes = 1,
	.request.num_pixels = 100,
};

static const struct question hz_1 = {
	.max_planes = 4,
	.max_pixel_rate = 99,
	.request.timing.clock = 1000,
	.request.timing.hdisplay = 800,
	.request.timing.htotal = 1000,
	.request.timing.vdisplay = 800,
	.request.timing.vtotal = 1000,
	.request.num_planes = 1,
	.request.num_pixels = 99999,
};

static const struct check_row crtc_cases[] = {
	{
		"a plane too many", RVKMS_RULE_CRTC_PLANES, -EINVAL,
		CHANGE(request.num_planes, 5, 4),
	}, {
		"limit a plane lower", RVKMS_RULE_CRTC_PLANES, -EINVAL,
		CHANGE(max_planes, 4, 5),
		.with = { SET(request.num_planes, 5) },
	}, {
		"most planes", RVKMS_RULE_CRTC_PLANES, -EINVAL,
		CHANGE(max_planes, U32_MAX - 1, U32_MAX),
		.with = { SET(request.num_planes, U32_MAX) },
	}, {
		"a plane without any allowed", RVKMS_RULE_CRTC_PLANES, -EINVAL,
		CHANGE(request.num_planes, 1, 0),
		.with = { SET(max_planes, 0) },
	}, {
		"limit a thousand lower", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL,
		CHANGE(max_pixel_rate, 18412, 18413),
		.with = { SET(request.num_planes, 1), SET(request.num_pixels, 307200) },
	}, {
		"a pixel too many", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL,
		CHANGE(request.num_pixels, 16684, 16683),
		.with = { SET(max_pixel_rate, 999), SET(request.num_planes, 1) },
	}, {
		"a pixel too many at 1000 Hz", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL,
		CHANGE(request.num_pixels, 101, 100),
		.base = &hz_1000,
	}, {
		"a pixel too many at 1 Hz", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL,
		CHANGE(request.num_pixels, 100000, 99999),
		.base = &hz_1,
	}, {
		"1000 fields a second", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL,
		CHANGE(request.num_pixels, 101, 100),
		.base = &hz_1000,
		.with = { SET(request.timing.vtotal, 20), SET(request.timing.interlace, true) },
	}, {
		"most pixels at 1000 Hz", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL,
		CHANGE(max_pixel_rate, U64_MAX - 1, U64_MAX),
		.base = &hz_1000,
		.with = { SET(request.num_pixels, U64_MAX) },
	}, {
		"a pixel where none is allowed", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL,
		CHANGE(request.num_pixels, 1, 0),
		.base = &hz_1000,
		.with = { SET(max_pixel_rate, 0) },
	}, {
		"mode out of range, taken for 1000 Hz", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL,
		CHANGE(request.num_pixels, 101, 100),
		.base = &hz_1000,
		.with = { SET(request.timing.clock, INT_MAX), SET(request.timing.hdisplay, 1),
			  SET(request.timing.htotal, 1), SET(request.timing.vdisplay, 1),
			  SET(request.timing.vtotal, 1), SET(request.timing.interlace, true) },
	}, {
		"mode without end, taken for 1 Hz", RVKMS_RULE_CRTC_PIXEL_RATE, -EINVAL,
		CHANGE(request.num_pixels, 100000, 99999),
		.base = &hz_1,
		.with = { SET(request.timing.clock, 0), SET(request.timing.hdisplay, 0),
			  SET(request.timing.htotal, 0), SET(request.timing.vdisplay, 0),
			  SET(request.timing.vtotal, 0) },
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
	CHECK_TABLE("crtc", ask, crtc_fields, crtc_cases, vga);

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
