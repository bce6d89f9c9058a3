// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Hashes a frame without composing all of it. The hash equals the hash of the lines of compose.c.
 * If a run has one layer, with 8 bits per channel, it is hashed from the memory of the image. For a
 * hash of 8 bits per channel, other runs are converted to bytes, some of them without an
 * intermediate line of pixels. For other hashes, they are composed.
 *
 * The hash takes whole blocks. Pixels of a run outside of whole blocks are buffered until the
 * neighbouring runs complete the block.
 */

#include <linux/build_bug.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include "../pixel/pixel.h"
#include "blend.h"
#include "compose.h"
#include "hash.h"
#include "columns.h"

/* Pixels that are converted at once before they are hashed; whole blocks. */
#define HASHED_PIXELS 512
static_assert(HASHED_PIXELS % RVKMS_HASH_BLOCK == 0);

/* The source of the hashed values of a run. */
enum content {
	CONTENT_PIXELS,		/* composed pixels */
	CONTENT_BYTES,		/* bytes of a layer */
	CONTENT_LOOK_UP,	/* bytes of a layer, through the tables of the frame's pipeline */
	CONTENT_BLEND,		/* bytes of one layer, blended over bytes of another */
	CONTENT_ROUNDED,	/* colours of a layer, rounded to bytes */
};

/* The content of a run for a hash of 8 bits per channel. */
static enum content rounded_content(const struct rvkms_frame *frame,
				    const struct rvkms_columns *run)
{
	const struct rvkms_layer *bottom = run->bottom;

	if (!bottom || run->num_above > 1)
		return CONTENT_PIXELS;

	if (frame->pipeline)
		return !run->num_above && rvkms_layer_has_bytes(bottom) &&
		       rvkms_color_is_lookup(frame->pipeline) ? CONTENT_LOOK_UP : CONTENT_PIXELS;

	if (run->num_above)
		return rvkms_columns_has_bytes(frame, run) ? CONTENT_BLEND : CONTENT_PIXELS;

	return rvkms_layer_has_rounded(bottom) ? CONTENT_ROUNDED : CONTENT_PIXELS;
}

static enum content run_content(const struct rvkms_frame *frame, const struct rvkms_columns *run,
				u64 depth)
{
	if (run->bottom && !run->num_above && !frame->pipeline &&
	    rvkms_layer_has_bytes(run->bottom))
		return CONTENT_BYTES;

	return depth == 8 ? rounded_content(frame, run) : CONTENT_PIXELS;
}

/*
 * A line that is being hashed. @waiting is the first column that is not hashed yet, the start of a
 * block. @pixels buffers the columns from there on: bytes for a hash of 8 bits per channel, pixels
 * otherwise.
 */
struct line {
	const struct rvkms_frame *frame;
	u32 y;
	struct rvkms_pixel *pixels;
	struct rvkms_line_cache *cache;
	struct rvkms_hash *hash;
	u32 waiting;
};

static bool waits_as_bytes(const struct line *line)
{
	return line->hash->depth == 8;
}

/*
 * The byte buffer overlays the first half of the pixel buffer. The bytes of a column never lie
 * beyond its pixel, so that pixels can be converted in place from left to right.
 */
static u8 *bytes_at(const struct line *line, u32 x)
{
	return (u8 *)line->pixels + 4 * (size_t)x;
}

/* Temporary bytes, in the second half of the pixel buffer. */
static u8 *spare_bytes_at(const struct line *line, u32 x)
{
	return bytes_at(line, line->frame->width) + 4 * (size_t)x;
}

/* Returns the bytes of a layer: in the cache, in the image or in @buffer. */
static const u8 *layer_bytes(const struct line *line, const struct rvkms_layer *layer,
			     const struct rvkms_part *part, u32 x, u32 end, u8 *buffer)
{
	const u8 *bytes = rvkms_line_cache_bytes(line->cache, layer, line->frame->width, line->y,
						 part);

	return bytes ? bytes + 4 * (size_t)(x - part->begin)
		     : rvkms_layer_bytes(layer, part, x, end - x, buffer);
}

static const u8 *rounded_bytes(const struct line *line, const struct rvkms_columns *run, u32 x,
			       u32 end, u8 *buffer)
{
	const u8 *bytes = rvkms_line_cache_rounded(line->cache, run->bottom, line->frame->width,
						   line->y, &run->bottom_part);

	if (bytes)
		return bytes + 4 * (size_t)(x - run->bottom_part.begin);

	rvkms_layer_rounded(run->bottom, &run->bottom_part, x, end - x, buffer);

	return buffer;
}

static void look_bytes_up(const struct line *line, const struct rvkms_columns *run, u32 x, u32 end,
			  u8 *bytes)
{
	rvkms_color_look_up(line->frame->pipeline,
			    layer_bytes(line, run->bottom, &run->bottom_part, x, end, bytes), bytes,
			    end - x);
}

static void blend_bytes(const struct line *line, const struct rvkms_columns *run, u32 x, u32 end,
			u8 *bytes)
{
	const struct rvkms_layer *above = &line->frame->layers[run->above];

	rvkms_blend_bytes_rounded(layer_bytes(line, above, &run->above_part, x, end, bytes),
				  layer_bytes(line, run->bottom, &run->bottom_part, x, end,
					      spare_bytes_at(line, x)), bytes, end - x);
}

static void compose_pixels(const struct line *line, const struct rvkms_columns *run, u32 x, u32 end)
{
	rvkms_columns_compose(line->frame, line->y, run, x, end, line->pixels);
	if (line->frame->pipeline)
		rvkms_color_apply(line->frame->pipeline, line->pixels + x, end - x);
}

static void compose_bytes(const struct line *line, const struct rvkms_columns *run, u32 x, u32 end,
			  u8 *bytes)
{
	compose_pixels(line, run, x, end);
	for (; x < end; x++, bytes += 4)
		put_unaligned_le32(rvkms_pixel_bytes(line->pixels[x]), bytes);
}

/* Returns columns of a run as bytes, in the byte buffer or elsewhere. */
static const u8 *run_bytes(const struct line *line, const struct rvkms_columns *run,
			   enum content content, u32 x, u32 end)
{
	u8 *bytes = bytes_at(line, x);

	switch (content) {
	case CONTENT_BYTES:
		return layer_bytes(line, run->bottom, &run->bottom_part, x, end, bytes);
	case CONTENT_ROUNDED:
		return rounded_bytes(line, run, x, end, bytes);
	case CONTENT_LOOK_UP:
		look_bytes_up(line, run, x, end, bytes);
		break;
	case CONTENT_BLEND:
		blend_bytes(line, run, x, end, bytes);
		break;
	default:
		compose_bytes(line, run, x, end, bytes);
	}

	return bytes;
}

/* Buffers columns that are hashed together with neighbouring runs. */
static void buffer_columns(const struct line *line, const struct rvkms_columns *run,
			   enum content content, u32 x, u32 end)
{
	const u8 *bytes;

	if (x == end)
		return;

	if (!waits_as_bytes(line)) {
		compose_pixels(line, run, x, end);
		return;
	}

	bytes = run_bytes(line, run, content, x, end);
	if (bytes != bytes_at(line, x))
		memcpy(bytes_at(line, x), bytes, 4 * (size_t)(end - x));
}

/* Hashes the buffered columns, up to @end. */
static void hash_waiting(struct line *line, u32 end)
{
	const u32 count = end - line->waiting;

	if (!count)
		return;

	if (waits_as_bytes(line))
		rvkms_hash_add_bytes(line->hash, bytes_at(line, line->waiting), count);
	else
		rvkms_hash_add_pixels(line->hash, line->pixels + line->waiting, count);
	line->waiting = end;
}

/* Hashes columns that are whole blocks. */
static void hash_run(struct line *line, const struct rvkms_columns *run, enum content content,
		     u32 x, u32 end)
{
	u32 count;

	for (; x < end; x += count) {
		count = content == CONTENT_BYTES ? end - x : min_t(u32, end - x, HASHED_PIXELS);
		rvkms_hash_add_bytes(line->hash, run_bytes(line, run, content, x, x + count),
				     count);
	}
	line->waiting = end;
}

static void add_run(struct line *line, const struct rvkms_columns *run, u32 x)
{
	const enum content content = run_content(line->frame, run, line->hash->depth);
	const u64 begin = round_up((u64)x, RVKMS_HASH_BLOCK);
	const u32 end = run->end == line->frame->width ? run->end
						       : round_down(run->end, RVKMS_HASH_BLOCK);

	if (begin < end && (content == CONTENT_BYTES || waits_as_bytes(line))) {
		buffer_columns(line, run, content, x, begin);
		hash_waiting(line, begin);
		hash_run(line, run, content, begin, end);
		x = end;
	}
	buffer_columns(line, run, content, x, run->end);
}

/**
 * rvkms_compose_hash_line - add one line of a frame to the hash of the frame
 * @frame: the frame
 * @y: number of the line, from the top; lines past the last one are background
 * @pixels: scratch memory for @frame->width pixels
 * @cache: the cache of this frame, the same one for all of its lines
 * @hash: the hash of all lines above
 *
 * Equals rvkms_compose_line() and rvkms_hash_add_line().
 */
void rvkms_compose_hash_line(const struct rvkms_frame *frame, u32 y, struct rvkms_pixel *pixels,
			     struct rvkms_line_cache *cache, struct rvkms_hash *hash)
{
	struct line line = {
		.frame = frame, .y = y, .pixels = pixels, .cache = cache, .hash = hash,
	};
	struct rvkms_columns run = {};

	for (u32 x = 0; x < frame->width; x = run.end) {
		rvkms_columns_next(frame, y, &run);
		add_run(&line, &run, x);
	}

	hash_waiting(&line, frame->width);
	rvkms_hash_end_line(hash);
}
