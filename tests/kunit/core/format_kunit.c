// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/format: the list of formats. The suites rvkms_format_read and rvkms_format_write
 * test reads and writes.
 */

#include <drm/drm_fourcc.h>
#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "../../core/pixel/format.h"
#include "format_images.h"
#include "format_reference.h"
#include "mismatch.h"

/* Formats of drm_fourcc.h that rvkms does not read. */
struct unsupported_format {
	u32 fourcc;
	const char *reason;
};

static const struct unsupported_format unsupported_formats[] = {
	{ DRM_FORMAT_VUY101010, "has no linear layout" },
	{ DRM_FORMAT_YUV420_8BIT, "has no linear layout" },
	{ DRM_FORMAT_YUV420_10BIT, "has no linear layout" },
	{ DRM_FORMAT_R32F, "DRM makes no framebuffers of it" },
	{ DRM_FORMAT_GR3232F, "DRM makes no framebuffers of it" },
	{ DRM_FORMAT_BGR323232F, "DRM makes no framebuffers of it" },
	{ DRM_FORMAT_ABGR32323232F, "DRM makes no framebuffers of it" },
};

static const struct unsupported_format *find_unsupported(u32 fourcc)
{
	for (u32 i = 0; i < ARRAY_SIZE(unsupported_formats); i++) {
		if (unsupported_formats[i].fourcc == fourcc)
			return &unsupported_formats[i];
	}

	return NULL;
}

static bool is_listed(const struct reference_format *format)
{
	return !format->is_unlisted;
}

REFERENCE_PARAMS(reference, reference_any)
REFERENCE_PARAMS(listed, is_listed)

static void rvkms_test_format_find_known(struct kunit *test)
{
	const struct reference_format *reference = test->param_value;
	const struct rvkms_format *format = rvkms_format_find(reference->fourcc);

	KUNIT_ASSERT_NOT_NULL(test, format);
	KUNIT_EXPECT_EQ(test, format->fourcc, reference->fourcc);
	KUNIT_EXPECT_EQ(test, format->num_planes, reference->num_planes);
	KUNIT_EXPECT_EQ(test, format->has_alpha, reference_bits(reference, 'A') != 0);
	KUNIT_EXPECT_EQ(test, format->is_yuv, reference_bits(reference, 'Y') != 0);
	KUNIT_EXPECT_EQ(test, format->is_unlisted, reference->is_unlisted);
	KUNIT_EXPECT_NOT_NULL(test, format->read);
	KUNIT_EXPECT_EQ(test, !!format->write, reference->is_writable);
	KUNIT_EXPECT_NULL(test, find_unsupported(reference->fourcc));
}

/* DRM and this driver agree on the layout of planes. */
static void rvkms_test_format_agrees_with_drm(struct kunit *test)
{
	const struct reference_format *reference = test->param_value;
	const struct drm_format_info *info = drm_format_info(reference->fourcc);

	KUNIT_ASSERT_NOT_NULL(test, info);
	KUNIT_EXPECT_EQ(test, info->num_planes, reference->num_planes);
	KUNIT_EXPECT_EQ(test, info->has_alpha, reference_bits(reference, 'A') != 0);
	KUNIT_EXPECT_EQ(test, info->is_yuv, reference_bits(reference, 'Y') != 0);
	KUNIT_EXPECT_EQ(test, info->hsub, reference->hsub);
	KUNIT_EXPECT_EQ(test, info->vsub, reference->vsub);
	for (u32 i = 0; i < 48 * info->num_planes; i++) {
		const u32 plane = i / 48;
		const u32 width = drm_format_info_plane_width(info, i % 48 + 1, plane);

		KUNIT_EXPECT_EQ(test, drm_format_info_min_pitch(info, plane, width),
				reference_min_pitch(reference, plane, i % 48 + 1));
	}
}

static bool find_is_wrong(u32 fourcc)
{
	const struct rvkms_format *format = rvkms_format_find(fourcc);

	return reference_find(fourcc) ? !format || format->fourcc != fourcc : !!format;
}

/* All codes of four capital letters, digits and blanks; every DRM_FORMAT_* is one of them. */
static u32 nth_code(u32 n)
{
	static const char symbols[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ";

	return fourcc_code(symbols[n % 37], symbols[n / 37 % 37], symbols[n / 1369 % 37],
			   symbols[n / 50653]);
}

#define NUM_CODES (37 * 37 * 37 * 37)

static void rvkms_test_format_find_all_codes(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < NUM_CODES; i++)
		mismatch_note(&m, find_is_wrong(nth_code(i)), nth_code(i));

	EXPECT_NO_MISMATCH(test, &m, NUM_CODES);
}

/*
 * Every format for which DRM makes framebuffers is either listed or in the table of unsupported
 * formats.
 */
static void rvkms_test_format_list_covers_drm(struct kunit *test)
{
#ifdef MODULE
	kunit_skip(test, "__drm_format_info() is not exported");
#else
	u32 known = 0, unsupported = 0;
	struct mismatch m = {};

	for (u32 i = 0; i < NUM_CODES; i++) {
		const u32 fourcc = nth_code(i);
		const struct rvkms_format *format;

		if (!__drm_format_info(fourcc))
			continue;

		format = rvkms_format_find(fourcc);
		known++;
		unsupported += !format;
		mismatch_note(&m, format ? format->is_unlisted : !find_unsupported(fourcc), fourcc);
	}

	EXPECT_NO_MISMATCH(test, &m, 134);
	KUNIT_EXPECT_EQ(test, known, 134);
	KUNIT_EXPECT_EQ(test, unsupported, 3);
#endif
}

struct fourcc_case {
	const char *desc;
	u32 fourcc;
};

static const struct fourcc_case unknown_fourccs[] = {
	{ "invalid", DRM_FORMAT_INVALID },
	{ "one", 1 },
	{ "all ones", U32_MAX },
	{ "sign bit", DRM_FORMAT_BIG_ENDIAN },
	{ "XRGB8888 in big endian", DRM_FORMAT_XRGB8888 | DRM_FORMAT_BIG_ENDIAN },
	{ "RGB565 in big endian", DRM_FORMAT_RGB565 | DRM_FORMAT_BIG_ENDIAN },
	{ "XRGB8888 with its bytes swapped", 0x58523234 },
	{ "XRGB8888 in small letters", fourcc_code('x', 'r', '2', '4') },
	{ "VUY101010", DRM_FORMAT_VUY101010 },
	{ "YUV420_8BIT", DRM_FORMAT_YUV420_8BIT },
	{ "YUV420_10BIT", DRM_FORMAT_YUV420_10BIT },
	{ "ABGR32323232F", DRM_FORMAT_ABGR32323232F },
};

KUNIT_ARRAY_PARAM_DESC(unknown_fourcc, unknown_fourccs, desc);

/*
 * The in-tree driver calls BUG() for an unknown format: a check that let one through could halt the
 * machine. Here, the lookup returns no format.
 */
static void rvkms_test_format_find_unknown(struct kunit *test)
{
	const struct fourcc_case *row = test->param_value;

	KUNIT_EXPECT_NULL(test, rvkms_format_find(row->fourcc));
}

/* Codes that differ from a known one in one or two bits. */
static void rvkms_test_format_find_bit_flips(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < reference_num_formats * 1024; i++) {
		const u32 flips = 1u << (i % 32) | 1u << (i / 32 % 32);
		const u32 fourcc = reference_formats[i / 1024].fourcc ^ flips;

		mismatch_note(&m, find_is_wrong(fourcc), fourcc);
	}

	EXPECT_NO_MISMATCH(test, &m, 141 * 1024);
}

#define UNTOUCHED 0xa5a5a5a5
#define MAX_LISTED 64

static u32 list_primary(u32 *fourccs, u32 max)
{
	return rvkms_format_list_readable(RVKMS_PLANE_PRIMARY, fourccs, max);
}

static u32 list_overlay(u32 *fourccs, u32 max)
{
	return rvkms_format_list_readable(RVKMS_PLANE_OVERLAY, fourccs, max);
}

static u32 list_cursor(u32 *fourccs, u32 max)
{
	return rvkms_format_list_readable(RVKMS_PLANE_CURSOR, fourccs, max);
}

static u32 list_unknown(u32 *fourccs, u32 max)
{
	return rvkms_format_list_readable(RVKMS_PLANE_CURSOR + 1, fourccs, max);
}

struct list_case {
	const char *desc;
	u32 (*list)(u32 *fourccs, u32 max);
	u32 count;
	u32 first;
};

/* A client without a preference takes the first format. */
static const struct list_case list_cases[] = {
	{ "primary", list_primary, 64, DRM_FORMAT_XRGB8888 },
	{ "overlay", list_overlay, 64, DRM_FORMAT_XRGB8888 },
	{ "cursor", list_cursor, 29, DRM_FORMAT_ARGB8888 },
	{ "writeback", rvkms_format_list_writable, 58, DRM_FORMAT_XRGB8888 },
	{ "unknown type of plane", list_unknown, 0, UNTOUCHED },
};

KUNIT_ARRAY_PARAM_DESC(list, list_cases, desc);

static void rvkms_test_format_list_room(struct kunit *test)
{
	const struct list_case *row = test->param_value;
	u32 fourccs[MAX_LISTED + 1], all[MAX_LISTED + 1];

	memset(all, 0xa5, sizeof(all));
	KUNIT_EXPECT_EQ(test, row->list(NULL, 0), row->count);
	KUNIT_ASSERT_EQ(test, row->list(all, MAX_LISTED + 1), row->count);
	KUNIT_EXPECT_EQ(test, all[0], row->first);

	for (u32 max = 0; max <= row->count; max++) {
		memset(fourccs, 0xa5, sizeof(fourccs));
		KUNIT_EXPECT_EQ(test, row->list(fourccs, max), row->count);
		KUNIT_EXPECT_MEMEQ(test, fourccs, all, max * sizeof(*all));
		KUNIT_EXPECT_EQ(test, fourccs[max], UNTOUCHED);
	}
}

static void rvkms_test_format_list_distinct(struct kunit *test)
{
	const struct list_case *row = test->param_value;
	u32 fourccs[MAX_LISTED] = {};

	KUNIT_ASSERT_EQ(test, row->list(fourccs, MAX_LISTED), row->count);

	for (u32 i = 0; i < row->count; i++) {
		const struct reference_format *reference = reference_find(fourccs[i]);

		KUNIT_ASSERT_NOT_NULL(test, reference);
		KUNIT_EXPECT_FALSE(test, reference->is_unlisted);
		for (u32 j = 0; j < i; j++)
			KUNIT_EXPECT_NE(test, fourccs[i], fourccs[j]);
	}
}

static bool list_has(u32 (*list)(u32 *fourccs, u32 max), u32 fourcc)
{
	u32 fourccs[MAX_LISTED];
	const u32 count = min(list(fourccs, MAX_LISTED), MAX_LISTED);

	for (u32 i = 0; i < count; i++) {
		if (fourccs[i] == fourcc)
			return true;
	}

	return false;
}

/*
 * At least one type of plane offers each readable format, and writeback offers each writable one.
 */
static void rvkms_test_format_list_offers_all(struct kunit *test)
{
	const struct reference_format *format = test->param_value;
	const u32 fourcc = format->fourcc;

	KUNIT_EXPECT_EQ(test, list_has(list_primary, fourcc) || list_has(list_overlay, fourcc) ||
			list_has(list_cursor, fourcc), !format->is_unlisted);
	KUNIT_EXPECT_EQ(test, list_has(rvkms_format_list_writable, fourcc),
			format->is_writable && !format->is_unlisted);
}

/*
 * The RGB formats of an overlay beside those of YUV. IGT changes the zpos of planes only if
 * ARGB1555 is among them. The formats that had to make room are on the other planes.
 */
static void rvkms_test_format_list_overlay_rgb(struct kunit *test)
{
	static const u32 rgb[] = {
		DRM_FORMAT_XRGB8888, DRM_FORMAT_ARGB8888, DRM_FORMAT_RGB565, DRM_FORMAT_ARGB1555,
		DRM_FORMAT_ARGB2101010,
	};

	for (u32 i = 0; i < ARRAY_SIZE(rgb); i++)
		KUNIT_EXPECT_TRUE(test, list_has(list_overlay, rgb[i]));
	KUNIT_EXPECT_FALSE(test, list_has(list_overlay, DRM_FORMAT_ABGR2101010));

	KUNIT_EXPECT_TRUE(test, list_has(list_primary, DRM_FORMAT_Y8));
	KUNIT_EXPECT_TRUE(test, list_has(list_cursor, DRM_FORMAT_RGBA5551));
}

static struct kunit_case rvkms_format_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_format_find_known, reference_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_agrees_with_drm, listed_gen_params),
	KUNIT_CASE_SLOW(rvkms_test_format_find_all_codes),
	KUNIT_CASE_SLOW(rvkms_test_format_list_covers_drm),
	KUNIT_CASE_PARAM(rvkms_test_format_find_unknown, unknown_fourcc_gen_params),
	KUNIT_CASE(rvkms_test_format_find_bit_flips),
	KUNIT_CASE_PARAM(rvkms_test_format_list_room, list_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_list_distinct, list_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_list_offers_all, reference_gen_params),
	KUNIT_CASE(rvkms_test_format_list_overlay_rgb),
	{ }
};

static struct kunit_suite rvkms_format_suite = {
	.name = "rvkms_format",
	.test_cases = rvkms_format_tests,
};

kunit_test_suite(rvkms_format_suite);
