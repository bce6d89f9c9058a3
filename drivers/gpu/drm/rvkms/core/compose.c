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

/* The pixels of the image that line y of the frame shows; none if the layer does not reach it. */
static struct rvkms_walk layer_walk(const struct rvkms_frame *frame,
				    const struct rvkms_layer *layer, u32 y)
{
	const struct rvkms_span *visible = &layer->visible;
	struct rvkms_walk walk;

	if (visible->x >= frame->width || y < visible->y || y - visible->y >= visible->height)
		return (struct rvkms_walk){};

	walk = rvkms_span_walk(visible, y - visible->y);
	walk.count = min(walk.count, frame->width - visible->x);

	return walk;
}

static void blend_pieces(const struct rvkms_image *image, struct rvkms_walk walk,
			 struct rvkms_pixel *line)
{
	struct rvkms_pixel piece[PIECE_PIXELS];
	u32 left = walk.count;

	while (left) {
		walk.count = min_t(u32, left, PIECE_PIXELS);
		image->format->read(image, &walk, piece);
		for (u32 i = 0; i < walk.count; i++)
			line[i] = rvkms_blend_premultiplied(line[i], piece[i]);

		walk.x += (s64)walk.dx * walk.count;
		walk.y += (s64)walk.dy * walk.count;
		line += walk.count;
		left -= walk.count;
	}
}

static void blend_scaled(const struct rvkms_layer *layer, u32 y, u32 count,
			 struct rvkms_pixel *line)
{
	struct rvkms_pixel piece[PIECE_PIXELS];

	for (u32 first = 0; first < count; first += PIECE_PIXELS) {
		const u32 length = min_t(u32, count - first, PIECE_PIXELS);

		rvkms_scale_read(&layer->image, &layer->visible, layer->filter, y, first, length,
				 piece);
		for (u32 i = 0; i < length; i++)
			line[first + i] = rvkms_blend_premultiplied(line[first + i], piece[i]);
	}
}

static void add_layer(const struct rvkms_frame *frame, const struct rvkms_layer *layer, u32 y,
		      struct rvkms_pixel *line)
{
	const struct rvkms_image *image = &layer->image;
	const struct rvkms_walk walk = layer_walk(frame, layer, y);
	const struct rvkms_image_part part = rvkms_image_clip(image, &walk);

	if (rvkms_span_is_scaled(&layer->visible)) {
		blend_scaled(layer, y - layer->visible.y, walk.count, line + layer->visible.x);
		return;
	}

	if (!part.walk.count)
		return;

	line += layer->visible.x + part.skipped;
	if (image->format->has_alpha)
		blend_pieces(image, part.walk, line);
	else
		image->format->read(image, &part.walk, line);
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
