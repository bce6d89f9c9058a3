// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/geometry. The reference marks, pixel by pixel, the framebuffer's pixel that each
 * pixel of a small active area shows. The span must agree.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "../../core/plane/geometry.h"
#include "mismatch.h"

#define AREA 4

/* The framebuffer's pixel that each pixel of the active area shows: 1 + row * 16 + column, or 0. */
struct drawing {
	u8 shown[AREA][AREA];
};

static void draw_placement(struct drawing *d, const struct rvkms_placement *at, s32 width,
			   s32 height)
{
	memset(d, 0, sizeof(*d));
	for (s32 row = 0; row < (s32)at->dst_h; row++) {
		for (s32 column = 0; column < (s32)at->dst_w; column++) {
			const s32 x = at->dst_x + column;
			const s32 y = at->dst_y + row;

			if (x < 0 || x >= width || y < 0 || y >= height)
				continue;

			d->shown[y][x] = 1 + (at->src_y / 65536 + row) * 16 +
					 at->src_x / 65536 + column;
		}
	}
}

/* False if the span leaves the drawing. */
static bool draw_span(struct drawing *d, const struct rvkms_span *span)
{
	memset(d, 0, sizeof(*d));
	if (span->x > AREA || span->y > AREA || span->width > AREA - span->x ||
	    span->height > AREA - span->y)
		return false;

	for (u32 row = 0; row < span->height; row++) {
		for (u32 column = 0; column < span->width; column++)
			d->shown[span->y + row][span->x + column] =
				1 + (span->src_y + row) * 16 + span->src_x + column;
	}

	return true;
}

static bool is_blank(const struct drawing *d)
{
	return !memchr_inv(d, 0, sizeof(*d));
}

static bool span_is_zero(const struct rvkms_span *span)
{
	return !memchr_inv(span, 0, sizeof(*span));
}

static bool clip_is_wrong(const struct rvkms_placement *at, u32 width, u32 height)
{
	const struct rvkms_span span = rvkms_geometry_clip(at, width, height);
	struct drawing expected, drawn;

	draw_placement(&expected, at, width, height);
	if (is_blank(&expected))
		return !span_is_zero(&span);

	return !draw_span(&drawn, &span) || memcmp(&drawn, &expected, sizeof(drawn));
}

/* Returns the lowest digit of a mixed-radix number, and removes it from the number. */
static u32 next_digit(u32 *number, u32 base)
{
	const u32 digit = *number % base;

	*number /= base;

	return digit;
}

/*
 * Positions from -3 to 5 and sizes from 0 to 4, on both axes, at source offsets from 0 to 2, in
 * areas from 0 to 4 pixels wide and high: 9 * 9 * 5 * 5 * 3 * 3 * 5 * 5.
 */
#define LATTICE_SIZE 455625

static void rvkms_test_geometry_clip_lattice(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < LATTICE_SIZE; i++) {
		struct rvkms_placement at = {};
		u32 rest = i;
		u32 width, height;

		at.dst_x = (s32)next_digit(&rest, 9) - 3;
		at.dst_y = (s32)next_digit(&rest, 9) - 3;
		at.dst_w = next_digit(&rest, 5);
		at.dst_h = next_digit(&rest, 5);
		at.src_x = next_digit(&rest, 3) << 16;
		at.src_y = next_digit(&rest, 3) << 16;
		at.src_w = at.dst_w << 16;
		at.src_h = at.dst_h << 16;
		width = next_digit(&rest, 5);
		height = next_digit(&rest, 5);

		mismatch_note(&m, clip_is_wrong(&at, width, height), i);
	}

	EXPECT_NO_MISMATCH(test, &m, LATTICE_SIZE);
}

struct clip_case {
	const char *desc;
	struct rvkms_placement at;
	u32 width;
	u32 height;
	struct rvkms_span expected;
};

#define PIXELS(n) ((u32)(n) << 16)

/* Placements: source x, y, width, height; destination x, y, width, height. */
static const struct clip_case clip_cases[] = {
	{
		"full screen",
		{ 0, 0, PIXELS(1920), PIXELS(1080), 0, 0, 1920, 1080 }, 1920, 1080,
		{ 0, 0, 0, 0, 1920, 1080 },
	}, {
		"inside",
		{ PIXELS(7), PIXELS(9), PIXELS(64), PIXELS(32), 100, 200, 64, 32 }, 1920, 1080,
		{ 7, 9, 100, 200, 64, 32 },
	}, {
		"over the left edge",
		{ PIXELS(7), PIXELS(9), PIXELS(64), PIXELS(32), -10, 200, 64, 32 }, 1920, 1080,
		{ 17, 9, 0, 200, 54, 32 },
	}, {
		"over the top edge",
		{ PIXELS(7), PIXELS(9), PIXELS(64), PIXELS(32), 100, -10, 64, 32 }, 1920, 1080,
		{ 7, 19, 100, 0, 64, 22 },
	}, {
		"over the right edge",
		{ PIXELS(7), PIXELS(9), PIXELS(64), PIXELS(32), 1900, 200, 64, 32 }, 1920, 1080,
		{ 7, 9, 1900, 200, 20, 32 },
	}, {
		"over the bottom edge",
		{ PIXELS(7), PIXELS(9), PIXELS(64), PIXELS(32), 100, 1070, 64, 32 }, 1920, 1080,
		{ 7, 9, 100, 1070, 64, 10 },
	}, {
		"over all edges",
		{ PIXELS(1), PIXELS(2), PIXELS(100), PIXELS(100), -30, -40, 100, 100 }, 50, 40,
		{ 31, 42, 0, 0, 50, 40 },
	}, {
		"last column",
		{ 0, 0, PIXELS(64), PIXELS(32), 1919, 0, 64, 32 }, 1920, 1080,
		{ 0, 0, 1919, 0, 1, 32 },
	}, {
		"beside the last column",
		{ 0, 0, PIXELS(64), PIXELS(32), 1920, 0, 64, 32 }, 1920, 1080,
		{ },
	}, {
		"first column",
		{ 0, 0, PIXELS(64), PIXELS(32), -63, 0, 64, 32 }, 1920, 1080,
		{ 63, 0, 0, 0, 1, 32 },
	}, {
		"beside the first column",
		{ 0, 0, PIXELS(64), PIXELS(32), -64, 0, 64, 32 }, 1920, 1080,
		{ },
	}, {
		"last line",
		{ 0, 0, PIXELS(64), PIXELS(32), 0, 1079, 64, 32 }, 1920, 1080,
		{ 0, 0, 0, 1079, 64, 1 },
	}, {
		"below the last line",
		{ 0, 0, PIXELS(64), PIXELS(32), 0, 1080, 64, 32 }, 1920, 1080,
		{ },
	}, {
		"first line",
		{ 0, 0, PIXELS(64), PIXELS(32), 0, -31, 64, 32 }, 1920, 1080,
		{ 0, 31, 0, 0, 64, 1 },
	}, {
		"above the first line",
		{ 0, 0, PIXELS(64), PIXELS(32), 0, -32, 64, 32 }, 1920, 1080,
		{ },
	}, {
		"no width",
		{ 0, 0, 0, PIXELS(32), 0, 0, 0, 32 }, 1920, 1080,
		{ },
	}, {
		"no height",
		{ 0, 0, PIXELS(32), 0, 0, 0, 32, 0 }, 1920, 1080,
		{ },
	}, {
		"no active area",
		{ 0, 0, PIXELS(64), PIXELS(32), 0, 0, 64, 32 }, 0, 0,
		{ },
	}, {
		"between two source pixels",
		{ PIXELS(7) + 0x8000, PIXELS(9) + 0xffff, PIXELS(64), PIXELS(32), -1, -1, 64, 32 },
		1920, 1080,
		{ 1, 1, 0, 0, 63, 31, 0,
		  { PIXELS(7) + 0x8000, PIXELS(64), 64 }, { PIXELS(9) + 0xffff, PIXELS(32), 32 } },
	}, {
		"between two source columns",
		{ 1, PIXELS(9), PIXELS(64), PIXELS(32), 0, 0, 64, 32 }, 1920, 1080,
		{ 0, 0, 0, 0, 64, 32, 0, { 1, PIXELS(64), 64 }, { PIXELS(9), PIXELS(32), 32 } },
	}, {
		"between two source rows",
		{ PIXELS(9), 1, PIXELS(64), PIXELS(32), 0, 0, 64, 32 }, 1920, 1080,
		{ 0, 0, 0, 0, 64, 32, 0, { PIXELS(9), PIXELS(64), 64 }, { 1, PIXELS(32), 32 } },
	}, {
		"a column wider",
		{ PIXELS(7), PIXELS(9), PIXELS(64), PIXELS(32), -10, -20, 65, 32 }, 1920, 1080,
		{ 10, 20, 0, 0, 55, 12, 0,
		  { PIXELS(7), PIXELS(64), 65 }, { PIXELS(9), PIXELS(32), 32 } },
	}, {
		"a line higher",
		{ PIXELS(7), PIXELS(9), PIXELS(64), PIXELS(32), -10, -20, 64, 33 }, 1920, 1080,
		{ 10, 20, 0, 0, 54, 13, 0,
		  { PIXELS(7), PIXELS(64), 64 }, { PIXELS(9), PIXELS(32), 33 } },
	}, {
		"source a fraction wider",
		{ 0, 0, PIXELS(64) + 1, PIXELS(32), 0, 0, 64, 32 }, 1920, 1080,
		{ 0, 0, 0, 0, 64, 32, 0, { 0, PIXELS(64) + 1, 64 }, { 0, PIXELS(32), 32 } },
	}, {
		"rotated, scaled, over the upper left edges",
		{ PIXELS(7), PIXELS(9), PIXELS(64), PIXELS(32), -10, -20, 100, 200,
		  DRM_MODE_ROTATE_90 }, 1920, 1080,
		{ 179, 10, 0, 0, 90, 180, DRM_MODE_ROTATE_90,
		  { PIXELS(7), PIXELS(64), 200 }, { PIXELS(9), PIXELS(32), 100 } },
	}, {
		"no source width",
		{ PIXELS(7), PIXELS(9), 0, PIXELS(32), 100, 200, 64, 32 }, 1920, 1080,
		{ },
	}, {
		"no source height",
		{ PIXELS(7), PIXELS(9), PIXELS(64), 0, 100, 200, 64, 32 }, 1920, 1080,
		{ },
	}, {
		"largest that is not scaled",
		{ PIXELS(65535), PIXELS(65535), PIXELS(65535), PIXELS(65535), -65534, -1,
		  65535, 65535 }, U32_MAX, U32_MAX,
		{ 131069, 65536, 0, 0, 1, 65534 },
	}, {
		"source width overflows 32 bits",
		{ 0, 0, PIXELS(1), PIXELS(1), 0, 0, 65537, 1 }, 65537, 1,
		{ 0, 0, 0, 0, 65537, 1, 0, { 0, PIXELS(1), 65537 }, { 0, PIXELS(1), 1 } },
	}, {
		"farthest left, longest that stays outside",
		{ 0, 0, 1, 1, INT_MIN, 0, 1u << 31, 1 }, U32_MAX, 1,
		{ },
	}, {
		"farthest left, shortest that gets inside",
		{ 0, 0, 1, 1, INT_MIN, 0, (1u << 31) + 1, 1 }, U32_MAX, 1,
		{ 1u << 31, 0, 0, 0, 1, 1, 0, { 0, 1, (1u << 31) + 1 }, { 0, 1, 1 } },
	}, {
		"farthest left, longest",
		{ 0, 0, 1, 1, INT_MIN, 0, U32_MAX, 1 }, U32_MAX, 1,
		{ 1u << 31, 0, 0, 0, INT_MAX, 1, 0, { 0, 1, U32_MAX }, { 0, 1, 1 } },
	}, {
		"farthest left, longest, back",
		{ 0, 0, 1, 1, INT_MIN, 0, U32_MAX, 1, DRM_MODE_REFLECT_X }, U32_MAX, 1,
		{ INT_MAX - 1, 0, 0, 0, INT_MAX, 1, DRM_MODE_REFLECT_X,
		  { 0, 1, U32_MAX }, { 0, 1, 1 } },
	}, {
		"farthest up, longest that stays outside",
		{ 0, 0, 1, 1, 0, INT_MIN, 1, 1u << 31 }, 1, U32_MAX,
		{ },
	}, {
		"farthest up, shortest that gets inside",
		{ 0, 0, 1, 1, 0, INT_MIN, 1, (1u << 31) + 1 }, 1, U32_MAX,
		{ 0, 1u << 31, 0, 0, 1, 1, 0, { 0, 1, 1 }, { 0, 1, (1u << 31) + 1 } },
	}, {
		"farthest up, longest",
		{ 0, 0, 1, 1, 0, INT_MIN, 1, U32_MAX }, 1, U32_MAX,
		{ 0, 1u << 31, 0, 0, 1, INT_MAX, 0, { 0, 1, 1 }, { 0, 1, U32_MAX } },
	}, {
		"farthest right, outside",
		{ 0, 0, 1, 1, INT_MAX, 0, U32_MAX, 1 }, INT_MAX, 1,
		{ },
	}, {
		"farthest right, one column",
		{ 0, 0, 1, 1, INT_MAX, 0, U32_MAX, 1 }, 1u << 31, 1,
		{ 0, 0, INT_MAX, 0, 1, 1, 0, { 0, 1, U32_MAX }, { 0, 1, 1 } },
	}, {
		"farthest right, widest area",
		{ 0, 0, 1, 1, INT_MAX, 0, U32_MAX, 1 }, U32_MAX, 1,
		{ 0, 0, INT_MAX, 0, 1u << 31, 1, 0, { 0, 1, U32_MAX }, { 0, 1, 1 } },
	}, {
		"farthest down, outside",
		{ 0, 0, 1, 1, 0, INT_MAX, 1, U32_MAX }, 1, INT_MAX,
		{ },
	}, {
		"farthest down, one line",
		{ 0, 0, 1, 1, 0, INT_MAX, 1, U32_MAX }, 1, 1u << 31,
		{ 0, 0, 0, INT_MAX, 1, 1, 0, { 0, 1, 1 }, { 0, 1, U32_MAX } },
	}, {
		"farthest down, highest area",
		{ 0, 0, 1, 1, 0, INT_MAX, 1, U32_MAX }, 1, U32_MAX,
		{ 0, 0, 0, INT_MAX, 1, 1u << 31, 0, { 0, 1, 1 }, { 0, 1, U32_MAX } },
	}, {
		"longest on both axes",
		{ 0, 0, 1, 1, 0, 0, U32_MAX, U32_MAX }, U32_MAX, U32_MAX,
		{ 0, 0, 0, 0, U32_MAX, U32_MAX, 0, { 0, 1, U32_MAX }, { 0, 1, U32_MAX } },
	}, {
		"all at their maxima",
		{ U32_MAX, U32_MAX, U32_MAX, U32_MAX, INT_MAX, INT_MAX, U32_MAX, U32_MAX },
		U32_MAX, U32_MAX,
		{ 0, 0, INT_MAX, INT_MAX, 1u << 31, 1u << 31, 0,
		  { U32_MAX, U32_MAX, U32_MAX }, { U32_MAX, U32_MAX, U32_MAX } },
	},
};

KUNIT_ARRAY_PARAM_DESC(clip, clip_cases, desc);

static void expect_scaling(struct kunit *test, const struct rvkms_scaling *scaling,
			   const struct rvkms_scaling *expected)
{
	KUNIT_EXPECT_EQ(test, scaling->src, expected->src);
	KUNIT_EXPECT_EQ(test, scaling->src_size, expected->src_size);
	KUNIT_EXPECT_EQ(test, scaling->dst_size, expected->dst_size);
}

static void rvkms_test_geometry_clip_literal(struct kunit *test)
{
	const struct clip_case *row = test->param_value;
	const struct rvkms_span span = rvkms_geometry_clip(&row->at, row->width, row->height);

	KUNIT_EXPECT_EQ(test, span.src_x, row->expected.src_x);
	KUNIT_EXPECT_EQ(test, span.src_y, row->expected.src_y);
	KUNIT_EXPECT_EQ(test, span.x, row->expected.x);
	KUNIT_EXPECT_EQ(test, span.y, row->expected.y);
	KUNIT_EXPECT_EQ(test, span.width, row->expected.width);
	KUNIT_EXPECT_EQ(test, span.height, row->expected.height);
	KUNIT_EXPECT_EQ(test, span.rotation, row->expected.rotation);
	expect_scaling(test, &span.columns, &row->expected.columns);
	expect_scaling(test, &span.rows, &row->expected.rows);
}

/* A source between two pixels needs scaling: all 2^16 fractions, on both axes. */
static void rvkms_test_geometry_clip_fraction(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < 2 * 65536; i++) {
		const u32 x = i < 65536 ? i : 0, y = i < 65536 ? 0 : i - 65536;
		const struct rvkms_placement at = {
			.src_x = PIXELS(5) + x, .src_y = PIXELS(6) + y, .src_w = PIXELS(8),
			.src_h = PIXELS(8), .dst_x = -2, .dst_y = -3, .dst_w = 8, .dst_h = 8,
		};
		const struct rvkms_span span = rvkms_geometry_clip(&at, 16, 16);
		const bool is_between = x || y;

		mismatch_note(&m, rvkms_span_is_scaled(&span) != is_between ||
			      span.src_x != (is_between ? 2 : 7) ||
			      span.src_y != (is_between ? 3 : 9), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 2 * 65536);
}

/* Rotations: the expected pixels follow the documentation of the rotation property. */

/* Rotates a pixel a quarter counter-clockwise: the last column becomes the first line. */
static void turn_quarter(s32 *x, s32 *y, s32 *width, s32 *height)
{
	const s32 line = *width - 1 - *x;

	*x = *y;
	*y = line;
	swap(*width, *height);
}

static void draw_turned(struct drawing *d, const struct rvkms_placement *at, s32 src_width,
			s32 src_height, u32 quarters, bool reflect_x, bool reflect_y)
{
	memset(d, 0, sizeof(*d));
	for (s32 row = 0; row < src_height; row++) {
		for (s32 column = 0; column < src_width; column++) {
			s32 x = reflect_x ? src_width - 1 - column : column;
			s32 y = reflect_y ? src_height - 1 - row : row;
			s32 width = src_width, height = src_height;

			for (u32 i = 0; i < quarters; i++)
				turn_quarter(&x, &y, &width, &height);
			x += at->dst_x;
			y += at->dst_y;
			if (x >= 0 && x < AREA && y >= 0 && y < AREA)
				d->shown[y][x] = 1 + (at->src_y / 65536 + row) * 16 +
						 at->src_x / 65536 + column;
		}
	}
}

/* Draws the pixels of the span's walks. Returns false if they are not the span's source. */
static bool draw_walks(struct drawing *d, const struct rvkms_span *span)
{
	const struct rvkms_box box = rvkms_span_source(span);

	memset(d, 0, sizeof(*d));
	for (u32 line = 0; line < span->height; line++) {
		const struct rvkms_walk walk = rvkms_span_walk(span, line);

		if (walk.count != span->width)
			return false;
		for (u32 i = 0; i < walk.count; i++) {
			const s64 column = walk.x + (s64)i * walk.dx;
			const s64 row = walk.y + (s64)i * walk.dy;

			if (column < box.x || column >= box.x + box.width || row < box.y ||
			    row >= box.y + box.height)
				return false;
			d->shown[span->y + line][span->x + i] = 1 + row * 16 + column;
		}
	}

	return (u64)box.width * box.height == (u64)span->width * span->height;
}

/*
 * Positions from -3 to 5 on both axes, sources of 0 to 4 columns and rows, at source offsets from 0
 * to 1, all rotations and reflections: 9 * 9 * 5 * 5 * 2 * 2 * 16.
 */
#define TURNS 129600

static void rvkms_test_geometry_clip_turned(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 i = 0; i < TURNS; i++) {
		struct rvkms_placement at = {};
		struct drawing expected, drawn;
		struct rvkms_span span;
		u32 rest = i, quarters, width, height, reflections;

		at.dst_x = (s32)next_digit(&rest, 9) - 3;
		at.dst_y = (s32)next_digit(&rest, 9) - 3;
		width = next_digit(&rest, 5);
		height = next_digit(&rest, 5);
		at.src_x = next_digit(&rest, 2) << 16;
		at.src_y = next_digit(&rest, 2) << 16;
		quarters = next_digit(&rest, 4);
		reflections = next_digit(&rest, 4);
		at.src_w = width << 16;
		at.src_h = height << 16;
		at.dst_w = quarters % 2 ? height : width;
		at.dst_h = quarters % 2 ? width : height;
		at.rotation = DRM_MODE_ROTATE_0 << quarters | reflections << 4;

		draw_turned(&expected, &at, width, height, quarters, reflections & 1,
			    reflections & 2);
		span = rvkms_geometry_clip(&at, AREA, AREA);
		mismatch_note(&m, !draw_walks(&drawn, &span) ||
			      memcmp(&drawn, &expected, sizeof(drawn)) ||
			      (is_blank(&expected) && !span_is_zero(&span)), i);
	}

	EXPECT_NO_MISMATCH(test, &m, TURNS);
}

struct turned_case {
	const char *desc;
	u32 rotation;
	/* The pixel in the upper left corner, the one to the right of it, and the one below it. */
	s64 corner[2], right[2], down[2];
};

/* All of a framebuffer of 5 columns and 3 rows. */
static const struct turned_case turned_cases[] = {
	{ "0", DRM_MODE_ROTATE_0, { 0, 0 }, { 1, 0 }, { 0, 1 } },
	{ "90", DRM_MODE_ROTATE_90, { 4, 0 }, { 4, 1 }, { 3, 0 } },
	{ "180", DRM_MODE_ROTATE_180, { 4, 2 }, { 3, 2 }, { 4, 1 } },
	{ "270", DRM_MODE_ROTATE_270, { 0, 2 }, { 0, 1 }, { 1, 2 } },
	{ "0, reflect x", DRM_MODE_ROTATE_0 | DRM_MODE_REFLECT_X, { 4, 0 }, { 3, 0 }, { 4, 1 } },
	{ "0, reflect y", DRM_MODE_ROTATE_0 | DRM_MODE_REFLECT_Y, { 0, 2 }, { 1, 2 }, { 0, 1 } },
	{ "90, reflect x", DRM_MODE_ROTATE_90 | DRM_MODE_REFLECT_X, { 0, 0 }, { 0, 1 }, { 1, 0 } },
	{ "90, reflect y", DRM_MODE_ROTATE_90 | DRM_MODE_REFLECT_Y, { 4, 2 }, { 4, 1 }, { 3, 2 } },
	{ "180, both", DRM_MODE_ROTATE_180 | DRM_MODE_REFLECT_X | DRM_MODE_REFLECT_Y,
	  { 0, 0 }, { 1, 0 }, { 0, 1 } },
	{ "no angle", 0, { 0, 0 }, { 1, 0 }, { 0, 1 } },
	{ "no angle, reflect x", DRM_MODE_REFLECT_X, { 4, 0 }, { 3, 0 }, { 4, 1 } },
	{ "all angles", DRM_MODE_ROTATE_MASK, { 0, 0 }, { 1, 0 }, { 0, 1 } },
	{ "90 and 180", DRM_MODE_ROTATE_90 | DRM_MODE_ROTATE_180, { 4, 0 }, { 4, 1 }, { 3, 0 } },
	{ "unknown bits", ~(DRM_MODE_ROTATE_MASK | DRM_MODE_REFLECT_MASK),
	  { 0, 0 }, { 1, 0 }, { 0, 1 } },
};

KUNIT_ARRAY_PARAM_DESC(turned, turned_cases, desc);

static void rvkms_test_span_walk_literal(struct kunit *test)
{
	const struct turned_case *row = test->param_value;
	const bool is_swapped = row->corner[0] == row->right[0];
	const struct rvkms_placement at = {
		.src_w = PIXELS(5), .src_h = PIXELS(3),
		.dst_w = is_swapped ? 3 : 5, .dst_h = is_swapped ? 5 : 3,
		.rotation = row->rotation,
	};
	const struct rvkms_span span = rvkms_geometry_clip(&at, 8, 8);
	const struct rvkms_walk first = rvkms_span_walk(&span, 0);
	const struct rvkms_walk second = rvkms_span_walk(&span, 1);

	KUNIT_EXPECT_EQ(test, first.x, row->corner[0]);
	KUNIT_EXPECT_EQ(test, first.y, row->corner[1]);
	KUNIT_EXPECT_EQ(test, first.x + first.dx, row->right[0]);
	KUNIT_EXPECT_EQ(test, first.y + first.dy, row->right[1]);
	KUNIT_EXPECT_EQ(test, first.count, is_swapped ? 3 : 5);
	KUNIT_EXPECT_EQ(test, second.x, row->down[0]);
	KUNIT_EXPECT_EQ(test, second.y, row->down[1]);
	KUNIT_EXPECT_EQ(test, rvkms_rotation_swaps_axes(row->rotation), is_swapped);
}

/* Extreme values do not overflow. */
static void rvkms_test_span_walk_hostile(struct kunit *test)
{
	const struct rvkms_span span = {
		U32_MAX, U32_MAX, 0, 0, U32_MAX, U32_MAX, DRM_MODE_ROTATE_180,
	};
	const struct rvkms_walk walk = rvkms_span_walk(&span, U32_MAX);
	const struct rvkms_box box = rvkms_span_source(&span);

	KUNIT_EXPECT_EQ(test, walk.x, U32_MAX);
	KUNIT_EXPECT_EQ(test, walk.y, 0);
	KUNIT_EXPECT_EQ(test, walk.count, U32_MAX);
	KUNIT_EXPECT_EQ(test, box.x, 1);
	KUNIT_EXPECT_EQ(test, box.y, 1);
	KUNIT_EXPECT_EQ(test, box.width, U32_MAX);
	KUNIT_EXPECT_EQ(test, box.height, U32_MAX);
}

/* Exactly one angle, and no unknown bits: 16 numbers are valid. */
static void rvkms_test_rotation_is_valid(struct kunit *test)
{
	static const u32 valid[] = {
		0x01, 0x02, 0x04, 0x08, 0x11, 0x12, 0x14, 0x18,
		0x21, 0x22, 0x24, 0x28, 0x31, 0x32, 0x34, 0x38,
	};
	u32 count = 0;

	for (u32 rotation = 0; rotation <= U16_MAX; rotation++)
		count += rvkms_rotation_is_valid(rotation);
	KUNIT_EXPECT_EQ(test, count, 16);

	for (u32 i = 0; i < ARRAY_SIZE(valid); i++) {
		KUNIT_EXPECT_TRUE(test, rvkms_rotation_is_valid(valid[i]));
		for (u32 bit = 6; bit < 32; bit++)
			KUNIT_EXPECT_FALSE(test, rvkms_rotation_is_valid(valid[i] | 1u << bit));
	}
}

struct empty_case {
	const char *desc;
	struct rvkms_span span;
	bool expected;
};

static const struct empty_case empty_cases[] = {
	{ "all zero", { }, true },
	{ "no width", { 1, 1, 1, 1, 0, 1 }, true },
	{ "no height", { 1, 1, 1, 1, 1, 0 }, true },
	{ "no size", { 1, 1, 1, 1, 0, 0 }, true },
	{ "one pixel", { 0, 0, 0, 0, 1, 1 }, false },
	{ "largest", { U32_MAX, U32_MAX, U32_MAX, U32_MAX, U32_MAX, U32_MAX }, false },
};

KUNIT_ARRAY_PARAM_DESC(empty, empty_cases, desc);

static void rvkms_test_span_is_empty(struct kunit *test)
{
	const struct empty_case *row = test->param_value;

	KUNIT_EXPECT_EQ(test, rvkms_span_is_empty(&row->span), row->expected);
}

static struct kunit_case rvkms_geometry_tests[] = {
	KUNIT_CASE(rvkms_test_geometry_clip_lattice),
	KUNIT_CASE_PARAM(rvkms_test_geometry_clip_literal, clip_gen_params),
	KUNIT_CASE(rvkms_test_geometry_clip_fraction),
	KUNIT_CASE(rvkms_test_geometry_clip_turned),
	KUNIT_CASE_PARAM(rvkms_test_span_walk_literal, turned_gen_params),
	KUNIT_CASE(rvkms_test_span_walk_hostile),
	KUNIT_CASE(rvkms_test_rotation_is_valid),
	KUNIT_CASE_PARAM(rvkms_test_span_is_empty, empty_gen_params),
	{ }
};

static struct kunit_suite rvkms_geometry_suite = {
	.name = "rvkms_geometry",
	.test_cases = rvkms_geometry_tests,
};

kunit_test_suite(rvkms_geometry_suite);
