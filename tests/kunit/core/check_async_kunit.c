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

CHECK_ROW(async_case, struct rvkms_async_request);

/*
 * is_flip, is_modeset, is_property_changed; is_shown, crtc, format, placement; the same for the new
 * state
 */
static const struct async_case async_cases[] = {
	{
		{ "flip with a modeset", RVKMS_RULE_ASYNC_MODESET, -EINVAL },
		{ true, true, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "update with a modeset", RVKMS_RULE_ASYNC_MODESET, -EINVAL },
		{ false, true, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "switched on", RVKMS_RULE_ASYNC_PLANE, -EINVAL },
		{ true, false, false,
		  { false, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "switched off", RVKMS_RULE_ASYNC_PLANE, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { false, 1, XRGB, AT } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "another CRTC", RVKMS_RULE_ASYNC_PLANE, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 2, XRGB, AT } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "update to another CRTC", RVKMS_RULE_ASYNC_PLANE, -EINVAL },
		{ false, false, false,
		  { true, 0, XRGB, AT },
		  { true, 1, XRGB, AT } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "another format", RVKMS_RULE_ASYNC_FORMAT, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB + 1, AT } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "update to another format", RVKMS_RULE_ASYNC_FORMAT, -EINVAL },
		{ false, false, false,
		  { true, 1, XRGB - 1, AT },
		  { true, 1, XRGB, AT } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "source wider", RVKMS_RULE_ASYNC_SIZE, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, (30 << 16) + 1, 40 << 16, 10, 20, 30, 40,
		  R0 } } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "update, source wider", RVKMS_RULE_ASYNC_SIZE, -EINVAL },
		{ false, false, false,
		  { true, 1, XRGB, { 65536, 131072, (30 << 16) + 1, 40 << 16, 10, 20, 30, 40,
		  R0 } },
		  { true, 1, XRGB, AT } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "source higher", RVKMS_RULE_ASYNC_SIZE, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, (40 << 16) + 1, 10, 20, 30, 40,
		  R0 } } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "update, source higher", RVKMS_RULE_ASYNC_SIZE, -EINVAL },
		{ false, false, false,
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, (40 << 16) + 1, 10, 20, 30, 40,
		  R0 } },
		  { true, 1, XRGB, AT } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "wider", RVKMS_RULE_ASYNC_SIZE, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 10, 20, 31, 40, R0 } } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "update, wider", RVKMS_RULE_ASYNC_SIZE, -EINVAL },
		{ false, false, false,
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 10, 20, 31, 40, R0 } },
		  { true, 1, XRGB, AT } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "higher", RVKMS_RULE_ASYNC_SIZE, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 10, 20, 30, 41, R0 } } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "update, higher", RVKMS_RULE_ASYNC_SIZE, -EINVAL },
		{ false, false, false,
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 10, 20, 30, 41, R0 } },
		  { true, 1, XRGB, AT } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "rotated", RVKMS_RULE_ASYNC_SIZE, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 10, 20, 30, 40,
		  R0 << 1 } } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "source to the right", RVKMS_RULE_ASYNC_POSITION, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65537, 131072, 30 << 16, 40 << 16, 10, 20, 30, 40, R0 } } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "source to the right, not an update", RVKMS_RULE_ASYNC_POSITION, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65537, 131072, 30 << 16, 40 << 16, 10, 20, 30, 40, R0 } } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65537, 131072, 30 << 16, 40 << 16, 10, 20, 30, 40, R0 } } },
	}, {
		{ "source down", RVKMS_RULE_ASYNC_POSITION, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131073, 30 << 16, 40 << 16, 10, 20, 30, 40, R0 } } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "source down, not an update", RVKMS_RULE_ASYNC_POSITION, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131073, 30 << 16, 40 << 16, 10, 20, 30, 40, R0 } } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131073, 30 << 16, 40 << 16, 10, 20, 30, 40, R0 } } },
	}, {
		{ "to the right", RVKMS_RULE_ASYNC_POSITION, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 11, 20, 30, 40, R0 } } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "to the right, not an update", RVKMS_RULE_ASYNC_POSITION, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 11, 20, 30, 40, R0 } } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 11, 20, 30, 40, R0 } } },
	}, {
		{ "down", RVKMS_RULE_ASYNC_POSITION, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 10, 21, 30, 40, R0 } } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "down, not an update", RVKMS_RULE_ASYNC_POSITION, -EINVAL },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 10, 21, 30, 40, R0 } } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, { 65536, 131072, 30 << 16, 40 << 16, 10, 21, 30, 40, R0 } } },
	}, {
		{ "flip of another alpha", RVKMS_RULE_ASYNC_PROPERTY, -EINVAL },
		{ true, false, true,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
		{ true, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
	}, {
		{ "update of another alpha", RVKMS_RULE_ASYNC_PROPERTY, -EINVAL },
		{ false, false, true,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
		{ false, false, false,
		  { true, 1, XRGB, AT },
		  { true, 1, XRGB, AT } },
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
	CHECK_TABLE("async", ask, async_fields, async_cases);

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
