// SPDX-License-Identifier: GPL-2.0
/*
 * A line is composed bottom to top into one buffer. Opaque formats are read straight into it;
 * translucent ones are read in short pieces, which stay in the first-level cache, and blended.
 */

#include <linux/minmax.h>
#include <linux/types.h>

#include "blend.h"
#include "compose.h"

/* 1 KiB of stack. */
#define PIECE_PIXELS 128

/* What is left of a layer that leaves its image or the frame: nothing is read or written there. */
static u32 layer_width(const struct rvkms_frame *frame, const struct rvkms_layer *layer)
{
	const struct rvkms_span *visible = &layer->visible;

	if (visible->x >= frame->width || visible->src_x >= layer->image.width)
		return 0;

	return min3(visible->width, frame->width - visible->x,
		    layer->image.width - visible->src_x);
}

/* The image's row that is shown on line y; NULL if the layer does not reach that line. */
static const u8 *layer_row(const struct rvkms_layer *layer, u32 y)
{
	const struct rvkms_span *visible = &layer->visible;
	const struct rvkms_image *image = &layer->image;
	u64 row;

	if (!image->format || !image->data || y < visible->y || y - visible->y >= visible->height)
		return NULL;

	row = (u64)visible->src_y + (y - visible->y);
	if (row >= image->height)
		return NULL;

	return image->data + (size_t)row * image->pitch;
}

static void blend_pieces(const struct rvkms_format *format, const u8 *memory, u32 count,
			 struct rvkms_pixel *line)
{
	struct rvkms_pixel piece[PIECE_PIXELS];

	while (count) {
		const u32 length = min_t(u32, count, PIECE_PIXELS);

		format->read(memory, length, piece);
		for (u32 i = 0; i < length; i++)
			line[i] = rvkms_blend_premultiplied(line[i], piece[i]);

		memory += (size_t)length * format->cpp;
		line += length;
		count -= length;
	}
}

static void add_layer(const struct rvkms_frame *frame, const struct rvkms_layer *layer, u32 y,
		      struct rvkms_pixel *line)
{
	const struct rvkms_format *format = layer->image.format;
	const u32 count = layer_width(frame, layer);
	const u8 *row = layer_row(layer, y);

	if (!row || !count)
		return;

	row += (size_t)layer->visible.src_x * format->cpp;
	line += layer->visible.x;

	if (format->has_alpha)
		blend_pieces(format, row, count, line);
	else
		format->read(row, count, line);
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
	for (u32 x = 0; x < frame->width; x++)
		line[x] = frame->background;

	if (y >= frame->height)
		return;

	for (u32 i = 0; i < frame->num_layers; i++)
		add_layer(frame, &frame->layers[i], y, line);
}
