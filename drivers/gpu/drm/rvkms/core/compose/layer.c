// SPDX-License-Identifier: GPL-2.0

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "layer.h"

/* Of a part, @count pixels from column @x of the frame on. */
static struct rvkms_walk walk_from(const struct rvkms_part *part, u32 x, u32 count)
{
	const s64 skipped = x - part->begin;
	struct rvkms_walk walk = part->walk;

	walk.x += skipped * walk.dx;
	walk.y += skipped * walk.dy;
	walk.count = count;

	return walk;
}

/* What a layer's walks go over; empty if there is nothing to read. */
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
 * rvkms_layer_hides - is nothing seen of what is below?
 * @layer: the layer, with a format
 *
 * Returns:
 * True if all of its pixels are opaque, whatever they are.
 */
bool rvkms_layer_hides(const struct rvkms_layer *layer)
{
	return layer->alpha == U16_MAX && (!layer->image.format->has_alpha ||
					   layer->blend_mode == RVKMS_BLEND_NONE);
}

/**
 * rvkms_layer_part - what of a layer is on one line of a frame
 * @layer: the layer, with any values
 * @width: pixels a line of the frame
 * @y: which line
 *
 * Returns:
 * The pixels that are on the line and within the image, or the scaled picture.
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
 * rvkms_layer_read - read pixels of a layer
 * @layer: the layer
 * @part: what of it is on the line
 * @x: the first column of the frame that is wanted, within @part
 * @count: how many, all of them within @part, and one at least
 * @pixels: room for so many
 *
 * As they are to be blended: scaled, with their colours transformed, and with full opacities where
 * those do not count.
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
 * rvkms_layer_has_bytes - may rvkms_layer_bytes() be called?
 * @layer: the layer, with a format
 *
 * Returns:
 * True if its pixels have eight bits a channel, and are shown as they are.
 */
bool rvkms_layer_has_bytes(const struct rvkms_layer *layer)
{
	return layer->image.format->bytes && !rvkms_span_is_scaled(&layer->visible) &&
	       !layer->pipeline;
}

/**
 * rvkms_layer_bytes - read pixels of a layer as bytes
 * @layer: the layer, which rvkms_layer_has_bytes()
 * @part: what of it is on the line
 * @x: the first column of the frame that is wanted, within @part
 * @count: how many, all of them within @part, and one at least
 * @buffer: room for four bytes for each
 *
 * Returns:
 * Blue, green, red and opacity of each pixel, a byte each, either in @buffer or where the image
 * has them. The opacity is any of an image without.
 */
const u8 *rvkms_layer_bytes(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
			    u32 count, u8 *buffer)
{
	const struct rvkms_walk walk = walk_from(part, x, count);

	return layer->image.format->bytes(&layer->image, &walk, buffer);
}

/**
 * rvkms_layer_has_rounded - may rvkms_layer_rounded() be called?
 * @layer: the layer, with a format
 *
 * Returns:
 * True if its pixels can be read as bytes that they are rounded to, and are shown as they are.
 */
bool rvkms_layer_has_rounded(const struct rvkms_layer *layer)
{
	return layer->image.format->rounded && !rvkms_span_is_scaled(&layer->visible) &&
	       !layer->pipeline;
}

/**
 * rvkms_layer_rounded - read pixels of a layer, rounded to eight bits a channel
 * @layer: the layer, which rvkms_layer_has_rounded()
 * @part: what of it is on the line
 * @x: the first column of the frame that is wanted, within @part
 * @count: how many, all of them within @part, and one at least
 * @bytes: room for four bytes for each: blue, green, red, and one that does not count
 */
void rvkms_layer_rounded(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
			 u32 count, u8 *bytes)
{
	const struct rvkms_walk walk = walk_from(part, x, count);

	layer->image.format->rounded(&layer->image, &walk, bytes);
}
