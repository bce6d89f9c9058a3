// SPDX-License-Identifier: GPL-2.0
/* Tests of YUV conversion: core/yuv and the fast path of core/format_yuv. */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "../../core/pixel/image.h"
#include "../../core/pixel/yuv.h"
#include "../../core/pixel/yuv_table.h"
#include "format_reference.h"
#include "mismatch.h"

struct yuv_case {
	const char *desc;
	enum rvkms_encoding encoding;
	enum rvkms_range range;
	u32 depth;
	u16 y;
	u16 cb;
	u16 cr;
	struct rvkms_pixel expected;
};

/* Computed with fractions: the equations of the recommendations, rounded once. */
static const struct yuv_case yuv_cases[] = {
	{ "BT.601, limited, 8 bits, black",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 8, 16, 128, 128,
	  { 0, 0, 0, 65535 } },
	{ "BT.601, limited, 8 bits, white",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 8, 235, 128, 128,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.601, limited, 8 bits, a colour",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 8, 81, 90, 200,
	  { 0, 8234, 48984, 65535 } },
	{ "BT.601, limited, 8 bits, out of range",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 8, 201, 31, 251,
	  { 5073, 39428, 65535, 65535 } },
	{ "BT.601, limited, 10 bits, a colour",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 10, 325, 360, 800,
	  { 0, 8309, 49059, 65535 } },
	{ "BT.601, limited, 10 bits, out of range",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 10, 801, 121, 1001,
	  { 4460, 39436, 65535, 65535 } },
	{ "BT.601, limited, 12 bits, a colour",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 12, 1301, 1443, 3202,
	  { 0, 8282, 49129, 65535 } },
	{ "BT.601, limited, 12 bits, out of range",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 12, 3201, 481, 4001,
	  { 4306, 39438, 65535, 65535 } },
	{ "BT.601, limited, 16 bits, black",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 16, 4096, 32768, 32768,
	  { 0, 0, 0, 65535 } },
	{ "BT.601, limited, 16 bits, white",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 16, 60160, 32768, 32768,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.601, limited, 16 bits, a colour",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 16, 20821, 23091, 51236,
	  { 0, 8284, 49141, 65535 } },
	{ "BT.601, limited, 16 bits, out of range",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 16, 51201, 7681, 64001,
	  { 4259, 39438, 65535, 65535 } },
	{ "BT.601, full, 8 bits, black",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 8, 0, 128, 128,
	  { 0, 0, 0, 65535 } },
	{ "BT.601, full, 8 bits, white",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 8, 255, 128, 128,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.601, full, 8 bits, a colour",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 8, 81, 90, 200,
	  { 3512, 10963, 46760, 65535 } },
	{ "BT.601, full, 8 bits, out of range",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 8, 201, 31, 251,
	  { 7483, 37661, 65535, 65535 } },
	{ "BT.601, full, 10 bits, a colour",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 10, 325, 360, 800,
	  { 3565, 10995, 46687, 65535 } },
	{ "BT.601, full, 10 bits, out of range",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 10, 801, 121, 1001,
	  { 6928, 37562, 65535, 65535 } },
	{ "BT.601, full, 12 bits, a colour",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 12, 1301, 1443, 3202,
	  { 3664, 10964, 46713, 65535 } },
	{ "BT.601, full, 12 bits, out of range",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 12, 3201, 481, 4001,
	  { 6790, 37537, 65535, 65535 } },
	{ "BT.601, full, 16 bits, black",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 16, 0, 32768, 32768,
	  { 0, 0, 0, 65535 } },
	{ "BT.601, full, 16 bits, white",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 16, 65535, 32768, 32768,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.601, full, 16 bits, a colour",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 16, 20821, 23091, 51236,
	  { 3673, 10963, 46713, 65535 } },
	{ "BT.601, full, 16 bits, out of range",
	  RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL, 16, 51201, 7681, 64001,
	  { 6747, 37530, 65535, 65535 } },
	{ "BT.709, limited, 8 bits, black",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 8, 16, 128, 128,
	  { 0, 0, 0, 65535 } },
	{ "BT.709, limited, 8 bits, white",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 8, 235, 128, 128,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.709, limited, 8 bits, a colour",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 8, 81, 90, 200,
	  { 0, 11673, 52624, 65535 } },
	{ "BT.709, limited, 8 bits, out of range",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 8, 201, 31, 251,
	  { 2701, 43831, 65535, 65535 } },
	{ "BT.709, limited, 10 bits, a colour",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 10, 325, 360, 800,
	  { 0, 11747, 52699, 65535 } },
	{ "BT.709, limited, 10 bits, out of range",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 10, 801, 121, 1001,
	  { 2069, 43750, 65535, 65535 } },
	{ "BT.709, limited, 12 bits, a colour",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 12, 1301, 1443, 3202,
	  { 0, 11739, 52775, 65535 } },
	{ "BT.709, limited, 12 bits, out of range",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 12, 3201, 481, 4001,
	  { 1911, 43730, 65535, 65535 } },
	{ "BT.709, limited, 16 bits, black",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 16, 4096, 32768, 32768,
	  { 0, 0, 0, 65535 } },
	{ "BT.709, limited, 16 bits, white",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 16, 60160, 32768, 32768,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.709, limited, 16 bits, a colour",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 16, 20821, 23091, 51236,
	  { 0, 11742, 52788, 65535 } },
	{ "BT.709, limited, 16 bits, out of range",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED, 16, 51201, 7681, 64001,
	  { 1862, 43724, 65535, 65535 } },
	{ "BT.709, full, 8 bits, black",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 8, 0, 128, 128,
	  { 0, 0, 0, 65535 } },
	{ "BT.709, full, 8 bits, white",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 8, 255, 128, 128,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.709, full, 8 bits, a colour",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 8, 81, 90, 200,
	  { 2695, 13984, 49957, 65535 } },
	{ "BT.709, full, 8 bits, out of range",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 8, 201, 31, 251,
	  { 5399, 41529, 65535, 65535 } },
	{ "BT.709, full, 10 bits, a colour",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 10, 325, 360, 800,
	  { 2751, 14007, 49875, 65535 } },
	{ "BT.709, full, 10 bits, out of range",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 10, 801, 121, 1001,
	  { 4834, 41341, 65535, 65535 } },
	{ "BT.709, full, 12 bits, a colour",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 12, 1301, 1443, 3202,
	  { 2854, 13989, 49905, 65535 } },
	{ "BT.709, full, 12 bits, out of range",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 12, 3201, 481, 4001,
	  { 4693, 41294, 65535, 65535 } },
	{ "BT.709, full, 16 bits, black",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 16, 0, 32768, 32768,
	  { 0, 0, 0, 65535 } },
	{ "BT.709, full, 16 bits, white",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 16, 65535, 32768, 32768,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.709, full, 16 bits, a colour",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 16, 20821, 23091, 51236,
	  { 2864, 13988, 49904, 65535 } },
	{ "BT.709, full, 16 bits, out of range",
	  RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL, 16, 51201, 7681, 64001,
	  { 4650, 41279, 65535, 65535 } },
	{ "BT.2020, limited, 8 bits, black",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 8, 16, 128, 128,
	  { 0, 0, 0, 65535 } },
	{ "BT.2020, limited, 8 bits, white",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 8, 235, 128, 128,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.2020, limited, 8 bits, a colour",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 8, 81, 90, 200,
	  { 0, 9245, 50513, 65535 } },
	{ "BT.2020, limited, 8 bits, out of range",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 8, 201, 31, 251,
	  { 1968, 39470, 65535, 65535 } },
	{ "BT.2020, limited, 10 bits, a colour",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 10, 325, 360, 800,
	  { 0, 9320, 50588, 65535 } },
	{ "BT.2020, limited, 10 bits, out of range",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 10, 801, 121, 1001,
	  { 1331, 39407, 65535, 65535 } },
	{ "BT.2020, limited, 12 bits, a colour",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 12, 1301, 1443, 3202,
	  { 0, 9309, 50661, 65535 } },
	{ "BT.2020, limited, 12 bits, out of range",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 12, 3201, 481, 4001,
	  { 1172, 39391, 65535, 65535 } },
	{ "BT.2020, limited, 16 bits, black",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 16, 4096, 32768, 32768,
	  { 0, 0, 0, 65535 } },
	{ "BT.2020, limited, 16 bits, white",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 16, 60160, 32768, 32768,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.2020, limited, 16 bits, a colour",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 16, 20821, 23091, 51236,
	  { 0, 9311, 50673, 65535 } },
	{ "BT.2020, limited, 16 bits, out of range",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED, 16, 51201, 7681, 64001,
	  { 1122, 39386, 65535, 65535 } },
	{ "BT.2020, full, 8 bits, black",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 8, 0, 128, 128,
	  { 0, 0, 0, 65535 } },
	{ "BT.2020, full, 8 bits, white",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 8, 255, 128, 128,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.2020, full, 8 bits, a colour",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 8, 81, 90, 200,
	  { 2443, 11852, 48103, 65535 } },
	{ "BT.2020, full, 8 bits, out of range",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 8, 201, 31, 251,
	  { 4756, 37698, 65535, 65535 } },
	{ "BT.2020, full, 10 bits, a colour",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 10, 325, 360, 800,
	  { 2500, 11881, 48026, 65535 } },
	{ "BT.2020, full, 10 bits, out of range",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 10, 801, 121, 1001,
	  { 4188, 37537, 65535, 65535 } },
	{ "BT.2020, full, 12 bits, a colour",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 12, 1301, 1443, 3202,
	  { 2605, 11862, 48054, 65535 } },
	{ "BT.2020, full, 12 bits, out of range",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 12, 3201, 481, 4001,
	  { 4046, 37497, 65535, 65535 } },
	{ "BT.2020, full, 16 bits, black",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 16, 0, 32768, 32768,
	  { 0, 0, 0, 65535 } },
	{ "BT.2020, full, 16 bits, white",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 16, 65535, 32768, 32768,
	  { 65535, 65535, 65535, 65535 } },
	{ "BT.2020, full, 16 bits, a colour",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 16, 20821, 23091, 51236,
	  { 2615, 11862, 48054, 65535 } },
	{ "BT.2020, full, 16 bits, out of range",
	  RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL, 16, 51201, 7681, 64001,
	  { 4002, 37484, 65535, 65535 } },
};

KUNIT_ARRAY_PARAM_DESC(yuv, yuv_cases, desc);

static void rvkms_test_yuv_pixel_literal(struct kunit *test)
{
	const struct yuv_case *row = test->param_value;
	const struct rvkms_yuv yuv = rvkms_yuv_create(row->encoding, row->range, row->depth);
	const struct rvkms_pixel pixel = rvkms_yuv_pixel(&yuv, row->y, row->cb, row->cr);

	KUNIT_EXPECT_EQ(test, pixel.b, row->expected.b);
	KUNIT_EXPECT_EQ(test, pixel.g, row->expected.g);
	KUNIT_EXPECT_EQ(test, pixel.r, row->expected.r);
	KUNIT_EXPECT_EQ(test, pixel.a, 65535);
}

/* A test of the reference, since the other tests rely on it. */
static void rvkms_test_reference_yuv_literal(struct kunit *test)
{
	const struct yuv_case *row = test->param_value;
	const struct rvkms_pixel pixel = reference_yuv(row->encoding, row->range, row->depth,
						       row->y, row->cb, row->cr);

	KUNIT_EXPECT_EQ(test, pixel.b, row->expected.b);
	KUNIT_EXPECT_EQ(test, pixel.g, row->expected.g);
	KUNIT_EXPECT_EQ(test, pixel.r, row->expected.r);
}

/* 8-bit planes for a row of all 256 values of luma. */
struct row_of_luma {
	u8 y[256];
	u8 cb[256];
	u8 cr[256];
	struct rvkms_pixel pixels[256];
};

static void check_row(const struct rvkms_image *image, struct row_of_luma *row, u8 cb, u8 cr,
		      struct mismatch *m)
{
	const struct rvkms_walk walk = { .dx = 1, .count = 256 };

	memset(row->cb, cb, sizeof(row->cb));
	memset(row->cr, cr, sizeof(row->cr));
	rvkms_image_read(image, &walk, row->pixels);

	for (u32 y = 0; y < 256; y++)
		mismatch_note(m, pixels_differ(row->pixels[y],
					       reference_yuv(image->encoding, image->range, 8, y,
							     cb, cr)),
			      cr << 16 | cb << 8 | y);
}

static struct row_of_luma *row_alloc(struct kunit *test, struct rvkms_image *image)
{
	struct row_of_luma *row = kunit_kmalloc(test, sizeof(*row), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, row);
	for (u32 y = 0; y < 256; y++)
		row->y[y] = y;

	*image = (struct rvkms_image){
		.format = rvkms_format_find(DRM_FORMAT_YUV444),
		.planes = { { row->y, 256 }, { row->cb, 256 }, { row->cr, 256 } },
		.width = 256, .height = 1,
	};

	return row;
}

/* All 2^24 triples, in the default matrix and range. */
static void rvkms_test_format_yuv_all_triples(struct kunit *test)
{
	struct rvkms_image image;
	struct row_of_luma *row = row_alloc(test, &image);
	struct mismatch m = {};

	for (u32 i = 0; i < 65536; i++)
		check_row(&image, row, i & 0xff, i >> 8, &m);

	EXPECT_NO_MISMATCH(test, &m, 1 << 24);
}

struct matrix_case {
	const char *desc;
	enum rvkms_encoding encoding;
	enum rvkms_range range;
};

static const struct matrix_case matrices[] = {
	{ "BT.601, limited", RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED },
	{ "BT.601, full", RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL },
	{ "BT.709, limited", RVKMS_ENCODING_BT709, RVKMS_RANGE_LIMITED },
	{ "BT.709, full", RVKMS_ENCODING_BT709, RVKMS_RANGE_FULL },
	{ "BT.2020, limited", RVKMS_ENCODING_BT2020, RVKMS_RANGE_LIMITED },
	{ "BT.2020, full", RVKMS_ENCODING_BT2020, RVKMS_RANGE_FULL },
};

KUNIT_ARRAY_PARAM_DESC(matrix, matrices, desc);

/*
 * All 2^24 triples in the other matrices and ranges: each has tables of its own. The expected
 * values are those of the exact conversion, which the tests below compare with the reference.
 */
static void rvkms_test_yuv_packed_all_triples(struct kunit *test)
{
	const struct matrix_case *param = test->param_value;
	const struct rvkms_yuv_table *table = rvkms_yuv_table(param->encoding, param->range);
	const struct rvkms_yuv_byte_table *bytes = rvkms_yuv_byte_table(param->encoding,
									param->range);
	const struct rvkms_yuv yuv = rvkms_yuv_create(param->encoding, param->range, 8);
	struct mismatch m = {};

	for (u32 i = 0; i < 65536; i++) {
		const u8 cb = i & 0xff, cr = i >> 8;
		const u64 byte_chroma = rvkms_yuv_byte_chroma(bytes, cb, cr);
		const struct rvkms_yuv_entry chroma = rvkms_yuv_chroma(table, cb, cr);

		for (u32 y = 0; y < 256; y++) {
			const struct rvkms_pixel p = rvkms_yuv_pixel(&yuv, y, cb, cr);
			const u64 expected = 1ull << 63 | (u64)p.r << 37 | (u64)p.b << 18 | p.g;

			const u32 rounded = (p.r + 128) / 257 << 16 | (p.g + 128) / 257 << 8 |
					    (p.b + 128) / 257;

			mismatch_note(&m, rvkms_yuv_packed(table, y, chroma) != expected ||
				      rvkms_yuv_bytes(bytes, y, byte_chroma) != rounded,
				      i << 8 | y);
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 1 << 24);
}

/* Invalid matrices and ranges. */
static void rvkms_test_yuv_table_hostile(struct kunit *test)
{
	const struct rvkms_yuv_table *table = rvkms_yuv_table(RVKMS_ENCODING_BT601,
							      RVKMS_RANGE_LIMITED);

	KUNIT_EXPECT_PTR_EQ(test, rvkms_yuv_table(3, RVKMS_RANGE_LIMITED), table);
	KUNIT_EXPECT_PTR_EQ(test, rvkms_yuv_table(-1, 2), table);
	KUNIT_EXPECT_PTR_EQ(test, rvkms_yuv_table(3, RVKMS_RANGE_FULL),
			    rvkms_yuv_table(RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL));
	KUNIT_EXPECT_PTR_EQ(test, rvkms_yuv_byte_table(3, 2),
			    rvkms_yuv_byte_table(RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED));
	KUNIT_EXPECT_PTR_EQ(test, rvkms_yuv_byte_table(-1, RVKMS_RANGE_FULL),
			    rvkms_yuv_byte_table(RVKMS_ENCODING_BT601, RVKMS_RANGE_FULL));
}

/* Any luma, with chroma at and around its boundary values. */
static void rvkms_test_format_yuv_boundaries(struct kunit *test)
{
	static const u8 values[] = {
		0, 1, 15, 16, 17, 63, 64, 126, 127, 128, 129, 130, 191, 239, 240, 241, 253, 254,
		255,
	};
	const struct matrix_case *param = test->param_value;
	struct rvkms_image image;
	struct row_of_luma *row = row_alloc(test, &image);
	struct mismatch m = {};

	image.encoding = param->encoding;
	image.range = param->range;
	for (u32 i = 0; i < ARRAY_SIZE(values) * ARRAY_SIZE(values); i++)
		check_row(&image, row, values[i / ARRAY_SIZE(values)],
			  values[i % ARRAY_SIZE(values)], &m);

	EXPECT_NO_MISMATCH(test, &m, 19 * 19 * 256);
}

/*
 * Full range has ties: 257 * (y - 128 * 0.344136... ) ends in one half for some triples. With a
 * factor that was rounded down a little, 56925.5, which rounds up, became 56925.
 */
static void rvkms_test_format_yuv_ties(struct kunit *test)
{
	struct rvkms_image image;
	struct row_of_luma *row = row_alloc(test, &image);
	const struct rvkms_walk walk = { .dx = 1, .count = 1 };

	image.range = RVKMS_RANGE_FULL;
	row->y[0] = 0;
	row->cb[0] = 253;
	row->cr[0] = 0;
	rvkms_image_read(&image, &walk, row->pixels);

	KUNIT_EXPECT_EQ(test, row->pixels[0].g, 12437);
	KUNIT_EXPECT_EQ(test, row->pixels[0].b, 56926);
}

static u16 random_sample(struct rnd_state *random, u32 depth)
{
	const u32 r = prandom_u32_state(random);
	const u32 extra = depth - 8;

	switch (r % 8) {
	case 0:
		return 0;
	case 1:
		return (1u << depth) - 1;
	case 2:
		return (16u << extra) + r / 8 % 3 - 1;
	case 3:
		return (235u << extra) + r / 8 % 3 - 1;
	case 4:
		return (128u << extra) + r / 8 % 3 - 1;
	default:
		return r >> 8 & ((1u << depth) - 1);
	}
}

static void rvkms_test_yuv_pixel_deep(struct kunit *test)
{
	static const u8 depths[] = { 8, 10, 12, 16 };
	const struct matrix_case *param = test->param_value;
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 2020);
	for (u32 i = 0; i < 100000; i++) {
		const u8 depth = depths[i % ARRAY_SIZE(depths)];
		const struct rvkms_yuv yuv = rvkms_yuv_create(param->encoding, param->range,
							      depth);
		const u16 y = random_sample(&random, depth);
		const u16 cb = random_sample(&random, depth);
		const u16 cr = random_sample(&random, depth);

		mismatch_note(&m, pixels_differ(rvkms_yuv_pixel(&yuv, y, cb, cr),
						reference_yuv(param->encoding, param->range, depth,
							      y, cb, cr)),
			      (u64)y << 32 | (u32)cb << 16 | cr);
	}

	EXPECT_NO_MISMATCH(test, &m, 100000);
}

/* Values that every check rejects have a defined result too. */
static void rvkms_test_yuv_create_hostile(struct kunit *test)
{
	const struct rvkms_yuv expected = rvkms_yuv_create(RVKMS_ENCODING_BT601,
							   RVKMS_RANGE_LIMITED, 8);
	const struct rvkms_yuv deepest = rvkms_yuv_create(RVKMS_ENCODING_BT601,
							  RVKMS_RANGE_LIMITED, 16);
	struct rvkms_yuv yuv;

	yuv = rvkms_yuv_create(3, RVKMS_RANGE_LIMITED, 8);
	KUNIT_EXPECT_MEMEQ(test, &yuv, &expected, sizeof(yuv));
	yuv = rvkms_yuv_create(-1, RVKMS_RANGE_LIMITED, 8);
	KUNIT_EXPECT_MEMEQ(test, &yuv, &expected, sizeof(yuv));
	yuv = rvkms_yuv_create(RVKMS_ENCODING_BT601, 2, 8);
	KUNIT_EXPECT_MEMEQ(test, &yuv, &expected, sizeof(yuv));
	yuv = rvkms_yuv_create(RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 0);
	KUNIT_EXPECT_MEMEQ(test, &yuv, &expected, sizeof(yuv));
	yuv = rvkms_yuv_create(RVKMS_ENCODING_BT601, RVKMS_RANGE_LIMITED, 255);
	KUNIT_EXPECT_MEMEQ(test, &yuv, &deepest, sizeof(yuv));
}

static void rvkms_test_quotient_of_boundaries(struct kunit *test)
{
	static const u64 divisors[] = {
		1, 2, 3, 255, 256, 257, 293500, 65536, 1u << 31, 4186112ull * 6780000, 1ull << 44,
		(1ull << 45) - 1,
	};
	struct mismatch m = {};

	for (u32 i = 0; i < ARRAY_SIZE(divisors) * 65536; i++) {
		const u64 d = divisors[i / 65536];
		const struct rvkms_quotient by = rvkms_quotient_create(d);
		const u64 n = (u64)(i % 65536) * d;

		mismatch_note(&m, rvkms_quotient_of(&by, n) != i % 65536 ||
			      rvkms_quotient_of(&by, n + d - 1) != i % 65536, i);
	}

	EXPECT_NO_MISMATCH(test, &m, 12 * 65536);
	KUNIT_EXPECT_EQ(test, rvkms_quotient_create(0).divisor, 1);
}

static struct kunit_case rvkms_format_yuv_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_yuv_pixel_literal, yuv_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_reference_yuv_literal, yuv_gen_params),
	KUNIT_CASE_SLOW(rvkms_test_format_yuv_all_triples),
	KUNIT_CASE_PARAM_ATTR(rvkms_test_yuv_packed_all_triples, matrix_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	KUNIT_CASE(rvkms_test_yuv_table_hostile),
	KUNIT_CASE_PARAM(rvkms_test_format_yuv_boundaries, matrix_gen_params),
	KUNIT_CASE(rvkms_test_format_yuv_ties),
	KUNIT_CASE_PARAM(rvkms_test_yuv_pixel_deep, matrix_gen_params),
	KUNIT_CASE(rvkms_test_yuv_create_hostile),
	KUNIT_CASE(rvkms_test_quotient_of_boundaries),
	{ }
};

static struct kunit_suite rvkms_format_yuv_suite = {
	.name = "rvkms_format_yuv",
	.test_cases = rvkms_format_yuv_tests,
};

kunit_test_suite(rvkms_format_yuv_suite);
