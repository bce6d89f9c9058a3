// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the writes of core/format_*.c. The result is decoded bit by bit as drm_fourcc.h has it,
 * and compared with rounding by division.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "../../core/pixel/half.h"
#include "../../core/pixel/image.h"
#include "format_images.h"
#include "format_reference.h"
#include "mismatch.h"

#define GUARD 0xa5

/* A target with the memory of an image. */
static struct rvkms_target target_of(const struct rvkms_image *image)
{
	struct rvkms_target target = {
		.format = image->format, .width = image->width, .height = image->height,
	};

	for (u32 i = 0; i < RVKMS_MAX_PLANES; i++)
		target.planes[i] = (struct rvkms_target_plane){
			(u8 *)image->planes[i].data, image->planes[i].pitch,
		};

	return target;
}

/* round(c * max / 65535), by its remainder. There are no ties, since 65535 is odd. */
static u32 reference_narrow(u32 c, u32 bits)
{
	const u32 product = c * ((1u << bits) - 1);

	return product / 65535 + (product % 65535 > 32767 ? 1 : 0);
}

static bool channel_is_wrong(const struct reference_format *format,
			     const struct rvkms_image *image, char name, u32 x, u16 c)
{
	const u32 bits = reference_bits(format, name);
	u32 value;

	if (!bits)
		return false;

	value = reference_sample(format, image, name, x, 0);
	if (format->is_half)
		return value != rvkms_half_from_unorm(c);

	return value != reference_narrow(c, bits);
}

static bool is_writable(const struct reference_format *format)
{
	return format->is_writable;
}

static bool is_writable_rgb(const struct reference_format *format)
{
	return format->is_writable && !reference_bits(format, 'Y');
}

static bool is_writable_unorm(const struct reference_format *format)
{
	return is_writable_rgb(format) && !format->is_half;
}

REFERENCE_PARAMS(writable, is_writable)
REFERENCE_PARAMS(writable_rgb, is_writable_rgb)
REFERENCE_PARAMS(writable_unorm, is_writable_unorm)

/* All 2^16 values in all channels. */
static void rvkms_test_format_write_every_value(struct kunit *test)
{
	const struct reference_format *format = test->param_value;
	struct rvkms_pixel *line;
	struct rvkms_target target;
	struct rvkms_image image;
	struct rnd_state random;
	struct mismatch m = {};

	line = kunit_kmalloc_array(test, 65536, sizeof(*line), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, line);
	for (u32 c = 0; c <= U16_MAX; c++)
		line[c] = (struct rvkms_pixel){ c, 65535 - c, c ^ 0x5a5a, c ^ 0xff };
	prandom_seed_state(&random, 3);
	image = random_image(test, format, 65536, 1, &random);
	target = target_of(&image);

	rvkms_target_write(&target, 0, line, line);

	for (u32 x = 0; x <= U16_MAX; x++)
		mismatch_note(&m, channel_is_wrong(format, &image, 'B', x, line[x].b) ||
			      channel_is_wrong(format, &image, 'G', x, line[x].g) ||
			      channel_is_wrong(format, &image, 'R', x, line[x].r) ||
			      channel_is_wrong(format, &image, 'A', x, line[x].a), x);

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

/*
 * Pixels that were read are written as the same bits, except for alpha and padding. Half floats are
 * excluded: they have fewer bits than a channel, and values out of range.
 */
static void rvkms_test_format_write_what_was_read(struct kunit *test)
{
	const struct reference_format *format = test->param_value;
	struct rvkms_pixel *pixels = kunit_kmalloc_array(test, 512, sizeof(*pixels), GFP_KERNEL);
	const struct rvkms_walk walk = { .dx = 1, .count = 512 };
	struct rvkms_image image, copy;
	struct rvkms_target target;
	struct rnd_state random;
	struct mismatch m = {};

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	prandom_seed_state(&random, 4);
	image = random_image(test, format, 512, 1, &random);
	copy = random_image(test, format, 512, 1, &random);
	target = target_of(&copy);
	rvkms_image_read(&image, &walk, pixels);
	rvkms_target_write(&target, 0, pixels, pixels);

	for (u32 x = 0; x < 512; x++) {
		for (const char *name = "BGRA"; *name; name++)
			mismatch_note(&m, reference_bits(format, *name) &&
				      reference_sample(format, &image, *name, x, 0) !=
				      reference_sample(format, &copy, *name, x, 0), x);
	}

	EXPECT_NO_MISMATCH(test, &m, 4 * 512);
}

/* A plane with guards around its rows. */
struct guarded {
	u8 memory[3][256];
};

/* Only the row's pixels are written, at any alignment. */
static void rvkms_test_format_write_memory(struct kunit *test)
{
	const struct reference_format *format = test->param_value;
	struct guarded *guarded = kunit_kmalloc(test, sizeof(*guarded), GFP_KERNEL);
	const struct rvkms_pixel line[5] = {};
	struct rvkms_target target = { .width = 5, .height = 3 };

	KUNIT_ASSERT_NOT_NULL(test, guarded);
	memset(guarded, GUARD, sizeof(*guarded));
	target.format = rvkms_format_find(format->fourcc);
	for (u32 i = 0; i < format->num_planes; i++)
		target.planes[i] = (struct rvkms_target_plane){ guarded->memory[i] + 49, 51 };

	rvkms_target_write(&target, 1, line, line);

	for (u32 i = 0; i < format->num_planes; i++) {
		const bool is_chroma = reference_plane_height(format, i, 2) == 1;
		const u32 begin = 49 + (is_chroma ? 0 : 51);
		const u32 end = begin + reference_min_pitch(format, i, 5);

		KUNIT_EXPECT_NULL(test, memchr_inv(guarded->memory[i], GUARD, begin));
		KUNIT_EXPECT_NULL(test, memchr_inv(guarded->memory[i] + end, GUARD, 256 - end));
		KUNIT_EXPECT_NE(test, guarded->memory[i][begin], GUARD);
		KUNIT_EXPECT_NE(test, guarded->memory[i][end - 1], GUARD);
	}
}

struct number_case {
	const char *desc;
	u32 fourcc;
	struct rvkms_pixel pixel;
	u8 expected[8];
};

static const struct number_case number_cases[] = {
	{ "XRGB8888", DRM_FORMAT_XRGB8888, { 0x0101, 0x8080, 0xfefe, 0 },
	  { 0x01, 0x80, 0xfe, 0xff } },
	{ "ARGB8888", DRM_FORMAT_ARGB8888, { 0x0101, 0x8080, 0xfefe, 0x4040 },
	  { 0x01, 0x80, 0xfe, 0x40 } },
	{ "RGBX8888", DRM_FORMAT_RGBX8888, { 0x0101, 0x8080, 0xfefe, 0 },
	  { 0xff, 0x01, 0x80, 0xfe } },
	{ "XRGB8888, last that rounds down", DRM_FORMAT_XRGB8888, { 128, 385, 65406, 0 },
	  { 0x00, 0x01, 0xfe, 0xff } },
	{ "XRGB8888, first that rounds up", DRM_FORMAT_XRGB8888, { 129, 386, 65407, 0 },
	  { 0x01, 0x02, 0xff, 0xff } },
	/*
	 * The in-tree driver rounds down here: a value just below one of the format, as blending
	 * makes, came out a step darker, and white came out grey.
	 */
	{ "RGB565, just below white", DRM_FORMAT_RGB565, { 65534, 65534, 65534, 0 },
	  { 0xff, 0xff } },
	{ "RGB565, first that round up to 1", DRM_FORMAT_RGB565, { 1058, 521, 1058, 0 },
	  { 0x21, 0x08 } },
	{ "RGB565, last that round down to 0", DRM_FORMAT_RGB565, { 1057, 520, 1057, 0 },
	  { 0x00, 0x00 } },
	{ "BGR565", DRM_FORMAT_BGR565, { 65535, 0, 2114, 0 }, { 0x01, 0xf8 } },
	{ "XRGB1555", DRM_FORMAT_XRGB1555, { 0, 0, 0, 0 }, { 0x00, 0x80 } },
	{ "BGRX5551", DRM_FORMAT_BGRX5551, { 0, 0, 0, 0 }, { 0x01, 0x00 } },
	{ "XBGR4444", DRM_FORMAT_XBGR4444, { 0x1111, 0x2222, 0x3333, 0 }, { 0x23, 0xf1 } },
	{ "RGB332", DRM_FORMAT_RGB332, { 43690, 9362, 9362, 0 }, { 0x26 } },
	{ "XRGB2101010", DRM_FORMAT_XRGB2101010, { 64, 0, 65535, 0 }, { 0x01, 0x00, 0xf0, 0xff } },
	{ "AXBXGXRX106106106106", DRM_FORMAT_AXBXGXRX106106106106, { 32800, 65535, 64, 64 },
	  { 0x40, 0x00, 0xc0, 0xff, 0x00, 0x80, 0x40, 0x00 } },
	{ "XRGB16161616", DRM_FORMAT_XRGB16161616, { 0x0102, 0x0304, 0x0506, 0 },
	  { 0x02, 0x01, 0x04, 0x03, 0x06, 0x05, 0xff, 0xff } },
	{ "XBGR16161616F", DRM_FORMAT_XBGR16161616F, { 65535, 32768, 0, 0 },
	  { 0x00, 0x00, 0x00, 0x38, 0x00, 0x3c, 0x00, 0x3c } },
};

KUNIT_ARRAY_PARAM_DESC(number, number_cases, desc);

static void rvkms_test_format_write_literal(struct kunit *test)
{
	const struct number_case *row = test->param_value;
	u8 memory[8] = {};
	const struct rvkms_target target = {
		.format = rvkms_format_find(row->fourcc), .planes = { { memory, 8 } },
		.width = 1, .height = 1,
	};

	rvkms_target_write(&target, 0, &row->pixel, NULL);

	KUNIT_EXPECT_MEMEQ(test, memory, row->expected, sizeof(memory));
}

/* NV12. */

static u64 weighted(const struct rvkms_pixel *p, s32 r, s32 g, s32 b)
{
	return (s64)r * p->r + (s64)g * p->g + (s64)b * p->b;
}

/* floor(n / d + 1 / 2) for any sign of n. */
static s64 round_up_half(s64 n, s64 d)
{
	const s64 twice = 2 * n + d;

	return twice >= 0 ? div64_s64(twice, 2 * d) : -div64_s64(-twice + 2 * d - 1, 2 * d);
}

static u8 nv12_luma(const struct rvkms_pixel *p)
{
	return 16 + round_up_half(219 * weighted(p, 299, 587, 114), 65535 * 1000);
}

/* The mean of the pixels that exist, of the four that share the sample. */
static u8 nv12_chroma(const struct rvkms_pixel (*picture)[7], u32 width, u32 height, u32 x, u32 y,
		      bool is_blue)
{
	s64 sum = 0, count = 0;

	for (u32 j = y; j < min(y + 2, height); j++) {
		for (u32 i = x; i < min(x + 2, width); i++) {
			sum += is_blue ? weighted(&picture[j][i], -299, -587, 886)
				       : weighted(&picture[j][i], 701, -587, -114);
			count++;
		}
	}

	return 128 + round_up_half(224 * sum, count * 65535 * (is_blue ? 1772 : 1402));
}

struct nv12_size {
	const char *desc;
	u32 width;
	u32 height;
};

static const struct nv12_size nv12_sizes[] = {
	{ "1x1", 1, 1 }, { "2x2", 2, 2 }, { "3x2", 3, 2 }, { "2x3", 2, 3 }, { "7x5", 7, 5 },
	{ "6x6", 6, 6 }, { "1x6", 1, 6 }, { "7x1", 7, 1 },
};

KUNIT_ARRAY_PARAM_DESC(nv12_size, nv12_sizes, desc);

static void rvkms_test_format_write_nv12(struct kunit *test)
{
	const struct nv12_size *row = test->param_value;
	const struct reference_format *format = reference_find(DRM_FORMAT_NV12);
	struct rvkms_pixel picture[6][7];
	struct mismatch m = {};
	struct rnd_state random;
	u64 turns = 0;

	prandom_seed_state(&random, 12);
	for (u32 i = 0; i < 500; i++) {
		const struct rvkms_image image = random_image(test, format, row->width,
							      row->height, &random);
		const struct rvkms_target target = target_of(&image);

		prandom_bytes_state(&random, picture, sizeof(picture));
		for (u32 y = 0; y < row->height; y++)
			rvkms_target_write(&target, y, picture[y], y ? picture[y - 1] : NULL);

		for (u32 y = 0; y < row->height; y++) {
			for (u32 x = 0; x < row->width; x++)
				mismatch_note(&m, reference_sample(format, &image, 'Y', x, y) !=
					      nv12_luma(&picture[y][x]), i);
		}
		for (u32 y = 0; y < row->height; y += 2) {
			for (u32 x = 0; x < row->width; x += 2)
				mismatch_note(&m, reference_sample(format, &image, 'U', x, y) !=
					      nv12_chroma(picture, row->width, row->height, x, y,
							  true) ||
					      reference_sample(format, &image, 'V', x, y) !=
					      nv12_chroma(picture, row->width, row->height, x, y,
							  false), i);
		}
		turns += row->width * row->height +
			 DIV_ROUND_UP(row->width, 2) * DIV_ROUND_UP(row->height, 2);
		free_image(test, &image);
	}

	EXPECT_NO_MISMATCH(test, &m, turns);
}

struct nv12_case {
	const char *desc;
	struct rvkms_pixel pixel;
	u8 y, cb, cr;
};

/* The colour bars of BT.601, at 100 %. */
static const struct nv12_case nv12_cases[] = {
	{ "black", { 0, 0, 0, 65535 }, 16, 128, 128 },
	{ "white", { 65535, 65535, 65535, 65535 }, 235, 128, 128 },
	{ "red", { 0, 0, 65535, 65535 }, 81, 90, 240 },
	{ "green", { 0, 65535, 0, 65535 }, 145, 54, 34 },
	{ "blue", { 65535, 0, 0, 65535 }, 41, 240, 110 },
	{ "yellow", { 0, 65535, 65535, 65535 }, 210, 16, 146 },
	{ "cyan", { 65535, 65535, 0, 65535 }, 170, 166, 16 },
	{ "magenta", { 65535, 0, 65535, 65535 }, 106, 202, 222 },
};

KUNIT_ARRAY_PARAM_DESC(nv12, nv12_cases, desc);

static void rvkms_test_format_write_nv12_literal(struct kunit *test)
{
	const struct nv12_case *row = test->param_value;
	const struct rvkms_pixel line[2] = { row->pixel, row->pixel };
	u8 luma[4] = {}, chroma[2] = {};
	const struct rvkms_target target = {
		.format = rvkms_format_find(DRM_FORMAT_NV12),
		.planes = { { luma, 2 }, { chroma, 2 } }, .width = 2, .height = 2,
	};

	rvkms_target_write(&target, 0, line, NULL);
	rvkms_target_write(&target, 1, line, line);

	KUNIT_EXPECT_EQ(test, luma[0], row->y);
	KUNIT_EXPECT_EQ(test, luma[3], row->y);
	KUNIT_EXPECT_EQ(test, chroma[0], row->cb);
	KUNIT_EXPECT_EQ(test, chroma[1], row->cr);
}

/* Targets that a check would have rejected are not written. */
static void rvkms_test_target_write_hostile(struct kunit *test)
{
	const struct rvkms_pixel pixel = { 1, 2, 3, 4 };
	u8 memory[8] = {};
	const u8 untouched[8] = {};
	struct rvkms_target target = {
		.format = rvkms_format_find(DRM_FORMAT_XRGB8888), .planes = { { memory, 4 } },
		.width = 1, .height = 1,
	};

	rvkms_target_write(&target, 1, &pixel, &pixel);
	rvkms_target_write(&target, U32_MAX, &pixel, &pixel);
	KUNIT_EXPECT_MEMEQ(test, memory, untouched, sizeof(memory));

	target.format = NULL;
	rvkms_target_write(&target, 0, &pixel, &pixel);
	target.format = rvkms_format_find(DRM_FORMAT_R8);
	rvkms_target_write(&target, 0, &pixel, &pixel);
	target.format = rvkms_format_find(DRM_FORMAT_NV12);
	rvkms_target_write(&target, 0, &pixel, &pixel);
	KUNIT_EXPECT_MEMEQ(test, memory, untouched, sizeof(memory));
}

static struct kunit_case rvkms_format_write_tests[] = {
	KUNIT_CASE_PARAM_ATTR(rvkms_test_format_write_every_value, writable_rgb_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	KUNIT_CASE_PARAM(rvkms_test_format_write_what_was_read, writable_unorm_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_write_memory, writable_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_write_literal, number_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_write_nv12, nv12_size_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_write_nv12_literal, nv12_gen_params),
	KUNIT_CASE(rvkms_test_target_write_hostile),
	{ }
};

static struct kunit_suite rvkms_format_write_suite = {
	.name = "rvkms_format_write",
	.test_cases = rvkms_format_write_tests,
};

kunit_test_suite(rvkms_format_write_suite);
