// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Builds frames, and composes their lines. columns.c divides a line into runs and composes them,
 * here and for the hash.
 */

#include <linux/types.h>

#include "compose.h"
#include "columns.h"

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
	struct rvkms_columns run = {};

	for (u32 x = 0; x < frame->width; x = run.end) {
		rvkms_columns_next(frame, y, &run);
		rvkms_columns_compose(frame, y, &run, x, run.end, line);
	}

	if (frame->pipeline)
		rvkms_color_apply(frame->pipeline, line, frame->width);
}
