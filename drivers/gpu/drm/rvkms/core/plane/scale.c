// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Samples scaled planes. A line of a scaled plane goes along a row or a column of the framebuffer.
 * Both are handled by the same code: "along" is the axis of the line, "across" is the other axis.
 * The format's reader reads short runs into a window, from which the pixels of the line are
 * sampled.
 *
 * Weights have 8 bits: a sum over four pixels of 16 bits fits 32, and two channels of a pixel are
 * computed in one 64-bit number. Only the result is rounded.
 */

#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>

#include "../pixel/pixel.h"
#include "sampler.h"
#include "scale.h"

/* Pixels read at once: two lines of them and their sums take 512 bytes of stack. */
#define WINDOW_PIXELS 16

/* With steps of at least this length, most pixels of a run would not be used. */
#define SPARSE_STEP (5 * RVKMS_SAMPLER_ONE)

/* Every other channel of a pixel; one half of 1 / 256 of each, for rounding to nearest. */
#define CHANNELS 0x0000ffff0000ffffull
#define HALVES 0x0000008000000080ull

/*
 * The source of a line of the plane: two rows or columns of the framebuffer, @lines, of which the
 * pixels @along are readable. The second one has the weight @weight / 256.
 */
struct source {
	const struct rvkms_image *image;
	bool is_row;
	struct rvkms_extent along;
	u32 lines[2];
	u32 weight;
};

/*
 * One axis of a line: its scaling, the readable columns or rows of the framebuffer, and the first
 * requested pixel of the scaled source.
 */
struct axis {
	const struct rvkms_scaling *scaling;
	struct rvkms_extent readable;
	u32 pixel;
};

/* Two channels per number, one in each half, times 256, with the summand for rounding. */
struct sums {
	u64 b_r;
	u64 g_a;
};

static u32 clamp_to(s64 at, struct rvkms_extent extent)
{
	return clamp(at, (s64)extent.first, (s64)extent.last);
}

/*
 * Reads @count pixels from @from on. Positions outside of the source repeat its edge pixel: at most
 * one before the first pixel, any number after the last.
 */
static void read_run(const struct source *source, u32 line, s64 from, u32 count,
		     struct rvkms_pixel *pixels)
{
	const u32 first = clamp_to(from, source->along);
	const u32 length = clamp_to(from + count - 1, source->along) - first + 1;
	const u32 before = from < source->along.first;
	const struct rvkms_walk walk = {
		.x = source->is_row ? first : line,
		.y = source->is_row ? line : first,
		.dx = source->is_row,
		.dy = !source->is_row,
		.count = length,
	};

	source->image->format->read(source->image, &walk, pixels + before);
	if (before)
		pixels[0] = pixels[1];
	for (u32 i = before + length; i < count; i++)
		pixels[i] = pixels[i - 1];
}

/*
 * Returns the number of pixels to read from the sampler's position on, with @left pixels to sample.
 * All of these are within the source rectangle, so that the sampler can advance to the last one.
 */
static u32 run_length(const struct rvkms_sampler *sampler, u32 left, u32 num_taps)
{
	const u64 last = sampler->at + (left - 1) * sampler->step;

	if (sampler->step >= SPARSE_STEP)
		return num_taps;

	return min_t(u32, rvkms_sampler_index(last) + num_taps, WINDOW_PIXELS);
}

/* Makes the pixel at the sampler's position its first pixel. */
static void rebase(struct rvkms_sampler *sampler)
{
	sampler->first += rvkms_sampler_index(sampler->at);
	sampler->at %= RVKMS_SAMPLER_ONE;
}

static void make_nearest(const struct source *source, struct rvkms_sampler sampler, u32 count,
			 struct rvkms_pixel *pixels, s32 direction)
{
	struct rvkms_pixel window[WINDOW_PIXELS];
	u32 length = 0;

	for (u32 left = count; left; left--, pixels += direction) {
		if (rvkms_sampler_index(sampler.at) >= length) {
			rebase(&sampler);
			length = run_length(&sampler, left, 1);
			read_run(source, source->lines[0], sampler.first, length, window);
		}
		*pixels = window[rvkms_sampler_index(sampler.at)];
		sampler.at += sampler.step;
	}
}

static u64 mix(u64 p, u64 q, u32 weight)
{
	return p * (256 - weight) + q * weight;
}

static struct sums mix_lines(struct rvkms_pixel first, struct rvkms_pixel second, u32 weight)
{
	const u64 p = rvkms_pixel_channels(first);
	const u64 q = rvkms_pixel_channels(second);

	return (struct sums){
		.b_r = mix(p & CHANNELS, q & CHANNELS, weight) + HALVES,
		.g_a = mix(p >> 16 & CHANNELS, q >> 16 & CHANNELS, weight) + HALVES,
	};
}

static struct rvkms_pixel mix_sums(const struct sums *left, const struct sums *right, u32 weight)
{
	const u64 b_r = mix(left->b_r, right->b_r, weight);
	const u64 g_a = mix(left->g_a, right->g_a, weight);
	const u64 number = (b_r >> 16 & CHANNELS) | (g_a & ~CHANNELS);

	return (struct rvkms_pixel){
		.b = number & 0xffff,
		.g = number >> 16 & 0xffff,
		.r = number >> 32 & 0xffff,
		.a = number >> 48,
	};
}

static void read_sums(const struct source *source, s64 from, u32 count, struct sums *sums)
{
	struct rvkms_pixel first[WINDOW_PIXELS], second[WINDOW_PIXELS];
	const struct rvkms_pixel *other = source->weight ? second : first;

	read_run(source, source->lines[0], from, count, first);
	if (source->weight)
		read_run(source, source->lines[1], from, count, second);

	for (u32 i = 0; i < count; i++)
		sums[i] = mix_lines(first[i], other[i], source->weight);
}

static void make_bilinear(const struct source *source, struct rvkms_sampler sampler, u32 count,
			  struct rvkms_pixel *pixels, s32 direction)
{
	struct sums window[WINDOW_PIXELS];
	u32 length = 0;

	for (u32 left = count; left; left--, pixels += direction) {
		const struct sums *sums;

		if (rvkms_sampler_index(sampler.at) + 1 >= length) {
			rebase(&sampler);
			length = run_length(&sampler, left, 2);
			read_sums(source, sampler.first, length, window);
		}
		sums = &window[rvkms_sampler_index(sampler.at)];
		*pixels = mix_sums(&sums[0], &sums[1], rvkms_sampler_weight(sampler.at));
		sampler.at += sampler.step;
	}
}

/**
 * rvkms_scale_is_within - check the scaling of a plane against limits
 * @at: the placement of the plane, with any values
 * @min_scale: smallest number of source pixels per pixel of the CRTC, 16.16 fixed point
 * @max_scale: largest number of source pixels per pixel of the CRTC, 16.16 fixed point
 *
 * The limits have the meaning of drm_atomic_helper_check_plane_state(), for each axis separately.
 * Nothing is rounded.
 *
 * Returns:
 * True if both axes are within the limits.
 */
bool rvkms_scale_is_within(const struct rvkms_placement *at, u32 min_scale, u32 max_scale)
{
	const bool is_swapped = rvkms_rotation_swaps_axes(at->rotation);
	const u64 columns = is_swapped ? at->dst_h : at->dst_w;
	const u64 rows = is_swapped ? at->dst_w : at->dst_h;

	return at->src_w >= columns * min_scale && at->src_w <= columns * max_scale &&
	       at->src_h >= rows * min_scale && at->src_h <= rows * max_scale;
}

static struct axis axis_at(const struct rvkms_scaling *scaling, u32 image_size, s64 pixel)
{
	const struct rvkms_extent source = rvkms_scaling_source(scaling);

	/* A source rectangle outside of the image is clamped to the image's edge. */
	return (struct axis){
		.scaling = scaling,
		.readable = { min(source.first, image_size - 1), min(source.last, image_size - 1) },
		.pixel = pixel,
	};
}

static struct source source_of(const struct rvkms_image *image, bool is_row,
			       const struct axis *along, const struct axis *across,
			       enum rvkms_filter filter)
{
	const struct rvkms_sampler at =
		rvkms_sampler_at(across->scaling, across->pixel, filter);

	return (struct source){
		.image = image,
		.is_row = is_row,
		.along = along->readable,
		.lines = {
			clamp_to(at.first, across->readable),
			clamp_to(at.first + 1, across->readable),
		},
		.weight = rvkms_sampler_weight(at.at),
	};
}

/* Samples in ascending order of the framebuffer, and writes pixels in @direction. */
static void make_line(const struct source *source, const struct axis *along,
		      enum rvkms_filter filter, u32 count, struct rvkms_pixel *pixels,
		      s32 direction)
{
	const bool is_long = along->scaling->dst_size > RVKMS_SAMPLER_MAX_SIZE;
	const u32 most = is_long ? 1 : RVKMS_SAMPLER_PIXELS;
	void (*make)(const struct source *source, struct rvkms_sampler sampler, u32 count,
		     struct rvkms_pixel *pixels, s32 direction) =
		filter == RVKMS_FILTER_BILINEAR ? make_bilinear : make_nearest;

	for (u32 done = 0; done < count; done += most)
		make(source, rvkms_sampler_at(along->scaling, along->pixel + done, filter),
		     min(most, count - done), pixels + (s64)direction * done, direction);
}

/* Samples a walk within the scaled source. The image has readable pixels. */
static void make_walk(const struct rvkms_image *image, const struct rvkms_box *bounds,
		      const struct rvkms_span *span, enum rvkms_filter filter,
		      const struct rvkms_walk *walk, struct rvkms_pixel *pixels)
{
	const s32 direction = walk->dx + walk->dy;
	const u32 back = direction < 0 ? walk->count - 1 : 0;
	const bool is_row = walk->dx;
	const struct axis columns = axis_at(&span->columns, bounds->width,
					    walk->x - (is_row ? back : 0));
	const struct axis rows = axis_at(&span->rows, bounds->height,
					 walk->y - (is_row ? 0 : back));
	const struct axis *along = is_row ? &columns : &rows;
	const struct axis *across = is_row ? &rows : &columns;
	const struct source source = source_of(image, is_row, along, across, filter);

	make_line(&source, along, filter, walk->count, pixels + back, direction);
}

/**
 * rvkms_scale_read - sample pixels of a line of a scaled span
 * @image: the image
 * @span: the span, for which rvkms_span_is_scaled() is true
 * @filter: the filter; unknown values are RVKMS_FILTER_NEAREST
 * @line: number of the line, from the span's topmost one
 * @first: number of the first pixel, from the span's leftmost one
 * @count: number of pixels
 * @pixels: room for @count pixels, all of which are written
 *
 * Any values are allowed. The result does not depend on how a line is divided into calls. Pixels
 * outside of the scaled source are zero, and so are all pixels of an unreadable image. Neither
 * occurs with a plane that was checked.
 */
void rvkms_scale_read(const struct rvkms_image *image, const struct rvkms_span *span,
		      enum rvkms_filter filter, u32 line, u32 first, u32 count,
		      struct rvkms_pixel *pixels)
{
	const struct rvkms_box bounds = rvkms_image_bounds(image);
	const bool is_readable = bounds.width && bounds.height;
	struct rvkms_walk walk = rvkms_span_walk(span, line);
	struct rvkms_image_part part;

	walk.x += (s64)first * walk.dx;
	walk.y += (s64)first * walk.dy;
	walk.count = count;
	part = rvkms_walk_clip(&walk, span->columns.dst_size, span->rows.dst_size);
	if (!is_readable || part.walk.count < count)
		memset(pixels, 0, (size_t)count * sizeof(*pixels));

	if (is_readable)
		make_walk(image, &bounds, span, filter, &part.walk, pixels + part.skipped);
}
