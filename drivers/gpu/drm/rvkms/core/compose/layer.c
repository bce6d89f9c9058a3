// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Reads the pixels of a layer on one line of a frame. */

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "layer.h"

/* Returns the walk of @count pixels of a part, from column @x of the frame on. */
static struct rvkms_walk walk_from(const struct rvkms_part *part, u32 x, u32 count)
{
	const s64 skipped = x - part->begin;
	struct rvkms_walk walk = part->walk;

	walk.x += skipped * walk.dx;
	walk.y += skipped * walk.dy;
	walk.count = count;

	return walk;
}

/*
 * Returns the bounds of a layer's walks: the image, or the scaled source. Empty without an image.
 */
static struct rvkms_box picture_of(const struct rvkms_layer *layer)
{
	struct rvkms_box picture = rvkms_image_bounds(&layer->image);

	if (rvkms_span_is_scaled(&layer->visible) && picture.width && picture.height) {
		picture.width = layer->visible.columns.dst_size;
		picture.height = layer->visible.rows.dst_size;
	}

	return picture;
}

static void make_opaque(struct rvkms_pixel *pixels, u32 count)
{
	for (u32 i = 0; i < count; i++)
		pixels[i].a = U16_MAX;
}

/**
 * rvkms_layer_hides - check if a layer hides all layers below it
 * @layer: the layer, with a format
 *
 * Returns:
 * True if its pixels are opaque for any content.
 */
bool rvkms_layer_hides(const struct rvkms_layer *layer)
{
	return layer->alpha == U16_MAX && (!layer->image.format->has_alpha ||
					   layer->blend_mode == RVKMS_BLEND_NONE);
}

/**
 * rvkms_layer_part - return the part of a layer on one line of a frame
 * @layer: the layer, with any values
 * @width: pixels per line of the frame
 * @y: number of the line
 *
 * Returns:
 * The pixels that are on the line and within the image, or the scaled source.
 */
struct rvkms_part rvkms_layer_part(const struct rvkms_layer *layer, u32 width, u32 y)
{
	const struct rvkms_span *visible = &layer->visible;
	const u32 line = y - visible->y;
	struct rvkms_image_part clipped;
	struct rvkms_box picture;
	struct rvkms_walk walk;
	u32 begin;

	if (visible->x >= width || y < visible->y || line >= visible->height)
		return (struct rvkms_part){};

	picture = picture_of(layer);
	walk = rvkms_span_walk(visible, line);
	walk.count = min(walk.count, width - visible->x);
	clipped = rvkms_walk_clip(&walk, picture.width, picture.height);
	begin = visible->x + clipped.skipped;

	return (struct rvkms_part){
		.begin = begin,
		.end = begin + clipped.walk.count,
		.line = line,
		.walk = clipped.walk,
	};
}

/**
 * rvkms_layer_read - read pixels of a layer, ready for blending
 * @layer: the layer
 * @part: the part of the layer on the line
 * @x: the first column of the frame, within @part
 * @count: number of pixels, at least one, all within @part
 * @pixels: room for @count pixels
 *
 * The pixels are scaled and have passed the colour pipeline. Alpha is 65535 if the blend mode
 * ignores it.
 */
void rvkms_layer_read(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
		      u32 count, struct rvkms_pixel *pixels)
{
	const struct rvkms_walk walk = walk_from(part, x, count);

	if (rvkms_span_is_scaled(&layer->visible))
		rvkms_scale_read(&layer->image, &layer->visible, layer->filter, part->line,
				 x - layer->visible.x, count, pixels);
	else
		layer->image.format->read(&layer->image, &walk, pixels);

	if (layer->pipeline)
		rvkms_color_apply(layer->pipeline, pixels, count);
	if (layer->blend_mode == RVKMS_BLEND_NONE)
		make_opaque(pixels, count);
}

/**
 * rvkms_layer_has_bytes - check if rvkms_layer_bytes() may be called
 * @layer: the layer, with a format
 *
 * Returns:
 * True if its pixels have 8 bits per channel, and are neither scaled nor changed by a pipeline.
 */
bool rvkms_layer_has_bytes(const struct rvkms_layer *layer)
{
	return layer->image.format->bytes && !rvkms_span_is_scaled(&layer->visible) &&
	       !layer->pipeline;
}

/**
 * rvkms_layer_bytes - read pixels of a layer as bytes
 * @layer: the layer, for which rvkms_layer_has_bytes() is true
 * @part: the part of the layer on the line
 * @x: the first column of the frame, within @part
 * @count: number of pixels, at least one, all within @part
 * @buffer: room for four bytes per pixel
 *
 * Returns:
 * Blue, green, red and alpha of each pixel, one byte per channel, in @buffer or in the image. Alpha
 * is undefined if the format has none.
 */
const u8 *rvkms_layer_bytes(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
			    u32 count, u8 *buffer)
{
	const struct rvkms_walk walk = walk_from(part, x, count);

	return layer->image.format->bytes(&layer->image, &walk, buffer);
}

/**
 * rvkms_layer_has_rounded - check if rvkms_layer_rounded() may be called
 * @layer: the layer, with a format
 *
 * Returns:
 * True if the format has a reader of rounded bytes, and pixels are neither scaled nor changed by a
 * pipeline.
 */
bool rvkms_layer_has_rounded(const struct rvkms_layer *layer)
{
	return layer->image.format->rounded && !rvkms_span_is_scaled(&layer->visible) &&
	       !layer->pipeline;
}

/**
 * rvkms_layer_rounded - read pixels of a layer, rounded to 8 bits per channel
 * @layer: the layer, for which rvkms_layer_has_rounded() is true
 * @part: the part of the layer on the line
 * @x: the first column of the frame, within @part
 * @count: number of pixels, at least one, all within @part
 * @bytes: room for four bytes per pixel: blue, green, red, padding
 */
void rvkms_layer_rounded(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
			 u32 count, u8 *bytes)
{
	const struct rvkms_walk walk = walk_from(part, x, count);

	layer->image.format->rounded(&layer->image, &walk, bytes);
}
