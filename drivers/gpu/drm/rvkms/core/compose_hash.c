// SPDX-License-Identifier: GPL-2.0
/*
 * The same picture as compose.c makes, for those who want its hash alone. A line is taken apart
 * into runs of columns that the same layers cover. What is below a layer that hides it is not
 * looked at. Where that layer is on top, and has eight bits a channel, the run is hashed from the
 * image; for a hash of eight bits a channel, some other runs become bytes in the place of pixels;
 * the rest is composed.
 *
 * The hash wants whole blocks. A run that begins or ends within one is composed up to the next
 * block, or from the last; what is composed is hashed once the blocks it is in are complete.
 */

#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "blend.h"
#include "compose.h"
#include "hash.h"

/* 1 KiB of stack, for bytes of two layers, or pixels of one. */
#define PIECE_PIXELS 128

/*
 * Columns of a line that the same layers cover, up to @end. Of those that do, @bottom hides all
 * others below, and is NULL if the background is seen; the @num_above others are from @above on.
 * The parts are those of @bottom and of @above.
 */
struct run {
	u32 end;
	const struct rvkms_layer *bottom;
	u32 above;
	u32 num_above;
	struct rvkms_part bottom_part;
	struct rvkms_part above_part;
};

static struct run run_at(const struct rvkms_frame *frame, u32 y, u32 x)
{
	struct run run = { .end = frame->width, .above = frame->num_layers };

	if (y >= frame->height)
		return run;

	for (u32 i = frame->num_layers; i--;) {
		const struct rvkms_layer *layer = &frame->layers[i];
		struct rvkms_part part;

		/* Most lines have no cursor. */
		if (y - layer->visible.y >= layer->visible.height)
			continue;

		part = rvkms_layer_part(layer, frame->width, y);
		if (part.end <= x)
			continue;
		if (part.begin > x) {
			run.end = min(run.end, part.begin);
			continue;
		}

		run.end = min(run.end, part.end);
		if (rvkms_layer_hides(layer)) {
			run.bottom = layer;
			run.bottom_part = part;
			break;
		}
		run.above = i;
		run.above_part = part;
		run.num_above++;
	}

	return run;
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

static void add_bytes(const struct rvkms_layer *above, const struct rvkms_part *above_part,
		      const struct rvkms_layer *below, const struct rvkms_part *below_part,
		      u32 x, u32 end, struct rvkms_pixel *line)
{
	u8 above_bytes[4 * PIECE_PIXELS], below_bytes[4 * PIECE_PIXELS];
	u32 count;

	for (; x < end; x += count) {
		count = min_t(u32, end - x, PIECE_PIXELS);
		rvkms_blend_bytes(rvkms_layer_bytes(above, above_part, x, count, above_bytes),
				  rvkms_layer_bytes(below, below_part, x, count, below_bytes),
				  line + x, count);
	}
}

static void add_bytes_over(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
			   u32 end, struct rvkms_pixel *line)
{
	u8 bytes[4 * PIECE_PIXELS];
	u32 count;

	for (; x < end; x += count) {
		count = min_t(u32, end - x, PIECE_PIXELS);
		rvkms_blend_bytes_over(rvkms_layer_bytes(layer, part, x, count, bytes), line + x,
				       count);
	}
}

static void add_pixels(const struct rvkms_layer *layer, const struct rvkms_part *part, u32 x,
		       u32 end, struct rvkms_pixel *line)
{
	struct rvkms_pixel piece[PIECE_PIXELS];
	u32 count;

	for (; x < end; x += count) {
		count = min_t(u32, end - x, PIECE_PIXELS);
		rvkms_layer_read(layer, part, x, count, piece);
		rvkms_blend_line(piece, layer->blend_mode, layer->alpha, line + x, count);
	}
}

/* Begins a run: the bottom of it, or that and the layer right above it. Returns which is next. */
static u32 compose_bottom(const struct rvkms_frame *frame, const struct run *run, u32 x, u32 end,
			  struct rvkms_pixel *line)
{
	const struct rvkms_layer *bottom = run->bottom;

	if (!bottom) {
		for (; x < end; x++)
			line[x] = frame->background;
		return run->above;
	}

	if (run->num_above && rvkms_layer_has_bytes(bottom) &&
	    is_plain_bytes(&frame->layers[run->above])) {
		add_bytes(&frame->layers[run->above], &run->above_part, bottom, &run->bottom_part,
			  x, end, line);
		return run->above + 1;
	}

	rvkms_layer_read(bottom, &run->bottom_part, x, end - x, line + x);

	return run->above;
}

/* Composes a part of a run. */
static void compose_run(const struct rvkms_frame *frame, u32 y, const struct run *run, u32 x,
			u32 end, struct rvkms_pixel *line)
{
	if (x == end)
		return;

	for (u32 i = compose_bottom(frame, run, x, end, line); i < frame->num_layers; i++) {
		const struct rvkms_layer *layer = &frame->layers[i];
		const struct rvkms_part part = rvkms_layer_part(layer, frame->width, y);

		if (!covers(&part, x))
			continue;

		/* Over a background that is not, pixels become opaque too: that is not hashed. */
		if (is_plain_bytes(layer))
			add_bytes_over(layer, &part, x, end, line);
		else
			add_pixels(layer, &part, x, end, line);
	}
}

/* What whole blocks of a run can be hashed as. */
enum content {
	CONTENT_PIXELS,		/* nothing else */
	CONTENT_BYTES,		/* a layer's bytes */
	CONTENT_LOOK_UP,	/* what the picture's pipeline has for a layer's bytes */
	CONTENT_BLEND,		/* one layer's bytes over another's */
	CONTENT_ROUNDED,	/* a layer's colours, rounded to bytes */
};

/* If nothing that has less than a byte is hashed. */
static enum content rounded_content(const struct rvkms_frame *frame, const struct run *run)
{
	const struct rvkms_layer *bottom = run->bottom;

	if (!bottom || run->num_above > 1)
		return CONTENT_PIXELS;

	if (frame->pipeline)
		return !run->num_above && rvkms_layer_has_bytes(bottom) &&
		       rvkms_color_is_lookup(frame->pipeline) ? CONTENT_LOOK_UP : CONTENT_PIXELS;

	if (run->num_above)
		return rvkms_layer_has_bytes(bottom) &&
		       is_plain_bytes(&frame->layers[run->above]) ? CONTENT_BLEND : CONTENT_PIXELS;

	return rvkms_layer_has_rounded(bottom) ? CONTENT_ROUNDED : CONTENT_PIXELS;
}

static enum content run_content(const struct rvkms_frame *frame, const struct run *run, u64 depth)
{
	if (run->bottom && !run->num_above && !frame->pipeline &&
	    rvkms_layer_has_bytes(run->bottom))
		return CONTENT_BYTES;

	return depth == 8 ? rounded_content(frame, run) : CONTENT_PIXELS;
}

/* A layer on a line, which has bytes or is rounded to some, and those, if they are in a strip. */
struct source {
	const struct rvkms_layer *layer;
	struct rvkms_part part;
	const u8 *bytes;
};

static struct source source_create(const struct rvkms_layer *layer, const struct rvkms_part *part,
				   u32 width, u32 y, struct rvkms_strip *strip)
{
	struct source source = { .layer = layer, .part = *part };

	if (rvkms_layer_has_bytes(layer))
		source.bytes = rvkms_strip_bytes(strip, layer, width, y, part);
	else
		source.bytes = rvkms_strip_rounded(strip, layer, width, y, part);

	return source;
}

/* @buffer has room for them. */
static const u8 *source_bytes(const struct source *source, u32 x, u32 count, u8 *buffer)
{
	if (source->bytes)
		return source->bytes + 4 * (size_t)(x - source->part.begin);

	return rvkms_layer_bytes(source->layer, &source->part, x, count, buffer);
}

/* The last two arguments of all of these: room for four bytes a pixel, and the hash. */
static void hash_rounded(const struct source *source, u32 x, u32 end, u8 *bytes,
			 struct rvkms_hash *hash)
{
	if (source->bytes) {
		rvkms_hash_add_bytes(hash, source_bytes(source, x, end - x, bytes), end - x);
		return;
	}

	rvkms_layer_rounded(source->layer, &source->part, x, end - x, bytes);
	rvkms_hash_add_bytes(hash, bytes, end - x);
}

static void hash_looked_up(const struct rvkms_color_pipeline *pipeline,
			   const struct source *source, u32 x, u32 end, u8 *bytes,
			   struct rvkms_hash *hash)
{
	u8 buffer[4 * PIECE_PIXELS];
	u32 count;

	for (; x < end; x += count) {
		count = min_t(u32, end - x, PIECE_PIXELS);
		rvkms_color_look_up(pipeline, source_bytes(source, x, count, buffer), bytes,
				    count);
		rvkms_hash_add_bytes(hash, bytes, count);
	}
}

static void hash_blended(const struct source *above, const struct source *below, u32 x, u32 end,
			 u8 *bytes, struct rvkms_hash *hash)
{
	u8 above_buffer[4 * PIECE_PIXELS], below_buffer[4 * PIECE_PIXELS];
	u32 count;

	for (; x < end; x += count) {
		count = min_t(u32, end - x, PIECE_PIXELS);
		rvkms_blend_bytes_rounded(source_bytes(above, x, count, above_buffer),
					  source_bytes(below, x, count, below_buffer), bytes,
					  count);
		rvkms_hash_add_bytes(hash, bytes, count);
	}
}

/* Hashes blocks of a run that are not to become pixels; the memory for those is free. */
static void hash_blocks(const struct rvkms_frame *frame, u32 y, const struct run *run,
			enum content content, u32 x, u32 end, struct rvkms_pixel *pixels,
			struct rvkms_strip *strip, struct rvkms_hash *hash)
{
	const struct source bottom = source_create(run->bottom, &run->bottom_part, frame->width, y,
						   strip);
	u8 *bytes = (u8 *)pixels;

	if (content == CONTENT_BYTES) {
		rvkms_hash_add_bytes(hash, source_bytes(&bottom, x, end - x, bytes), end - x);
	} else if (content == CONTENT_ROUNDED) {
		hash_rounded(&bottom, x, end, bytes, hash);
	} else if (content == CONTENT_LOOK_UP) {
		hash_looked_up(frame->pipeline, &bottom, x, end, bytes, hash);
	} else {
		const struct source above = source_create(&frame->layers[run->above],
							  &run->above_part, frame->width, y,
							  strip);

		hash_blended(&above, &bottom, x, end, bytes, hash);
	}
}

/* Hashes pixels that are composed, but for the picture's pipeline. */
static void hash_pixels(const struct rvkms_frame *frame, struct rvkms_pixel *pixels, u32 count,
			struct rvkms_hash *hash)
{
	if (!count)
		return;

	if (frame->pipeline)
		rvkms_color_apply(frame->pipeline, pixels, count);
	rvkms_hash_add_pixels(hash, pixels, count);
}

/**
 * rvkms_compose_hash_line - add one line of a picture to the picture's hash
 * @frame: the picture
 * @y: which line, from the top; past the last line there is only background
 * @line: room for @frame->width pixels, which may be used for anything
 * @strip: for all lines of this picture, and for no other
 * @hash: the hash of all the lines above
 *
 * The same as rvkms_compose_line() and rvkms_hash_add_line().
 */
void rvkms_compose_hash_line(const struct rvkms_frame *frame, u32 y, struct rvkms_pixel *line,
			     struct rvkms_strip *strip, struct rvkms_hash *hash)
{
	u32 hashed = 0;
	struct run run;

	for (u32 x = 0; x < frame->width; x = run.end) {
		enum content content;
		u64 begin, end;

		run = run_at(frame, y, x);
		content = run_content(frame, &run, hash->depth);
		begin = round_up((u64)x, RVKMS_HASH_BLOCK);
		end = run.end == frame->width ? run.end : round_down(run.end, RVKMS_HASH_BLOCK);

		if (begin < end && content != CONTENT_PIXELS) {
			compose_run(frame, y, &run, x, begin, line);
			hash_pixels(frame, line + hashed, begin - hashed, hash);
			hash_blocks(frame, y, &run, content, begin, end, line + begin, strip,
				    hash);
			hashed = end;
			x = end;
		}
		compose_run(frame, y, &run, x, run.end, line);
	}

	hash_pixels(frame, line + hashed, frame->width - hashed, hash);
	rvkms_hash_end_line(hash);
}
