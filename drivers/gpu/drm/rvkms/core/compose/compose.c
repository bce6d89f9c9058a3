// SPDX-License-Identifier: GPL-2.0
/*
 * Composes lines of a frame, bottom to top, into one buffer. A layer that hides all layers below is
 * read directly into it. Other layers are read in short pieces, which stay in the first-level
 * cache, and blended.
 */

#include <linux/minmax.h>
#include <linux/types.h>

#include "blend.h"
#include "compose.h"

/* 1 KiB of stack. */
#define PIECE_PIXELS 128

/* Returns true if @layer is below @other. */
static bool is_below(const struct rvkms_layer *layer, const struct rvkms_layer *other)
{
	return layer->zpos < other->zpos ||
	       (layer->zpos == other->zpos && layer->id < other->id);
}

/**
 * rvkms_frame_add_layer - insert a layer into the stack of a frame
 * @frame: the frame, with room for one more layer
 * @layer: the layer
 *
 * Layers are ordered by &rvkms_layer.zpos, then by &rvkms_layer.id, then by the order of the calls:
 * the last one is on top.
 */
void rvkms_frame_add_layer(struct rvkms_frame *frame, const struct rvkms_layer *layer)
{
	u32 place = frame->num_layers++;

	for (; place && is_below(layer, &frame->layers[place - 1]); place--)
		frame->layers[place] = frame->layers[place - 1];

	frame->layers[place] = *layer;
}

/**
 * rvkms_frame_set_color - set the colour pipeline of the CRTC
 * @frame: the frame, with all of its layers
 * @color: the operations; their data must live as long as the frame
 *
 * DRM calls the table of legacy gamma "gamma or color palette (for indexed formats)". If a layer
 * uses it as its palette, it is not applied as gamma, as on hardware with one table for both. A
 * format of n bits per pixel uses the first 2^n colours.
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
 * rvkms_compose_line - compose one line of a frame
 * @frame: the frame
 * @y: number of the line, from the top; lines past the last one are background
 * @line: room for @frame->width pixels, all of which are written
 *
 * Parts of layers that are outside of the frame, or that would be read from outside of their image,
 * are left out. docs/composition.md specifies the arithmetic.
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
