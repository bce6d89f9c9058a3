// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Divides a line into runs of columns that the same layers cover, and composes runs. Layers below a
 * layer that hides them are skipped. The bottom is read directly into the line; layers above are
 * read in short pieces, which stay in the first-level cache, and blended.
 */

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "blend.h"
#include "columns.h"

/* 1 KiB of stack, for the bytes of two layers or the pixels of one. */
#define PIECE_PIXELS 128

/* A quick test, which excludes most of the layers that are elsewhere. */
static bool is_near(const struct rvkms_layer *layer, u32 y, u32 x)
{
	const struct rvkms_span *visible = &layer->visible;

	return y - visible->y < visible->height && x < (u64)visible->x + visible->width;
}

/**
 * rvkms_columns_next - advance to the next run of a line
 * @frame: the frame
 * @y: number of the line
 * @run: the run; an empty one advances to the first run
 *
 * The part of the old bottom layer is reused.
 */
void rvkms_columns_next(const struct rvkms_frame *frame, u32 y, struct rvkms_columns *run)
{
	const struct rvkms_layer *known = run->bottom;
	const u32 x = run->end;

	run->end = frame->width;
	run->bottom = NULL;
	run->above = frame->num_layers;
	run->num_above = 0;
	if (y >= frame->height)
		return;

	for (u32 i = frame->num_layers; i--;) {
		const struct rvkms_layer *layer = &frame->layers[i];
		struct rvkms_part part;

		if (!is_near(layer, y, x))
			continue;

		part = layer == known ? run->bottom_part : rvkms_layer_part(layer, frame->width, y);
		if (part.end <= x)
			continue;
		if (part.begin > x) {
			run->end = min(run->end, part.begin);
			continue;
		}

		run->end = min(run->end, part.end);
		if (rvkms_layer_hides(layer)) {
			run->bottom = layer;
			run->bottom_part = part;
			break;
		}
		run->above = i;
		run->above_part = part;
		run->num_above++;
	}
}

static bool covers(const struct rvkms_part *part, u32 x)
{
	return part->begin <= x && x < part->end;
}

static bool is_plain_bytes(const struct rvkms_layer *layer)
{
	return rvkms_layer_has_bytes(layer) && layer->alpha == U16_MAX &&
	       layer->blend_mode == RVKMS_BLEND_PREMULTIPLIED;
}

/**
 * rvkms_columns_has_bytes - check whether a run begins with bytes that cover bytes
 * @frame: the frame
 * @run: the run, with at least one layer above its bottom
 *
 * Returns:
 * true if the two lowest layers are available as bytes, and the upper one is blended as it is.
 */
bool rvkms_columns_has_bytes(const struct rvkms_frame *frame, const struct rvkms_columns *run)
{
	return rvkms_layer_has_bytes(run->bottom) && is_plain_bytes(&frame->layers[run->above]);
}

static void add_bytes(const struct rvkms_layer *above, const struct rvkms_part *above_part,
		      const struct rvkms_layer *below, const struct rvkms_part *below_part,
		      u32 x, u32 end, struct rvkms_pixel *pixels)
{
	u8 above_bytes[4 * PIECE_PIXELS], below_bytes[4 * PIECE_PIXELS];
	u32 count;

	for (; x < end; x += count) {
		count = min_t(u32, end - x, PIECE_PIXELS);
		rvkms_blend_bytes(rvkms_layer_bytes(above, above_part, x, count, above_bytes),
				  rvkms_layer_bytes(below, below_part, x, count, below_bytes),
				  pixels + x, count);
	}
}

static void add_bytes_over(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
			   u32 end, struct rvkms_pixel *pixels)
{
	u8 bytes[4 * PIECE_PIXELS];
	u32 count;

	for (; x < end; x += count) {
		count = min_t(u32, end - x, PIECE_PIXELS);
		rvkms_blend_bytes_over(rvkms_layer_bytes(layer, part, x, count, bytes), pixels + x,
				       count);
	}
}

static void add_pixels(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
		       u32 end, struct rvkms_pixel *pixels)
{
	struct rvkms_pixel piece[PIECE_PIXELS];
	u32 count;

	for (; x < end; x += count) {
		count = min_t(u32, end - x, PIECE_PIXELS);
		rvkms_layer_read(layer, part, x, count, piece);
		rvkms_blend_line(piece, layer->blend_mode, layer->alpha, pixels + x, count);
	}
}

/* Composes the bottom of a run, possibly with the layer above it. Returns the next layer. */
static u32 compose_bottom(const struct rvkms_frame *frame, const struct rvkms_columns *run, u32 x,
			  u32 end, struct rvkms_pixel *pixels)
{
	const struct rvkms_layer *bottom = run->bottom;

	if (!bottom) {
		for (; x < end; x++)
			pixels[x] = frame->background;
		return run->above;
	}

	if (run->num_above && rvkms_columns_has_bytes(frame, run)) {
		add_bytes(&frame->layers[run->above], &run->above_part, bottom, &run->bottom_part,
			  x, end, pixels);
		return run->above + 1;
	}

	rvkms_layer_read(bottom, &run->bottom_part, x, end - x, pixels + x);

	return run->above;
}

/**
 * rvkms_columns_compose - compose columns of a run
 * @frame: the frame
 * @y: number of the line
 * @run: a run of the line
 * @x: the leftmost column
 * @end: the column to the right; greater than @x
 * @line: the pixels of the line
 */
void rvkms_columns_compose(const struct rvkms_frame *frame, u32 y, const struct rvkms_columns *run,
			   u32 x, u32 end, struct rvkms_pixel *line)
{
	/* Blending of bytes sets alpha = 1, which is right over opaque pixels only. */
	const bool is_opaque = run->bottom || frame->background.a == U16_MAX;

	for (u32 i = compose_bottom(frame, run, x, end, line); i < frame->num_layers; i++) {
		const struct rvkms_layer *layer = &frame->layers[i];
		const struct rvkms_part part = rvkms_layer_part(layer, frame->width, y);

		if (!covers(&part, x))
			continue;

		if (is_opaque && is_plain_bytes(layer))
			add_bytes_over(layer, &part, x, end, line);
		else
			add_pixels(layer, &part, x, end, line);
	}
}
