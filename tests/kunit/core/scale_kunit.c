// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/scale. The reference follows docs/composition.md literally: it makes the whole
 * scaled image, each pixel by itself, from rationals, then reflects and rotates it, and puts it on
 * the CRTC. Clipping removes pixels from that.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include <uapi/drm/drm_fourcc.h>
#include <uapi/drm/drm_mode.h>

#include "../../core/check/plane.h"
#include "../../core/compose/compose.h"
#include "../../core/plane/scale.h"
#include "mismatch.h"

#define PIXELS(n) ((u32)(n) << 16)
#define NEAREST RVKMS_FILTER_NEAREST
#define BILINEAR RVKMS_FILTER_BILINEAR
#define GUARD 0xa5

/* The mixture of a pixel on one axis: two columns or rows, and the weight of the second. */
struct mixture {
	s64 first;
	s64 second;
	u32 weight;
};

static s64 floor_quotient(s64 a, s64 b)
{
	const s64 quotient = div64_s64(a, b);

	return quotient - (a - quotient * b < 0 ? 1 : 0);
}

/* All values are in units of 1 / 2 D of 1/65536 of a pixel. */
static struct mixture reference_mixture(u32 src, u32 src_size, u32 dst_size, u32 pixel,
					enum rvkms_filter filter)
{
	const s64 unit = 2ll * dst_size;
	const s64 centre = src * unit + (2 * (s64)pixel + 1) * src_size;
	struct mixture mixture;
	s64 first = 0, last = 0, at;

	/*
	 * The first pixel that ends after the rectangle's start, the last one that starts before
	 * its end.
	 */
	while ((first + 1) * 65536 <= src)
		first++;
	while ((last + 1) * 65536 < (s64)src + src_size)
		last++;

	if (filter == NEAREST) {
		at = floor_quotient(centre, 65536 * unit);
		return (struct mixture){ at, at, 0 };
	}

	/* From the centre of column 0 in 1/256, to nearest, ties up. */
	at = floor_quotient(centre - 32768 * unit + 128 * unit, 256 * unit);
	mixture.first = floor_quotient(at, 256);
	mixture.second = mixture.first + 1;
	mixture.weight = at - mixture.first * 256;
	mixture.first = clamp(mixture.first, first, last);
	mixture.second = clamp(mixture.second, first, last);

	return mixture;
}

/* Pixels of an image, read one by one. */
struct picture {
	u32 width;
	u32 height;
	struct rvkms_pixel *pixels;
};

static struct rvkms_pixel *pixel_of(const struct picture *picture, u32 x, u32 y)
{
	return &picture->pixels[y * picture->width + x];
}

static void read_picture(const struct rvkms_image *image, struct picture *picture)
{
	for (u32 i = 0; i < picture->width * picture->height; i++) {
		const struct rvkms_walk walk = {
			i % picture->width, i / picture->width, 1, 0, 1,
		};

		rvkms_image_read(image, &walk, &picture->pixels[i]);
	}
}

static u16 reference_channel(const u16 *corners, u32 across, u32 down)
{
	u64 sum = 0;

	sum += (u64)corners[0] * (256 - across) * (256 - down);
	sum += (u64)corners[4] * across * (256 - down);
	sum += (u64)corners[8] * (256 - across) * down;
	sum += (u64)corners[12] * across * down;

	/* 65536 per pixel; ties round up. */
	return sum / 65536 + (sum % 65536 >= 32768 ? 1 : 0);
}

static struct rvkms_pixel reference_mix(const struct picture *source, const struct mixture *x,
					const struct mixture *y)
{
	const struct rvkms_pixel corners[] = {
		*pixel_of(source, x->first, y->first), *pixel_of(source, x->second, y->first),
		*pixel_of(source, x->first, y->second), *pixel_of(source, x->second, y->second),
	};

	return (struct rvkms_pixel){
		.b = reference_channel(&corners[0].b, x->weight, y->weight),
		.g = reference_channel(&corners[0].g, x->weight, y->weight),
		.r = reference_channel(&corners[0].r, x->weight, y->weight),
		.a = reference_channel(&corners[0].a, x->weight, y->weight),
	};
}

/* Rotates a pixel a quarter counter-clockwise: the last column becomes the first line. */
static void turn_quarter(u32 *x, u32 *y, u32 *width, u32 *height)
{
	const u32 line = *width - 1 - *x;

	*x = *y;
	*y = line;
	swap(*width, *height);
}

/* Returns the position of a pixel of the scaled image on the CRTC: reflected, then rotated. */
static void reference_turn(u32 rotation, u32 width, u32 height, u32 *x, u32 *y)
{
	if (rotation & DRM_MODE_REFLECT_X)
		*x = width - 1 - *x;
	if (rotation & DRM_MODE_REFLECT_Y)
		*y = height - 1 - *y;
	for (u32 angle = DRM_MODE_ROTATE_0; !(rotation & angle); angle <<= 1)
		turn_quarter(x, y, &width, &height);
}

static bool is_swapped(u32 rotation)
{
	return rotation & (DRM_MODE_ROTATE_90 | DRM_MODE_ROTATE_270);
}

static u32 columns_of(const struct rvkms_placement *at)
{
	return is_swapped(at->rotation) ? at->dst_h : at->dst_w;
}

static u32 rows_of(const struct rvkms_placement *at)
{
	return is_swapped(at->rotation) ? at->dst_w : at->dst_h;
}

/* All of the plane, as a sufficiently large CRTC would show it. */
static void reference_show(const struct picture *source, const struct rvkms_placement *at,
			   enum rvkms_filter filter, struct picture *shown)
{
	const u32 width = columns_of(at), height = rows_of(at);

	shown->width = at->dst_w;
	shown->height = at->dst_h;
	for (u32 column = 0; column < width; column++) {
		const struct mixture across = reference_mixture(at->src_x, at->src_w, width, column,
								filter);

		for (u32 row = 0; row < height; row++) {
			const struct mixture down = reference_mixture(at->src_y, at->src_h, height,
								      row, filter);
			u32 x = column, y = row;

			reference_turn(at->rotation, width, height, &x, &y);
			*pixel_of(shown, x, y) = reference_mix(source, &across, &down);
		}
	}
}

static bool pixels_differ(struct rvkms_pixel p, struct rvkms_pixel q)
{
	return p.b != q.b || p.g != q.g || p.r != q.r || p.a != q.a;
}

/* A line with guards on both sides, which must not be written. */
#define MAX_LINE 1024

struct guarded_line {
	struct rvkms_pixel before[2];
	struct rvkms_pixel pixels[MAX_LINE + 2];
};

static bool guards_touched(const struct guarded_line *line, u32 width)
{
	return memchr_inv(line->before, GUARD, sizeof(line->before)) ||
	       memchr_inv(&line->pixels[width], GUARD, 2 * sizeof(line->pixels[0]));
}

/*
 * Each pixel of the span's lines, read in pieces of @piece pixels, equals that of the whole plane.
 */
static bool span_is_wrong(const struct rvkms_image *image, const struct rvkms_placement *at,
			  const struct rvkms_span *span, enum rvkms_filter filter, u32 piece,
			  const struct picture *shown, struct guarded_line *line)
{
	bool is_wrong = false;

	for (u32 row = 0; row < span->height; row++) {
		memset(line->before, GUARD, sizeof(line->before));
		memset(line->pixels, GUARD, (span->width + 2) * sizeof(line->pixels[0]));
		for (u32 x = 0; x < span->width; x += piece)
			rvkms_scale_read(image, span, filter, row, x, min(piece, span->width - x),
					 line->pixels + x);

		is_wrong |= guards_touched(line, span->width);
		for (u32 x = 0; x < span->width; x++)
			is_wrong |= pixels_differ(line->pixels[x],
						  *pixel_of(shown, span->x + x - at->dst_x,
							    span->y + row - at->dst_y));
	}

	return is_wrong;
}

/* A span for the scaled path even without scaling. */
static struct rvkms_span forced_span(const struct rvkms_placement *at, u32 width, u32 height)
{
	struct rvkms_span span = rvkms_geometry_clip(at, width, height);

	if (rvkms_span_is_empty(&span) || rvkms_span_is_scaled(&span))
		return span;

	span.src_x -= at->src_x / 65536;
	span.src_y -= at->src_y / 65536;
	span.columns = (struct rvkms_scaling){ at->src_x, at->src_w, columns_of(at) };
	span.rows = (struct rvkms_scaling){ at->src_y, at->src_h, rows_of(at) };

	return span;
}

/* The image of the small tests: 4x3 pixels of 16 bits, extremes and other values. */
static const __le64 small_memory[12] = {
	cpu_to_le64(0x0000000000000000), cpu_to_le64(0xffffffffffffffff),
	cpu_to_le64(0xffff0000ffff0001), cpu_to_le64(0x8000ffff00007fff),
	cpu_to_le64(0x123456789abcdef0), cpu_to_le64(0xfffffffefffdfffc),
	cpu_to_le64(0x00ff00ff00ff00ff), cpu_to_le64(0xfedcba9876543210),
	cpu_to_le64(0xffff8000ffff8001), cpu_to_le64(0x0001000200030004),
	cpu_to_le64(0x5555aaaa5555aaaa), cpu_to_le64(0xffff000000000000),
};

#define SMALL_WIDTH 4
#define SMALL_HEIGHT 3

static struct rvkms_image small_image(void)
{
	return (struct rvkms_image){
		.format = rvkms_format_find(DRM_FORMAT_ARGB16161616),
		.planes = { { (const u8 *)small_memory, 8 * SMALL_WIDTH } },
		.width = SMALL_WIDTH, .height = SMALL_HEIGHT,
	};
}

#define MAX_SHOWN 16

struct small_test {
	struct rvkms_image image;
	struct rvkms_pixel source_pixels[SMALL_WIDTH * SMALL_HEIGHT];
	struct rvkms_pixel shown_pixels[MAX_SHOWN * MAX_SHOWN];
	struct picture source;
	struct picture shown;
	struct guarded_line line;
};

static struct small_test *small_test_alloc(struct kunit *test)
{
	struct small_test *small = kunit_kzalloc(test, sizeof(*small), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, small);
	small->image = small_image();
	small->source = (struct picture){ SMALL_WIDTH, SMALL_HEIGHT, small->source_pixels };
	small->shown.pixels = small->shown_pixels;
	read_picture(&small->image, &small->source);

	return small;
}

/* Returns the lowest digit of a mixed-radix number, and removes it from the number. */
static u32 next_digit(u32 *number, u32 base)
{
	const u32 digit = *number % base;

	*number /= base;

	return digit;
}

static u32 nth_rotation(u32 n)
{
	return DRM_MODE_ROTATE_0 << n % 4 | n / 4 << 4;
}

/*
 * Start and end positions of source rectangles: pixels, quarters of pixels, and the positions next
 * to some of them.
 */
static const u32 edges[] = {
	0, 1, 0x4000, 0x7fff, 0x8000, 0x8001, 0xc000, 0xffff, 0x10000, 0x10001, 0x18000, 0x1c000,
	0x20000, 0x28000, 0x2ffff, 0x30000,
};

#define NUM_EDGES 16

static struct rvkms_placement placement(u32 x1, u32 x2, u32 y1, u32 y2, u32 width, u32 height,
					u32 rotation)
{
	return (struct rvkms_placement){
		.src_x = edges[x1], .src_w = edges[x2] - edges[x1],
		.src_y = edges[y1], .src_h = edges[y2] - edges[y1],
		.dst_w = is_swapped(rotation) ? height : width,
		.dst_h = is_swapped(rotation) ? width : height,
		.rotation = rotation,
	};
}

/* Not clipped; the span is read in pieces of 1 to 4 pixels. */
static bool placement_is_wrong(struct small_test *small, const struct rvkms_placement *at,
			       enum rvkms_filter filter, u32 piece)
{
	const struct rvkms_span span = forced_span(at, at->dst_w, at->dst_h);

	reference_show(&small->source, at, filter, &small->shown);

	return span.width != at->dst_w || span.height != at->dst_h ||
	       span_is_wrong(&small->image, at, &span, filter, piece, &small->shown,
			     &small->line);
}

/* All source columns, at all widths up to 5, times 2 lines of a little more than two rows. */
static void rvkms_test_scale_read_columns(struct kunit *test)
{
	struct small_test *small = small_test_alloc(test);
	struct mismatch m = {};

	for (u32 i = 0; i < NUM_EDGES * NUM_EDGES * 5 * 16 * 2; i++) {
		u32 rest = i;
		const u32 x1 = next_digit(&rest, NUM_EDGES), x2 = next_digit(&rest, NUM_EDGES);
		const u32 width = 1 + next_digit(&rest, 5);
		const u32 rotation = nth_rotation(next_digit(&rest, 16));
		const struct rvkms_placement at = placement(x1, x2, 2, 14, width, 2, rotation);

		if (x1 < x2)
			mismatch_note(&m, placement_is_wrong(small, &at, rest, 1 + i % 4), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 120 * 5 * 16 * 2);
}

/* All source rows, at all heights up to 5. */
static void rvkms_test_scale_read_rows(struct kunit *test)
{
	struct small_test *small = small_test_alloc(test);
	struct mismatch m = {};

	for (u32 i = 0; i < NUM_EDGES * NUM_EDGES * 5 * 16 * 2; i++) {
		u32 rest = i;
		const u32 y1 = next_digit(&rest, NUM_EDGES), y2 = next_digit(&rest, NUM_EDGES);
		const u32 height = 1 + next_digit(&rest, 5);
		const u32 rotation = nth_rotation(next_digit(&rest, 16));
		const struct rvkms_placement at = placement(4, 12, y1, y2, 3, height, rotation);

		if (y1 < y2)
			mismatch_note(&m, placement_is_wrong(small, &at, rest, 1 + i % 4), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 120 * 5 * 16 * 2);
}

/* All source rectangles, at all sizes up to 4 x 3: 120 * 120 * 12 * 16 * 2. */
static void rvkms_test_scale_read_lattice(struct kunit *test)
{
	struct small_test *small = small_test_alloc(test);
	struct mismatch m = {};

	for (u32 i = 0; i < 65536 * 12; i++) {
		u32 rest = i;
		const u32 x1 = next_digit(&rest, NUM_EDGES), x2 = next_digit(&rest, NUM_EDGES);
		const u32 y1 = next_digit(&rest, NUM_EDGES), y2 = next_digit(&rest, NUM_EDGES);
		const u32 width = 1 + next_digit(&rest, 4), height = 1 + rest;

		for (u32 turn = 0; x1 < x2 && y1 < y2 && turn < 32; turn++) {
			const struct rvkms_placement at = placement(x1, x2, y1, y2, width, height,
								    nth_rotation(turn / 2));

			mismatch_note(&m, placement_is_wrong(small, &at, turn % 2, width), i);
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 120 * 120 * 12 * 32);
}

/* Clipping. */

static u32 overlap(s32 begin, u32 size, u32 limit)
{
	const s32 first = max(begin, 0), end = min(begin + (s32)size, (s32)limit);

	return max(end - first, 0);
}

/*
 * The samples that bilinear filtering reads for pixels @first and following, on an axis of the
 * scaled image.
 */
static struct rvkms_extent reference_samples(u32 src, u32 src_size, u32 dst_size, u32 first,
					     u32 count)
{
	struct rvkms_extent extent = { U32_MAX, 0 };

	for (u32 i = first; i < first + count; i++) {
		const struct mixture m = reference_mixture(src, src_size, dst_size, i, BILINEAR);

		extent.first = min_t(s64, extent.first, m.first);
		extent.last = max_t(s64, extent.last, m.second);
	}

	return extent;
}

/* The visible pixels of the scaled image are those within the area after rotation. */
static bool source_is_wrong(const struct rvkms_placement *at, const struct rvkms_span *span)
{
	const struct rvkms_box box = rvkms_span_source(span);
	u32 x1 = U32_MAX, y1 = U32_MAX, x2 = 0, y2 = 0;
	struct rvkms_extent columns, rows;

	for (u32 row = 0; row < rows_of(at); row++) {
		for (u32 column = 0; column < columns_of(at); column++) {
			u32 x = column, y = row;

			reference_turn(at->rotation, columns_of(at), rows_of(at), &x, &y);
			x += at->dst_x;
			y += at->dst_y;
			if (x < span->x || x >= span->x + span->width || y < span->y ||
			    y >= span->y + span->height)
				continue;
			x1 = min(x1, column);
			x2 = max(x2, column);
			y1 = min(y1, row);
			y2 = max(y2, row);
		}
	}

	if (rvkms_span_is_empty(span))
		return box.width || box.height;

	columns = reference_samples(at->src_x, at->src_w, columns_of(at), x1, x2 - x1 + 1);
	rows = reference_samples(at->src_y, at->src_h, rows_of(at), y1, y2 - y1 + 1);

	return box.x != columns.first || box.width != columns.last - columns.first + 1 ||
	       box.y != rows.first || box.height != rows.last - rows.first + 1;
}

static bool clip_is_wrong(struct small_test *small, const struct rvkms_placement *at, u32 width,
			  u32 height, enum rvkms_filter filter)
{
	const struct rvkms_span span = rvkms_geometry_clip(at, width, height);
	const u32 across = overlap(at->dst_x, at->dst_w, width);
	const u32 down = overlap(at->dst_y, at->dst_h, height);

	return span.width != (down ? across : 0) || span.height != (across ? down : 0) ||
	       span_is_wrong(&small->image, at, &span, filter, 3, &small->shown, &small->line) ||
	       source_is_wrong(at, &span);
}

/* Positions from -4 to 2 in areas of up to 5 columns; from -3 to 1 in areas of up to 4 lines. */
#define NUM_WINDOWS (7 * 6 * 5 * 5)

static void try_windows(struct small_test *small, struct rvkms_placement at,
			enum rvkms_filter filter, struct mismatch *m)
{
	reference_show(&small->source, &at, filter, &small->shown);
	for (u32 i = 0; i < NUM_WINDOWS; i++) {
		u32 rest = i, width, height;

		at.dst_x = (s32)next_digit(&rest, 7) - 4;
		at.dst_y = (s32)next_digit(&rest, 5) - 3;
		width = next_digit(&rest, 6);
		height = rest;
		mismatch_note(m, clip_is_wrong(small, &at, width, height, filter), i);
	}
}

struct clip_case {
	const char *desc;
	u32 x1, x2, y1, y2, width, height;
};

/* Indices into edges[], and the size of the scaled image before it is rotated. */
static const struct clip_case clip_cases[] = {
	{ "larger", 0, 8, 0, 12, 5, 4 },
	{ "smaller", 0, 15, 0, 15, 2, 2 },
	{ "fractions, larger", 2, 10, 6, 11, 5, 3 },
	{ "fractions, wider and flatter", 1, 7, 3, 14, 4, 2 },
	{ "between pixels, of the same size", 4, 10, 2, 9, 1, 1 },
	{ "smallest source", 0, 1, 8, 9, 3, 4 },
};

KUNIT_ARRAY_PARAM_DESC(clip, clip_cases, desc);

/* A clipped plane shows the same pixels as the whole plane. */
static void rvkms_test_scale_read_clipped(struct kunit *test)
{
	const struct clip_case *row = test->param_value;
	struct small_test *small = small_test_alloc(test);
	struct mismatch m = {};

	for (u32 turn = 0; turn < 32; turn++)
		try_windows(small, placement(row->x1, row->x2, row->y1, row->y2, row->width,
					     row->height, nth_rotation(turn / 2)), turn % 2, &m);

	EXPECT_NO_MISMATCH(test, &m, 32 * NUM_WINDOWS);
}

/* Images of all types of formats. */

struct format_case {
	const char *desc;
	u32 fourcc;
};

static const struct format_case format_cases[] = {
	{ "XRGB8888", DRM_FORMAT_XRGB8888 },
	{ "ARGB8888", DRM_FORMAT_ARGB8888 },
	{ "RGB565", DRM_FORMAT_RGB565 },
	{ "RGB888", DRM_FORMAT_RGB888 },
	{ "ABGR16161616F", DRM_FORMAT_ABGR16161616F },
	{ "XRGB8888_A8", DRM_FORMAT_XRGB8888_A8 },
	{ "C1", DRM_FORMAT_C1 },
	{ "R2", DRM_FORMAT_R2 },
	{ "D4", DRM_FORMAT_D4 },
	{ "C8", DRM_FORMAT_C8 },
	{ "YUYV", DRM_FORMAT_YUYV },
	{ "NV12", DRM_FORMAT_NV12 },
	{ "NV61", DRM_FORMAT_NV61 },
	{ "NV15", DRM_FORMAT_NV15 },
	{ "P030", DRM_FORMAT_P030 },
	{ "YUV410", DRM_FORMAT_YUV410 },
	{ "Y0L2", DRM_FORMAT_Y0L2 },
	{ "AYUV", DRM_FORMAT_AYUV },
};

KUNIT_ARRAY_PARAM_DESC(format, format_cases, desc);

#define MAX_SOURCE 96
/* Enough for 8 bytes per pixel. */
#define MAX_PITCH (8 * MAX_SOURCE)

struct large_test {
	u8 memory[3][MAX_PITCH * MAX_SOURCE];
	struct rvkms_pixel palette[256];
	struct rvkms_pixel source_pixels[MAX_SOURCE * MAX_SOURCE];
	struct rvkms_pixel shown_pixels[MAX_LINE * 8];
	struct rvkms_image image;
	struct picture source;
	struct picture shown;
	struct guarded_line line;
	struct rnd_state random;
};

static u32 random_below(struct rnd_state *random, u32 limit)
{
	return prandom_u32_state(random) % limit;
}

/* A size that has whole groups of any format. */
static u32 random_size(struct rnd_state *random)
{
	return 4 * (1 + random_below(random, MAX_SOURCE / 4));
}

static void fill_image(struct large_test *large, u32 fourcc, u32 width, u32 height)
{
	large->image = (struct rvkms_image){
		.format = rvkms_format_find(fourcc),
		.planes = {
			{ large->memory[0], MAX_PITCH }, { large->memory[1], MAX_PITCH },
			{ large->memory[2], MAX_PITCH },
		},
		.width = width, .height = height,
		.palette = large->palette,
	};
	prandom_bytes_state(&large->random, large->memory, sizeof(large->memory));
	prandom_bytes_state(&large->random, large->palette, sizeof(large->palette));
	large->source = (struct picture){ width, height, large->source_pixels };
	read_picture(&large->image, &large->source);
}

static struct large_test *large_test_alloc(struct kunit *test, u32 seed)
{
	struct large_test *large = kunit_kzalloc(test, sizeof(*large), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, large);
	large->shown.pixels = large->shown_pixels;
	prandom_seed_state(&large->random, seed);

	return large;
}

/* A part of an axis, of any size: sometimes all of it, or less than a pixel. */
static void random_part(struct rnd_state *random, u32 size, u32 *src, u32 *src_size)
{
	const u32 most = random_below(random, 8) ? size << 16 : 100000;

	*src_size = random_below(random, 8) ? 1 + random_below(random, most) : size << 16;
	*src = random_below(random, (size << 16) - *src_size + 1);
}

/* An image that is long on one axis and short on the other. */
static struct rvkms_placement random_placement(struct rnd_state *random, u32 width, u32 height)
{
	const bool is_high = random_below(random, 4) == 0;
	const u32 length = 1 + random_below(random, MAX_LINE);
	const u32 breadth = 1 + random_below(random, 8);
	struct rvkms_placement at = {
		.dst_w = is_high ? breadth : length,
		.dst_h = is_high ? length : breadth,
		.rotation = nth_rotation(random_below(random, 16)),
	};

	random_part(random, width, &at.src_x, &at.src_w);
	random_part(random, height, &at.src_y, &at.src_h);
	at.dst_x = random_below(random, 2) ? 0 : (s32)random_below(random, at.dst_w) - 4;
	at.dst_y = random_below(random, 2) ? 0 : (s32)random_below(random, at.dst_h) - 4;

	return at;
}

/* Read in pieces of any length, some longer than 128 pixels. */
static void try_placement(struct large_test *large, struct mismatch *m, u32 i)
{
	struct rnd_state *random = &large->random;
	const struct rvkms_placement at = random_placement(random, large->image.width,
							   large->image.height);
	const enum rvkms_filter filter = i % 2;
	const struct rvkms_span span = forced_span(&at, 1 + random_below(random, MAX_LINE),
						   1 + random_below(random, MAX_LINE));

	reference_show(&large->source, &at, filter, &large->shown);
	mismatch_note(m, span_is_wrong(&large->image, &at, &span, filter,
				       1 + random_below(random, i % 3 ? MAX_LINE : 130),
				       &large->shown, &large->line), i);
}

static void rvkms_test_scale_read_random(struct kunit *test)
{
	const struct format_case *row = test->param_value;
	struct large_test *large = large_test_alloc(test, row->fourcc);
	struct mismatch m = {};

	for (u32 i = 0; i < 12; i++) {
		fill_image(large, row->fourcc, random_size(&large->random),
			   random_size(&large->random));
		for (u32 k = 0; k < 4; k++)
			try_placement(large, &m, i * 4 + k);
	}

	EXPECT_NO_MISMATCH(test, &m, 12 * 4);
}

/* Without scaling, the result equals the unscaled read, bit for bit. */
static void rvkms_test_scale_read_identity(struct kunit *test)
{
	const struct format_case *row = test->param_value;
	struct large_test *large = large_test_alloc(test, row->fourcc + 1);
	struct mismatch m = {};

	fill_image(large, row->fourcc, 40, 24);
	for (u32 turn = 0; turn < 32; turn++) {
		const u32 rotation = nth_rotation(turn / 2);
		const struct rvkms_placement at = {
			PIXELS(3), PIXELS(5), PIXELS(33), PIXELS(18), -2, -1,
			is_swapped(rotation) ? 18 : 33, is_swapped(rotation) ? 33 : 18, rotation,
		};
		const struct rvkms_span unscaled = rvkms_geometry_clip(&at, 15, 14);
		const struct rvkms_span scaled = forced_span(&at, 15, 14);

		for (u32 y = 0; y < 14; y++) {
			const struct rvkms_walk walk = rvkms_span_walk(&unscaled, y);

			rvkms_image_read(&large->image, &walk, large->shown_pixels);
			rvkms_scale_read(&large->image, &scaled, turn % 2, y, 0, 15,
					 large->line.pixels);
			mismatch_note(&m, rvkms_span_is_scaled(&unscaled) ||
				      !rvkms_span_is_scaled(&scaled) ||
				      memcmp(large->shown_pixels, large->line.pixels,
					     15 * sizeof(struct rvkms_pixel)), turn << 8 | y);
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 32 * 14);
}

/* An image of 16-bit channels that are set one at a time. */
static void set_channels(struct large_test *large, u32 width, u32 height)
{
	large->image = (struct rvkms_image){
		.format = rvkms_format_find(DRM_FORMAT_ARGB16161616),
		.planes = { { large->memory[0], MAX_PITCH } },
		.width = width, .height = height,
	};
}

static void set_channel(struct large_test *large, u32 x, u32 y, u32 channel, u16 value)
{
	put_unaligned_le16(value, &large->memory[0][y * MAX_PITCH + 8 * x + 2 * channel]);
}

static struct rvkms_span random_span(struct large_test *large)
{
	const struct rvkms_placement at = random_placement(&large->random, large->image.width,
							   large->image.height);

	return forced_span(&at, MAX_LINE, MAX_LINE);
}

/* An image of one colour has no other colour, at any scale. */
static void rvkms_test_scale_read_constant(struct kunit *test)
{
	static const u16 levels[] = { 0, 1, 127, 128, 255, 256, 32767, 32768, 65534, 65535 };
	struct large_test *large = large_test_alloc(test, 5);
	struct mismatch m = {};

	set_channels(large, 8, 4);
	for (u32 i = 0; i < 1000; i++) {
		const u16 colour[4] = {
			levels[i % 10], levels[i / 10 % 10], levels[i / 100], levels[(i + 3) % 10],
		};
		const struct rvkms_span span = random_span(large);

		for (u32 k = 0; k < 8 * 4 * 4; k++)
			set_channel(large, k / 4 % 8, k / 32, k % 4, colour[k % 4]);
		for (u32 y = 0; y < min(span.height, 4u); y++) {
			rvkms_scale_read(&large->image, &span, BILINEAR, y, 0, span.width,
					 large->line.pixels);
			for (u32 x = 0; x < span.width; x++)
				mismatch_note(&m, memcmp(&large->line.pixels[x], colour, 8), i);
		}
	}

	KUNIT_EXPECT_GT(test, m.turns, 100000);
	EXPECT_NO_MISMATCH(test, &m, m.turns);
}

/*
 * If colours grow along a row, they grow along a line, in the same or the opposite direction. If no
 * colour exceeds its alpha, no scaled colour does.
 */
static void rvkms_test_scale_read_monotonic(struct kunit *test)
{
	struct large_test *large = large_test_alloc(test, 6);
	struct mismatch m = {};

	set_channels(large, 32, 4);
	for (u32 i = 0; i < 32 * 4; i++) {
		const u32 x = i % 32, y = i / 32;

		set_channel(large, x, y, 0, x * 2000 + y);
		set_channel(large, x, y, 1, x < 16 ? 0 : 65535);
		set_channel(large, x, y, 2, x * x * 64);
		set_channel(large, x, y, 3, max3(x * 2000 + y, x < 16 ? 0 : 65535, x * x * 64));
	}

	for (u32 i = 0; i < 400; i++) {
		struct rvkms_span span = random_span(large);
		const enum rvkms_filter filter = i % 2;

		if (rvkms_rotation_swaps_axes(span.rotation))
			continue;

		for (u32 y = 0; y < min(span.height, 4u); y++) {
			const bool is_back = rvkms_span_walk(&span, 0).dx < 0;
			struct rvkms_pixel *p = large->line.pixels;

			rvkms_scale_read(&large->image, &span, filter, y, 0, span.width, p);
			for (u32 x = 1; x < span.width; x++) {
				const struct rvkms_pixel low = p[is_back ? x : x - 1];
				const struct rvkms_pixel high = p[is_back ? x - 1 : x];

				mismatch_note(&m, low.b > high.b || low.g > high.g ||
					      low.r > high.r || low.b > low.a || low.g > low.a ||
					      low.r > low.a, i);
			}
		}
	}

	KUNIT_EXPECT_GT(test, m.turns, 50000);
	EXPECT_NO_MISMATCH(test, &m, m.turns);
}

/* No field value causes a read outside of the image, which KASAN would report. */

static u32 hostile_number(struct rnd_state *random)
{
	static const u32 boundaries[] = {
		0, 1, 2, 7, 8, 65535, 65536, 65537, 8 << 16, RVKMS_SAMPLER_MAX_SIZE,
		RVKMS_SAMPLER_MAX_SIZE + 1, 0x7fffffff, 0x80000000, 0xffff0000, 0xfffffffe, U32_MAX,
	};
	const u32 r = prandom_u32_state(random);

	return r & 1 ? boundaries[r / 2 % 16] : prandom_u32_state(random) >> r / 2 % 32;
}

static struct rvkms_scaling hostile_scaling(struct rnd_state *random)
{
	return (struct rvkms_scaling){
		hostile_number(random), hostile_number(random), hostile_number(random),
	};
}

static struct rvkms_span hostile_span(struct rnd_state *random)
{
	struct rvkms_placement at = {
		hostile_number(random), hostile_number(random), hostile_number(random),
		hostile_number(random), hostile_number(random), hostile_number(random),
		hostile_number(random), hostile_number(random), random_below(random, 64),
	};

	if (random_below(random, 2))
		return rvkms_geometry_clip(&at, hostile_number(random), hostile_number(random));

	return (struct rvkms_span){
		.src_x = hostile_number(random),
		.src_y = hostile_number(random),
		.width = hostile_number(random),
		.height = hostile_number(random),
		.rotation = at.rotation,
		.columns = hostile_scaling(random),
		.rows = hostile_scaling(random),
	};
}

/* The pixels inside of the scaled image. An image of only white pixels shows them as white. */
static bool reference_is_inside(const struct rvkms_span *span, u32 line, u32 pixel)
{
	const struct rvkms_walk walk = rvkms_span_walk(span, line);
	const s64 x = walk.x + (s64)pixel * walk.dx, y = walk.y + (s64)pixel * walk.dy;

	return x >= 0 && x < span->columns.dst_size && y >= 0 && y < span->rows.dst_size;
}

static bool hostile_is_wrong(const struct rvkms_image *image, const struct rvkms_span *span,
			     struct rnd_state *random, struct guarded_line *line)
{
	const u32 y = random_below(random, 2) ? 0 : hostile_number(random);
	const u32 first = random_below(random, 2) ? 0 : hostile_number(random);
	const u32 count = random_below(random, 300);
	const enum rvkms_filter filter = random_below(random, 3);
	bool is_wrong = false;

	memset(line, GUARD, sizeof(*line));
	rvkms_scale_read(image, span, filter, y, first, count, line->pixels);
	is_wrong |= guards_touched(line, count);
	for (u32 i = 0; i < count; i++) {
		const u64 pixel = (u64)first + i;
		const bool is_inside = pixel <= U32_MAX && reference_is_inside(span, y, pixel);

		is_wrong |= pixel <= U32_MAX &&
			    memchr_inv(&line->pixels[i], is_inside ? 0xff : 0, 8);
	}

	return is_wrong;
}

static void rvkms_test_scale_read_hostile(struct kunit *test)
{
	struct guarded_line *line = kunit_kmalloc(test, sizeof(*line), GFP_KERNEL);
	u8 *white = kunit_kmalloc(test, 8 * 6 * 4, GFP_KERNEL);
	struct rnd_state random;
	struct mismatch m = {};

	KUNIT_ASSERT_NOT_NULL(test, line);
	KUNIT_ASSERT_NOT_NULL(test, white);
	memset(white, 0xff, 8 * 6 * 4);
	prandom_seed_state(&random, 666);
	for (u32 i = 0; i < 40000; i++) {
		const struct rvkms_image image = {
			.format = rvkms_format_find(DRM_FORMAT_ARGB8888),
			.planes = { { white, 8 * 4 } }, .width = 8, .height = 6,
		};
		const struct rvkms_span span = hostile_span(&random);
		const struct rvkms_box box = rvkms_span_source(&span);

		mismatch_note(&m, hostile_is_wrong(&image, &span, &random, line) ||
			      (rvkms_span_is_scaled(&span) &&
			       !box.width != rvkms_span_is_empty(&span)), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 40000);
}

/*
 * On an axis this long, adding up steps would be inexact: (2 i + 1) S / 2 D is 1 / 2 D below column
 * 1299 for pixel i = 31924404, so that pixel is in column 1298.
 */
static void rvkms_test_scale_read_long_axis(struct kunit *test)
{
	const struct rvkms_span span = {
		.src_x = 31924404 - 127, .width = 128, .height = 1,
		.columns = { 0, 0xffffa127, 0x60000001 }, .rows = { 0, PIXELS(1), 1 },
	};
	u8 *row = kunit_kmalloc(test, 1300, GFP_KERNEL);
	const struct rvkms_image image = {
		.format = rvkms_format_find(DRM_FORMAT_R8), .planes = { { row, 1300 } },
		.width = 1300, .height = 1,
	};
	struct rvkms_pixel pixels[128];

	KUNIT_ASSERT_NOT_NULL(test, row);
	for (u32 x = 0; x < 1300; x++)
		row[x] = x % 256;

	rvkms_scale_read(&image, &span, NEAREST, 0, 0, 128, pixels);
	KUNIT_EXPECT_EQ(test, pixels[0].b, 1298 % 256 * 257);
	KUNIT_EXPECT_EQ(test, pixels[127].b, 1298 % 256 * 257);
	rvkms_scale_read(&image, &span, NEAREST, 0, 128, 1, pixels);
	KUNIT_EXPECT_EQ(test, pixels[0].b, 1299 % 256 * 257);
}

struct broken_case {
	const char *desc;
	bool has_format, has_memory;
	u32 fourcc, width, height;
};

static const struct broken_case broken_cases[] = {
	{ "no format", false, true, DRM_FORMAT_ARGB8888, 4, 3 },
	{ "no memory", true, false, DRM_FORMAT_ARGB8888, 4, 3 },
	{ "no columns", true, true, DRM_FORMAT_ARGB8888, 0, 3 },
	{ "no rows", true, true, DRM_FORMAT_ARGB8888, 4, 0 },
	{ "half a group of columns", true, true, DRM_FORMAT_YUYV, 1, 3 },
	{ "half a group of rows", true, true, DRM_FORMAT_Y0L0, 4, 1 },
};

KUNIT_ARRAY_PARAM_DESC(broken, broken_cases, desc);

/* An image that cannot be read shows nothing. */
static void rvkms_test_scale_read_broken(struct kunit *test)
{
	const struct broken_case *row = test->param_value;
	const struct rvkms_placement at = placement(0, 15, 0, 12, 8, 6, DRM_MODE_ROTATE_0);
	const struct rvkms_span span = rvkms_geometry_clip(&at, 8, 6);
	struct small_test *small = small_test_alloc(test);

	small->image.format = row->has_format ? rvkms_format_find(row->fourcc) : NULL;
	if (!row->has_memory)
		small->image.planes[0].data = NULL;
	small->image.width = row->width;
	small->image.height = row->height;

	memset(&small->line, GUARD, sizeof(small->line));
	rvkms_scale_read(&small->image, &span, BILINEAR, 1, 0, 8, small->line.pixels);
	KUNIT_EXPECT_FALSE(test, guards_touched(&small->line, 8));
	KUNIT_EXPECT_NULL(test, memchr_inv(small->line.pixels, 0, 8 * 8));
}

/* Columns and rows of an incomplete group, which cannot be read, repeat the last complete ones. */
static void rvkms_test_scale_read_half_a_group(struct kunit *test)
{
	struct large_test *large = large_test_alloc(test, 7);
	const struct rvkms_placement at = {
		.src_w = PIXELS(7), .src_h = PIXELS(3), .dst_w = 14, .dst_h = 6,
	};
	const struct rvkms_span span = rvkms_geometry_clip(&at, 14, 6);
	struct rvkms_pixel *p = large->line.pixels;
	struct mismatch m = {};

	fill_image(large, DRM_FORMAT_YUYV, 7, 3);
	for (u32 y = 0; y < 6; y++) {
		rvkms_scale_read(&large->image, &span, NEAREST, y, 0, 14, p);
		for (u32 x = 0; x < 14; x++)
			mismatch_note(&m, pixels_differ(p[x],
							*pixel_of(&large->source,
								  min(x / 2, 5u), y / 2)), x);
	}

	EXPECT_NO_MISMATCH(test, &m, 6 * 14);
}

/* Frames. */

static u16 reference_over(u16 below, u16 above, u16 opacity)
{
	const u32 product = below * (65535u - opacity);

	return min(above + product / 65535 + (product % 65535 > 32767 ? 1 : 0), 65535u);
}

static struct rvkms_pixel reference_blend(struct rvkms_pixel below, struct rvkms_pixel above)
{
	return (struct rvkms_pixel){
		.b = reference_over(below.b, above.b, above.a),
		.g = reference_over(below.g, above.g, above.a),
		.r = reference_over(below.r, above.r, above.a),
		.a = reference_over(below.a, above.a, above.a),
	};
}

static bool frame_is_wrong(struct large_test *large, const struct rvkms_frame *frame,
			   const struct rvkms_placement *at)
{
	const struct rvkms_span *span = &frame->layers[0].visible;
	bool is_wrong = false;

	for (u32 y = 0; y < frame->height; y++) {
		memset(&large->line, GUARD, sizeof(large->line));
		rvkms_compose_line(frame, y, large->line.pixels);
		is_wrong |= guards_touched(&large->line, frame->width);
		for (u32 x = 0; x < frame->width; x++) {
			struct rvkms_pixel expected = frame->background;

			if (x - span->x < span->width && y - span->y < span->height)
				expected = reference_blend(expected,
							   *pixel_of(&large->shown, x - at->dst_x,
								     y - at->dst_y));
			is_wrong |= pixels_differ(large->line.pixels[x], expected);
		}
	}

	return is_wrong;
}

/* A scaled layer over a background, opaque and translucent, in frames that may be smaller. */
static void rvkms_test_compose_line_scaled(struct kunit *test)
{
	struct large_test *large = large_test_alloc(test, 8);
	struct mismatch m = {};

	for (u32 i = 0; i < 60; i++) {
		struct rvkms_placement at = random_placement(&large->random, 24, 16);
		struct rvkms_layer layer = { .filter = i % 2, .alpha = 65535 };
		const struct rvkms_frame frame = {
			.width = 1 + random_below(&large->random, MAX_LINE),
			.height = 1 + random_below(&large->random, 12),
			.background = { 1000, 65535, 0, 65535 },
			.num_layers = 1,
			.layers = &layer,
		};

		at.dst_y = (s32)random_below(&large->random, 8) - 3;
		fill_image(large, i % 3 ? DRM_FORMAT_ARGB8888 : DRM_FORMAT_NV12, 24, 16);
		reference_show(&large->source, &at, i % 2, &large->shown);
		layer.image = large->image;
		layer.visible = forced_span(&at, frame.width, frame.height);
		mismatch_note(&m, frame_is_wrong(large, &frame, &at), i);
	}

	EXPECT_NO_MISMATCH(test, &m, 60);
}

/* Limits. */

struct within_case {
	const char *desc;
	u32 src_w, src_h, dst_w, dst_h, rotation;
	bool expected;
};

/* The limits are 1/8 and 8 source pixels per pixel. */
static const struct within_case within_cases[] = {
	{ "unscaled", PIXELS(64), PIXELS(32), 64, 32, DRM_MODE_ROTATE_0, true },
	{ "largest", PIXELS(8), PIXELS(4), 64, 32, DRM_MODE_ROTATE_0, true },
	{ "a fraction too wide", PIXELS(8) - 1, PIXELS(4), 64, 32, DRM_MODE_ROTATE_0, false },
	{ "a fraction too high", PIXELS(8), PIXELS(4) - 1, 64, 32, DRM_MODE_ROTATE_0, false },
	{ "smallest", PIXELS(64), PIXELS(32), 8, 4, DRM_MODE_ROTATE_0, true },
	{ "a fraction too narrow", PIXELS(64) + 1, PIXELS(32), 8, 4, DRM_MODE_ROTATE_0, false },
	{ "a fraction too flat", PIXELS(64), PIXELS(32) + 1, 8, 4, DRM_MODE_ROTATE_0, false },
	{ "wider and flatter", PIXELS(8), PIXELS(32), 64, 4, DRM_MODE_ROTATE_180, true },
	{ "rotated, largest", PIXELS(8), PIXELS(4), 32, 64, DRM_MODE_ROTATE_90, true },
	{ "rotated, too wide", PIXELS(8), PIXELS(4), 33, 64, DRM_MODE_ROTATE_270, false },
	{ "rotated, too high", PIXELS(8), PIXELS(4), 32, 65, DRM_MODE_ROTATE_90, false },
	{ "no source", 0, 0, 1, 1, DRM_MODE_ROTATE_0, false },
	{ "no destination", 1, 1, 0, 0, DRM_MODE_ROTATE_0, false },
	{ "neither", 0, 0, 0, 0, DRM_MODE_ROTATE_0, true },
	{ "widest source", U32_MAX, PIXELS(1), 65536, 1, DRM_MODE_ROTATE_0, true },
	{ "widest destination", U32_MAX, PIXELS(1), U32_MAX, 1, DRM_MODE_ROTATE_0, false },
};

KUNIT_ARRAY_PARAM_DESC(within, within_cases, desc);

static void rvkms_test_scale_is_within(struct kunit *test)
{
	const struct within_case *row = test->param_value;
	const struct rvkms_placement at = {
		.src_w = row->src_w, .src_h = row->src_h, .dst_w = row->dst_w, .dst_h = row->dst_h,
		.rotation = row->rotation,
	};

	KUNIT_EXPECT_EQ(test, rvkms_scale_is_within(&at, 8192, 524288), row->expected);
}

/* The rule uses the limits of the device. */
static void rvkms_test_check_plane_scaling(struct kunit *test)
{
	const struct within_case *row = test->param_value;
	const struct rvkms_device_limits limits = { .min_scale = 8192, .max_scale = 524288 };
	const struct rvkms_plane_request request = {
		.has_crtc = true, .has_fb = true, .fourcc = DRM_FORMAT_XRGB8888,
		.fb_width = 65536, .fb_height = 65536,
		.placement = {
			.src_w = row->src_w, .src_h = row->src_h,
			.dst_w = min_t(u32, row->dst_w, S32_MAX), .dst_h = row->dst_h,
			.rotation = row->rotation,
		},
	};
	const struct rvkms_verdict verdict = rvkms_check_plane(&limits, &request);

	KUNIT_EXPECT_EQ(test, verdict.rule,
			row->expected ? RVKMS_RULE_NONE : RVKMS_RULE_PLANE_SCALING);
	KUNIT_EXPECT_EQ(test, verdict.err, row->expected ? 0 : -ERANGE);
}

static struct kunit_case rvkms_scale_tests[] = {
	KUNIT_CASE(rvkms_test_scale_read_columns),
	KUNIT_CASE(rvkms_test_scale_read_rows),
	KUNIT_CASE_SLOW(rvkms_test_scale_read_lattice),
	KUNIT_CASE_PARAM(rvkms_test_scale_read_clipped, clip_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_scale_read_random, format_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_scale_read_identity, format_gen_params),
	KUNIT_CASE(rvkms_test_scale_read_constant),
	KUNIT_CASE(rvkms_test_scale_read_monotonic),
	KUNIT_CASE(rvkms_test_scale_read_hostile),
	KUNIT_CASE(rvkms_test_scale_read_long_axis),
	KUNIT_CASE_PARAM(rvkms_test_scale_read_broken, broken_gen_params),
	KUNIT_CASE(rvkms_test_scale_read_half_a_group),
	KUNIT_CASE(rvkms_test_compose_line_scaled),
	KUNIT_CASE_PARAM(rvkms_test_scale_is_within, within_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_check_plane_scaling, within_gen_params),
	{ }
};

static struct kunit_suite rvkms_scale_suite = {
	.name = "rvkms_scale",
	.test_cases = rvkms_scale_tests,
};

kunit_test_suite(rvkms_scale_suite);
