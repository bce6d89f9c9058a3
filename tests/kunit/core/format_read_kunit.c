// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the reads of core/format_*.c. They compare with the reference, which decodes memory bit
 * by bit as drm_fourcc.h has it, and with literal values.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>
#include <uapi/drm/drm_mode.h>

#include "../../core/compose/compose.h"
#include "../../core/compose/hash.h"
#include "../../core/pixel/half.h"
#include "../../core/pixel/image.h"
#include "../../core/plane/geometry.h"
#include "format_images.h"
#include "format_reference.h"
#include "mismatch.h"

#define GUARD 0xa5

static bool is_short(const struct reference_format *format)
{
	return format->num_planes == 1 && reference_block_bytes(format, 0) <= 2;
}

REFERENCE_PARAMS(reference, reference_any)
REFERENCE_PARAMS(short, is_short)

static void read_row(const struct rvkms_image *image, u32 y, struct rvkms_pixel *pixels)
{
	const struct rvkms_walk walk = { .y = y, .dx = 1, .count = image->width };

	rvkms_image_read(image, &walk, pixels);
}

/* Every value of one component, all other bits at random. Returns the number of compared pixels. */
static u32 check_component(const struct reference_format *format, char name,
			   struct rvkms_image *image, struct rvkms_pixel *pixels,
			   struct mismatch *m)
{
	const u32 bits = reference_bits(format, name);
	const u32 count = bits ? max(1u << bits, 512u) : 0;

	for (u32 x = 0; x < count; x++)
		reference_put_sample(format, image, name, x, 0, x & ((1u << bits) - 1));

	read_row(image, 0, pixels);
	for (u32 x = 0; x < count; x++)
		mismatch_note(m, pixels_differ(pixels[x], reference_read(format, image, x, 0)), x);

	return count;
}

static u32 widest_component(const struct reference_format *format)
{
	u32 widest = 0;

	for (const char *name = "CDRGBYUVA"; *name; name++)
		widest = max(widest, reference_bits(format, *name));

	return widest;
}

/*
 * Every format, with all values of each component. This holds for 16-bit components too. Shared
 * chroma has only as many values as the row has samples.
 */
static void rvkms_test_format_read_every_value(struct kunit *test)
{
	const struct reference_format *format = test->param_value;
	const u32 width = max(1u << widest_component(format), 512u);
	struct rvkms_pixel *pixels = kunit_kmalloc_array(test, width, sizeof(*pixels), GFP_KERNEL);
	struct rvkms_image image;
	struct rnd_state random;
	struct mismatch m = {};
	u64 compared = 0;

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	prandom_seed_state(&random, format->fourcc);
	image = random_image(test, format, width, format->vsub, &random);
	image.encoding = format->fourcc % 3;
	image.range = format->fourcc % 2;

	for (const char *name = "CDRGBYUVA"; *name; name++)
		compared += check_component(format, *name, &image, pixels, &m);

	EXPECT_NO_MISMATCH(test, &m, compared);
	KUNIT_EXPECT_GE(test, compared, 512);
}

/* Every pixel value of at most 16 bits. */
static void rvkms_test_format_read_every_number(struct kunit *test)
{
	const struct reference_format *format = test->param_value;
	const u32 bytes = reference_block_bytes(format, 0);
	const u32 count = format->planes[0].block_w << 8 * bytes;
	struct rvkms_pixel *pixels = kunit_kmalloc_array(test, count, sizeof(*pixels), GFP_KERNEL);
	struct rvkms_image image;
	struct rnd_state random;
	struct mismatch m = {};

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	prandom_seed_state(&random, 16);
	image = random_image(test, format, count, 1, &random);
	for (u32 i = 0; i < count / format->planes[0].block_w; i++) {
		u8 *block = (u8 *)image.planes[0].data + bytes * i;

		block[0] = i & 0xff;
		if (bytes == 2)
			block[1] = i >> 8;
	}

	read_row(&image, 0, pixels);
	for (u32 x = 0; x < count; x++)
		mismatch_note(&m, pixels_differ(pixels[x], reference_read(format, &image, x, 0)),
			      x);

	EXPECT_NO_MISMATCH(test, &m, count);
}

/* All values of the rotation property, and the source of (x, y) by its documentation. */
struct turn {
	u32 angle;
	bool reflect_x;
	bool reflect_y;
};

static u32 turn_rotation(const struct turn *turn)
{
	return turn->angle | (turn->reflect_x ? DRM_MODE_REFLECT_X : 0) |
	       (turn->reflect_y ? DRM_MODE_REFLECT_Y : 0);
}

/*
 * Returns the position of a pixel of a @width x @height image on the CRTC: the image is reflected
 * along its own axes, then rotated by quarters counter-clockwise. A quarter takes the last column
 * to the first line.
 */
static void show_at(const struct turn *turn, u32 width, u32 height, u32 *x, u32 *y)
{
	u32 quarters = turn->angle == DRM_MODE_ROTATE_90 ? 1 :
		       turn->angle == DRM_MODE_ROTATE_180 ? 2 :
		       turn->angle == DRM_MODE_ROTATE_270 ? 3 : 0;

	if (turn->reflect_x)
		*x = width - 1 - *x;
	if (turn->reflect_y)
		*y = height - 1 - *y;

	while (quarters--) {
		const u32 line = width - 1 - *x;

		*x = *y;
		*y = line;
		swap(width, height);
	}
}

/* Shows all of an image, and compares pixel by pixel. */
static void check_turn(const struct reference_format *format, const struct rvkms_image *image,
		       const struct turn *turn, struct rvkms_pixel *shown, struct mismatch *m)
{
	const bool is_swapped = turn->angle & (DRM_MODE_ROTATE_90 | DRM_MODE_ROTATE_270);
	const u32 width = is_swapped ? image->height : image->width;
	const u32 height = is_swapped ? image->width : image->height;
	const struct rvkms_placement at = {
		.src_w = image->width << 16, .src_h = image->height << 16,
		.dst_w = width, .dst_h = height, .rotation = turn_rotation(turn),
	};
	const struct rvkms_span span = rvkms_geometry_clip(&at, width, height);

	for (u32 y = 0; y < height; y++) {
		const struct rvkms_walk walk = rvkms_span_walk(&span, y);

		rvkms_image_read(image, &walk, shown + y * width);
	}

	for (u32 y = 0; y < image->height; y++) {
		for (u32 x = 0; x < image->width; x++) {
			u32 column = x, line = y;

			show_at(turn, image->width, image->height, &column, &line);
			mismatch_note(m, pixels_differ(shown[line * width + column],
						       reference_read(format, image, x, y)),
				      (u64)turn_rotation(turn) << 32 | y << 16 | x);
		}
	}
}

struct size {
	u32 width;
	u32 height;
};

/* Odd sizes, around multiples of the block sizes of formats. */
static const struct size sizes[] = {
	{ 1, 1 }, { 1, 7 }, { 7, 1 }, { 2, 2 }, { 3, 5 }, { 5, 3 }, { 8, 4 }, { 9, 6 }, { 17, 11 },
};

/* Pixels that share samples are shown in whole groups only. */
static struct size whole_groups(const struct reference_format *format, struct size size)
{
	if (format->num_planes == 1)
		return (struct size){ round_up(size.width, format->hsub),
				      round_up(size.height, format->vsub) };

	return size;
}

static void rvkms_test_format_read_turned(struct kunit *test)
{
	static const u32 angles[] = {
		DRM_MODE_ROTATE_0, DRM_MODE_ROTATE_90, DRM_MODE_ROTATE_180, DRM_MODE_ROTATE_270,
	};
	const struct reference_format *format = test->param_value;
	struct rvkms_pixel *shown = kunit_kmalloc_array(test, 18 * 12, sizeof(*shown),
							GFP_KERNEL);
	struct rnd_state random;
	struct mismatch m = {};
	u64 turns = 0;

	KUNIT_ASSERT_NOT_NULL(test, shown);
	prandom_seed_state(&random, 90);
	for (u32 i = 0; i < ARRAY_SIZE(sizes); i++) {
		const struct size size = whole_groups(format, sizes[i]);
		struct rvkms_image image = random_image(test, format, size.width, size.height,
							&random);

		for (u32 j = 0; j < 16; j++) {
			const struct turn turn = { angles[j % 4], j & 4, j & 8 };

			image.encoding = j % 3;
			image.range = j % 2;
			memset(shown, GUARD, 18 * 12 * sizeof(*shown));
			check_turn(format, &image, &turn, shown, &m);
			turns += size.width * size.height;
		}
		free_image(test, &image);
	}

	EXPECT_NO_MISMATCH(test, &m, turns);
}

/* Any part of a row or a column, in either direction. No pixel before or after it is written. */
static void rvkms_test_format_read_parts(struct kunit *test)
{
	const struct reference_format *format = test->param_value;
	struct rvkms_pixel pixels[28], guard;
	struct rvkms_image image;
	struct rnd_state random;
	struct mismatch m = {};

	prandom_seed_state(&random, 24);
	image = random_image(test, format, 24, 12, &random);
	memset(&guard, GUARD, sizeof(guard));

	for (u32 i = 0; i < 200; i++) {
		const s32 step = prandom_u32_state(&random) & 1 ? 1 : -1;
		const bool is_row = prandom_u32_state(&random) & 1;
		const struct rvkms_walk walk = {
			.x = prandom_u32_state(&random) % 24, .y = prandom_u32_state(&random) % 12,
			.dx = is_row ? step : 0, .dy = is_row ? 0 : step,
			.count = prandom_u32_state(&random) % 28,
		};

		memset(pixels, GUARD, sizeof(pixels));
		rvkms_image_read(&image, &walk, pixels);
		for (u32 j = 0; j < 28; j++) {
			const s64 x = walk.x + (s64)walk.dx * j, y = walk.y + (s64)walk.dy * j;
			const bool is_read = j < walk.count && x >= 0 && x < 24 && y >= 0 && y < 12;

			mismatch_note(&m, pixels_differ(pixels[j], is_read ?
							reference_read(format, &image, x, y) :
							guard), i);
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 200 * 28);
}

/* Literal values. */

struct literal_case {
	const char *desc;
	u32 fourcc;
	u8 memory[3][8];
	struct rvkms_pixel expected;
};

static const struct literal_case literal_cases[] = {
	{ "XRGB8888", DRM_FORMAT_XRGB8888, { { 0x01, 0x80, 0xfe, 0x00 } },
	  { 0x0101, 0x8080, 0xfefe, 0xffff } },
	{ "ARGB8888", DRM_FORMAT_ARGB8888, { { 0x01, 0x80, 0xfe, 0x7f } },
	  { 0x0101, 0x8080, 0xfefe, 0x7f7f } },
	{ "ABGR8888", DRM_FORMAT_ABGR8888, { { 0x01, 0x80, 0xfe, 0x7f } },
	  { 0xfefe, 0x8080, 0x0101, 0x7f7f } },
	{ "RGBA8888", DRM_FORMAT_RGBA8888, { { 0x01, 0x80, 0xfe, 0x7f } },
	  { 0x8080, 0xfefe, 0x7f7f, 0x0101 } },
	{ "BGRX8888", DRM_FORMAT_BGRX8888, { { 0x01, 0x80, 0xfe, 0x7f } },
	  { 0x7f7f, 0xfefe, 0x8080, 0xffff } },
	{ "RGB888", DRM_FORMAT_RGB888, { { 0x01, 0x80, 0xfe } },
	  { 0x0101, 0x8080, 0xfefe, 0xffff } },
	/* 1 / 31, 1 / 63 and 16 / 31 of 65535: 2114.03, 1040.24 and 33824.52. */
	{ "RGB565", DRM_FORMAT_RGB565, { { 0x21, 0x80 } }, { 2114, 1040, 33825, 0xffff } },
	{ "BGR565", DRM_FORMAT_BGR565, { { 0x21, 0x80 } }, { 33825, 1040, 2114, 0xffff } },
	{ "ARGB1555, transparent", DRM_FORMAT_ARGB1555, { { 0x21, 0x40 } },
	  { 2114, 2114, 33825, 0 } },
	{ "RGBA5551, opaque", DRM_FORMAT_RGBA5551, { { 0x01, 0xf8 } }, { 0, 0, 0xffff, 0xffff } },
	{ "BGRA4444", DRM_FORMAT_BGRA4444, { { 0x34, 0x12 } }, { 0x1111, 0x2222, 0x3333, 0x4444 } },
	{ "RGB332", DRM_FORMAT_RGB332, { { 0x26 } }, { 43690, 9362, 9362, 0xffff } },
	/* 1 / 1023 and 512 / 1023 of 65535: 64.06 and 32799.53. */
	{ "ARGB2101010", DRM_FORMAT_ARGB2101010, { { 0x01, 0x04, 0x00, 0x60 } },
	  { 64, 64, 32800, 21845 } },
	{ "XBGR16161616", DRM_FORMAT_XBGR16161616,
	  { { 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08 } },
	  { 0x0605, 0x0403, 0x0201, 0xffff } },
	{ "AXBXGXRX106106106106", DRM_FORMAT_AXBXGXRX106106106106,
	  { { 0x7f, 0x00, 0xff, 0xff, 0x3f, 0x80, 0x40, 0x00 } }, { 32800, 65535, 64, 64 } },
	/* 1.0, 0.5, -1.0 and NaN. */
	{ "ARGB16161616F", DRM_FORMAT_ARGB16161616F,
	  { { 0x00, 0x3c, 0x00, 0x38, 0x00, 0xbc, 0x01, 0x7c } }, { 65535, 32768, 0, 0 } },
	{ "RGB565_A8", DRM_FORMAT_RGB565_A8, { { 0x21, 0x80 }, { 0x80 } },
	  { 2114, 1040, 33825, 0x8080 } },
	{ "RG88", DRM_FORMAT_RG88, { { 0x12, 0x34 } }, { 0, 0x1212, 0x3434, 0xffff } },
	{ "GR1616", DRM_FORMAT_GR1616, { { 0x01, 0x02, 0x03, 0x04 } },
	  { 0, 0x0403, 0x0201, 0xffff } },
	{ "R1", DRM_FORMAT_R1, { { 0x80 } }, { 0xffff, 0xffff, 0xffff, 0xffff } },
	{ "R4", DRM_FORMAT_R4, { { 0x70 } }, { 0x7777, 0x7777, 0x7777, 0xffff } },
	{ "R8", DRM_FORMAT_R8, { { 0x7f } }, { 0x7f7f, 0x7f7f, 0x7f7f, 0xffff } },
	{ "R10", DRM_FORMAT_R10, { { 0x01, 0xfc } }, { 64, 64, 64, 0xffff } },
	{ "D2", DRM_FORMAT_D2, { { 0x40 } }, { 0xaaaa, 0xaaaa, 0xaaaa, 0xffff } },
	{ "D8", DRM_FORMAT_D8, { { 0xff } }, { 0, 0, 0, 0xffff } },
	{ "C8 without a palette", DRM_FORMAT_C8, { { 0x80 } }, { 0x8080, 0x8080, 0x8080, 0xffff } },
	/* Red by BT.601, a little off: (65 / 219 + 1.402 * 112 / 224) * 65535 = 65391.06. */
	{ "NV12", DRM_FORMAT_NV12, { { 81 }, { 90, 240 } }, { 0, 0, 65391, 0xffff } },
	{ "NV21", DRM_FORMAT_NV21, { { 81 }, { 240, 90 } }, { 0, 0, 65391, 0xffff } },
	{ "YVU420", DRM_FORMAT_YVU420, { { 81 }, { 240 }, { 90 } }, { 0, 0, 65391, 0xffff } },
	{ "YUYV", DRM_FORMAT_YUYV, { { 81, 90, 16, 240 } }, { 0, 0, 65391, 0xffff } },
	{ "VYUY", DRM_FORMAT_VYUY, { { 240, 81, 90, 16 } }, { 0, 0, 65391, 0xffff } },
	{ "AYUV", DRM_FORMAT_AYUV, { { 240, 90, 81, 0x40 } }, { 0, 0, 65391, 0x4040 } },
	{ "VUY888", DRM_FORMAT_VUY888, { { 81, 90, 240 } }, { 0, 0, 65391, 0xffff } },
	{ "Y8, white", DRM_FORMAT_Y8, { { 235 } }, { 0xffff, 0xffff, 0xffff, 0xffff } },
	{ "Y210", DRM_FORMAT_Y210, { { 0x00, 0x51, 0x00, 0x5a, 0, 0, 0x00, 0xf0 } },
	  { 0, 0, 65391, 0xffff } },
	{ "Y410, white", DRM_FORMAT_Y410, { { 0x00, 0xb2, 0x0e, 0xa0 } },
	  { 0xffff, 0xffff, 0xffff, 43690 } },
	{ "NV15, white", DRM_FORMAT_NV15, { { 0xac, 0x03 }, { 0x00, 0x02, 0x08 } },
	  { 0xffff, 0xffff, 0xffff, 0xffff } },
	{ "P030, white", DRM_FORMAT_P030, { { 0xac, 0x03 }, { 0x00, 0x02, 0x08 } },
	  { 0xffff, 0xffff, 0xffff, 0xffff } },
	{ "P012, black", DRM_FORMAT_P012, { { 0x00, 0x10 }, { 0x00, 0x80, 0x00, 0x80 } },
	  { 0, 0, 0, 0xffff } },
	{ "S412, white", DRM_FORMAT_S412, { { 0xb0, 0x0e }, { 0x00, 0x08 }, { 0x00, 0x08 } },
	  { 0xffff, 0xffff, 0xffff, 0xffff } },
};

KUNIT_ARRAY_PARAM_DESC(literal, literal_cases, desc);

static void rvkms_test_format_read_literal(struct kunit *test)
{
	const struct literal_case *row = test->param_value;
	const struct rvkms_format *format = rvkms_format_find(row->fourcc);
	struct rvkms_image image = { .format = format, .width = 2, .height = 2 };
	const struct rvkms_walk walk = { .dx = 1, .count = 1 };
	struct rvkms_pixel pixel = {};

	KUNIT_ASSERT_NOT_NULL(test, format);
	for (u32 i = 0; i < 3; i++)
		image.planes[i] = (struct rvkms_image_plane){ row->memory[i], 8 };

	rvkms_image_read(&image, &walk, &pixel);

	KUNIT_EXPECT_EQ(test, pixel.b, row->expected.b);
	KUNIT_EXPECT_EQ(test, pixel.g, row->expected.g);
	KUNIT_EXPECT_EQ(test, pixel.r, row->expected.r);
	KUNIT_EXPECT_EQ(test, pixel.a, row->expected.a);
}

/* Palettes. */

static void rvkms_test_format_read_palette(struct kunit *test)
{
	static const u32 fourccs[] = {
		DRM_FORMAT_C1, DRM_FORMAT_C2, DRM_FORMAT_C4, DRM_FORMAT_C8, DRM_FORMAT_R8,
	};
	struct rvkms_pixel *palette = kunit_kmalloc_array(test, 256, sizeof(*palette), GFP_KERNEL);
	struct rvkms_pixel pixels[64];
	struct rnd_state random;
	struct mismatch m = {};

	KUNIT_ASSERT_NOT_NULL(test, palette);
	prandom_seed_state(&random, 8);
	prandom_bytes_state(&random, palette, 256 * sizeof(*palette));

	for (u32 i = 0; i < ARRAY_SIZE(fourccs); i++) {
		const struct reference_format *format = reference_find(fourccs[i]);
		struct rvkms_image image = random_image(test, format, 64, 1, &random);

		image.palette = palette;
		read_row(&image, 0, pixels);
		for (u32 x = 0; x < 64; x++)
			mismatch_note(&m, pixels_differ(pixels[x],
							reference_read(format, &image, x, 0)), x);
	}

	EXPECT_NO_MISMATCH(test, &m, 5 * 64);
}

/* Half floats. */

static void rvkms_test_half_every_value(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 half = 0; half <= U16_MAX; half++)
		mismatch_note(&m, rvkms_half_to_unorm(half) != reference_half(half), half);

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

/* No neighbour, below or above, is nearer. */
static bool half_is_nearest(u32 c, u16 half)
{
	s64 distance[3];

	if (!half)
		return !c;

	for (s32 i = -1; i <= 1; i++) {
		const u32 h = half + i;
		const u32 exponent = h >> 10;
		const u64 units = exponent ? (1024ull + (h & 1023)) << (exponent - 1) : h;

		distance[i + 1] = (s64)(units * 65535) - ((s64)c << 24);
	}

	return -distance[0] > abs(distance[1]) && distance[2] > abs(distance[1]);
}

static void rvkms_test_half_from_every_unorm(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 c = 0; c <= U16_MAX; c++)
		mismatch_note(&m, !half_is_nearest(c, rvkms_half_from_unorm(c)), c);

	EXPECT_NO_MISMATCH(test, &m, 65536);
}

struct half_case {
	const char *desc;
	u16 half;
	u16 expected;
};

static const struct half_case half_cases[] = {
	{ "zero", 0x0000, 0 },
	{ "minus zero", 0x8000, 0 },
	{ "smallest", 0x0001, 0 },
	{ "largest subnormal", 0x03ff, 4 },
	{ "a third", 0x3555, 21840 },
	{ "a half, a tie", 0x3800, 32768 },
	{ "below one", 0x3bff, 65503 },
	{ "one", 0x3c00, 65535 },
	{ "above one", 0x3c01, 65535 },
	{ "largest", 0x7bff, 65535 },
	{ "infinity", 0x7c00, 65535 },
	{ "not a number", 0x7c01, 0 },
	{ "minus a half", 0xb800, 0 },
	{ "minus infinity", 0xfc00, 0 },
	{ "not a number, with a sign", 0xffff, 0 },
};

KUNIT_ARRAY_PARAM_DESC(half, half_cases, desc);

static void rvkms_test_half_literal(struct kunit *test)
{
	const struct half_case *row = test->param_value;

	KUNIT_EXPECT_EQ(test, rvkms_half_to_unorm(row->half), row->expected);
}

/* Defects of other drivers. */

struct column_case {
	const char *desc;
	u32 fourcc;
	u8 rows[5];
};

/*
 * The in-tree driver stepped from row to row by the pitch times the pixels per block: a column of a
 * rotated R1 framebuffer was every eighth row, far past the end of the buffer; of R2, every fourth,
 * and of R4, every other.
 */
static const struct column_case column_cases[] = {
	{ "R1", DRM_FORMAT_R1, { 0x40, 0xbf, 0x40, 0x40, 0xbf } },
	{ "R2", DRM_FORMAT_R2, { 0x30, 0xcf, 0x30, 0x30, 0xcf } },
	{ "R4", DRM_FORMAT_R4, { 0x0f, 0xf0, 0x0f, 0x0f, 0xf0 } },
};

KUNIT_ARRAY_PARAM_DESC(column, column_cases, desc);

static void rvkms_test_format_read_column_of_bits(struct kunit *test)
{
	const struct column_case *row = test->param_value;
	const struct rvkms_image image = {
		.format = rvkms_format_find(row->fourcc), .planes = { { row->rows, 1 } },
		.width = 2, .height = 5,
	};
	const struct rvkms_walk down = { .x = 1, .dy = 1, .count = 5 };
	const struct rvkms_walk up = { .x = 1, .y = 4, .dy = -1, .count = 5 };
	struct rvkms_pixel pixels[5];

	rvkms_image_read(&image, &down, pixels);
	KUNIT_EXPECT_EQ(test, pixels[0].r, 65535);
	KUNIT_EXPECT_EQ(test, pixels[1].r, 0);
	KUNIT_EXPECT_EQ(test, pixels[2].r, 65535);
	KUNIT_EXPECT_EQ(test, pixels[3].r, 65535);
	KUNIT_EXPECT_EQ(test, pixels[4].r, 0);

	rvkms_image_read(&image, &up, pixels);
	KUNIT_EXPECT_EQ(test, pixels[0].r, 0);
	KUNIT_EXPECT_EQ(test, pixels[4].r, 65535);
}

/*
 * The in-tree driver read every plane from the first buffer. Here, luma and chroma are in separate
 * buffers, and the first one is too small to contain the chroma.
 */
static void rvkms_test_format_read_chroma_in_second_buffer(struct kunit *test)
{
	static const u8 luma[] = { 81, 81 };
	static const u8 chroma[] = { 90, 240 };
	const struct rvkms_image image = {
		.format = rvkms_format_find(DRM_FORMAT_NV12),
		.planes = { { luma, 2 }, { chroma, 2 } }, .width = 2, .height = 1,
	};
	struct rvkms_pixel pixels[2] = {};

	read_row(&image, 0, pixels);
	KUNIT_EXPECT_EQ(test, pixels[1].r, 65391);
	KUNIT_EXPECT_EQ(test, pixels[1].g, 0);
	KUNIT_EXPECT_EQ(test, pixels[1].b, 0);
}

/* The in-tree driver computes offsets as int: it read rows past 2 GiB from before the buffer. */
static void rvkms_test_plane_offset_beyond_2_gib(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_64BIT))
		kunit_skip(test, "needs a 64-bit address space");

	KUNIT_EXPECT_EQ(test, rvkms_plane_offset(1u << 30, 0, 2, 4), 0x80000000);
	KUNIT_EXPECT_EQ(test, rvkms_plane_offset(1u << 30, (1 << 28) - 1, 8, 4), 0x23ffffffcull);
	KUNIT_EXPECT_EQ(test, rvkms_plane_offset(U32_MAX, 0, U32_MAX, 8), 0xfffffffe00000001ull);
	KUNIT_EXPECT_EQ(test, rvkms_plane_offset(8, 0, -1, 4), -8ull);
	KUNIT_EXPECT_EQ(test, rvkms_plane_offset(8, -1, 0, 4), -4ull);
}

struct grey_case {
	const char *desc;
	u32 fourcc;
	enum rvkms_range range;
	/* A 16-bit value, of which the format stores the upper bits. */
	u16 y;
	u16 expected;
};

/*
 * The in-tree driver widens the 8-bit value 128 to the 16-bit value 32896, and takes that for the
 * neutral chroma of P010 too, which is 32768: every grey had a tint. It also widens 16 to 4112, but
 * black is 4096: limited range was off by one.
 */
static const struct grey_case grey_cases[] = {
	{ "P010, limited, black", DRM_FORMAT_P010, RVKMS_RANGE_LIMITED, 4096, 0 },
	{ "P010, limited, white", DRM_FORMAT_P010, RVKMS_RANGE_LIMITED, 60160, 65535 },
	{ "P010, limited, grey", DRM_FORMAT_P010, RVKMS_RANGE_LIMITED, 32128, 32768 },
	{ "P010, full, grey", DRM_FORMAT_P010, RVKMS_RANGE_FULL, 32768, 32800 },
	{ "P010, full, white", DRM_FORMAT_P010, RVKMS_RANGE_FULL, 65535, 65535 },
	{ "P012, limited, one above black", DRM_FORMAT_P012, RVKMS_RANGE_LIMITED, 4112, 19 },
	{ "P012, full, grey", DRM_FORMAT_P012, RVKMS_RANGE_FULL, 32768, 32776 },
	{ "P016, limited, white", DRM_FORMAT_P016, RVKMS_RANGE_LIMITED, 60160, 65535 },
	{ "P016, limited, black", DRM_FORMAT_P016, RVKMS_RANGE_LIMITED, 4096, 0 },
	{ "P016, full, grey", DRM_FORMAT_P016, RVKMS_RANGE_FULL, 32768, 32768 },
};

KUNIT_ARRAY_PARAM_DESC(grey, grey_cases, desc);

static void rvkms_test_format_read_grey_has_no_tint(struct kunit *test)
{
	const struct grey_case *row = test->param_value;
	const u8 luma[] = { row->y & 0xff, row->y >> 8 };
	static const u8 chroma[] = { 0x00, 0x80, 0x00, 0x80 };
	struct rvkms_image image = {
		.format = rvkms_format_find(row->fourcc),
		.planes = { { luma, 2 }, { chroma, 4 } }, .width = 1, .height = 1,
		.range = row->range,
	};
	struct rvkms_pixel pixel = {};

	for (image.encoding = 0; image.encoding < 3; image.encoding++) {
		read_row(&image, 0, &pixel);
		KUNIT_EXPECT_EQ(test, pixel.r, row->expected);
		KUNIT_EXPECT_EQ(test, pixel.g, row->expected);
		KUNIT_EXPECT_EQ(test, pixel.b, row->expected);
	}
}

/* A white frame has the same CRC in every format. */
static u32 white_hash(struct kunit *test, u32 fourcc, u8 luma, u8 chroma)
{
	struct rvkms_layer layer = {
		.image = {
			.format = rvkms_format_find(fourcc), .width = 6, .height = 4,
		},
		.visible = { 0, 0, 0, 0, 6, 4, DRM_MODE_ROTATE_0 },
		.alpha = 65535,
	};
	const struct rvkms_frame frame = {
		.width = 6, .height = 4, .num_layers = 1, .layers = &layer,
	};
	struct rvkms_hash hash = rvkms_hash_init(6, 4);
	u8 memory[2][24 * 4];
	struct rvkms_pixel line[6];

	memset(memory[0], luma, sizeof(memory[0]));
	memset(memory[1], chroma, sizeof(memory[1]));
	layer.image.planes[0] = (struct rvkms_image_plane){ memory[0], 24 };
	layer.image.planes[1] = (struct rvkms_image_plane){ memory[1], 24 };
	layer.image.planes[2] = (struct rvkms_image_plane){ memory[1], 24 };

	for (u32 y = 0; y < 4; y++) {
		rvkms_compose_line(&frame, y, line);
		rvkms_hash_add_line(&hash, line, 6);
	}

	return rvkms_hash_value(&hash);
}

static void rvkms_test_format_white_has_one_hash(struct kunit *test)
{
	const u32 expected = white_hash(test, DRM_FORMAT_XRGB8888, 0xff, 0);

	KUNIT_EXPECT_EQ(test, white_hash(test, DRM_FORMAT_NV12, 235, 128), expected);
	KUNIT_EXPECT_EQ(test, white_hash(test, DRM_FORMAT_YUV420, 235, 128), expected);
	KUNIT_EXPECT_EQ(test, white_hash(test, DRM_FORMAT_Y8, 235, 0), expected);
	KUNIT_EXPECT_EQ(test, white_hash(test, DRM_FORMAT_RGB565, 0xff, 0), expected);
	KUNIT_EXPECT_EQ(test, white_hash(test, DRM_FORMAT_XRGB2101010, 0xff, 0), expected);
	KUNIT_EXPECT_EQ(test, white_hash(test, DRM_FORMAT_R1, 0xff, 0), expected);
	KUNIT_EXPECT_EQ(test, white_hash(test, DRM_FORMAT_D8, 0, 0), expected);
	KUNIT_EXPECT_EQ(test, white_hash(test, DRM_FORMAT_C4, 0xff, 0), expected);
	KUNIT_EXPECT_NE(test, white_hash(test, DRM_FORMAT_NV12, 234, 128), expected);
}

static struct kunit_case rvkms_format_read_tests[] = {
	KUNIT_CASE_PARAM_ATTR(rvkms_test_format_read_every_value, reference_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	KUNIT_CASE_PARAM(rvkms_test_format_read_every_number, short_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_read_turned, reference_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_read_parts, reference_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_read_literal, literal_gen_params),
	KUNIT_CASE(rvkms_test_format_read_palette),
	KUNIT_CASE(rvkms_test_half_every_value),
	KUNIT_CASE(rvkms_test_half_from_every_unorm),
	KUNIT_CASE_PARAM(rvkms_test_half_literal, half_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_format_read_column_of_bits, column_gen_params),
	KUNIT_CASE(rvkms_test_format_read_chroma_in_second_buffer),
	KUNIT_CASE(rvkms_test_plane_offset_beyond_2_gib),
	KUNIT_CASE_PARAM(rvkms_test_format_read_grey_has_no_tint, grey_gen_params),
	KUNIT_CASE(rvkms_test_format_white_has_one_hash),
	{ }
};

static struct kunit_suite rvkms_format_read_suite = {
	.name = "rvkms_format_read",
	.test_cases = rvkms_format_read_tests,
};

kunit_test_suite(rvkms_format_read_suite);
