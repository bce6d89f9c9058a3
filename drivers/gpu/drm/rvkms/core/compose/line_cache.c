// SPDX-License-Identifier: GPL-2.0
/*
 * A line of a layer that is turned by 90 degrees is a column of its image: each pixel is in
 * another row, in a cache line and likely in a page of its own. What is beside it there are the
 * same pixels of the next lines, so that some lines are read at once.
 *
 * Two lines of a layer that is not turned may have chroma in common: they are read at once too.
 */

#include <linux/minmax.h>
#include <linux/types.h>

#include "line_cache.h"

static bool cache_holds(const struct rvkms_line_cache *cache, u32 y)
{
	return cache->layer && y - cache->y < cache->num_lines;
}

static const u8 *cached_line(const struct rvkms_line_cache *cache, u32 width, u32 y,
			     const struct rvkms_part *part)
{
	return cache->bytes + 4 * ((size_t)(y - cache->y) * width + part->begin);
}

/*
 * Reads the lines from @y on, of which @part is the first. Returns false if there are not enough
 * of them, beside each other in the image.
 */
static bool cache_fill(struct rvkms_line_cache *cache, const struct rvkms_layer *layer, u32 width,
		       u32 y, const struct rvkms_part *part)
{
	const u32 last_line = RVKMS_LINE_CACHE_LINES - 1;
	const struct rvkms_part last = rvkms_layer_part(layer, width, y + last_line);
	const s64 columns = last.walk.x - part->walk.x;
	const ptrdiff_t pitch = 4 * (ptrdiff_t)width;
	u8 *first = cache->bytes + 4 * (size_t)part->begin;

	/* All lines of a layer that has not ended yet have the same columns of the frame. */
	if (last.begin == last.end)
		return false;

	if (columns == last_line)
		layer->image.format->columns(&layer->image, &part->walk, first, pitch);
	else if (columns == -(s64)last_line)
		layer->image.format->columns(&layer->image, &last.walk, first + last_line * pitch,
					     -pitch);
	else
		return false;

	cache->layer = layer;
	cache->y = y;
	cache->num_lines = RVKMS_LINE_CACHE_LINES;

	return true;
}

/**
 * rvkms_line_cache_bytes - read a line of a layer, if that is a column of its image
 * @cache: where to put it and the next ones, and perhaps where it is already
 * @layer: the layer, which rvkms_layer_has_bytes()
 * @width: pixels a line of the frame
 * @y: which line
 * @part: what of the layer is on that line, at least one pixel
 *
 * There is one cache for a frame. The first layer to need it has it until its lines are used up.
 *
 * Returns:
 * As rvkms_layer_bytes() of all of @part; NULL if that has to be called.
 */
const u8 *rvkms_line_cache_bytes(struct rvkms_line_cache *cache, const struct rvkms_layer *layer,
				 u32 width, u32 y, const struct rvkms_part *part)
{
	if (part->walk.dx)
		return NULL;

	if (cache_holds(cache, y)) {
		if (cache->layer != layer)
			return NULL;
	} else if (!cache_fill(cache, layer, width, y, part)) {
		return NULL;
	}

	return cached_line(cache, width, y, part);
}

/* The same for two lines, the first of which is to have chroma that the second has too. */
static bool cache_fill_pair(struct rvkms_line_cache *cache, const struct rvkms_layer *layer,
			    u32 width, u32 y, const struct rvkms_part *part)
{
	const struct rvkms_part next = rvkms_layer_part(layer, width, y + 1);

	if (part->walk.dx != 1 || (part->walk.x | part->walk.y) & 1 || next.begin == next.end ||
	    next.walk.y != part->walk.y + 1)
		return false;

	layer->image.format->rounded_pair(&layer->image, &part->walk,
					  cache->bytes + 4 * (size_t)part->begin,
					  4 * (ptrdiff_t)width);
	cache->layer = layer;
	cache->y = y;
	cache->num_lines = 2;

	return true;
}

/**
 * rvkms_line_cache_rounded - find a line of a layer in the cache, rounded to eight bits a channel
 * @cache: the cache of the frame
 * @layer: the layer, which rvkms_layer_has_rounded()
 * @width: the frame's
 * @y: the line
 * @part: what of the layer is on that line, at least one pixel
 *
 * Returns:
 * What rvkms_layer_rounded() gives for all of @part; NULL if that has to be called.
 */
const u8 *rvkms_line_cache_rounded(struct rvkms_line_cache *cache, const struct rvkms_layer *layer,
				   u32 width, u32 y, const struct rvkms_part *part)
{
	if (!layer->image.format->rounded_pair)
		return NULL;

	if (cache_holds(cache, y)) {
		if (cache->layer != layer)
			return NULL;
	} else if (!cache_fill_pair(cache, layer, width, y, part)) {
		return NULL;
	}

	return cached_line(cache, width, y, part);
}
