// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of core/compose_hash. Its hash must be that of the pixels of a slow reference, which
 * composes whole layers from the bottom to the top, and so must the hash of the pixels of
 * rvkms_compose_line(), whichever steps they skip. Hidden pixels must not be read.
 */

#include <kunit/test.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>
#include <uapi/drm/drm_mode.h>

#include "../../core/compose/compose.h"
#include "format_images.h"
#include "format_reference.h"
#include "mismatch.h"

#define MAX_WIDTH 330
#define MAX_LAYERS 9

struct lines {
	struct rvkms_pixel layer[MAX_WIDTH];
	struct rvkms_pixel general[MAX_WIDTH];
	struct rvkms_pixel fast[MAX_WIDTH];
	u8 cache[RVKMS_LINE_CACHE_COLUMN_BYTES * MAX_WIDTH];
};

static struct lines *lines_alloc(struct kunit *test)
{
	struct lines *lines = kunit_kzalloc(test, sizeof(*lines), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, lines);

	return lines;
}

static void reference_line(const struct rvkms_frame *frame, u32 y, struct lines *lines)
{
	for (u32 x = 0; x < frame->width; x++)
		lines->general[x] = frame->background;

	for (u32 i = 0; i < frame->num_layers && y < frame->height; i++) {
		const struct rvkms_layer *layer = &frame->layers[i];
		const struct rvkms_part part = rvkms_layer_part(layer, frame->width, y);
		const u32 count = part.end - part.begin;

		if (!count)
			continue;
		rvkms_layer_read(layer, &part, part.begin, count, lines->layer);
		rvkms_blend_line(lines->layer, layer->blend_mode, layer->alpha,
				 lines->general + part.begin, count);
	}

	if (frame->pipeline)
		rvkms_color_apply(frame->pipeline, lines->general, frame->width);
}

/*
 * Compose all lines of a frame, and one line past it, in each way. The hashes accumulate, so that
 * each line is compared.
 */
static bool frame_is_wrong_at(const struct rvkms_frame *frame, struct lines *lines, u32 depth)
{
	struct rvkms_hash general = rvkms_hash_init(frame->width, frame->height);
	struct rvkms_line_cache cache = { .bytes = lines->cache };
	struct rvkms_hash fast;
	bool is_wrong = false;

	rvkms_hash_set_depth(&general, depth);
	fast = general;

	for (u32 y = 0; y <= frame->height; y++) {
		reference_line(frame, y, lines);
		rvkms_compose_line(frame, y, lines->fast);
		is_wrong |= memcmp(lines->general, lines->fast,
				   frame->width * sizeof(*lines->fast));
		rvkms_hash_add_line(&general, lines->general, frame->width);
		rvkms_compose_hash_line(frame, y, lines->fast, &cache, &fast);
		is_wrong |= memcmp(&general, &fast, sizeof(fast));
	}

	return is_wrong;
}

/* The usual depth of a link, a depth that rounds to fewer bits, and the full depth. */
static bool frame_is_wrong(const struct rvkms_frame *frame, struct lines *lines)
{
	return frame_is_wrong_at(frame, lines, 8) || frame_is_wrong_at(frame, lines, 6) ||
	       frame_is_wrong_at(frame, lines, 16);
}

/* Random scenes of all features. */

static u32 random_below(struct rnd_state *random, u32 limit)
{
	return prandom_u32_state(random) % limit;
}

static const struct reference_format *random_format(struct rnd_state *random)
{
	static const u32 usual[] = {
		DRM_FORMAT_XRGB8888, DRM_FORMAT_ARGB8888, DRM_FORMAT_XBGR8888, DRM_FORMAT_BGRA8888,
	};

	if (random_below(random, 3))
		return reference_find(usual[random_below(random, ARRAY_SIZE(usual))]);

	return &reference_formats[random_below(random, reference_num_formats)];
}

static struct rvkms_pixel random_pixel(struct rnd_state *random)
{
	struct rvkms_pixel pixel;

	prandom_bytes_state(random, &pixel, sizeof(pixel));
	pixel.a = U16_MAX;

	return pixel;
}

/* Operations that do not commute, so that their order matters. The matrix mixes channels. */
static const struct rvkms_color_op color_ops[] = {
	{ .type = RVKMS_COLOR_CURVE, .curve = RVKMS_CURVE_SRGB_EOTF },
	{ .type = RVKMS_COLOR_MULTIPLIER, .multiplier = 3ull << 31 },
	{ .type = RVKMS_COLOR_MATRIX,
	  .matrix = { { 0, 1ull << 32, 0, 0, 1ull << 31, 0, 0, 0, 0, 0, 1ull << 32, 0 } } },
};

static const struct rvkms_color_pipeline plain_pipelines[] = {
	{ .ops = color_ops, .num_ops = 1 },
	{ .ops = color_ops + 1, .num_ops = 1 },
	{ .ops = color_ops, .num_ops = 2 },
	{ .ops = color_ops, .num_ops = 3 },
	{ .ops = color_ops + 2, .num_ops = 1 },
	{ .ops = color_ops, .num_ops = 0 },
};

#define NUM_PIPELINES (2 * ARRAY_SIZE(plain_pipelines))

/* Each pipeline twice: unprepared, and prepared. */
static struct rvkms_color_pipeline *make_pipelines(struct kunit *test)
{
	struct rvkms_color_pipeline *pipelines =
		kunit_kcalloc(test, NUM_PIPELINES, sizeof(*pipelines), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, pipelines);
	for (u32 i = 0; i < NUM_PIPELINES; i++) {
		const struct rvkms_color_pipeline *plain = &plain_pipelines[i / 2];
		const size_t size = rvkms_color_table_size(plain, RVKMS_COLOR_DEPTH_8);
		void *memory = i % 2 ? kunit_kmalloc(test, size, GFP_KERNEL) : NULL;

		pipelines[i] = rvkms_color_prepare(plain, RVKMS_COLOR_DEPTH_8, memory);
	}

	return pipelines;
}

static const struct rvkms_color_pipeline *
random_pipeline(const struct rvkms_color_pipeline *pipelines, struct rnd_state *random, u32 rarity)
{
	return random_below(random, rarity) ? NULL
					    : &pipelines[random_below(random, NUM_PIPELINES)];
}

/* Half of the edges are on block boundaries, some of them coincide, a few are outside the frame. */
static s32 random_edge(struct rnd_state *random)
{
	return random_below(random, 2) ? (s32)random_below(random, 6) * 64
				       : (s32)random_below(random, MAX_WIDTH) - 16;
}

static struct rvkms_span random_span(const struct rvkms_frame *frame,
				     const struct rvkms_image *image, struct rnd_state *random)
{
	struct rvkms_placement at = {
		.dst_x = random_edge(random),
		.dst_y = (s32)random_below(random, frame->height + 8) - 8,
		.dst_w = 1 + random_below(random, image->width),
		.dst_h = 1 + random_below(random, image->height),
		.rotation = random_below(random, 2) ? DRM_MODE_ROTATE_0
						    : DRM_MODE_ROTATE_0 << random_below(random, 4) |
						      random_below(random, 4) << 4,
	};
	const bool is_turned = rvkms_rotation_swaps_axes(at.rotation);

	at.src_w = (is_turned ? at.dst_h : at.dst_w) << 16;
	at.src_h = (is_turned ? at.dst_w : at.dst_h) << 16;
	if (!random_below(random, 8)) {
		at.src_w = at.src_w / 2 + 0x1234;
		at.src_h += 0x8000;
	}

	return rvkms_geometry_clip(&at, frame->width, frame->height);
}

static struct rvkms_layer random_layer(struct kunit *test, const struct rvkms_frame *frame,
				       const struct rvkms_color_pipeline *pipelines,
				       struct rnd_state *random)
{
	struct rvkms_layer layer = {
		.image = random_image(test, random_format(random), 1 + random_below(random, 320),
				      1 + random_below(random, 32), random),
		.filter = random_below(random, 2),
		.blend_mode = random_below(random, 2) ? RVKMS_BLEND_PREMULTIPLIED
						      : random_below(random, 3),
		.alpha = random_below(random, 4) ? U16_MAX : prandom_u32_state(random),
		.pipeline = random_pipeline(pipelines, random, 8),
		.zpos = random_below(random, 3),
		.id = random_below(random, 3),
	};

	layer.visible = random_span(frame, &layer.image, random);

	return layer;
}

static void expect_random_scenes(struct kunit *test, u32 seed, u32 num_scenes)
{
	struct rvkms_layer *layers = kunit_kcalloc(test, MAX_LAYERS, sizeof(*layers), GFP_KERNEL);
	const struct rvkms_color_pipeline *pipelines = make_pipelines(test);
	struct lines *lines = lines_alloc(test);
	struct rnd_state random;
	struct mismatch m = {};

	KUNIT_ASSERT_NOT_NULL(test, layers);
	prandom_seed_state(&random, seed);
	for (u32 scene = 0; scene < num_scenes; scene++) {
		const u32 num_layers = 1 + random_below(&random, MAX_LAYERS);
		struct rvkms_frame frame = {
			.width = random_below(&random, 3) ? 1 + random_below(&random, MAX_WIDTH)
							  : 320,
			.height = 1 + random_below(&random, 24),
			.background = random_pixel(&random),
			.layers = layers,
			.pipeline = random_pipeline(pipelines, &random, 3),
		};

		for (u32 i = 0; i < num_layers; i++) {
			const struct rvkms_layer layer = random_layer(test, &frame, pipelines,
								     &random);

			rvkms_frame_add_layer(&frame, &layer);
		}

		mismatch_note(&m, frame_is_wrong(&frame, lines), scene);

		for (u32 i = 0; i < num_layers; i++)
			free_image(test, &layers[i].image);
	}

	EXPECT_NO_MISMATCH(test, &m, num_scenes);
}

static void rvkms_test_compose_hash_line_random_scenes(struct kunit *test)
{
	expect_random_scenes(test, 20261120, 60);
}

static void rvkms_test_compose_hash_line_many_random_scenes(struct kunit *test)
{
	expect_random_scenes(test, 7, 1200);
}

/* One layer of each format over another of 8 bits, and below one. */
static void rvkms_test_compose_hash_line_every_format(struct kunit *test)
{
	const struct reference_format *format = test->param_value;
	struct lines *lines = lines_alloc(test);
	struct rnd_state random;
	struct rvkms_layer layers[3] = {};
	const struct rvkms_frame frame = {
		.width = 200, .height = 9, .num_layers = 3, .layers = layers,
	};

	prandom_seed_state(&random, format->fourcc);
	layers[0].image = random_image(test, reference_find(DRM_FORMAT_XRGB8888), 200, 8, &random);
	layers[0].visible = (struct rvkms_span){ 0, 0, 0, 0, 200, 8, DRM_MODE_ROTATE_0 };
	layers[1].image = random_image(test, format, 152, 8, &random);
	layers[1].visible = (struct rvkms_span){ 0, 0, 3, 1, 152, 8, DRM_MODE_ROTATE_0 };
	layers[2].image = random_image(test, reference_find(DRM_FORMAT_ARGB8888), 100, 3, &random);
	layers[2].visible = (struct rvkms_span){ 0, 0, 64, 4, 100, 3, DRM_MODE_ROTATE_0 };
	for (u32 i = 0; i < ARRAY_SIZE(layers); i++)
		layers[i].alpha = U16_MAX;

	KUNIT_EXPECT_FALSE(test, frame_is_wrong(&frame, lines));
}

REFERENCE_PARAMS(format, reference_any)

/*
 * Eight bits per channel through each pipeline, read along rows and columns. Some lines are whole
 * blocks, others are not.
 */
static void rvkms_test_compose_hash_line_pipelines(struct kunit *test)
{
	static const u32 widths[] = { 1, 31, 32, 33, 96, 300 };
	static const u32 fourccs[] = {
		DRM_FORMAT_XRGB8888, DRM_FORMAT_BGRA8888, DRM_FORMAT_RGB565, DRM_FORMAT_NV12,
	};
	const struct rvkms_color_pipeline *pipelines = make_pipelines(test);
	struct lines *lines = lines_alloc(test);
	struct rvkms_layer layer = {
		.alpha = U16_MAX, .blend_mode = RVKMS_BLEND_NONE,
	};
	struct mismatch m = {};
	struct rnd_state random;

	prandom_seed_state(&random, 3);
	for (u32 i = 0; i < NUM_PIPELINES * ARRAY_SIZE(widths) * ARRAY_SIZE(fourccs) * 2; i++) {
		const bool is_turned = i % 2;
		const u32 width = widths[i / 2 % ARRAY_SIZE(widths)];
		const u32 fourcc = fourccs[i / 2 / ARRAY_SIZE(widths) % ARRAY_SIZE(fourccs)];
		const struct rvkms_frame frame = {
			.width = width, .height = 16, .num_layers = 1, .layers = &layer,
			/* An unprepared pipeline is slow: use it for narrow lines only. */
			.pipeline = &pipelines[i / 2 / ARRAY_SIZE(widths) / ARRAY_SIZE(fourccs) |
					       (width > 33)],
		};

		layer.image = random_image(test, reference_find(fourcc), is_turned ? 16 : width,
					   is_turned ? width : 16, &random);
		layer.visible = (struct rvkms_span){
			is_turned ? 15 : 0, 0, 0, 0, width, 16,
			is_turned ? DRM_MODE_ROTATE_90 : DRM_MODE_ROTATE_0,
		};
		mismatch_note(&m, frame_is_wrong(&frame, lines), i);
		free_image(test, &layer.image);
	}

	EXPECT_NO_MISMATCH(test, &m, NUM_PIPELINES * 6 * 4 * 2);
}

/*
 * YUV formats: all directions, scaled or not, with or without a pipeline. The first column and row
 * may or may not be the first of a chroma sample.
 */
static void rvkms_test_compose_hash_line_yuv(struct kunit *test)
{
	static const u32 fourccs[] = {
		DRM_FORMAT_NV12, DRM_FORMAT_YVU420, DRM_FORMAT_YUV422, DRM_FORMAT_YVYU,
	};
	static const u32 sizes[] = { 1, 2, 31, 32, 33, 40 };
	const struct rvkms_color_pipeline *pipelines = make_pipelines(test);
	struct lines *lines = lines_alloc(test);
	struct rvkms_layer layer = { .alpha = U16_MAX };
	struct mismatch m = {};
	struct rnd_state random;

	prandom_seed_state(&random, 5);
	for (u32 i = 0; i < 4 * 6 * 4 * 8 * 4; i++) {
		const u32 size = sizes[i / 128 % 6];
		const u32 turn = i / 4 % 8;
		const struct rvkms_placement at = {
			.dst_w = size, .dst_h = size,
			.src_x = (i / 32 % 2) << 16, .src_y = (i / 64 % 2) << 16,
			.src_w = size << 16, .src_h = size << (i % 2 ? 15 : 16),
			.rotation = DRM_MODE_ROTATE_0 << turn % 4 | turn / 4 << 4,
		};
		const struct rvkms_frame frame = {
			.width = size, .height = size, .num_layers = 1, .layers = &layer,
		};

		layer.image = random_image(test, reference_find(fourccs[i / 768]), size / 2 * 2 + 2,
					   size + 1, &random);
		layer.visible = rvkms_geometry_clip(&at, size, size);
		layer.pipeline = i / 2 % 2 ? &pipelines[1] : NULL;
		mismatch_note(&m, frame_is_wrong(&frame, lines), i);
		free_image(test, &layer.image);
	}

	EXPECT_NO_MISMATCH(test, &m, 3072);
}

/* One layer over another in all byte orders. If both are rotated, only one gets the cache. */
static void rvkms_test_compose_hash_line_two_layers(struct kunit *test)
{
	static const u32 below[] = { DRM_FORMAT_XRGB8888, DRM_FORMAT_RGBX8888, DRM_FORMAT_NV12 };
	static const u32 above[] = { DRM_FORMAT_ARGB8888, DRM_FORMAT_ABGR8888 };
	struct lines *lines = lines_alloc(test);
	struct rvkms_layer layers[2] = { { .alpha = U16_MAX } };
	const struct rvkms_frame frame = {
		.width = 300, .height = 24, .num_layers = 2, .layers = layers,
	};
	struct mismatch m = {};
	struct rnd_state random;

	prandom_seed_state(&random, 4);
	for (u32 i = 0; i < 3 * 2 * 4 * 2; i++) {
		layers[1].alpha = i / 24 ? U16_MAX : 0x1234;
		for (u32 k = 0; k < 2; k++) {
			const bool is_turned = i >> k & 1;

			layers[k].image = random_image(test,
						       reference_find(k ? above[i / 4 % 2]
									: below[i / 8 % 3]),
						       is_turned ? 24 : 300, is_turned ? 300 : 24,
						       &random);
			layers[k].visible = (struct rvkms_span){
				is_turned ? 23 : 0, 0, 0, 0, 300, 24,
				is_turned ? DRM_MODE_ROTATE_90 : DRM_MODE_ROTATE_0,
			};
		}
		mismatch_note(&m, frame_is_wrong(&frame, lines), i);
		for (u32 k = 0; k < 2; k++)
			free_image(test, &layers[k].image);
	}

	EXPECT_NO_MISMATCH(test, &m, 48);
}

/* Hidden pixels, for all ways in which up to three layers can overlap. */

#define LATTICE_WIDTH 192

static const u8 lattice[] = { 0, 1, 31, 64, 65, 96, 191, 192 };

#define NUM_EDGES ARRAY_SIZE(lattice)
#define NUM_KINDS 3

static u32 spy_pixels;

static void spy_read(const struct rvkms_image *image, const struct rvkms_walk *walk,
		     struct rvkms_pixel *pixels)
{
	spy_pixels += walk->count;
	for (u32 i = 0; i < walk->count; i++)
		pixels[i] = (struct rvkms_pixel){
			.b = (walk->x + i) * 257,
			.g = image->planes[0].pitch * 257,
			.r = 0,
			.a = image->format->has_alpha ? 0x8080 : U16_MAX,
		};
}

static const u8 *spy_bytes(const struct rvkms_image *image, const struct rvkms_walk *walk,
			   u8 *buffer)
{
	spy_pixels += walk->count;
	for (u32 i = 0; i < walk->count; i++) {
		buffer[4 * i] = walk->x + i;
		buffer[4 * i + 1] = image->planes[0].pitch;
		buffer[4 * i + 2] = 0;
		buffer[4 * i + 3] = 0x80;
	}

	return buffer;
}

#define SPY .num_planes = 1, .group_width = 1, .group_height = 1, .read = spy_read

static const struct rvkms_format spies[NUM_KINDS] = {
	{ SPY },
	{ SPY, .bytes = spy_bytes },
	{ SPY, .bytes = spy_bytes, .has_alpha = true },
};

/* The layer of a number below NUM_EDGES * NUM_EDGES * NUM_KINDS; some have no pixels. */
static struct rvkms_layer spy_layer(u32 number, u32 place)
{
	static const u8 memory[1];
	const u32 begin = lattice[number % NUM_EDGES];
	const u32 end = lattice[number / NUM_EDGES % NUM_EDGES];

	return (struct rvkms_layer){
		.image = {
			.format = &spies[number / NUM_EDGES / NUM_EDGES],
			.planes = { { memory, 100 + place } },
			.width = LATTICE_WIDTH,
			.height = 1,
		},
		.visible = {
			.src_x = begin, .x = begin, .width = begin < end ? end - begin : 0,
			.height = 1, .rotation = DRM_MODE_ROTATE_0,
		},
		.alpha = U16_MAX,
	};
}

static bool layer_covers(const struct rvkms_layer *layer, u32 x)
{
	return x >= layer->visible.x && x - layer->visible.x < layer->visible.width;
}

/* The number of pixels that must be read: in each column, down to the topmost opaque layer. */
static u32 pixels_seen(const struct rvkms_frame *frame)
{
	u32 count = 0;

	for (u32 x = 0; x < frame->width; x++) {
		for (u32 i = frame->num_layers; i-- > 0;) {
			if (!layer_covers(&frame->layers[i], x))
				continue;
			count++;
			if (!frame->layers[i].image.format->has_alpha)
				break;
		}
	}

	return count;
}

static void expect_lattice(struct kunit *test, u32 num_layers, u32 step)
{
	const u32 kinds = NUM_EDGES * NUM_EDGES * NUM_KINDS;
	struct lines *lines = lines_alloc(test);
	struct rvkms_layer layers[3];
	struct mismatch m = {};
	u64 scenes = 1;
	const struct rvkms_frame frame = {
		.width = LATTICE_WIDTH, .height = 1, .background = { 1, 2, 3, U16_MAX },
		.num_layers = num_layers, .layers = layers,
	};

	for (u32 i = 0; i < num_layers; i++)
		scenes *= kinds;

	for (u64 scene = 0; scene < scenes; scene += step) {
		struct rvkms_hash general = rvkms_hash_init(LATTICE_WIDTH, 1);
		struct rvkms_hash fast = general;
		struct rvkms_line_cache cache = { .bytes = lines->cache };
		u32 rest = scene;

		for (u32 i = 0; i < num_layers; i++, rest /= kinds)
			layers[i] = spy_layer(rest % kinds, i);

		reference_line(&frame, 0, lines);
		rvkms_hash_add_line(&general, lines->general, LATTICE_WIDTH);
		spy_pixels = 0;
		rvkms_compose_hash_line(&frame, 0, lines->fast, &cache, &fast);

		mismatch_note(&m, memcmp(&general, &fast, sizeof(fast)), scene);
		mismatch_note(&m, spy_pixels != pixels_seen(&frame), scene);
	}

	EXPECT_NO_MISMATCH(test, &m, 2 * DIV_ROUND_UP_ULL(scenes, step));
}

static void rvkms_test_compose_hash_line_one_layer_lattice(struct kunit *test)
{
	expect_lattice(test, 1, 1);
}

/*
 * A subset of them. The step has no common factor with the total, so that all types of layers
 * occur.
 */
static void rvkms_test_compose_hash_line_some_of_lattice(struct kunit *test)
{
	expect_lattice(test, 2, 5);
	expect_lattice(test, 3, 1009);
}

static void rvkms_test_compose_hash_line_two_layers_lattice(struct kunit *test)
{
	expect_lattice(test, 2, 1);
}

static void rvkms_test_compose_hash_line_three_layers_lattice(struct kunit *test)
{
	expect_lattice(test, 3, 29);
}

/* The cache starts empty in each frame, whichever bytes are in its memory. */
static void rvkms_test_line_cache_is_not_kept(struct kunit *test)
{
	struct lines *lines = lines_alloc(test);
	struct rvkms_layer layer = { .alpha = U16_MAX };
	const struct rvkms_frame frame = {
		.width = 64, .height = 16, .num_layers = 1, .layers = &layer,
	};
	struct rnd_state random;

	layer.visible = (struct rvkms_span){ 15, 0, 0, 0, 64, 16, DRM_MODE_ROTATE_90 };
	prandom_seed_state(&random, 1);
	for (u32 i = 0; i < 3; i++) {
		layer.image = random_image(test, reference_find(DRM_FORMAT_XRGB8888), 16, 64,
					   &random);
		KUNIT_EXPECT_FALSE(test, frame_is_wrong(&frame, lines));
		free_image(test, &layer.image);
	}
}

static u32 spy_fills;

static void spy_columns(const struct rvkms_image *image, const struct rvkms_walk *walk, u8 *buffer,
			ptrdiff_t pitch)
{
	spy_fills++;
}

/*
 * Line numbers wrap at 2^32: the seven lines after line U32_MAX - 6 would be the first lines, which
 * are far away in the image. An image of 2^32 columns cannot be allocated; the spy does not read
 * it.
 */
static void rvkms_test_line_cache_does_not_wrap(struct kunit *test)
{
	static const struct rvkms_format format = {
		SPY, .bytes = spy_bytes, .columns = spy_columns,
	};
	static const u8 memory[1];
	struct lines *lines = lines_alloc(test);
	struct rvkms_layer layer = {
		.image = {
			.format = &format, .planes = { { memory } }, .width = U32_MAX, .height = 64,
		},
		.visible = {
			.src_y = 63, .width = 64, .height = U32_MAX,
			.rotation = DRM_MODE_ROTATE_270,
		},
		.alpha = U16_MAX,
	};
	const struct rvkms_frame frame = {
		.width = 64, .height = U32_MAX, .num_layers = 1, .layers = &layer,
	};
	struct rvkms_hash hash = rvkms_hash_init(64, U32_MAX);
	struct rvkms_line_cache cache = { .bytes = lines->cache };

	spy_fills = 0;
	spy_pixels = 0;
	rvkms_compose_hash_line(&frame, U32_MAX - 6, lines->fast, &cache, &hash);
	KUNIT_EXPECT_EQ(test, spy_fills, 0);
	KUNIT_EXPECT_EQ(test, spy_pixels, 64);

	/* Line U32_MAX does not exist. */
	spy_pixels = 0;
	rvkms_compose_hash_line(&frame, U32_MAX - 7, lines->fast, &cache, &hash);
	KUNIT_EXPECT_EQ(test, spy_fills, 0);
	KUNIT_EXPECT_EQ(test, spy_pixels, 64);

	rvkms_compose_hash_line(&frame, U32_MAX - 8, lines->fast, &cache, &hash);
	KUNIT_EXPECT_EQ(test, spy_fills, 1);
	KUNIT_EXPECT_EQ(test, spy_pixels, 64);
}

/* Eight lines are read at once, and the next eight on demand. */
static void rvkms_test_line_cache_has_eight_lines(struct kunit *test)
{
	static const struct rvkms_format format = {
		SPY, .bytes = spy_bytes, .columns = spy_columns,
	};
	static const u8 memory[1];
	struct lines *lines = lines_alloc(test);
	struct rvkms_layer layer = {
		.image = {
			.format = &format, .planes = { { memory } }, .width = 24, .height = 64,
		},
		.visible = {
			.src_y = 63, .width = 64, .height = 24, .rotation = DRM_MODE_ROTATE_270,
		},
		.alpha = U16_MAX,
	};
	const struct rvkms_frame frame = {
		.width = 64, .height = 24, .num_layers = 1, .layers = &layer,
	};
	struct rvkms_hash hash = rvkms_hash_init(64, 24);
	struct rvkms_line_cache cache = { .bytes = lines->cache };

	spy_fills = 0;
	spy_pixels = 0;
	for (u32 y = 0; y < 24; y++) {
		rvkms_compose_hash_line(&frame, y, lines->fast, &cache, &hash);
		KUNIT_EXPECT_EQ_MSG(test, spy_fills, y / 8 + 1, "line %u", y);
	}
	KUNIT_EXPECT_EQ(test, spy_pixels, 0);
}

/* With fewer than eight lines of a layer left, the cache reads only the lines that exist. */
static void rvkms_test_line_cache_ends_with_its_layer(struct kunit *test)
{
	static const u32 rotations[] = { DRM_MODE_ROTATE_90, DRM_MODE_ROTATE_270 };
	struct lines *lines = lines_alloc(test);
	struct rvkms_layer layer = { .alpha = U16_MAX };
	struct mismatch m = {};
	struct rnd_state random;

	prandom_seed_state(&random, 8);
	for (u32 i = 0; i < 12 * 12 * 2; i++) {
		const u32 columns = i / 2 % 12 + 1;
		const struct rvkms_placement at = {
			.dst_w = 40, .dst_h = columns, .src_w = columns << 16, .src_h = 40 << 16,
			.rotation = rotations[i % 2],
		};
		const struct rvkms_frame frame = {
			.width = 40, .height = i / 24 + 1, .num_layers = 1, .layers = &layer,
		};

		layer.image = random_image(test, reference_find(DRM_FORMAT_XRGB8888), columns, 40,
					   &random);
		layer.visible = rvkms_geometry_clip(&at, frame.width, frame.height);
		mismatch_note(&m, frame_is_wrong(&frame, lines), i);
		free_image(test, &layer.image);
	}

	EXPECT_NO_MISMATCH(test, &m, 288);
}

/* Layers. */

/* All orders of four layers, with all ways to share a zpos, are sorted. */
static void rvkms_test_frame_add_layer_sorts(struct kunit *test)
{
	struct mismatch m = {};

	for (u32 order = 0; order < 256; order++) {
		for (u32 zpos = 0; zpos < 16; zpos++) {
			struct rvkms_layer layers[4];
			struct rvkms_frame frame = { .layers = layers };
			bool is_wrong = false;

			for (u32 i = 0; i < 4; i++) {
				const u32 id = order >> 2 * i & 3;

				rvkms_frame_add_layer(&frame, &(struct rvkms_layer){
					.zpos = zpos >> id & 1 ? U32_MAX : 0,
					.id = id,
					.alpha = i,
				});
			}

			for (u32 i = 1; i < 4; i++) {
				const u64 below = (u64)layers[i - 1].zpos << 32 | layers[i - 1].id;
				const u64 above = (u64)layers[i].zpos << 32 | layers[i].id;

				is_wrong |= below > above;
				is_wrong |= below == above && layers[i - 1].alpha > layers[i].alpha;
			}
			mismatch_note(&m, is_wrong || frame.num_layers != 4, order << 4 | zpos);
		}
	}

	EXPECT_NO_MISMATCH(test, &m, 256 * 16);
}

static u32 spy_pairs;

static void spy_rounded_pair(const struct rvkms_image *image, const struct rvkms_walk *walk,
			     u8 *bytes, ptrdiff_t pitch)
{
	spy_pairs++;
	bytes[0] = walk->y;
	bytes[pitch] = walk->y + 1;
}

/* Two lines are read at once if they are an even row of the image and the next row. */
static void rvkms_test_line_cache_pairs(struct kunit *test)
{
	static const struct rvkms_format format = { SPY, .rounded_pair = spy_rounded_pair };
	static const struct {
		u32 src_x, src_y, rotation, line;
		s32 row;	/* -1: not in the cache */
		u32 pairs;
	} steps[] = {
		{ 0, 0, DRM_MODE_ROTATE_0, 0, 0, 1 },
		{ 0, 0, DRM_MODE_ROTATE_0, 1, 1, 1 },
		{ 0, 0, DRM_MODE_ROTATE_0, 2, 2, 2 },
		{ 0, 0, DRM_MODE_ROTATE_0, 3, 3, 2 },
		{ 0, 0, DRM_MODE_ROTATE_0, 4, -1, 2 },	/* the last of five */
		{ 0, 1, DRM_MODE_ROTATE_0, 0, -1, 2 },
		{ 0, 1, DRM_MODE_ROTATE_0, 1, 2, 3 },
		{ 0, 1, DRM_MODE_ROTATE_0, 2, 3, 3 },
		{ 1, 0, DRM_MODE_ROTATE_0, 0, -1, 3 },
		{ 0, 0, DRM_MODE_ROTATE_0 | DRM_MODE_REFLECT_X, 0, -1, 3 },
		{ 0, 0, DRM_MODE_ROTATE_0 | DRM_MODE_REFLECT_Y, 0, -1, 3 },
		{ 0, 0, DRM_MODE_ROTATE_90, 0, -1, 3 },
	};
	static const u8 memory[1];
	struct rvkms_layer layer = {
		.image = {
			.format = &format, .planes = { { memory } }, .width = 8, .height = 8,
		},
	};
	const struct rvkms_layer other = layer;
	u8 bytes[4 * 5 * 2];
	struct rvkms_line_cache cache = { .bytes = bytes };

	spy_pairs = 0;
	for (u32 i = 0; i < ARRAY_SIZE(steps); i++) {
		const struct rvkms_placement at = {
			.dst_w = 5, .dst_h = 5, .src_x = steps[i].src_x << 16,
			.src_y = steps[i].src_y << 16, .src_w = 5 << 16, .src_h = 5 << 16,
			.rotation = steps[i].rotation,
		};
		struct rvkms_part part;
		const u8 *line;

		layer.visible = rvkms_geometry_clip(&at, 5, 5);
		part = rvkms_layer_part(&layer, 5, steps[i].line);
		line = rvkms_line_cache_rounded(&cache, &layer, 5, steps[i].line, &part);
		KUNIT_EXPECT_EQ_MSG(test, line ? line[0] : -1, steps[i].row, "step %u", i);
		KUNIT_EXPECT_EQ_MSG(test, spy_pairs, steps[i].pairs, "step %u", i);
		if (line)
			KUNIT_EXPECT_NULL(test, rvkms_line_cache_rounded(&cache, &other, 5,
									 steps[i].line, &part));
		if (!line)
			cache.layer = NULL;
	}
}

static struct kunit_case rvkms_compose_hash_tests[] = {
	KUNIT_CASE(rvkms_test_compose_hash_line_random_scenes),
	KUNIT_CASE_SLOW(rvkms_test_compose_hash_line_many_random_scenes),
	KUNIT_CASE_PARAM(rvkms_test_compose_hash_line_every_format, format_gen_params),
	KUNIT_CASE(rvkms_test_compose_hash_line_pipelines),
	KUNIT_CASE(rvkms_test_compose_hash_line_yuv),
	KUNIT_CASE(rvkms_test_compose_hash_line_two_layers),
	KUNIT_CASE(rvkms_test_compose_hash_line_one_layer_lattice),
	KUNIT_CASE(rvkms_test_compose_hash_line_some_of_lattice),
	KUNIT_CASE_SLOW(rvkms_test_compose_hash_line_two_layers_lattice),
	KUNIT_CASE_SLOW(rvkms_test_compose_hash_line_three_layers_lattice),
	KUNIT_CASE(rvkms_test_line_cache_is_not_kept),
	KUNIT_CASE(rvkms_test_line_cache_does_not_wrap),
	KUNIT_CASE(rvkms_test_line_cache_has_eight_lines),
	KUNIT_CASE(rvkms_test_line_cache_ends_with_its_layer),
	KUNIT_CASE(rvkms_test_line_cache_pairs),
	KUNIT_CASE(rvkms_test_frame_add_layer_sorts),
	{ }
};

static struct kunit_suite rvkms_compose_hash_suite = {
	.name = "rvkms_compose_hash",
	.test_cases = rvkms_compose_hash_tests,
};

kunit_test_suite(rvkms_compose_hash_suite);
