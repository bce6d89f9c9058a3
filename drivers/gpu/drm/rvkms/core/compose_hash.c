// SPDX-License-Identifier: GPL-2.0
/*
 * The same picture as compose.c makes, for those who want its hash alone. A line is taken apart
 * into runs of columns that the same layers cover. What is below a layer that hides it is not
 * looked at. Where that layer is on top, and has eight bits a channel, the run is hashed from the
 * image, without becoming pixels; all other runs are composed, in place.
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
 * others below, and is NULL if the background is seen; the others are from @above on.
 */
struct run {
	u32 end;
	const struct rvkms_layer *bottom;
	u32 above;
};

static struct run run_at(const struct rvkms_frame *frame, u32 y, u32 x)
{
	struct run run = { .end = frame->width, .above = frame->num_layers };

	if (y >= frame->height)
		return run;

	for (u32 i = frame->num_layers; i--;) {
		const struct rvkms_layer *layer = &frame->layers[i];
		const struct rvkms_part part = rvkms_layer_part(layer, frame->width, y);

		if (part.end <= x)
			continue;
		if (part.begin > x) {
			run.end = min(run.end, part.begin);
			continue;
		}

		run.end = min(run.end, part.end);
		if (rvkms_layer_hides(layer)) {
			run.bottom = layer;
			break;
		}
		run.above = i;
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
static u32 compose_bottom(const struct rvkms_frame *frame, u32 y, const struct run *run, u32 x,
			  u32 end, struct rvkms_pixel *line)
{
	const struct rvkms_layer *bottom = run->bottom;
	struct rvkms_part part;

	if (!bottom) {
		for (; x < end; x++)
			line[x] = frame->background;
		return run->above;
	}

	part = rvkms_layer_part(bottom, frame->width, y);
	if (run->above < frame->num_layers && rvkms_layer_has_bytes(bottom) &&
	    is_plain_bytes(&frame->layers[run->above])) {
		const struct rvkms_layer *above = &frame->layers[run->above];
		const struct rvkms_part above_part = rvkms_layer_part(above, frame->width, y);

		add_bytes(above, &above_part, bottom, &part, x, end, line);
		return run->above + 1;
	}

	rvkms_layer_read(bottom, &part, x, end - x, line + x);

	return run->above;
}

/* Composes a part of a run. */
static void compose_run(const struct rvkms_frame *frame, u32 y, const struct run *run, u32 x,
			u32 end, struct rvkms_pixel *line)
{
	if (x == end)
		return;

	for (u32 i = compose_bottom(frame, y, run, x, end, line); i < frame->num_layers; i++) {
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

/* Whether a run has eight bits a channel because nothing is done with it. */
static bool run_is_bytes(const struct rvkms_frame *frame, const struct run *run)
{
	return !frame->pipeline && run->bottom && run->above == frame->num_layers &&
	       rvkms_layer_has_bytes(run->bottom);
}

/* The bytes of a part of a run that has nothing else; @buffer has room for them. */
static const u8 *run_bytes(const struct rvkms_frame *frame, u32 y, const struct run *run, u32 x,
			   u32 end, struct rvkms_strip *strip, u8 *buffer)
{
	const struct rvkms_part part = rvkms_layer_part(run->bottom, frame->width, y);
	const u8 *bytes = rvkms_strip_bytes(strip, run->bottom, frame->width, y, &part);

	if (bytes)
		return bytes + 4 * (size_t)(x - part.begin);

	return rvkms_layer_bytes(run->bottom, &part, x, end - x, buffer);
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
		u64 begin, end;

		run = run_at(frame, y, x);
		begin = round_up((u64)x, RVKMS_HASH_BLOCK);
		end = run.end == frame->width ? run.end : round_down(run.end, RVKMS_HASH_BLOCK);

		if (begin < end && run_is_bytes(frame, &run)) {
			compose_run(frame, y, &run, x, begin, line);
			rvkms_hash_add_pixels(hash, line + hashed, begin - hashed);
			rvkms_hash_add_bytes(hash, run_bytes(frame, y, &run, begin, end, strip,
							     (u8 *)(line + begin)),
					     end - begin);
			hashed = end;
			x = end;
		}
		compose_run(frame, y, &run, x, run.end, line);
	}

	if (frame->pipeline)
		rvkms_color_apply(frame->pipeline, line, frame->width);
	rvkms_hash_add_pixels(hash, line + hashed, frame->width - hashed);
	rvkms_hash_end_line(hash);
}
