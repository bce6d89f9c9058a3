// SPDX-License-Identifier: GPL-2.0
/* Tests of core/check/device: the properties of the objects of a device, and its default values. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>
#include <uapi/drm/drm_fourcc.h>

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

CHECK_ROW(property_case, struct property_question);

/* A case overrides values of a valid device. */
#pragma GCC diagnostic ignored "-Woverride-init"

/* A valid device, with changes. */
#define WITH(...) {									\
	.num_connectors = 1, .max_width = 64, .max_height = 64,				\
	.num_formats = 1, .rotations = 0x3f, .rotation = 1,				\
	.encodings = 7, .encoding = 1, .ranges = 3, .range = 1,				\
	.has_zpos = 1, .has_overlay_zpos = 1, .is_zpos_mutable = 1, .zpos = 1, .max_zpos = 2, \
	.blend_modes = 7, .min_scale = 65536, .max_scale = 65536,			\
	.encoder_crtcs = 3, .degamma_size = 2, .gamma_size = 2,				\
	.encoders = 1, .max_bpc = 8, .colorspaces = 0x200, .status = 1,			\
	__VA_ARGS__									\
}

#define CASE(text, name, bad, good) {							\
	.row = { text, RVKMS_RULE_DEVICE_##name, -EINVAL },				\
	.refused = WITH bad,								\
	.neighbour = WITH good,								\
}

static const struct property_case property_cases[] = {
	CASE("no connector", CONNECTORS, (.num_connectors = 0), (.num_connectors = 1)),
	CASE("33 connectors", CONNECTORS, (.num_connectors = 33), (.num_connectors = 32)),
	CASE("width 0", SIZE, (.max_width = 0), (.max_width = 1)),
	CASE("width 8193", SIZE, (.max_width = 8193), (.max_width = 8192)),
	CASE("height 0", SIZE, (.max_height = 0), (.max_height = 1)),
	CASE("height 8193", SIZE, (.max_height = 8193), (.max_height = 8192)),
	CASE("type 3", PLANE_TYPE, (.kind = 3, .num_formats = 1), (.kind = 2, .num_formats = 1)),
	CASE("no format", PLANE_FORMATS, (.num_formats = 0), (.num_formats = 1)),
	CASE("65 formats", PLANE_FORMATS, (.num_formats = 65), (.num_formats = 64)),
	CASE("rotation by no angle", PLANE_ROTATION, (.rotation = 0), (.rotation = 1)),
	CASE("rotation by two angles", PLANE_ROTATION, (.rotation = 5), (.rotation = 4)),
	CASE("unsupported angle", PLANE_ROTATION,
	     (.rotation = 2, .rotations = 1), (.rotation = 2, .rotations = 3)),
	CASE("unsupported reflection", PLANE_ROTATION,
	     (.rotation = 0x11, .rotations = 1), (.rotation = 0x11, .rotations = 0x11)),
	CASE("unknown rotation", PLANE_ROTATION, (.rotations = 0x7f), (.rotations = 0x3f)),
	CASE("no encoding", PLANE_ENCODING, (.encoding = 0), (.encoding = 1)),
	CASE("two encodings", PLANE_ENCODING, (.encoding = 3), (.encoding = 2)),
	CASE("unsupported encoding", PLANE_ENCODING,
	     (.encoding = 4, .encodings = 3), (.encoding = 4, .encodings = 7)),
	CASE("unknown encoding", PLANE_ENCODING, (.encodings = 15), (.encodings = 7)),
	CASE("no range", PLANE_RANGE, (.range = 0), (.range = 1)),
	CASE("two ranges", PLANE_RANGE, (.range = 3), (.range = 2)),
	CASE("unsupported range", PLANE_RANGE,
	     (.range = 2, .ranges = 1), (.range = 2, .ranges = 3)),
	CASE("unknown range", PLANE_RANGE, (.ranges = 7), (.ranges = 3)),
	CASE("zpos below its range", PLANE_ZPOS, (.min_zpos = 2), (.min_zpos = 1)),
	CASE("zpos above its range", PLANE_ZPOS, (.zpos = 3), (.zpos = 2)),
	CASE("immutable zpos above its range", PLANE_ZPOS,
	     (.zpos = 3, .is_zpos_mutable = 1), (.zpos = 3, .is_zpos_mutable = 0)),
	CASE("overlay without zpos", PLANE_ZPOS,
	     (.has_overlay_zpos = 0), (.has_overlay_zpos = 1)),
	CASE("only overlay with zpos", PLANE_ZPOS,
	     (.has_zpos = 0), (.has_zpos = 1)),
	CASE("not pre-multiplied", PLANE_BLEND, (.blend_modes = 6), (.blend_modes = 7)),
	CASE("unknown blend mode", PLANE_BLEND, (.blend_modes = 9), (.blend_modes = 1)),
	CASE("always enlarged", PLANE_SCALING, (.max_scale = 65535), (.max_scale = 65536)),
	CASE("always shrunk", PLANE_SCALING, (.min_scale = 65537), (.min_scale = 65536)),
	CASE("enlarged too much", PLANE_SCALING, (.min_scale = 127), (.min_scale = 128)),
	CASE("shrunk too much", PLANE_SCALING, (.max_scale = 524289), (.max_scale = 524288)),
	CASE("CRTC 1 without encoder", CRTC_ENCODERS,
	     (.encoder_crtcs = 1), (.encoder_crtcs = 3)),
	CASE("CRTC 0 without encoder", CRTC_ENCODERS,
	     (.encoder_crtcs = 2, .has_writeback = 0), (.encoder_crtcs = 2, .has_writeback = 1)),
	CASE("degamma of one entry", CRTC_LUT, (.degamma_size = 1), (.degamma_size = 0)),
	CASE("gamma of one entry", CRTC_LUT, (.gamma_size = 1), (.gamma_size = 2)),
	CASE("degamma of 4097 entries", CRTC_LUT, (.degamma_size = 4097), (.degamma_size = 4096)),
	CASE("gamma of 4097 entries", CRTC_LUT, (.gamma_size = 4097), (.gamma_size = 4096)),
	CASE("no encoder", CONNECTOR_ENCODERS, (.encoders = 0), (.encoders = 1)),
	CASE("encoder that does not exist", CONNECTOR_ENCODERS, (.encoders = 3), (.encoders = 1)),
	CASE("max bpc 7", CONNECTOR_BPC, (.max_bpc = 7), (.max_bpc = 8)),
	CASE("max bpc 17", CONNECTOR_BPC, (.max_bpc = 17), (.max_bpc = 16)),
	CASE("colorspace Default alone", CONNECTOR_COLORSPACE,
	     (.colorspaces = 1), (.colorspaces = 3)),
	CASE("unknown colorspace", CONNECTOR_COLORSPACE,
	     (.colorspaces = 0x2200), (.colorspaces = 0x200)),
	CASE("status 0", CONNECTOR_STATUS, (.status = 0), (.status = 1)),
	CASE("status 4", CONNECTOR_STATUS, (.status = 4), (.status = 3)),
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
	CHECK_TABLE("property", ask, property_fields, property_cases);

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
