// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzzes the composer with any layers, also with states that the checks reject: only allocated
 * memory is read and written, and the hash of a frame equals the hash of its composed lines.
 */

#include <linux/limits.h>
#include <linux/minmax.h>

#include "../core/compose/compose.h"
#include "../core/compose/hash.h"
#include "picture.h"
#include "pipeline.h"

#define MAX_LAYERS 4

/* Takes the span of a clipped placement, or random bytes. */
static struct rvkms_span take_span(struct input *in, u32 width, u32 height)
{
	const struct rvkms_placement at = take_placement(in, width, height);
	struct rvkms_span span = rvkms_geometry_clip(&at, MAX_WIDTH, MAX_HEIGHT);

	if (take_u8(in) % 8 == 0)
		take_bytes(in, &span, sizeof(span));

	return span;
}

static void compose(const struct rvkms_frame *frame, const struct rvkms_target *target)
{
	struct rvkms_hash composed = rvkms_hash_init(frame->width, frame->height);
	struct rvkms_hash hashed = composed;
	struct rvkms_pixel lines[2][MAX_WIDTH], spare[MAX_WIDTH];
	struct rvkms_line_cache cache = {
		.bytes = malloc(frame->width * RVKMS_LINE_CACHE_COLUMN_BYTES),
	};

	expect(cache.bytes || !frame->width);
	for (u32 y = 0; y < frame->height + 1; y++) {
		rvkms_compose_line(frame, y, lines[y % 2]);
		rvkms_hash_add_line(&composed, lines[y % 2], frame->width);
		rvkms_compose_hash_line(frame, y, spare, &cache, &hashed);
		rvkms_target_write(target, y, lines[y % 2], lines[(y + 1) % 2]);
	}
	free(cache.bytes);
	expect(rvkms_hash_value(&composed) == rvkms_hash_value(&hashed));
}

struct source {
	struct picture picture;
	struct pipeline pipeline;
};

static void take_layer(struct input *in, struct rvkms_frame *frame, struct source *source)
{
	const u32 width = 1 + take_below(in, MAX_WIDTH);
	const u32 height = 1 + take_below(in, MAX_HEIGHT);
	struct rvkms_layer layer = {
		.visible = take_span(in, width, height),
		.filter = take_u8(in) % 3,
		.blend_mode = take_u8(in) % 4,
		.alpha = take_bool(in) ? U16_MAX : take_u16(in),
		.zpos = take_u8(in) % 4,
		.id = take_u8(in) % 4,
	};

	source->picture = picture_make(in, take_fourcc(in), width, height);
	layer.image = source->picture.image;
	take_pipeline(in, &source->pipeline);
	layer.pipeline = take_u8(in) % 4 ? NULL : &source->pipeline.pipeline;
	rvkms_frame_add_layer(frame, &layer);
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	struct input in = { bytes, size };
	const u32 num_layers = take_below(&in, MAX_LAYERS + 1);
	struct source sources[MAX_LAYERS];
	struct rvkms_layer layers[MAX_LAYERS];
	struct rvkms_frame frame = {
		.width = take_below(&in, MAX_WIDTH + 1),
		.height = take_below(&in, MAX_HEIGHT + 1),
		.layers = layers,
	};
	struct rvkms_target target;
	struct pipeline pipeline;
	struct picture shown;

	take_bytes(&in, &frame.background, sizeof(frame.background));
	frame.background.a = U16_MAX;
	take_pipeline(&in, &pipeline);
	frame.pipeline = take_u8(&in) % 4 ? NULL : &pipeline.pipeline;
	for (u32 i = 0; i < num_layers; i++)
		take_layer(&in, &frame, &sources[i]);

	/* A target is at most as wide as a line. */
	shown = picture_make(&in, take_fourcc(&in), 1 + take_below(&in, MAX_WIDTH),
			     1 + take_below(&in, MAX_HEIGHT));
	target = picture_target(&shown);
	target.width = min(target.width, frame.width);
	compose(&frame, &target);

	picture_free(&shown);
	pipeline_free(&pipeline);
	for (u32 i = 0; i < num_layers; i++) {
		picture_free(&sources[i].picture);
		pipeline_free(&sources[i].pipeline);
	}

	return 0;
}
