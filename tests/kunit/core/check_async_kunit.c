// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check_async: which changes an asynchronous flip may make. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>
#include <uapi/drm/drm_mode.h>

#include "../../core/check/async.h"
#include "check_table.h"

#define XRGB DRM_FORMAT_XRGB8888
#define R0 DRM_MODE_ROTATE_0

/* A 30x40 part of a framebuffer at (1, 2), shown at (10, 20). */
#define AT { 65536, 131072, 30 << 16, 40 << 16, 10, 20, 30, 40, R0 }

#define CHANGE(member, refused, neighbour) \
	CHECK_CHANGE(struct rvkms_async_request, member, refused, neighbour)
#define SET(member, value) CHECK_SET(struct rvkms_async_request, member, value)

static const struct rvkms_async_request flip = {
	.is_flip = true,
	.old.is_shown = true,
	.old.crtc = 1,
	.old.fourcc = XRGB,
	.old.placement.src_x = 65536,
	.old.placement.src_y = 131072,
	.old.placement.src_w = 30 << 16,
	.old.placement.src_h = 40 << 16,
	.old.placement.dst_x = 10,
	.old.placement.dst_y = 20,
	.old.placement.dst_w = 30,
	.old.placement.dst_h = 40,
	.old.placement.rotation = R0,
	.new.is_shown = true,
	.new.crtc = 1,
	.new.fourcc = XRGB,
	.new.placement.src_x = 65536,
	.new.placement.src_y = 131072,
	.new.placement.src_w = 30 << 16,
	.new.placement.src_h = 40 << 16,
	.new.placement.dst_x = 10,
	.new.placement.dst_y = 20,
	.new.placement.dst_w = 30,
	.new.placement.dst_h = 40,
	.new.placement.rotation = R0,
};

static const struct check_row async_cases[] = {
	{
		"flip with a modeset", RVKMS_RULE_ASYNC_MODESET, -EINVAL,
		CHANGE(is_modeset, true, false),
	}, {
		"update with a modeset", RVKMS_RULE_ASYNC_MODESET, -EINVAL,
		CHANGE(is_modeset, true, false),
		.with = { SET(is_flip, false) },
	}, {
		"switched on", RVKMS_RULE_ASYNC_PLANE, -EINVAL,
		CHANGE(old.is_shown, false, true),
	}, {
		"switched off", RVKMS_RULE_ASYNC_PLANE, -EINVAL,
		CHANGE(new.is_shown, false, true),
	}, {
		"another CRTC", RVKMS_RULE_ASYNC_PLANE, -EINVAL,
		CHANGE(new.crtc, 2, 1),
	}, {
		"update to another CRTC", RVKMS_RULE_ASYNC_PLANE, -EINVAL,
		CHANGE(old.crtc, 0, 1),
		.with = { SET(is_flip, false) },
	}, {
		"another format", RVKMS_RULE_ASYNC_FORMAT, -EINVAL,
		CHANGE(new.fourcc, XRGB + 1, XRGB),
	}, {
		"update to another format", RVKMS_RULE_ASYNC_FORMAT, -EINVAL,
		CHANGE(old.fourcc, XRGB - 1, XRGB),
		.with = { SET(is_flip, false) },
	}, {
		"source wider", RVKMS_RULE_ASYNC_SIZE, -EINVAL,
		CHANGE(new.placement.src_w, (30 << 16) + 1, 30 << 16),
	}, {
		"update, source wider", RVKMS_RULE_ASYNC_SIZE, -EINVAL,
		CHANGE(old.placement.src_w, (30 << 16) + 1, 30 << 16),
		.with = { SET(is_flip, false) },
	}, {
		"source higher", RVKMS_RULE_ASYNC_SIZE, -EINVAL,
		CHANGE(new.placement.src_h, (40 << 16) + 1, 40 << 16),
	}, {
		"update, source higher", RVKMS_RULE_ASYNC_SIZE, -EINVAL,
		CHANGE(old.placement.src_h, (40 << 16) + 1, 40 << 16),
		.with = { SET(is_flip, false) },
	}, {
		"wider", RVKMS_RULE_ASYNC_SIZE, -EINVAL,
		CHANGE(new.placement.dst_w, 31, 30),
	}, {
		"update, wider", RVKMS_RULE_ASYNC_SIZE, -EINVAL,
		CHANGE(old.placement.dst_w, 31, 30),
		.with = { SET(is_flip, false) },
	}, {
		"higher", RVKMS_RULE_ASYNC_SIZE, -EINVAL,
		CHANGE(new.placement.dst_h, 41, 40),
	}, {
		"update, higher", RVKMS_RULE_ASYNC_SIZE, -EINVAL,
		CHANGE(old.placement.dst_h, 41, 40),
		.with = { SET(is_flip, false) },
	}, {
		"rotated", RVKMS_RULE_ASYNC_SIZE, -EINVAL,
		CHANGE(new.placement.rotation, R0 << 1, R0),
	}, {
		"source to the right", RVKMS_RULE_ASYNC_POSITION, -EINVAL,
		CHANGE(new.placement.src_x, 65537, 65536),
	}, {
		"source to the right, not an update", RVKMS_RULE_ASYNC_POSITION, -EINVAL,
		CHANGE(is_flip, true, false),
		.with = { SET(new.placement.src_x, 65537) },
	}, {
		"source down", RVKMS_RULE_ASYNC_POSITION, -EINVAL,
		CHANGE(new.placement.src_y, 131073, 131072),
	}, {
		"source down, not an update", RVKMS_RULE_ASYNC_POSITION, -EINVAL,
		CHANGE(is_flip, true, false),
		.with = { SET(new.placement.src_y, 131073) },
	}, {
		"to the right", RVKMS_RULE_ASYNC_POSITION, -EINVAL,
		CHANGE(new.placement.dst_x, 11, 10),
	}, {
		"to the right, not an update", RVKMS_RULE_ASYNC_POSITION, -EINVAL,
		CHANGE(is_flip, true, false),
		.with = { SET(new.placement.dst_x, 11) },
	}, {
		"down", RVKMS_RULE_ASYNC_POSITION, -EINVAL,
		CHANGE(new.placement.dst_y, 21, 20),
	}, {
		"down, not an update", RVKMS_RULE_ASYNC_POSITION, -EINVAL,
		CHANGE(is_flip, true, false),
		.with = { SET(new.placement.dst_y, 21) },
	}, {
		"flip of another alpha", RVKMS_RULE_ASYNC_PROPERTY, -EINVAL,
		CHANGE(is_property_changed, true, false),
	}, {
		"update of another alpha", RVKMS_RULE_ASYNC_PROPERTY, -EINVAL,
		CHANGE(is_property_changed, true, false),
		.with = { SET(is_flip, false) },
	},
};

static struct rvkms_verdict ask(const void *question)
{
	return rvkms_check_async(question);
}

static const struct check_field async_fields[] = {
	CHECK_FIELD(struct rvkms_async_request, is_flip),
	CHECK_FIELD(struct rvkms_async_request, is_modeset),
	CHECK_FIELD(struct rvkms_async_request, is_property_changed),
	CHECK_FIELD(struct rvkms_async_request, old.is_shown),
	CHECK_FIELD(struct rvkms_async_request, old.crtc),
	CHECK_FIELD(struct rvkms_async_request, old.fourcc),
	CHECK_FIELD(struct rvkms_async_request, old.placement.src_x),
	CHECK_FIELD(struct rvkms_async_request, old.placement.src_y),
	CHECK_FIELD(struct rvkms_async_request, old.placement.src_w),
	CHECK_FIELD(struct rvkms_async_request, old.placement.src_h),
	CHECK_FIELD(struct rvkms_async_request, old.placement.dst_x),
	CHECK_FIELD(struct rvkms_async_request, old.placement.dst_y),
	CHECK_FIELD(struct rvkms_async_request, old.placement.dst_w),
	CHECK_FIELD(struct rvkms_async_request, old.placement.dst_h),
	CHECK_BITS(struct rvkms_async_request, old.placement.rotation),
	CHECK_FIELD(struct rvkms_async_request, new.is_shown),
	CHECK_FIELD(struct rvkms_async_request, new.crtc),
	CHECK_FIELD(struct rvkms_async_request, new.fourcc),
	CHECK_FIELD(struct rvkms_async_request, new.placement.src_x),
	CHECK_FIELD(struct rvkms_async_request, new.placement.src_y),
	CHECK_FIELD(struct rvkms_async_request, new.placement.src_w),
	CHECK_FIELD(struct rvkms_async_request, new.placement.src_h),
	CHECK_FIELD(struct rvkms_async_request, new.placement.dst_x),
	CHECK_FIELD(struct rvkms_async_request, new.placement.dst_y),
	CHECK_FIELD(struct rvkms_async_request, new.placement.dst_w),
	CHECK_FIELD(struct rvkms_async_request, new.placement.dst_h),
	CHECK_FIELD(struct rvkms_async_request, new.placement.rotation),
};

const struct check_table rvkms_check_async_table =
	CHECK_TABLE("async", ask, async_fields, async_cases, flip);

static void rvkms_test_check_async_order(struct kunit *test)
{
	struct rvkms_async_request r = {
		.is_flip = true, .is_modeset = true, .is_property_changed = true,
		.new = { true, 1, XRGB, AT },
	};

	KUNIT_EXPECT_EQ(test, rvkms_check_async(&r).rule, RVKMS_RULE_ASYNC_MODESET);

	r.is_modeset = false;
	KUNIT_EXPECT_EQ(test, rvkms_check_async(&r).rule, RVKMS_RULE_ASYNC_PLANE);

	r.old.is_shown = true;
	r.old.crtc = 1;
	KUNIT_EXPECT_EQ(test, rvkms_check_async(&r).rule, RVKMS_RULE_ASYNC_FORMAT);

	r.old.fourcc = XRGB;
	KUNIT_EXPECT_EQ(test, rvkms_check_async(&r).rule, RVKMS_RULE_ASYNC_SIZE);

	r.old.placement = r.new.placement;
	r.old.placement.dst_x = 0;
	KUNIT_EXPECT_EQ(test, rvkms_check_async(&r).rule, RVKMS_RULE_ASYNC_POSITION);

	r.old.placement.dst_x = r.new.placement.dst_x;
	KUNIT_EXPECT_EQ(test, rvkms_check_async(&r).rule, RVKMS_RULE_ASYNC_PROPERTY);

	r.is_property_changed = false;
	KUNIT_EXPECT_EQ(test, rvkms_check_async(&r).rule, RVKMS_RULE_NONE);
}

static struct kunit_case rvkms_check_async_tests[] = {
	KUNIT_CASE(rvkms_test_check_async_order),
	{ }
};

static struct kunit_suite rvkms_check_async_suite = {
	.name = "rvkms_check_async",
	.test_cases = rvkms_check_async_tests,
};

kunit_test_suite(rvkms_check_async_suite);
