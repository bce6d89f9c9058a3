// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Reads several lines of a layer at once. A line of a layer that is rotated by 90 degrees is a
 * column of its image: each pixel is in another cache line, and often in another page. Its
 * neighbours in the row are pixels of the next lines, so that several lines are read together.
 *
 * Two lines of a layer that is not rotated may share chroma: they are read together too.
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
 * Reads RVKMS_LINE_CACHE_LINES lines from @y on; @part is on the first one. Returns false if the
 * layer has fewer lines, or if they are not neighbouring columns of the image.
 */
static bool cache_fill(struct rvkms_line_cache *cache, const struct rvkms_layer *layer, u32 width,
		       u32 y, const struct rvkms_part *part)
{
	const u32 last_line = RVKMS_LINE_CACHE_LINES - 1;
	const struct rvkms_part last = rvkms_layer_part(layer, width, y + last_line);
	const s64 columns = last.walk.x - part->walk.x;
	const ptrdiff_t pitch = 4 * (ptrdiff_t)width;
	u8 *first = cache->bytes + 4 * (size_t)part->begin;

	/* All lines of a layer have the same columns of the frame. */
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
 * rvkms_line_cache_bytes - read a line of a layer, if it is a column of its image
 * @cache: the cache of the frame, which may already have the line
 * @layer: the layer, for which rvkms_layer_has_bytes() is true
 * @width: pixels per line of the frame
 * @y: number of the line
 * @part: the part of the layer on the line, at least one pixel
 *
 * A frame has one cache. The first layer that needs it keeps it until its lines are used up.
 *
 * Returns:
 * The result of rvkms_layer_bytes() for all of @part; NULL if the caller has to call it.
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

/* Reads two lines that share chroma. Returns false if @y is not the first line of such a pair. */
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
 * rvkms_line_cache_rounded - read a line of a layer, rounded to 8 bits per channel
 * @cache: the cache of the frame, which may already have the line
 * @layer: the layer, for which rvkms_layer_has_rounded() is true
 * @width: pixels per line of the frame
 * @y: number of the line
 * @part: the part of the layer on the line, at least one pixel
 *
 * Returns:
 * The bytes of rvkms_layer_rounded() for all of @part; NULL if the caller has to call it.
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
