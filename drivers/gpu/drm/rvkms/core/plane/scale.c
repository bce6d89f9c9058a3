// SPDX-License-Identifier: GPL-2.0
/*
 * A line of a scaled plane goes along rows or columns of the framebuffer, so that both are the
 * same here: "along" is the axis of the line, "across" the other one. Pixels are read in short runs
 * by the format's reader into a window, from which the line takes what it shows.
 *
 * Weights are of 8 bits, so that a sum over four pixels of 16 bits fits 32, and two channels of a
 * pixel are computed in one 64-bit number, without any rounding but the last.
 */

#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>

#include "../pixel/pixel.h"
#include "sampler.h"
#include "scale.h"

/* Pixels read at once: 512 bytes of stack for two lines of them, and for what they make up. */
#define WINDOW_PIXELS 16

/* From this many pixels a step on, most of a run would be read for nothing. */
#define SPARSE_STEP (5 * RVKMS_SAMPLER_ONE)

/* Every other channel of a pixel, and a half of a 256th of each, which rounds to nearest. */
#define CHANNELS 0x0000ffff0000ffffull
#define HALVES 0x0000008000000080ull

/*
 * Where in the framebuffer a line of the plane is: between two lines of it, which are rows or
 * columns, of which pixels @along can be read. @weight is how much counts the second, of 256.
 */
struct source {
	const struct rvkms_image *image;
	bool is_row;
	struct rvkms_extent along;
	u32 lines[2];
	u32 weight;
};

/*
 * One axis of a line: how it is scaled, which of the framebuffer's columns or rows can be read, and
 * the first of the scaled picture's that is asked for.
 */
struct axis {
	const struct rvkms_scaling *scaling;
	struct rvkms_extent readable;
	u32 pixel;
};

/* Two channels in the halves of a number, each times 256 and ready to be rounded down. */
struct sums {
	u64 b_r;
	u64 g_a;
};

static u32 clamp_to(s64 at, struct rvkms_extent extent)
{
	return clamp(at, (s64)extent.first, (s64)extent.last);
}

/*
 * Pixels @from and on of a line. Those at its ends go on beyond them: one pixel before the first,
 * where only the first of two taps can be, and as far behind the last as an image is too small.
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
 * How many pixels to read from where a sampler is, if there are @left pixels to make. All of them
 * are within the source rectangle, so that the sampler can go as far as the last one.
 */
static u32 run_length(const struct rvkms_sampler *sampler, u32 left, u32 num_taps)
{
	const u64 last = sampler->at + (left - 1) * sampler->step;

	if (sampler->step >= SPARSE_STEP)
		return num_taps;

	return min_t(u32, rvkms_sampler_index(last) + num_taps, WINDOW_PIXELS);
}

/* The sampler's first pixel becomes that at which it is. */
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
 * rvkms_scale_is_within - is a plane scaled by no more than a device is able to?
 * @at: where the plane is, with any values
 * @min_scale: least number of source pixels for a pixel of the CRTC, 16.16 fixed point
 * @max_scale: largest number of them
 *
 * The limits are those of drm_atomic_helper_check_plane_state(), for each axis by itself. Nothing
 * is rounded.
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

	/* Of a source rectangle outside of the image, there is the image's edge. */
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

/* In the direction of the framebuffer, whatever that of the line is. */
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

/* Pixels that are all within the scaled picture, of an image with pixels. */
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
 * rvkms_scale_read - pixels of a line of a scaled span
 * @image: what it shows
 * @span: the span, for which rvkms_span_is_scaled() is true
 * @filter: what it shows between the image's pixels; unknown values are RVKMS_FILTER_NEAREST
 * @line: which line, counted from the span's topmost one
 * @first: the first pixel, counted from the span's leftmost one
 * @count: how many pixels
 * @pixels: room for @count pixels, all of which are written
 *
 * Any values are allowed. The result does not depend on how a line is divided into calls. What is
 * not part of the scaled picture, and everything if nothing can be read of the image, is all zero:
 * neither happens to a plane that was checked.
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
