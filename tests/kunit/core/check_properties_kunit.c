// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check/device: the properties of the objects of a device, and its default values. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>
#include <uapi/drm/drm_fourcc.h>

#include "../../core/check/attribute.h"
#include "../../core/check/device.h"
#include "check_table.h"

/*
 * A device with two primary planes, an overlay, two CRTCs and a connector. The values are those of
 * the first plane, CRTC 0, encoder 0 and connector 0.
 */
struct property_question {
	u32 num_connectors;
	u32 max_width;
	u32 max_height;
	u32 kind;
	u32 num_formats;
	u32 rotations;
	u32 rotation;
	u32 encodings;
	u32 encoding;
	u32 ranges;
	u32 range;
	u8 has_zpos;
	u8 has_overlay_zpos;
	u8 is_zpos_mutable;
	u32 zpos;
	u32 min_zpos;
	u32 max_zpos;
	u32 blend_modes;
	u32 min_scale;
	u32 max_scale;
	u32 encoder_crtcs;
	u8 has_writeback;
	u32 degamma_size;
	u32 gamma_size;
	u32 encoders;
	u32 max_bpc;
	u32 colorspaces;
	u32 status;
};

#define CHANGE(member, refused, neighbour) \
	CHECK_CHANGE(struct property_question, member, refused, neighbour)
#define SET(member, value) CHECK_SET(struct property_question, member, value)

static const struct property_question valid_device = {
	.num_connectors = 1,
	.max_width = 64,
	.max_height = 64,
	.num_formats = 1,
	.rotations = 0x3f,
	.rotation = 1,
	.encodings = 7,
	.encoding = 1,
	.ranges = 3,
	.range = 1,
	.has_zpos = 1,
	.has_overlay_zpos = 1,
	.is_zpos_mutable = 1,
	.zpos = 1,
	.max_zpos = 2,
	.blend_modes = 7,
	.min_scale = 65536,
	.max_scale = 65536,
	.encoder_crtcs = 3,
	.degamma_size = 2,
	.gamma_size = 2,
	.encoders = 1,
	.max_bpc = 8,
	.colorspaces = 0x200,
	.status = 1,
};

static const struct check_row property_cases[] = {
	{
		"no connector", RVKMS_RULE_DEVICE_CONNECTORS, -EINVAL,
		CHANGE(num_connectors, 0, 1),
	}, {
		"33 connectors", RVKMS_RULE_DEVICE_CONNECTORS, -EINVAL,
		CHANGE(num_connectors, 33, 32),
	}, {
		"width 0", RVKMS_RULE_DEVICE_SIZE, -EINVAL,
		CHANGE(max_width, 0, 1),
	}, {
		"width 8193", RVKMS_RULE_DEVICE_SIZE, -EINVAL,
		CHANGE(max_width, 8193, 8192),
	}, {
		"height 0", RVKMS_RULE_DEVICE_SIZE, -EINVAL,
		CHANGE(max_height, 0, 1),
	}, {
		"height 8193", RVKMS_RULE_DEVICE_SIZE, -EINVAL,
		CHANGE(max_height, 8193, 8192),
	}, {
		"type 3", RVKMS_RULE_DEVICE_PLANE_TYPE, -EINVAL,
		CHANGE(kind, 3, 2),
	}, {
		"no format", RVKMS_RULE_DEVICE_PLANE_FORMATS, -EINVAL,
		CHANGE(num_formats, 0, 1),
	}, {
		"65 formats", RVKMS_RULE_DEVICE_PLANE_FORMATS, -EINVAL,
		CHANGE(num_formats, 65, 64),
	}, {
		"rotation by no angle", RVKMS_RULE_DEVICE_PLANE_ROTATION, -EINVAL,
		CHANGE(rotation, 0, 1),
	}, {
		"rotation by two angles", RVKMS_RULE_DEVICE_PLANE_ROTATION, -EINVAL,
		CHANGE(rotation, 5, 4),
	}, {
		"unsupported angle", RVKMS_RULE_DEVICE_PLANE_ROTATION, -EINVAL,
		CHANGE(rotations, 1, 3),
		.with = { SET(rotation, 2) },
	}, {
		"unsupported reflection", RVKMS_RULE_DEVICE_PLANE_ROTATION, -EINVAL,
		CHANGE(rotations, 1, 0x11),
		.with = { SET(rotation, 0x11) },
	}, {
		"unknown rotation", RVKMS_RULE_DEVICE_PLANE_ROTATION, -EINVAL,
		CHANGE(rotations, 0x7f, 0x3f),
	}, {
		"no encoding", RVKMS_RULE_DEVICE_PLANE_ENCODING, -EINVAL,
		CHANGE(encoding, 0, 1),
	}, {
		"two encodings", RVKMS_RULE_DEVICE_PLANE_ENCODING, -EINVAL,
		CHANGE(encoding, 3, 2),
	}, {
		"unsupported encoding", RVKMS_RULE_DEVICE_PLANE_ENCODING, -EINVAL,
		CHANGE(encodings, 3, 7),
		.with = { SET(encoding, 4) },
	}, {
		"unknown encoding", RVKMS_RULE_DEVICE_PLANE_ENCODING, -EINVAL,
		CHANGE(encodings, 15, 7),
	}, {
		"no range", RVKMS_RULE_DEVICE_PLANE_RANGE, -EINVAL,
		CHANGE(range, 0, 1),
	}, {
		"two ranges", RVKMS_RULE_DEVICE_PLANE_RANGE, -EINVAL,
		CHANGE(range, 3, 2),
	}, {
		"unsupported range", RVKMS_RULE_DEVICE_PLANE_RANGE, -EINVAL,
		CHANGE(ranges, 1, 3),
		.with = { SET(range, 2) },
	}, {
		"unknown range", RVKMS_RULE_DEVICE_PLANE_RANGE, -EINVAL,
		CHANGE(ranges, 7, 3),
	}, {
		"zpos below its range", RVKMS_RULE_DEVICE_PLANE_ZPOS, -EINVAL,
		CHANGE(min_zpos, 2, 1),
	}, {
		"zpos above its range", RVKMS_RULE_DEVICE_PLANE_ZPOS, -EINVAL,
		CHANGE(zpos, 3, 2),
	}, {
		"immutable zpos above its range", RVKMS_RULE_DEVICE_PLANE_ZPOS, -EINVAL,
		CHANGE(is_zpos_mutable, 1, 0),
		.with = { SET(zpos, 3) },
	}, {
		"overlay without zpos", RVKMS_RULE_DEVICE_PLANE_ZPOS, -EINVAL,
		CHANGE(has_overlay_zpos, 0, 1),
	}, {
		"only overlay with zpos", RVKMS_RULE_DEVICE_PLANE_ZPOS, -EINVAL,
		CHANGE(has_zpos, 0, 1),
	}, {
		"not pre-multiplied", RVKMS_RULE_DEVICE_PLANE_BLEND, -EINVAL,
		CHANGE(blend_modes, 6, 7),
	}, {
		"unknown blend mode", RVKMS_RULE_DEVICE_PLANE_BLEND, -EINVAL,
		CHANGE(blend_modes, 9, 1),
	}, {
		"always enlarged", RVKMS_RULE_DEVICE_PLANE_SCALING, -EINVAL,
		CHANGE(max_scale, 65535, 65536),
	}, {
		"always shrunk", RVKMS_RULE_DEVICE_PLANE_SCALING, -EINVAL,
		CHANGE(min_scale, 65537, 65536),
	}, {
		"enlarged too much", RVKMS_RULE_DEVICE_PLANE_SCALING, -EINVAL,
		CHANGE(min_scale, 127, 128),
	}, {
		"shrunk too much", RVKMS_RULE_DEVICE_PLANE_SCALING, -EINVAL,
		CHANGE(max_scale, 524289, 524288),
	}, {
		"CRTC 1 without encoder", RVKMS_RULE_DEVICE_CRTC_ENCODERS, -EINVAL,
		CHANGE(encoder_crtcs, 1, 3),
	}, {
		"CRTC 0 without encoder", RVKMS_RULE_DEVICE_CRTC_ENCODERS, -EINVAL,
		CHANGE(has_writeback, 0, 1),
		.with = { SET(encoder_crtcs, 2) },
	}, {
		"degamma of one entry", RVKMS_RULE_DEVICE_CRTC_LUT, -EINVAL,
		CHANGE(degamma_size, 1, 0),
	}, {
		"gamma of one entry", RVKMS_RULE_DEVICE_CRTC_LUT, -EINVAL,
		CHANGE(gamma_size, 1, 2),
	}, {
		"degamma of 4097 entries", RVKMS_RULE_DEVICE_CRTC_LUT, -EINVAL,
		CHANGE(degamma_size, 4097, 4096),
	}, {
		"gamma of 4097 entries", RVKMS_RULE_DEVICE_CRTC_LUT, -EINVAL,
		CHANGE(gamma_size, 4097, 4096),
	}, {
		"no encoder", RVKMS_RULE_DEVICE_CONNECTOR_ENCODERS, -EINVAL,
		CHANGE(encoders, 0, 1),
	}, {
		"encoder that does not exist", RVKMS_RULE_DEVICE_CONNECTOR_ENCODERS, -EINVAL,
		CHANGE(encoders, 3, 1),
	}, {
		"max bpc 7", RVKMS_RULE_DEVICE_CONNECTOR_BPC, -EINVAL,
		CHANGE(max_bpc, 7, 8),
	}, {
		"max bpc 17", RVKMS_RULE_DEVICE_CONNECTOR_BPC, -EINVAL,
		CHANGE(max_bpc, 17, 16),
	}, {
		"colorspace Default, or none", RVKMS_RULE_DEVICE_CONNECTOR_COLORSPACE, -EINVAL,
		CHANGE(colorspaces, 1, 0),
	}, {
		"colorspace Default alone", RVKMS_RULE_DEVICE_CONNECTOR_COLORSPACE, -EINVAL,
		CHANGE(colorspaces, 1, 3),
	}, {
		"unknown colorspace", RVKMS_RULE_DEVICE_CONNECTOR_COLORSPACE, -EINVAL,
		CHANGE(colorspaces, 0x2200, 0x200),
	}, {
		"status 0", RVKMS_RULE_DEVICE_CONNECTOR_STATUS, -EINVAL,
		CHANGE(status, 0, 1),
	}, {
		"status 4", RVKMS_RULE_DEVICE_CONNECTOR_STATUS, -EINVAL,
		CHANGE(status, 4, 3),
	},
};

/* Too large for the stack. */
static struct rvkms_device_desc asked;

static struct rvkms_format_set some_formats(u32 count)
{
	struct rvkms_format_set set = {};
	u32 added = 0;

	for (u32 i = 0; added < count && rvkms_format_at(i); i++)
		added += rvkms_format_set_add(&set, rvkms_format_at(i)->fourcc);

	return set;
}

static void fill_plane(const struct property_question *question)
{
	struct rvkms_plane_desc *plane = &asked.planes[0];

	plane->kind = question->kind;
	plane->formats = some_formats(question->num_formats);
	plane->rotations = question->rotations;
	plane->rotation = question->rotation;
	plane->encodings = question->encodings;
	plane->encoding = question->encoding;
	plane->ranges = question->ranges;
	plane->range = question->range;
	plane->has_zpos = question->has_zpos;
	plane->is_zpos_mutable = question->is_zpos_mutable;
	plane->zpos = question->zpos;
	plane->min_zpos = question->min_zpos;
	plane->max_zpos = question->max_zpos;
	plane->blend_modes = question->blend_modes;
	plane->min_scale = question->min_scale;
	plane->max_scale = question->max_scale;
	plane->crtcs = 1;
	/* Plane 2 is the primary plane of CRTC 0 if plane 0 is not. */
	asked.planes[2].kind = question->kind == RVKMS_PLANE_PRIMARY ? RVKMS_PLANE_OVERLAY
								     : RVKMS_PLANE_PRIMARY;
	asked.planes[2].crtcs = 1;
	asked.planes[2].has_zpos = question->has_overlay_zpos;
}

static struct rvkms_verdict ask(const void *asks)
{
	const struct property_question *question = asks;

	rvkms_device_describe_plain(&asked, 2, 0, 1);
	asked.num_planes = 3;
	asked.planes[1].kind = RVKMS_PLANE_PRIMARY;
	asked.planes[1].crtcs = 2;
	asked.planes[1].has_zpos = question->has_zpos;
	asked.num_connectors = question->num_connectors;
	asked.limits.max_width = question->max_width;
	asked.limits.max_height = question->max_height;
	fill_plane(question);
	asked.encoders[0].crtcs = question->encoder_crtcs;
	asked.crtcs[0].has_writeback = question->has_writeback;
	asked.crtcs[1].has_writeback = false;
	asked.crtcs[0].degamma_size = question->degamma_size;
	asked.crtcs[0].gamma_size = question->gamma_size;
	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++)
		asked.connectors[i].encoders = question->encoders;
	asked.connectors[0].max_bpc = question->max_bpc;
	asked.connectors[0].colorspaces = question->colorspaces;
	asked.connectors[0].monitor.status = question->status;

	return rvkms_check_device(&asked);
}

static const struct check_field property_fields[] = {
	CHECK_FIELD(struct property_question, num_connectors),
	CHECK_FIELD(struct property_question, max_width),
	CHECK_FIELD(struct property_question, max_height),
	CHECK_FIELD(struct property_question, kind),
	CHECK_FIELD(struct property_question, num_formats),
	CHECK_BITS(struct property_question, rotations),
	CHECK_BITS(struct property_question, rotation),
	CHECK_BITS(struct property_question, encodings),
	CHECK_BITS(struct property_question, encoding),
	CHECK_BITS(struct property_question, ranges),
	CHECK_BITS(struct property_question, range),
	CHECK_FIELD(struct property_question, has_zpos),
	CHECK_FIELD(struct property_question, has_overlay_zpos),
	CHECK_FIELD(struct property_question, is_zpos_mutable),
	CHECK_FIELD(struct property_question, zpos),
	CHECK_FIELD(struct property_question, min_zpos),
	CHECK_FIELD(struct property_question, max_zpos),
	CHECK_BITS(struct property_question, blend_modes),
	CHECK_FIELD(struct property_question, min_scale),
	CHECK_FIELD(struct property_question, max_scale),
	CHECK_BITS(struct property_question, encoder_crtcs),
	CHECK_FIELD(struct property_question, has_writeback),
	CHECK_FIELD(struct property_question, degamma_size),
	CHECK_FIELD(struct property_question, gamma_size),
	CHECK_BITS(struct property_question, encoders),
	CHECK_FIELD(struct property_question, max_bpc),
	CHECK_BITS(struct property_question, colorspaces),
	CHECK_FIELD(struct property_question, status),
};

const struct check_table rvkms_check_properties_table =
	CHECK_TABLE("property", ask, property_fields, property_cases, valid_device);

static const u32 default_counts[][3] = {
	{ 1, 0, 1 }, { 1, 8, 1 }, { 2, 3, 2 }, { 1, 30, 1 }, { 16, 0, 16 },
};

/* The default values are valid. */
static void rvkms_test_describe_plain_accepted(struct kunit *test)
{
	for (u32 i = 0; i < ARRAY_SIZE(default_counts); i++) {
		rvkms_device_describe_plain(&asked, default_counts[i][0], default_counts[i][1],
					    default_counts[i][2]);
		KUNIT_EXPECT_EQ(test, rvkms_check_device(&asked).rule, RVKMS_RULE_NONE);
	}
}

static void rvkms_test_describe_plain_too_many(struct kunit *test)
{
	rvkms_device_describe_plain(&asked, U32_MAX, U32_MAX, U32_MAX);
	KUNIT_EXPECT_EQ(test, rvkms_check_device(&asked).rule, RVKMS_RULE_DEVICE_CRTCS);
	rvkms_device_describe_plain(&asked, 1, U32_MAX, 1);
	KUNIT_EXPECT_EQ(test, rvkms_check_device(&asked).rule, RVKMS_RULE_DEVICE_PLANES);
	rvkms_device_describe_plain(&asked, 1, 31, 1);
	KUNIT_EXPECT_EQ(test, rvkms_check_device(&asked).rule, RVKMS_RULE_DEVICE_PLANES);
}

/* The limits of an object have precedence over those of the device. */
static void rvkms_test_describe_limits(struct kunit *test)
{
	rvkms_device_describe_plain(&asked, 2, 0, 1);
	asked.planes[2].min_scale = 1000;
	asked.planes[2].max_scale = 70000;
	asked.crtcs[1].max_planes = 3;
	asked.crtcs[1].max_pixel_rate = 5;
	KUNIT_EXPECT_EQ(test, rvkms_plane_limits(&asked, 2).min_scale, 1000);
	KUNIT_EXPECT_EQ(test, rvkms_plane_limits(&asked, 2).max_scale, 70000);
	KUNIT_EXPECT_EQ(test, rvkms_plane_limits(&asked, 2).cursor_width, 512);
	KUNIT_EXPECT_EQ(test, rvkms_plane_limits(&asked, 0).min_scale, 128);
	KUNIT_EXPECT_EQ(test, rvkms_crtc_limits(&asked, 1).max_planes, 3);
	KUNIT_EXPECT_EQ(test, rvkms_crtc_limits(&asked, 1).max_pixel_rate, 5);
	KUNIT_EXPECT_EQ(test, rvkms_crtc_limits(&asked, 1).max_width, 8192);
	KUNIT_EXPECT_EQ(test, rvkms_crtc_limits(&asked, 0).max_planes, U32_MAX);
}

/* A value that is not the default of the old type stays. */
static void rvkms_test_set_kind_keeps_changes(struct kunit *test)
{
	struct rvkms_plane_desc plane = rvkms_plane_describe(RVKMS_PLANE_PRIMARY);

	plane.has_pipeline = !plane.has_pipeline;
	plane.has_alpha = !plane.has_alpha;
	plane.blend_modes = 1;
	rvkms_plane_set_kind(&plane, RVKMS_PLANE_OVERLAY);
	KUNIT_EXPECT_EQ(test, plane.kind, RVKMS_PLANE_OVERLAY);
	KUNIT_EXPECT_EQ(test, plane.has_pipeline,
			!rvkms_plane_describe(RVKMS_PLANE_PRIMARY).has_pipeline);
	KUNIT_EXPECT_EQ(test, plane.has_alpha,
			!rvkms_plane_describe(RVKMS_PLANE_PRIMARY).has_alpha);
	KUNIT_EXPECT_EQ(test, plane.blend_modes, 1);
}

/* Width and height of cursors are checked one by one. */
static void rvkms_test_describe_cursor_size(struct kunit *test)
{
	rvkms_device_describe_plain(&asked, 1, 0, 1);
	asked.limits.cursor_height = 0;
	KUNIT_EXPECT_EQ(test, rvkms_check_device(&asked).rule, RVKMS_RULE_DEVICE_CURSOR_SIZE);
	asked.limits.cursor_height = 1;
	KUNIT_EXPECT_EQ(test, rvkms_check_device(&asked).rule, RVKMS_RULE_NONE);
	asked.limits.cursor_width = 0;
	KUNIT_EXPECT_EQ(test, rvkms_check_device(&asked).rule, RVKMS_RULE_DEVICE_CURSOR_SIZE);
}

/* With the writeback connector of its CRTC, a device has 32 connectors at most. */
static void rvkms_test_describe_one_more_connector(struct kunit *test)
{
	const struct rvkms_connector_desc *connector = &asked.connectors[0];

	rvkms_device_describe_plain(&asked, 1, 0, 30);
	KUNIT_ASSERT_TRUE(test, asked.crtcs[0].has_writeback);
	KUNIT_EXPECT_EQ(test, rvkms_check_connector_desc(&asked, connector).rule, RVKMS_RULE_NONE);
	rvkms_device_describe_plain(&asked, 1, 0, 31);
	KUNIT_EXPECT_EQ(test, rvkms_check_connector_desc(&asked, connector).rule,
			RVKMS_RULE_DEVICE_CONNECTORS);
}

static void rvkms_test_format_set_of_planes(struct kunit *test)
{
	u32 listed[RVKMS_MAX_PLANE_FORMATS], of_set[RVKMS_MAX_PLANE_FORMATS];

	for (u32 kind = RVKMS_PLANE_PRIMARY; kind <= RVKMS_PLANE_CURSOR; kind++) {
		const struct rvkms_format_set set = rvkms_format_set_of_plane(kind);
		const u32 count = rvkms_format_list_readable(kind, listed, ARRAY_SIZE(listed));

		KUNIT_EXPECT_EQ(test, rvkms_format_set_list(&set, NULL, 0), count);
		KUNIT_EXPECT_EQ(test, rvkms_format_set_list(&set, of_set, ARRAY_SIZE(of_set)),
				count);
		KUNIT_EXPECT_MEMEQ(test, of_set, listed, count * sizeof(u32));
	}
}

static void rvkms_test_format_set_changes(struct kunit *test)
{
	struct rvkms_format_set set = {};
	u32 fourccs[3] = { 0, 0, 7 };

	KUNIT_EXPECT_TRUE(test, rvkms_format_set_add(&set, DRM_FORMAT_NV12));
	KUNIT_EXPECT_TRUE(test, rvkms_format_set_add(&set, DRM_FORMAT_XRGB8888));
	KUNIT_EXPECT_TRUE(test, rvkms_format_set_add(&set, DRM_FORMAT_XRGB8888));
	KUNIT_EXPECT_FALSE(test, rvkms_format_set_add(&set, 0x20202020));
	/* DRM makes no framebuffers of it. */
	KUNIT_EXPECT_FALSE(test, rvkms_format_set_add(&set, DRM_FORMAT_R16));
	KUNIT_EXPECT_EQ(test, rvkms_format_set_list(&set, fourccs, 2), 2);
	KUNIT_EXPECT_EQ(test, fourccs[0], DRM_FORMAT_XRGB8888);
	KUNIT_EXPECT_EQ(test, fourccs[1], DRM_FORMAT_NV12);
	KUNIT_EXPECT_EQ(test, rvkms_format_set_list(&set, fourccs + 2, 1), 2);
	KUNIT_EXPECT_EQ(test, fourccs[2], DRM_FORMAT_XRGB8888);

	rvkms_format_set_remove(&set, DRM_FORMAT_XRGB8888);
	rvkms_format_set_remove(&set, DRM_FORMAT_C8);
	rvkms_format_set_remove(&set, 0);
	KUNIT_EXPECT_EQ(test, rvkms_format_set_list(&set, fourccs, 1), 1);
	KUNIT_EXPECT_EQ(test, fourccs[0], DRM_FORMAT_NV12);
}

/* Every format has a bit in a set. */
static void rvkms_test_format_set_is_large_enough(struct kunit *test)
{
	KUNIT_EXPECT_NOT_NULL(test, rvkms_format_at(0));
	KUNIT_EXPECT_NULL(test, rvkms_format_at(64 * RVKMS_FORMAT_SET_WORDS));
	KUNIT_EXPECT_NULL(test, rvkms_format_at(U32_MAX));
}

static struct kunit_case rvkms_check_properties_tests[] = {
	KUNIT_CASE(rvkms_test_describe_plain_accepted),
	KUNIT_CASE(rvkms_test_describe_plain_too_many),
	KUNIT_CASE(rvkms_test_describe_limits),
	KUNIT_CASE(rvkms_test_set_kind_keeps_changes),
	KUNIT_CASE(rvkms_test_describe_cursor_size),
	KUNIT_CASE(rvkms_test_describe_one_more_connector),
	KUNIT_CASE(rvkms_test_format_set_of_planes),
	KUNIT_CASE(rvkms_test_format_set_changes),
	KUNIT_CASE(rvkms_test_format_set_is_large_enough),
	{ }
};

static struct kunit_suite rvkms_check_properties_suite = {
	.name = "rvkms_check_properties",
	.test_cases = rvkms_check_properties_tests,
};

kunit_test_suite(rvkms_check_properties_suite);
