// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/compose. The reference follows docs/composition.md literally, one pixel at a time:
 * the background, then each layer that covers the pixel, bottom to top. It decodes memory and
 * rounds independently.
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
#include "mismatch.h"

#define GUARD 0xa5
#define GUARD_PIXELS 2
#define MAX_WIDTH 401
#define MAX_LAYERS 9

static const struct rvkms_pixel blue = { 65535, 0, 0, 65535 };
static const struct rvkms_pixel green = { 0, 65535, 0, 65535 };
static const struct rvkms_pixel red = { 0, 0, 65535, 65535 };
static const struct rvkms_pixel grey = { 32896, 32896, 32896, 65535 };

static u32 reference_product(u32 c, u32 weight)
{
	const u32 product = c * weight;

	return product / 65535 + (product % 65535 > 32767 ? 1 : 0);
}

static u32 reference_over(u32 below, u32 above, u32 opacity)
{
	return min(above + reference_product(below, 65535 - opacity), 65535u);
}

/* The byte offsets of blue, green, red and alpha in a pixel. */
struct reference_order {
	u8 b, g, r, a;
};

static struct reference_order reference_order_of(u32 fourcc)
{
	switch (fourcc) {
	case DRM_FORMAT_XBGR8888:
	case DRM_FORMAT_ABGR8888:
		return (struct reference_order){ 2, 1, 0, 3 };
	case DRM_FORMAT_RGBX8888:
	case DRM_FORMAT_RGBA8888:
		return (struct reference_order){ 1, 2, 3, 0 };
	case DRM_FORMAT_BGRX8888:
	case DRM_FORMAT_BGRA8888:
		return (struct reference_order){ 3, 2, 1, 0 };
	default:
		return (struct reference_order){ 0, 1, 2, 3 };
	}
}

static void reference_show(struct rvkms_pixel *out, const u8 *memory,
			   const struct rvkms_layer *layer)
{
	const struct reference_order at = reference_order_of(layer->image.format->fourcc);
	const bool is_opaque = !layer->image.format->has_alpha ||
			       layer->blend_mode == RVKMS_BLEND_NONE;
	const u32 a = reference_product(is_opaque ? 65535 : memory[at.a] * 257, layer->alpha);
	const u32 weight = layer->blend_mode == RVKMS_BLEND_COVERAGE ? a : layer->alpha;

	out->b = reference_over(out->b, reference_product(memory[at.b] * 257, weight), a);
	out->g = reference_over(out->g, reference_product(memory[at.g] * 257, weight), a);
	out->r = reference_over(out->r, reference_product(memory[at.r] * 257, weight), a);
	out->a = reference_over(out->a, a, a);
}

/* Converts an offset on the CRTC, relative to the span's corner, into an offset in the source. */
static void reference_turn(u32 rotation, s64 *x, s64 *y)
{
	const s64 right = *x, down = *y;

	switch (rotation & DRM_MODE_ROTATE_MASK) {
	case DRM_MODE_ROTATE_90:
		*x = -down;
		*y = right;
		break;
	case DRM_MODE_ROTATE_180:
		*x = -right;
		*y = -down;
		break;
	case DRM_MODE_ROTATE_270:
		*x = down;
		*y = -right;
		break;
	}

	if (rotation & DRM_MODE_REFLECT_X)
		*x = -*x;
	if (rotation & DRM_MODE_REFLECT_Y)
		*y = -*y;
}

/* The pixel of the layer's image that is shown at (x, y); NULL if there is none. */
static const u8 *reference_source(const struct rvkms_layer *layer, u64 x, u64 y)
{
	const struct rvkms_image *image = &layer->image;
	const struct rvkms_span *span = &layer->visible;
	s64 column, row;

	if (!image->format || !image->planes[0].data)
		return NULL;

	if (x < span->x || x >= (u64)span->x + span->width || y < span->y ||
	    y >= (u64)span->y + span->height)
		return NULL;

	column = x - span->x;
	row = y - span->y;
	reference_turn(span->rotation, &column, &row);
	column += span->src_x;
	row += span->src_y;
	if (column < 0 || column >= image->width || row < 0 || row >= image->height)
		return NULL;

	return image->planes[0].data + row * image->planes[0].pitch + column * 4;
}

static struct rvkms_pixel reference_pixel(const struct rvkms_frame *frame, u32 x, u32 y)
{
	struct rvkms_pixel out = frame->background;

	for (u32 i = 0; y < frame->height && i < frame->num_layers; i++) {
		const u8 *memory = reference_source(&frame->layers[i], x, y);

		if (memory)
			reference_show(&out, memory, &frame->layers[i]);
	}

	return out;
}

static bool pixels_differ(struct rvkms_pixel p, struct rvkms_pixel q)
{
	return p.b != q.b || p.g != q.g || p.r != q.r || p.a != q.a;
}

/* A line with guards on both sides, and a cache with a guard behind it. */
struct guarded_line {
	struct rvkms_pixel before[GUARD_PIXELS];
	struct rvkms_pixel pixels[MAX_WIDTH + GUARD_PIXELS];
	u8 cache[RVKMS_LINE_CACHE_COLUMN_BYTES * (MAX_WIDTH + GUARD_PIXELS)];
};

static struct guarded_line *line_alloc(struct kunit *test)
{
	struct guarded_line *line = kunit_kmalloc(test, sizeof(*line), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, line);
	memset(line, GUARD, sizeof(*line));

	return line;
}

static bool guards_touched(const struct guarded_line *line, u32 width)
{
	const size_t behind = sizeof(line->pixels) - width * sizeof(line->pixels[0]);

	return memchr_inv(line->before, GUARD, sizeof(line->before)) ||
	       memchr_inv(&line->pixels[width], GUARD, behind);
}

/* One line, by the general path, pixel by pixel; returns its hash. */
static struct rvkms_hash check_line(const struct rvkms_frame *frame, u32 y,
				    struct guarded_line *line, struct mismatch *m)
{
	struct rvkms_hash hash = rvkms_hash_init(frame->width, frame->height);

	memset(line->before, GUARD, sizeof(line->before));
	memset(line->pixels, GUARD, sizeof(line->pixels));
	rvkms_compose_line(frame, y, line->pixels);

	mismatch_note(m, guards_touched(line, frame->width), (u64)y << 32);
	for (u32 x = 0; x < frame->width; x++)
		mismatch_note(m, pixels_differ(line->pixels[x], reference_pixel(frame, x, y)),
			      (u64)y << 32 | x);

	rvkms_hash_add_line(&hash, line->pixels, frame->width);

	return hash;
}

/* The same line, by the path that only hashes. */
static void check_hash_of_line(const struct rvkms_frame *frame, u32 y,
			       const struct rvkms_hash *expected, struct rvkms_line_cache *cache,
			       struct guarded_line *line, struct mismatch *m)
{
	struct rvkms_hash hash = rvkms_hash_init(frame->width, frame->height);

	memset(line->before, GUARD, sizeof(line->before));
	memset(line->pixels, GUARD, sizeof(line->pixels));
	rvkms_compose_hash_line(frame, y, line->pixels, cache, &hash);

	mismatch_note(m, guards_touched(line, frame->width), (u64)y << 32 | 1ull << 62);
	mismatch_note(m, memcmp(&hash, expected, sizeof(hash)), (u64)y << 32 | 1ull << 63);
}

/*
 * Composes all lines, two lines past the last and the very last line number. Notes each wrong
 * pixel, each line with a write outside of it, and each line with a wrong hash.
 */
static void check_frame(const struct rvkms_frame *frame, struct guarded_line *line,
			struct mismatch *m)
{
	struct rvkms_line_cache cache = { .bytes = line->cache };

	for (u32 i = 0; i < frame->height + 3; i++) {
		const u32 y = i < frame->height + 2 ? i : U32_MAX;
		const struct rvkms_hash hash = check_line(frame, y, line, m);

		check_hash_of_line(frame, y, &hash, &cache, line, m);
	}

	mismatch_note(m, memchr_inv(line->cache + RVKMS_LINE_CACHE_COLUMN_BYTES * frame->width,
				    GUARD, sizeof(line->cache) -
				    RVKMS_LINE_CACHE_COLUMN_BYTES * frame->width), 1ull << 61);
}

static u64 turns_of(const struct rvkms_frame *frame)
{
	return (u64)(frame->height + 3) * (frame->width + 3) + 1;
}

static void expect_as_reference(struct kunit *test, const struct rvkms_frame *frame)
{
	struct mismatch m = {};

	check_frame(frame, line_alloc(test), &m);

	EXPECT_NO_MISMATCH(test, &m, turns_of(frame));
}

/* An image in memory of exactly its size, so that KASAN reports reads beyond it. */
static struct rvkms_image image_alloc(struct kunit *test, u32 fourcc, u32 width, u32 height,
				      u32 padding, struct rnd_state *random)
{
	const u32 pitch = 4 * width + padding;
	const size_t size = (size_t)pitch * (height - 1) + 4 * width;
	u8 *data = kunit_kmalloc(test, size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, data);
	prandom_bytes_state(random, data, size);

	return (struct rvkms_image){
		.format = rvkms_format_find(fourcc),
		.planes = { { data, pitch } },
		.width = width,
		.height = height,
	};
}

static void image_free(struct kunit *test, struct rvkms_image *image)
{
	kunit_kfree(test, image->planes[0].data);
	image->planes[0].data = NULL;
}

/* Small frames, with all values written out. */

static const u8 opaque_2x2[] = {
	0xff, 0x00, 0x00, 0x00,		0x00, 0xff, 0x00, 0x00,
	0x00, 0x00, 0xff, 0x00,		0x80, 0x80, 0x80, 0x00,
};

static const u8 translucent_2x1[] = {
	0x00, 0x00, 0x80, 0x80,		0x00, 0x00, 0x00, 0x00,
};

static struct rvkms_image small_image(u32 fourcc, const u8 *data, u32 width, u32 height)
{
	return (struct rvkms_image){
		.format = rvkms_format_find(fourcc),
		.planes = { { data, 4 * width } },
		.width = width,
		.height = height,
	};
}

static struct rvkms_layer small_layer(u32 fourcc, const u8 *data, u32 width, u32 height,
				      struct rvkms_span visible)
{
	return (struct rvkms_layer){
		.image = small_image(fourcc, data, width, height),
		.visible = visible,
		.alpha = 65535,
	};
}

static void expect_line(struct kunit *test, const struct rvkms_frame *frame, u32 y,
			const struct rvkms_pixel *expected)
{
	struct guarded_line *line = line_alloc(test);

	rvkms_compose_line(frame, y, line->pixels);

	for (u32 x = 0; x < frame->width; x++) {
		KUNIT_EXPECT_EQ_MSG(test, line->pixels[x].b, expected[x].b, "x %u, y %u", x, y);
		KUNIT_EXPECT_EQ_MSG(test, line->pixels[x].g, expected[x].g, "x %u, y %u", x, y);
		KUNIT_EXPECT_EQ_MSG(test, line->pixels[x].r, expected[x].r, "x %u, y %u", x, y);
		KUNIT_EXPECT_EQ_MSG(test, line->pixels[x].a, expected[x].a, "x %u, y %u", x, y);
	}
}

static void rvkms_test_compose_line_no_layers(struct kunit *test)
{
	const struct rvkms_frame frame = { .width = 2, .height = 1, .background = grey };

	expect_line(test, &frame, 0, (const struct rvkms_pixel[]){ grey, grey });
}

static void rvkms_test_compose_line_opaque_layer(struct kunit *test)
{
	struct rvkms_layer layer = {
		.image = small_image(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2),
		.visible = { 0, 0, 1, 1, 2, 2 },
		.alpha = 65535,
	};
	const struct rvkms_frame frame = { 4, 4, red, 1, &layer };

	expect_line(test, &frame, 0, (const struct rvkms_pixel[]){ red, red, red, red });
	expect_line(test, &frame, 1, (const struct rvkms_pixel[]){ red, blue, green, red });
	expect_line(test, &frame, 2, (const struct rvkms_pixel[]){ red, red, grey, red });
	expect_line(test, &frame, 3, (const struct rvkms_pixel[]){ red, red, red, red });
}

static void rvkms_test_compose_line_source_offset(struct kunit *test)
{
	struct rvkms_layer layer = {
		.image = small_image(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2),
		.visible = { 1, 1, 0, 0, 1, 1 },
		.alpha = 65535,
	};
	const struct rvkms_frame frame = { 2, 2, red, 1, &layer };

	expect_line(test, &frame, 0, (const struct rvkms_pixel[]){ grey, red });
	expect_line(test, &frame, 1, (const struct rvkms_pixel[]){ red, red });
}

/* Half red over blue: 128 * 257 / 65535 is the alpha, (65535 - 32896) / 65535 of blue remains. */
static void rvkms_test_compose_line_translucent_layer(struct kunit *test)
{
	struct rvkms_layer layer = {
		.image = small_image(DRM_FORMAT_ARGB8888, translucent_2x1, 2, 1),
		.visible = { 0, 0, 0, 0, 2, 1 },
		.alpha = 65535,
	};
	const struct rvkms_frame frame = { 3, 1, blue, 1, &layer };
	const struct rvkms_pixel half_red = { 32639, 0, 32896, 65535 };

	expect_line(test, &frame, 0, (const struct rvkms_pixel[]){ half_red, blue, blue });
}

static void rvkms_test_compose_line_order_of_layers(struct kunit *test)
{
	struct rvkms_layer layers[] = {
		small_layer(DRM_FORMAT_ARGB8888, translucent_2x1, 2, 1,
			    (struct rvkms_span){ 0, 0, 0, 0, 2, 1 }),
		small_layer(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2,
			    (struct rvkms_span){ 0, 0, 0, 0, 1, 1 }),
	};
	const struct rvkms_frame frame = { 2, 1, green, 2, layers };
	const struct rvkms_pixel half_red = { 32639, 0, 32896, 65535 };

	/* The opaque layer on top hides the other layer. */
	expect_line(test, &frame, 0, (const struct rvkms_pixel[]){ blue, green });

	swap(layers[0], layers[1]);
	expect_line(test, &frame, 0, (const struct rvkms_pixel[]){ half_red, green });
}

static void rvkms_test_compose_line_only_counted_layers(struct kunit *test)
{
	struct rvkms_layer layers[] = {
		small_layer(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2,
			    (struct rvkms_span){ 0, 0, 0, 0, 1, 1 }),
		small_layer(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2,
			    (struct rvkms_span){ 1, 0, 0, 0, 1, 1 }),
	};
	const struct rvkms_frame frame = { 1, 1, red, 1, layers };

	expect_line(test, &frame, 0, (const struct rvkms_pixel[]){ blue });
}

/* Halve all colours: those of a layer before it is blended, those of a frame after all layers. */
static const struct rvkms_color_op half_op = {
	.type = RVKMS_COLOR_MULTIPLIER, .multiplier = 1ull << 31,
};

static const struct rvkms_color_pipeline half = { .ops = &half_op, .num_ops = 1 };

static void rvkms_test_compose_line_layer_pipeline(struct kunit *test)
{
	struct rvkms_layer layers[] = {
		small_layer(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2,
			    (struct rvkms_span){ 0, 1, 0, 0, 2, 1 }),
		small_layer(DRM_FORMAT_ARGB8888, translucent_2x1, 2, 1,
			    (struct rvkms_span){ 0, 0, 1, 0, 2, 1 }),
	};
	const struct rvkms_frame frame = { 3, 1, grey, 2, layers };
	const struct rvkms_pixel half_red = { 0, 0, 32768, 65535 };
	const struct rvkms_pixel quarter_red_over_grey = { 16383, 16383, 32831, 65535 };

	/* 32896 * 32639 / 65535 = 16383.498 of grey remains, and half of 32896 is added. */
	layers[0].pipeline = &half;
	layers[1].pipeline = &half;
	layers[0].visible.width = 1;
	expect_line(test, &frame, 0,
		    (const struct rvkms_pixel[]){ half_red, quarter_red_over_grey, grey });
}

static void rvkms_test_compose_line_frame_pipeline(struct kunit *test)
{
	struct rvkms_layer layer = small_layer(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2,
					       (struct rvkms_span){ 1, 1, 0, 0, 1, 1 });
	const struct rvkms_frame frame = { 2, 1, red, 1, &layer, &half };
	const struct rvkms_pixel half_grey = { 16448, 16448, 16448, 65535 };
	const struct rvkms_pixel half_red = { 0, 0, 32768, 65535 };

	expect_line(test, &frame, 0, (const struct rvkms_pixel[]){ half_grey, half_red });
	expect_line(test, &frame, 1, (const struct rvkms_pixel[]){ half_red, half_red });
}

static void rvkms_test_compose_line_past_the_end(struct kunit *test)
{
	struct rvkms_layer layer = {
		.image = small_image(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2),
		.visible = { 0, 0, 0, 0, 2, 2 },
		.alpha = 65535,
	};
	const struct rvkms_frame frame = { 2, 1, red, 1, &layer };

	expect_line(test, &frame, 0, (const struct rvkms_pixel[]){ blue, green });
	expect_line(test, &frame, 1, (const struct rvkms_pixel[]){ red, red });
	expect_line(test, &frame, U32_MAX, (const struct rvkms_pixel[]){ red, red });
}

static void rvkms_test_compose_line_no_width(struct kunit *test)
{
	struct rvkms_layer layer = {
		.image = small_image(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2),
		.visible = { 0, 0, 0, 0, 2, 2 },
		.alpha = 65535,
	};
	const struct rvkms_frame frame = { 0, 1, red, 1, &layer };

	expect_as_reference(test, &frame);
}

/* Neither the frame nor the image is changed, so that the next line finds both unchanged. */
static void rvkms_test_compose_line_twice_same(struct kunit *test)
{
	struct rvkms_layer layer = {
		.image = small_image(DRM_FORMAT_ARGB8888, translucent_2x1, 2, 1),
		.visible = { 0, 0, 0, 0, 2, 1 },
		.alpha = 65535,
	};
	const struct rvkms_frame frame = { 3, 1, blue, 1, &layer };
	struct rvkms_pixel first[3], second[3];

	rvkms_compose_line(&frame, 0, first);
	rvkms_compose_line(&frame, 0, second);

	KUNIT_EXPECT_MEMEQ(test, first, second, sizeof(first));
}

struct width_case {
	const char *desc;
	u32 width;
};

/* Translucent layers are blended in pieces of 128 pixels. */
static const struct width_case widths[] = {
	{ "one pixel", 1 },
	{ "two pixels", 2 },
	{ "odd", 63 },
	{ "one less than a piece", 127 },
	{ "a piece", 128 },
	{ "one more than a piece", 129 },
	{ "one less than two pieces", 255 },
	{ "two pieces", 256 },
	{ "one more than two pieces", 257 },
	{ "three pieces and an odd rest", 397 },
};

KUNIT_ARRAY_PARAM_DESC(width, widths, desc);

static void expect_width(struct kunit *test, u32 fourcc)
{
	const struct width_case *row = test->param_value;
	struct rnd_state random;
	struct rvkms_layer layer = { .visible = { 0, 1, 1, 1, row->width, 2 }, .alpha = 65535 };
	const struct rvkms_frame frame = { row->width + 2, 4, grey, 1, &layer };

	prandom_seed_state(&random, row->width);
	layer.image = image_alloc(test, fourcc, row->width, 3, 12, &random);

	expect_as_reference(test, &frame);
}

static void rvkms_test_compose_line_translucent_width(struct kunit *test)
{
	expect_width(test, DRM_FORMAT_ARGB8888);
}

static void rvkms_test_compose_line_opaque_width(struct kunit *test)
{
	expect_width(test, DRM_FORMAT_XRGB8888);
}

struct high_case {
	const char *desc;
	u32 fourcc;
	u32 rotation;
	u32 src_x, src_y;
};

/*
 * Columns of an image that is higher than a piece, and that has two strips of columns and a rest.
 */
static const struct high_case high_cases[] = {
	{ "translucent, 90", DRM_FORMAT_ARGB8888, DRM_MODE_ROTATE_90, 18, 0 },
	{ "translucent, 180", DRM_FORMAT_ARGB8888, DRM_MODE_ROTATE_180, 18, 299 },
	{ "translucent, 270", DRM_FORMAT_ARGB8888, DRM_MODE_ROTATE_270, 0, 299 },
	{ "opaque, 90", DRM_FORMAT_XRGB8888, DRM_MODE_ROTATE_90, 18, 0 },
	{ "opaque, 90, one column to the right of the image", DRM_FORMAT_XRGB8888,
	  DRM_MODE_ROTATE_90, 19, 0 },
	{ "opaque, 270, reflected", DRM_FORMAT_XRGB8888,
	  DRM_MODE_ROTATE_270 | DRM_MODE_REFLECT_Y, 0, 0 },
	{ "opaque, 270, from the middle", DRM_FORMAT_XRGB8888, DRM_MODE_ROTATE_270, 7, 250 },
	{ "blue above red, 90", DRM_FORMAT_XBGR8888, DRM_MODE_ROTATE_90, 18, 0 },
	{ "padding below, 270", DRM_FORMAT_RGBX8888, DRM_MODE_ROTATE_270, 0, 299 },
	{ "blue above red, padding below, 90", DRM_FORMAT_BGRX8888, DRM_MODE_ROTATE_90, 18, 0 },
};

KUNIT_ARRAY_PARAM_DESC(high, high_cases, desc);

static void rvkms_test_compose_line_turned(struct kunit *test)
{
	const struct high_case *row = test->param_value;
	struct rnd_state random;
	struct rvkms_layer layer = {
		.visible = { row->src_x, row->src_y, 1, 1, 320, 20, row->rotation },
		.alpha = 65535,
	};
	const struct rvkms_frame frame = { 321, 24, grey, 1, &layer };

	prandom_seed_state(&random, row->rotation);
	layer.image = image_alloc(test, row->fourcc, 19, 300, 4, &random);

	expect_as_reference(test, &frame);
}

/* A layer that ends before a full cache, with its last line anywhere in the image. */
static void rvkms_test_compose_line_turned_few_lines(struct kunit *test)
{
	struct rnd_state random;
	struct rvkms_layer layer = { .alpha = 65535 };
	const struct rvkms_frame frame = { 64, 10, grey, 1, &layer };

	prandom_seed_state(&random, 5);
	layer.image = image_alloc(test, DRM_FORMAT_XRGB8888, 12, 64, 0, &random);
	for (u32 height = 1; height <= 9; height++) {
		for (u32 column = 0; column < 12; column++) {
			layer.visible = (struct rvkms_span){
				column, 0, 0, 0, 64, height, DRM_MODE_ROTATE_90,
			};
			expect_as_reference(test, &frame);
		}
	}
}

/*
 * Two rotated layers side by side compete for the cache. The left one gets it; the other one is
 * read without.
 */
static void rvkms_test_compose_line_two_turned(struct kunit *test)
{
	struct rnd_state random;
	struct rvkms_layer layers[] = {
		{ .visible = { 0, 0, 128, 0, 128, 19, DRM_MODE_ROTATE_270 | DRM_MODE_REFLECT_Y },
		  .alpha = 65535 },
		{ .visible = { 18, 0, 0, 3, 128, 16, DRM_MODE_ROTATE_90 }, .alpha = 65535 },
	};
	const struct rvkms_frame frame = { 256, 20, grey, 2, layers };

	prandom_seed_state(&random, 3);
	layers[0].image = image_alloc(test, DRM_FORMAT_XRGB8888, 19, 128, 4, &random);
	layers[1].image = image_alloc(test, DRM_FORMAT_XRGB8888, 19, 128, 4, &random);

	expect_as_reference(test, &frame);
}

/* No client can set a translucent background, but the result is defined: alpha is blended too. */
static void rvkms_test_compose_line_translucent_background(struct kunit *test)
{
	struct rvkms_layer layer = { .visible = { 0, 0, 2, 0, 20, 3 }, .alpha = 65535 };
	const struct rvkms_frame frame = { 24, 3, { 100, 2000, 30000, 20000 }, 1, &layer };
	struct rnd_state random;

	prandom_seed_state(&random, 7);
	layer.image = image_alloc(test, DRM_FORMAT_ARGB8888, 20, 3, 0, &random);

	expect_as_reference(test, &frame);
}

/* Layers that a check would have rejected: the part outside is skipped, the rest is shown. */

struct hostile_case {
	const char *desc;
	struct rvkms_span visible;
};

/* The image is 8 x 6, the frame is 10 x 7. */
static const struct hostile_case hostile_cases[] = {
	{ "all zero", { } },
	{ "no width", { 0, 0, 1, 1, 0, 4 } },
	{ "no height", { 0, 0, 1, 1, 4, 0 } },
	{ "fits exactly", { 0, 0, 2, 1, 8, 6 } },
	{ "one column too wide for the image", { 0, 0, 0, 0, 9, 6 } },
	{ "one row too high for the image", { 0, 0, 0, 0, 8, 7 } },
	{ "source one column too far right", { 1, 0, 0, 0, 8, 6 } },
	{ "source one row too low", { 0, 1, 0, 0, 8, 6 } },
	{ "source at the last column", { 7, 0, 0, 0, 8, 6 } },
	{ "source beside the last column", { 8, 0, 0, 0, 8, 6 } },
	{ "source at the last row", { 0, 5, 0, 0, 8, 6 } },
	{ "source below the last row", { 0, 6, 0, 0, 8, 6 } },
	{ "one column too far right", { 0, 0, 3, 0, 8, 6 } },
	{ "one line too low", { 0, 0, 0, 2, 8, 6 } },
	{ "at the last column", { 0, 0, 9, 0, 8, 6 } },
	{ "beside the last column", { 0, 0, 10, 0, 8, 6 } },
	{ "at the last line", { 0, 0, 0, 6, 8, 6 } },
	{ "below the last line", { 0, 0, 0, 7, 8, 6 } },
	{ "widest", { 0, 0, 0, 0, U32_MAX, 6 } },
	{ "highest", { 0, 0, 0, 0, 8, U32_MAX } },
	{ "widest, not at the edge", { 3, 0, 5, 0, U32_MAX, 6 } },
	{ "highest, not at the edge", { 0, 2, 0, 3, 8, U32_MAX } },
	{ "farthest right", { 0, 0, U32_MAX, 0, 8, 6 } },
	{ "lowest", { 0, 0, 0, U32_MAX, 8, 6 } },
	{ "farthest right, widest", { 0, 0, U32_MAX, 0, U32_MAX, 6 } },
	{ "lowest, highest", { 0, 0, 0, U32_MAX, 8, U32_MAX } },
	{ "source farthest right", { U32_MAX, 0, 0, 0, 8, 6 } },
	{ "source lowest", { 0, U32_MAX, 0, 0, 8, 6 } },
	{ "source wraps to the first row", { 0, U32_MAX - 2, 0, 0, 8, 6 } },
	{ "source wraps to the first column", { U32_MAX - 2, 0, 0, 0, 8, 6 } },
	{ "sign bits", { 0x80000000, 0x80000000, 0x80000000, 0x80000000, 8, 6 } },
	{ "all ones", { U32_MAX, U32_MAX, U32_MAX, U32_MAX, U32_MAX, U32_MAX } },
};

KUNIT_ARRAY_PARAM_DESC(hostile, hostile_cases, desc);

static void rvkms_test_compose_line_hostile_layer(struct kunit *test)
{
	static const u32 fourccs[] = { DRM_FORMAT_XRGB8888, DRM_FORMAT_ARGB8888 };
	const struct hostile_case *row = test->param_value;
	struct rvkms_layer layer = { .visible = row->visible, .alpha = 65535 };
	const struct rvkms_frame frame = { 10, 7, grey, 1, &layer };
	struct rnd_state random;

	prandom_seed_state(&random, 42);
	for (u32 i = 0; i < ARRAY_SIZE(fourccs); i++) {
		layer.image = image_alloc(test, fourccs[i], 8, 6, 4, &random);
		expect_as_reference(test, &frame);
	}
}

struct broken_case {
	const char *desc;
	bool no_data;
	bool no_format;
	u32 width;
	u32 height;
};

static const struct broken_case broken_cases[] = {
	{ "no data", true, false, 2, 2 },
	{ "no format", false, true, 2, 2 },
	{ "no data, no format", true, true, 2, 2 },
	{ "image without width", false, false, 0, 2 },
	{ "image without height", false, false, 2, 0 },
	{ "image without size", false, false, 0, 0 },
};

KUNIT_ARRAY_PARAM_DESC(broken, broken_cases, desc);

/* A broken layer shows nothing, and the layer above it is still shown. */
static void expect_not_shown(struct kunit *test, struct rvkms_scaling scaling)
{
	const struct broken_case *row = test->param_value;
	struct rvkms_layer layers[] = {
		small_layer(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2,
			    (struct rvkms_span){ 0, 0, 0, 0, 2, 2 }),
		small_layer(DRM_FORMAT_XRGB8888, opaque_2x2, 2, 2,
			    (struct rvkms_span){ 1, 1, 2, 0, 1, 1 }),
	};
	const struct rvkms_frame frame = { 3, 1, red, 2, layers };

	if (row->no_data)
		layers[0].image.planes[0].data = NULL;
	if (row->no_format)
		layers[0].image.format = NULL;
	layers[0].image.width = row->width;
	layers[0].image.height = row->height;
	layers[0].visible.columns = scaling;
	layers[0].visible.rows = scaling;

	expect_line(test, &frame, 0, (const struct rvkms_pixel[]){ red, red, grey });
}

static void rvkms_test_compose_line_broken_layer(struct kunit *test)
{
	expect_not_shown(test, (struct rvkms_scaling){});
}

static void rvkms_test_compose_line_broken_scaled_layer(struct kunit *test)
{
	expect_not_shown(test, (struct rvkms_scaling){ 0, 1 << 16, 2 });
}

/* Counts reads of a format: pixels within the image, and pixels outside. */

static struct {
	u64 pixels;
	u64 outside;
} spy;

static bool spy_owns(const struct rvkms_image *image, s64 x, s64 y)
{
	return x >= 0 && x < image->width && y >= 0 && y < image->height;
}

/* The colour of a pixel encodes its position in the image. */
static struct rvkms_pixel spy_pixel(s64 x, s64 y)
{
	return (struct rvkms_pixel){ x, y, x >> 16, 65535 };
}

static void spy_read(const struct rvkms_image *image, const struct rvkms_walk *walk,
		     struct rvkms_pixel *pixels)
{
	for (u32 i = 0; i < walk->count; i++) {
		const s64 x = walk->x + (s64)i * walk->dx;
		const s64 y = walk->y + (s64)i * walk->dy;

		spy.pixels++;
		if (!spy_owns(image, x, y))
			spy.outside++;
		pixels[i] = spy_pixel(x, y);
	}
}

struct spy_case {
	const char *desc;
	bool has_alpha;
	struct rvkms_span visible;
	/* Total number of pixels of the frame that are read. */
	u64 expected_pixels;
	/* The pixel at the span's upper left corner. */
	u32 expected_x;
	u32 expected_y;
};

/* The image has 300x4 pixels, the frame has 310x5 pixels. */
static const struct spy_case spy_cases[] = {
	{ "inside, opaque", false, { 3, 1, 5, 1, 290, 2 }, 580, 3, 1 },
	{ "inside, translucent", true, { 3, 1, 5, 1, 290, 2 }, 580, 3, 1 },
	{ "leaves the image, opaque", false, { 290, 3, 5, 1, 290, 2 }, 10, 290, 3 },
	{ "leaves the image, translucent", true, { 290, 3, 5, 1, 290, 2 }, 10, 290, 3 },
	{ "leaves the frame, opaque", false, { 0, 0, 305, 3, 290, 4 }, 10, 0, 0 },
	{ "leaves the frame, translucent", true, { 0, 0, 305, 3, 290, 4 }, 10, 0, 0 },
	{ "whole image, opaque", false, { 0, 0, 0, 0, 300, 4 }, 1200, 0, 0 },
	{ "whole image, translucent", true, { 0, 0, 0, 0, 300, 4 }, 1200, 0, 0 },
	{ "beyond the whole image, opaque", false, { 0, 0, 0, 0, 310, 5 }, 1200, 0, 0 },
	{ "beyond the whole image, translucent", true, { 0, 0, 0, 0, 310, 5 }, 1200, 0, 0 },
	{ "upside down, opaque", false,
	  { 299, 3, 0, 0, 310, 5, DRM_MODE_ROTATE_180 }, 1200, 299, 3 },
	{ "upside down, translucent", true,
	  { 299, 3, 0, 0, 310, 5, DRM_MODE_ROTATE_180 }, 1200, 299, 3 },
	{ "rotated by 90, opaque", false, { 299, 0, 0, 0, 10, 5, DRM_MODE_ROTATE_90 }, 20, 299, 0 },
	{ "rotated by 270, translucent", true,
	  { 0, 3, 0, 0, 10, 5, DRM_MODE_ROTATE_270 }, 20, 0, 3 },
};

KUNIT_ARRAY_PARAM_DESC(spy, spy_cases, desc);

/*
 * Only shown pixels of the image are read, and none outside of it. The spy dereferences no pixel,
 * so the memory need not exist.
 */
static void rvkms_test_compose_line_reads_image_only(struct kunit *test)
{
	const struct spy_case *row = test->param_value;
	const struct rvkms_format format = {
		.num_planes = 1, .group_width = 1, .group_height = 1,
		.has_alpha = row->has_alpha, .read = spy_read,
	};
	static const u8 memory[1];
	struct rvkms_layer layer = {
		.image = {
			.format = &format,
			.planes = { { memory, 1200 } },
			.width = 300,
			.height = 4,
		},
		.visible = row->visible,
		.alpha = 65535,
	};
	const struct rvkms_frame frame = { 310, 5, red, 1, &layer };
	const struct rvkms_pixel expected = spy_pixel(row->expected_x, row->expected_y);
	struct guarded_line *line = line_alloc(test);
	struct rvkms_pixel corner = {};

	spy.pixels = 0;
	spy.outside = 0;

	for (u32 y = 0; y < frame.height; y++) {
		rvkms_compose_line(&frame, y, line->pixels);
		if (y == row->visible.y)
			corner = line->pixels[row->visible.x];
	}

	KUNIT_EXPECT_EQ(test, spy.outside, 0);
	KUNIT_EXPECT_EQ(test, spy.pixels, row->expected_pixels);
	KUNIT_EXPECT_EQ(test, corner.b, expected.b);
	KUNIT_EXPECT_EQ(test, corner.g, expected.g);
	KUNIT_EXPECT_EQ(test, corner.r, expected.r);
	KUNIT_EXPECT_EQ(test, corner.a, expected.a);
}

/* Random scenes. */

static u32 random_below(struct rnd_state *random, u32 limit)
{
	return prandom_u32_state(random) % limit;
}

/* Mostly near the edges of the image and of the frame, sometimes far away. */
static u32 random_coordinate(struct rnd_state *random, u32 size)
{
	switch (random_below(random, 8)) {
	case 0:
		return 0;
	case 1:
		return size - 1;
	case 2:
		return size;
	case 3:
		return prandom_u32_state(random);
	default:
		return random_below(random, size + 2);
	}
}

static u32 random_rotation(struct rnd_state *random)
{
	return DRM_MODE_ROTATE_0 << random_below(random, 4) | random_below(random, 4) << 4;
}

static struct rvkms_layer random_layer(struct kunit *test, const struct rvkms_frame *frame,
				       struct rnd_state *random)
{
	static const u32 fourccs[] = {
		DRM_FORMAT_ARGB8888, DRM_FORMAT_XRGB8888, DRM_FORMAT_ARGB8888,
		DRM_FORMAT_XRGB8888, DRM_FORMAT_ABGR8888, DRM_FORMAT_XBGR8888,
		DRM_FORMAT_RGBA8888, DRM_FORMAT_RGBX8888, DRM_FORMAT_BGRA8888,
		DRM_FORMAT_BGRX8888,
	};
	const u32 fourcc = fourccs[random_below(random, ARRAY_SIZE(fourccs))];
	const u32 width = 1 + random_below(random, frame->width + 16);
	const u32 height = 1 + random_below(random, frame->height + 2);
	const u32 padding = random_below(random, 9);

	return (struct rvkms_layer){
		.image = image_alloc(test, fourcc, width, height, padding, random),
		.visible = {
			.src_x = random_coordinate(random, width / 2 + 1),
			.src_y = random_coordinate(random, height / 2 + 1),
			.x = random_coordinate(random, frame->width / 2 + 1),
			.y = random_coordinate(random, frame->height / 2 + 1),
			.width = random_coordinate(random, width),
			.height = random_coordinate(random, height),
			.rotation = random_below(random, 2) ? random_rotation(random) : 0,
		},
		.blend_mode = random_below(random, 4),
		.alpha = random_below(random, 3) ? 65535 : prandom_u32_state(random),
	};
}

static struct rvkms_pixel random_opaque(struct rnd_state *random)
{
	return (struct rvkms_pixel){
		.b = prandom_u32_state(random),
		.g = prandom_u32_state(random),
		.r = prandom_u32_state(random),
		.a = 65535,
	};
}

#define NUM_SCENES 1000

static void rvkms_test_compose_line_random_scenes(struct kunit *test)
{
	struct guarded_line *line = line_alloc(test);
	struct rvkms_layer layers[MAX_LAYERS];
	struct mismatch m = {};
	struct rnd_state random;
	u64 expected_turns = 0;

	prandom_seed_state(&random, 20260731);
	for (u32 scene = 0; scene < NUM_SCENES && !m.count; scene++) {
		struct rvkms_frame frame = {
			.width = 1 + random_below(&random, MAX_WIDTH),
			.height = 1 + random_below(&random, 20),
			.background = random_opaque(&random),
			.num_layers = 1 + random_below(&random, MAX_LAYERS),
			.layers = layers,
		};

		for (u32 i = 0; i < frame.num_layers; i++)
			layers[i] = random_layer(test, &frame, &random);

		check_frame(&frame, line, &m);
		expected_turns += turns_of(&frame);

		for (u32 i = 0; i < frame.num_layers; i++)
			image_free(test, &layers[i].image);
	}

	EXPECT_NO_MISMATCH(test, &m, expected_turns);
}

/* Palettes. */

struct palette_case {
	const char *desc;
	u32 fourcc;
	u32 count;
};

static const struct palette_case palette_cases[] = {
	{ "C1", DRM_FORMAT_C1, 2 },
	{ "C2", DRM_FORMAT_C2, 4 },
	{ "C4", DRM_FORMAT_C4, 16 },
	{ "C8", DRM_FORMAT_C8, 256 },
};

KUNIT_ARRAY_PARAM_DESC(palette, palette_cases, desc);

/*
 * Each index, the leftmost pixel first, is shown as its entry of the palette. The palette is not
 * applied a second time as gamma, neither here nor to the layer beside it.
 */
static void rvkms_test_frame_set_color_palette(struct kunit *test)
{
	const struct palette_case *param = test->param_value;
	struct rvkms_pixel *palette = kunit_kcalloc(test, 256, sizeof(*palette), GFP_KERNEL);
	struct rvkms_pixel *line = kunit_kcalloc(test, 257, sizeof(*line), GFP_KERNEL);
	u8 *memory = kunit_kcalloc(test, 256, 1, GFP_KERNEL);
	const struct rvkms_color_op op = {
		.type = RVKMS_COLOR_MULTIPLIER, .multiplier = 1ull << 31,
	};
	const struct rvkms_color_pipeline half = { .ops = &op, .num_ops = 1 };
	const struct rvkms_frame_color color = { .pipeline = &half, .palette = palette };
	struct rvkms_layer layer = {
		.image = {
			.format = rvkms_format_find(param->fourcc),
			.planes = { { memory, 256 } },
			.width = param->count, .height = 1,
		},
		.visible = {
			.width = param->count, .height = 1, .rotation = DRM_MODE_ROTATE_0,
		},
		.alpha = U16_MAX,
	};
	struct rvkms_frame frame = {
		.width = param->count + 1, .height = 1, .num_layers = 1, .layers = &layer,
		.background = { 100, 200, 300, U16_MAX },
	};
	struct mismatch m = {};

	KUNIT_ASSERT_NOT_NULL(test, palette);
	KUNIT_ASSERT_NOT_NULL(test, line);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	for (u32 i = 0; i < 256; i++)
		palette[i] = (struct rvkms_pixel){ i * 3 + 1, 65535 - i, i * 257, U16_MAX };

	/* The pixels of a byte count up from its uppermost bits. */
	switch (param->fourcc) {
	case DRM_FORMAT_C1:
		memory[0] = 0x40;
		break;
	case DRM_FORMAT_C2:
		memory[0] = 0x1b;
		break;
	case DRM_FORMAT_C4:
		for (u32 i = 0; i < 8; i++)
			memory[i] = 0x01 + i * 0x22;
		break;
	default:
		for (u32 i = 0; i < 256; i++)
			memory[i] = i;
	}

	rvkms_frame_set_color(&frame, &color);
	rvkms_compose_line(&frame, 0, line);
	for (u32 i = 0; i < param->count; i++)
		mismatch_note(&m, memcmp(&line[i], &palette[i], sizeof(line[i])), i);

	EXPECT_NO_MISMATCH(test, &m, param->count);
	KUNIT_EXPECT_EQ(test, line[param->count].b, 100);
	KUNIT_EXPECT_EQ(test, line[param->count].r, 300);
}

/* Without an indexed plane, or without 256 entries, the table is the gamma of the frame. */
static void rvkms_test_frame_set_color_no_palette(struct kunit *test)
{
	static const struct rvkms_pixel palette[256];
	static const struct rvkms_color_pipeline all, rest;
	struct rvkms_layer layers[2] = {};
	struct rvkms_frame frame = { .num_layers = 2, .layers = layers };

	layers[1].image.format = rvkms_format_find(DRM_FORMAT_R8);
	rvkms_frame_set_color(&frame, &(struct rvkms_frame_color){ &all, palette, &rest });
	KUNIT_EXPECT_PTR_EQ(test, frame.pipeline, &all);
	KUNIT_EXPECT_NULL(test, layers[0].image.palette);
	KUNIT_EXPECT_NULL(test, layers[1].image.palette);

	layers[1].image.format = rvkms_format_find(DRM_FORMAT_C4);
	rvkms_frame_set_color(&frame, &(struct rvkms_frame_color){ &all, NULL, NULL });
	KUNIT_EXPECT_PTR_EQ(test, frame.pipeline, &all);
	KUNIT_EXPECT_NULL(test, layers[1].image.palette);

	rvkms_frame_set_color(&frame, &(struct rvkms_frame_color){ &all, palette, &rest });
	KUNIT_EXPECT_PTR_EQ(test, frame.pipeline, &rest);
	KUNIT_EXPECT_NULL(test, layers[0].image.palette);
	KUNIT_EXPECT_PTR_EQ(test, layers[1].image.palette, &palette[0]);
}

static struct kunit_case rvkms_compose_tests[] = {
	KUNIT_CASE_PARAM(rvkms_test_frame_set_color_palette, palette_gen_params),
	KUNIT_CASE(rvkms_test_frame_set_color_no_palette),
	KUNIT_CASE(rvkms_test_compose_line_no_layers),
	KUNIT_CASE(rvkms_test_compose_line_opaque_layer),
	KUNIT_CASE(rvkms_test_compose_line_source_offset),
	KUNIT_CASE(rvkms_test_compose_line_translucent_layer),
	KUNIT_CASE(rvkms_test_compose_line_order_of_layers),
	KUNIT_CASE(rvkms_test_compose_line_only_counted_layers),
	KUNIT_CASE(rvkms_test_compose_line_layer_pipeline),
	KUNIT_CASE(rvkms_test_compose_line_frame_pipeline),
	KUNIT_CASE(rvkms_test_compose_line_past_the_end),
	KUNIT_CASE(rvkms_test_compose_line_no_width),
	KUNIT_CASE(rvkms_test_compose_line_twice_same),
	KUNIT_CASE_PARAM(rvkms_test_compose_line_translucent_width, width_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_compose_line_opaque_width, width_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_compose_line_turned, high_gen_params),
	KUNIT_CASE(rvkms_test_compose_line_turned_few_lines),
	KUNIT_CASE(rvkms_test_compose_line_two_turned),
	KUNIT_CASE(rvkms_test_compose_line_translucent_background),
	KUNIT_CASE_PARAM(rvkms_test_compose_line_hostile_layer, hostile_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_compose_line_broken_layer, broken_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_compose_line_broken_scaled_layer, broken_gen_params),
	KUNIT_CASE_PARAM(rvkms_test_compose_line_reads_image_only, spy_gen_params),
	KUNIT_CASE(rvkms_test_compose_line_random_scenes),
	{ }
};

static struct kunit_suite rvkms_compose_suite = {
	.name = "rvkms_compose",
	.test_cases = rvkms_compose_tests,
};

kunit_test_suite(rvkms_compose_suite);
