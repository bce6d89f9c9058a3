// SPDX-License-Identifier: GPL-2.0
/*
 * A line is composed bottom to top into one buffer. Layers that hide what is below are read
 * straight into it; others are read in short pieces, which stay in the first-level cache, and
 * blended.
 */

#include <linux/minmax.h>
#include <linux/types.h>

#include "blend.h"
#include "compose.h"

/* 1 KiB of stack. */
#define PIECE_PIXELS 128

/* Whether @layer is below @other. */
static bool is_below(const struct rvkms_layer *layer, const struct rvkms_layer *other)
{
	return layer->zpos < other->zpos ||
	       (layer->zpos == other->zpos && layer->id < other->id);
}

/**
 * rvkms_frame_add_layer - put a layer at its place in the stack
 * @frame: the frame, whose layers have room for one more
 * @layer: the layer
 *
 * Layers are ordered by &rvkms_layer.zpos, then by &rvkms_layer.id. Of those that have both in
 * common, the one that comes later is on top.
 */
void rvkms_frame_add_layer(struct rvkms_frame *frame, const struct rvkms_layer *layer)
{
	u32 place = frame->num_layers++;

	for (; place && is_below(layer, &frame->layers[place - 1]); place--)
		frame->layers[place] = frame->layers[place - 1];

	frame->layers[place] = *layer;
}

/**
 * rvkms_frame_set_color - send the picture through what its CRTC does with colours
 * @frame: the frame, with all of its layers
 * @color: the operations; what they point to is read as long as the frame is used
 *
 * The table that DRM calls legacy gamma is "gamma or color palette (for indexed formats)": where
 * it is the palette of a layer, it is no gamma of the picture, as on hardware that has one table
 * for both. n bits a pixel have the palette's first 2^n colours.
 */
void rvkms_frame_set_color(struct rvkms_frame *frame, const struct rvkms_frame_color *color)
{
	frame->pipeline = color->pipeline;
	if (!color->palette)
		return;

	for (u32 i = 0; i < frame->num_layers; i++) {
		struct rvkms_image *image = &frame->layers[i].image;

		if (rvkms_format_has_palette(image->format)) {
			image->palette = color->palette;
			frame->pipeline = color->rest;
		}
	}
}

static void add_layer(const struct rvkms_frame *frame, const struct rvkms_layer *layer, u32 y,
		      struct rvkms_pixel *line)
{
	const struct rvkms_part part = rvkms_layer_part(layer, frame->width, y);
	struct rvkms_pixel piece[PIECE_PIXELS];
	u32 count;

	if (part.begin == part.end)
		return;

	if (rvkms_layer_hides(layer)) {
		rvkms_layer_read(layer, &part, part.begin, part.end - part.begin,
				 line + part.begin);
		return;
	}

	for (u32 x = part.begin; x < part.end; x += count) {
		count = min_t(u32, part.end - x, PIECE_PIXELS);
		rvkms_layer_read(layer, &part, x, count, piece);
		rvkms_blend_line(piece, layer->blend_mode, layer->alpha, line + x, count);
	}
}

/**
 * rvkms_compose_line - compose one line of a picture
 * @frame: the picture
 * @y: which line, from the top; past the last line there is only background
 * @line: room for @frame->width pixels, all of which are written
 *
 * Layers, or parts of layers, that lie outside of the frame or read outside of their image are
 * left out. The arithmetic is specified in docs/composition.md.
 */
void rvkms_compose_line(const struct rvkms_frame *frame, u32 y, struct rvkms_pixel *line)
{
	const u32 num_layers = y < frame->height ? frame->num_layers : 0;

	for (u32 x = 0; x < frame->width; x++)
		line[x] = frame->background;

	for (u32 i = 0; i < num_layers; i++)
		add_layer(frame, &frame->layers[i], y, line);

	if (frame->pipeline)
		rvkms_color_apply(frame->pipeline, line, frame->width);
}
