// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/check/attribute: the text of each attribute, and the decisions on writes and links.
 * The kernel's own functions, which the in-tree driver uses for its attributes, are the reference.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include <drm/drm_fourcc.h>
#include <drm/drm_mode.h>

#include "../../core/check/attribute.h"
#include "../core/mismatch.h"

static const void *attribute_gen_params(struct kunit *test, const void *prev, char *desc)
{
	const struct rvkms_attribute *attribute = prev ? prev + sizeof(*attribute)
						       : rvkms_attributes;

	if (attribute == rvkms_attributes + RVKMS_NUM_ATTRIBUTES)
		return NULL;

	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s", attribute->name);

	return attribute;
}

static struct rvkms_parsed parse(const struct rvkms_attribute *attribute, const char *text)
{
	return rvkms_attribute_parse(attribute, text, strlen(text));
}

static struct rvkms_parsed parse_u64(const struct rvkms_attribute *attribute, u64 value)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu\n", value);

	return parse(attribute, text);
}

static u32 num_angles(u64 value)
{
	return hweight64(value & 0xf);
}

/* An independent definition of the allowed values. */
static bool is_allowed(const struct rvkms_attribute *attribute, u64 value)
{
	switch (attribute->type) {
	case RVKMS_ATTRIBUTE_BOOL:
		return value < 2;
	case RVKMS_ATTRIBUTE_BITS:
		return (value | attribute->high) == attribute->high &&
		       (value || !attribute->low);
	case RVKMS_ATTRIBUTE_BIT:
		return (value | attribute->high) == attribute->high && hweight64(value) == 1;
	case RVKMS_ATTRIBUTE_ROTATIONS:
		return value < 64 && num_angles(value) > 0;
	case RVKMS_ATTRIBUTE_ROTATION:
		return value < 64 && num_angles(value) == 1;
	case RVKMS_ATTRIBUTE_PLANE_TYPE:
		return value < 3;
	case RVKMS_ATTRIBUTE_CONNECTOR_TYPE:
		return value < 21 && value != 18;
	default:
		return value >= attribute->low && value <= attribute->high;
	}
}

static void expect_value(struct kunit *test, const struct rvkms_attribute *attribute, u64 value,
			 struct mismatch *m)
{
	const struct rvkms_parsed parsed = parse_u64(attribute, value);
	const bool allowed = is_allowed(attribute, value);

	/* A boolean value is the first character: 10 is 1. */
	if (attribute->type == RVKMS_ATTRIBUTE_BOOL && value > 1)
		return;

	mismatch_note(m, parsed.err != (allowed ? 0 : -EINVAL), value);
	mismatch_note(m, allowed && parsed.value != value, value);
}

/* The values around the limits, and the first 70000. */
static void rvkms_test_attribute_values(struct kunit *test)
{
	const struct rvkms_attribute *attribute = test->param_value;
	struct mismatch m = {};

	for (u64 i = 0; i < 70000; i++)
		expect_value(test, attribute, i, &m);
	for (u64 i = 0; i < 3; i++) {
		expect_value(test, attribute, attribute->low - 1 + i, &m);
		expect_value(test, attribute, attribute->high - 1 + i, &m);
		expect_value(test, attribute, (u64)U32_MAX - 1 + i, &m);
		expect_value(test, attribute, U64_MAX - i, &m);
	}
	KUNIT_EXPECT_EQ_MSG(test, m.count, 0, "first: %llu", m.first);
}

/* The default of each attribute is a value that can be written, and reads as it was written. */
static void rvkms_test_attribute_default(struct kunit *test)
{
	const struct rvkms_attribute *attribute = test->param_value;
	const u32 id = attribute - rvkms_attributes;
	struct rvkms_device_desc *device = kunit_kzalloc(test, sizeof(*device), GFP_KERNEL);
	struct rvkms_plane_desc plane = rvkms_plane_describe(RVKMS_PLANE_OVERLAY);
	struct rvkms_crtc_desc crtc = rvkms_crtc_describe();
	struct rvkms_connector_desc connector = rvkms_connector_describe();
	void *desc = &connector;
	u64 value;

	KUNIT_ASSERT_NOT_NULL(test, device);
	rvkms_device_describe(device);
	if (id < RVKMS_ATTRIBUTE_ID_plane_type)
		desc = device;
	else if (id < RVKMS_ATTRIBUTE_ID_crtc_writeback)
		desc = &plane;
	else if (id < RVKMS_ATTRIBUTE_ID_connector_type)
		desc = &crtc;

	value = rvkms_attribute_value(attribute, desc);
	KUNIT_EXPECT_TRUE(test, is_allowed(attribute, value));
	rvkms_attribute_set(attribute, desc, attribute->high & ~18);
	rvkms_attribute_set(attribute, desc, value);
	KUNIT_EXPECT_EQ(test, rvkms_attribute_value(attribute, desc), value);
}

static void rvkms_test_attribute_may_write(struct kunit *test)
{
	const struct rvkms_attribute *attribute = test->param_value;
	const bool is_live = attribute->when == RVKMS_ATTRIBUTE_LIVE;

	KUNIT_EXPECT_EQ(test, rvkms_attribute_may_write(attribute, false), 0);
	KUNIT_EXPECT_EQ(test, rvkms_attribute_may_write(attribute, true), is_live ? 0 : -EBUSY);
}

/* All texts of up to three characters. */
static void rvkms_test_attribute_bool(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < BIT(24); i++) {
		const char text[4] = { i, i >> 8, i >> 16 };
		struct rvkms_parsed parsed;
		bool expected = false;
		int err;

		/* Only the first two characters are read: three of the third are enough. */
		if (i >> 16 > 3)
			break;

		err = kstrtobool(text, &expected);
		parsed = rvkms_bool_parse(text, strlen(text));
		mismatch_note(&m, parsed.err != err || (!err && parsed.value != expected), i);
	}
	KUNIT_EXPECT_EQ_MSG(test, m.count, 0, "first: %#llx", m.first);
}

/* Compares a text with kstrtoull(). */
static bool is_number_as_expected(enum rvkms_attribute_type type, const char *text, u32 base)
{
	const struct rvkms_attribute attribute = { .type = type, .high = U64_MAX };
	const struct rvkms_parsed parsed = parse(&attribute, text);
	u64 expected = 0;
	const int err = kstrtoull(text, base, &expected);

	return parsed.err == (err ? -EINVAL : 0) && (err || parsed.value == expected);
}

/* All texts of up to five of these characters. */
static void rvkms_test_attribute_numbers(struct kunit *test)
{
	static const char characters[] = " 01789aFxX+-\n";
	const u32 count = strlen(characters) + 1;
	struct mismatch m = {};

	for (u32 i = 0; i < count * count * count * count * count; i++) {
		char text[6] = {};

		for (u32 k = 0, rest = i; k < 5; k++, rest /= count)
			text[k] = characters[rest % count];
		mismatch_note(&m, !is_number_as_expected(RVKMS_ATTRIBUTE_NUMBER, text, 10), i);
		mismatch_note(&m, !is_number_as_expected(RVKMS_ATTRIBUTE_BITS, text, 0), i);
	}
	KUNIT_EXPECT_EQ_MSG(test, m.count, 0, "first: %llu", m.first);
}

static void rvkms_test_attribute_large_numbers(struct kunit *test)
{
	static const char * const texts[] = {
		"18446744073709551615", "18446744073709551616", "184467440737095516150",
		"0xffffffffffffffff", "0x10000000000000000", "01777777777777777777777",
		"02000000000000000000000", "99999999999999999999999999999999",
	};

	for (u32 i = 0; i < ARRAY_SIZE(texts); i++) {
		KUNIT_EXPECT_TRUE(test, is_number_as_expected(RVKMS_ATTRIBUTE_NUMBER, texts[i],
							      10));
		KUNIT_EXPECT_TRUE(test, is_number_as_expected(RVKMS_ATTRIBUTE_BITS, texts[i], 0));
	}
}

/* A 0 within the bytes does not end the text. */
static void rvkms_test_attribute_zero_byte(struct kunit *test)
{
	const struct rvkms_attribute *attribute = &rvkms_attributes[RVKMS_ATTRIBUTE_ID_plane_type];

	KUNIT_EXPECT_EQ(test, rvkms_attribute_parse(attribute, "1", 1).err, 0);
	KUNIT_EXPECT_EQ(test, rvkms_attribute_parse(attribute, "1\0", 2).err, -EINVAL);
	KUNIT_EXPECT_EQ(test, rvkms_attribute_parse(attribute, "\0", 1).err, -EINVAL);
	KUNIT_EXPECT_EQ(test, rvkms_attribute_parse(attribute, "", 0).err, -EINVAL);
}

/* All combinations: a plane and an encoder have CRTCs, a connector has encoders. */
static void rvkms_test_attribute_links(struct kunit *test)
{
	static const int targets[] = {
		RVKMS_OBJECT_CRTC, -1, RVKMS_OBJECT_CRTC, RVKMS_OBJECT_ENCODER,
	};

	for (u32 i = 0; i < 128; i++) {
		const struct rvkms_link_request request = {
			.from = i & 3,
			.to = i >> 2 & 3,
			.is_same_device = i & 16,
			.is_enabled = i & 32,
			.exists = i & 64,
		};
		int expected = 0;

		if (i & 64)
			expected = -EEXIST;
		if (i & 32)
			expected = -EBUSY;
		if (!(i & 16) || targets[i & 3] != (i >> 2 & 3))
			expected = -EINVAL;
		KUNIT_EXPECT_EQ(test, rvkms_link_may_exist(&request), expected);
	}
}

struct formats_case {
	const char *text;
	int err;
	u32 count;
	u32 first;
};

/* A plane with the formats XR24 and NV12. */
static const struct formats_case formats_cases[] = {
	{ "+AR24", 0, 3, DRM_FORMAT_XRGB8888 },
	{ "-XR24", 0, 1, DRM_FORMAT_NV12 },
	{ "-XR24\n", 0, 1, DRM_FORMAT_NV12 },
	{ "+AR24 -XR24 +R8\n", 0, 3, DRM_FORMAT_ARGB8888 },
	{ "\n\t+AR24\n -XR24\n", 0, 2, DRM_FORMAT_ARGB8888 },
	{ "-*", 0, 0 },
	{ "-* +R8", 0, 1, DRM_FORMAT_R8 },
	{ "+*", 0, 64, DRM_FORMAT_XRGB8888 },
	{ "+XR24", 0, 2, DRM_FORMAT_XRGB8888 },
	{ "-ZZZZ", 0, 2, DRM_FORMAT_XRGB8888 },
	{ "+ZZZZ", -EINVAL, 2, DRM_FORMAT_XRGB8888 },
	{ "-XR24 +ZZZZ", -EINVAL, 2, DRM_FORMAT_XRGB8888 },
	{ "", -EINVAL, 2, DRM_FORMAT_XRGB8888 },
	{ "\n ", -EINVAL, 2, DRM_FORMAT_XRGB8888 },
	{ "+", -EINVAL, 2, DRM_FORMAT_XRGB8888 },
	{ "XR24", -EINVAL, 2, DRM_FORMAT_XRGB8888 },
	{ "*", -EINVAL, 2, DRM_FORMAT_XRGB8888 },
	{ "+AR241", -EINVAL, 2, DRM_FORMAT_XRGB8888 },
	{ "+AR24+R8", -EINVAL, 2, DRM_FORMAT_XRGB8888 },
	{ "+**", -EINVAL, 2, DRM_FORMAT_XRGB8888 },
};

KUNIT_ARRAY_PARAM_DESC(formats, formats_cases, text);

static void rvkms_test_attribute_formats(struct kunit *test)
{
	const struct formats_case *param = test->param_value;
	struct rvkms_plane_desc plane = rvkms_plane_describe(RVKMS_PLANE_OVERLAY);
	u32 first = 0;

	memset(&plane.formats, 0, sizeof(plane.formats));
	KUNIT_ASSERT_TRUE(test, rvkms_format_set_add(&plane.formats, DRM_FORMAT_XRGB8888));
	KUNIT_ASSERT_TRUE(test, rvkms_format_set_add(&plane.formats, DRM_FORMAT_NV12));
	KUNIT_EXPECT_EQ(test, rvkms_plane_change_formats(&plane, param->text, strlen(param->text)),
			param->err);
	KUNIT_EXPECT_EQ(test, rvkms_format_set_list(&plane.formats, &first, 1), param->count);
	KUNIT_EXPECT_EQ(test, first, param->first);
}

/* Defaults follow the type, other values stay. */
static void rvkms_test_attribute_plane_type(struct kunit *test)
{
	const struct rvkms_attribute *attribute = &rvkms_attributes[RVKMS_ATTRIBUTE_ID_plane_type];
	struct rvkms_plane_desc plane = rvkms_plane_describe(RVKMS_PLANE_OVERLAY);
	const struct rvkms_plane_desc cursor = rvkms_plane_describe(RVKMS_PLANE_CURSOR);

	KUNIT_EXPECT_EQ(test, rvkms_attribute_value(attribute, &plane), 0);
	rvkms_attribute_set(attribute, &plane, 2);
	KUNIT_EXPECT_EQ(test, rvkms_attribute_value(attribute, &plane), 2);
	KUNIT_EXPECT_MEMEQ(test, &plane, &cursor, sizeof(plane));

	plane.has_alpha = true;
	plane.blend_modes = 3;
	rvkms_format_set_remove(&plane.formats, DRM_FORMAT_ARGB8888);
	rvkms_attribute_set(attribute, &plane, 1);
	KUNIT_EXPECT_EQ(test, rvkms_attribute_value(attribute, &plane), 1);
	KUNIT_EXPECT_EQ(test, plane.kind, RVKMS_PLANE_PRIMARY);
	KUNIT_EXPECT_TRUE(test, plane.has_alpha);
	KUNIT_EXPECT_TRUE(test, plane.has_pipeline);
	KUNIT_EXPECT_EQ(test, plane.blend_modes, 3);
	KUNIT_EXPECT_EQ(test, rvkms_format_set_list(&plane.formats, NULL, 0), 28);
}

static struct kunit_case attribute_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_attribute_values, attribute_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_attribute_default, attribute_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_attribute_may_write, attribute_gen_params),
	KUNIT_CASE(rvkms_test_attribute_bool),
	KUNIT_CASE(rvkms_test_attribute_numbers),
	KUNIT_CASE(rvkms_test_attribute_large_numbers),
	KUNIT_CASE(rvkms_test_attribute_zero_byte),
	KUNIT_CASE(rvkms_test_attribute_links),
	KUNIT_CASE_PARAM(rvkms_test_attribute_formats, formats_gen_params),
	KUNIT_CASE(rvkms_test_attribute_plane_type),
	{}
};

static struct kunit_suite attribute_suite = {
	.name = "rvkms_attribute",
	.test_cases = attribute_tests,
};

kunit_test_suite(attribute_suite);
