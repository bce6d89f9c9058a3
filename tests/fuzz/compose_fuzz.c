// SPDX-License-Identifier: GPL-2.0
/*
 * Frames of any layers, states that no check would accept among them: memory is read and written
 * where there is some, and nowhere else.
 */

#include <linux/minmax.h>

#include "../core/compose.h"
#include "../core/hash.h"
#include "picture.h"

#define MAX_LAYERS 4

/* What the clipping makes of a placement, or what nothing makes. */
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
	struct rvkms_hash hash = rvkms_hash_init(frame->width, frame->height);
	struct rvkms_pixel lines[2][MAX_WIDTH];

	for (u32 y = 0; y < frame->height + 1; y++) {
		rvkms_compose_line(frame, y, lines[y % 2]);
		rvkms_hash_add_line(&hash, lines[y % 2], frame->width);
		rvkms_target_write(target, y, lines[y % 2], lines[(y + 1) % 2]);
	}
	rvkms_hash_value(&hash);
}

int LLVMFuzzerTestOneInput(const u8 *bytes, size_t size)
{
	struct input in = { bytes, size };
	struct picture pictures[MAX_LAYERS] = {};
	struct rvkms_layer layers[MAX_LAYERS];
	struct rvkms_frame frame = {
		.width = take_below(&in, MAX_WIDTH + 1),
		.height = take_below(&in, MAX_HEIGHT + 1),
		.num_layers = take_below(&in, MAX_LAYERS + 1),
		.layers = layers,
	};
	struct picture shown;
	struct rvkms_target target;

	take_bytes(&in, &frame.background, sizeof(frame.background));
	for (u32 i = 0; i < frame.num_layers; i++) {
		const u32 width = 1 + take_below(&in, MAX_WIDTH);
		const u32 height = 1 + take_below(&in, MAX_HEIGHT);

		pictures[i] = picture_make(&in, take_fourcc(&in), width, height);
		layers[i] = (struct rvkms_layer){
			.image = pictures[i].image,
			.visible = take_span(&in, width, height),
			.filter = take_u8(&in) % 3,
		};
	}

	/* A line has as many pixels as the target is wide, or more. */
	shown = picture_make(&in, take_fourcc(&in), 1 + take_below(&in, MAX_WIDTH),
			     1 + take_below(&in, MAX_HEIGHT));
	target = picture_target(&shown);
	target.width = min(target.width, frame.width);
	compose(&frame, &target);

	picture_free(&shown);
	for (u32 i = 0; i < frame.num_layers; i++)
		picture_free(&pictures[i]);

	return 0;
}
