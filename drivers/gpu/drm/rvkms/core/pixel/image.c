// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Reads and writes images. A walk reads pixels along a row or a column, in either direction, as
 * rotation and reflection need. It is clipped to the image once, here: the readers of the formats
 * neither check nor clamp.
 */

#include <linux/minmax.h>
#include <linux/types.h>

#include "image.h"

/* More than the length of any walk. */
#define FAR 0x200000000ll

/* Steps of a walk, from @begin up to @end. */
struct steps {
	s64 begin;
	s64 end;
};

/* Returns the steps after which @start has moved into 0 .. @size - 1. */
static struct steps steps_within(s64 start, s32 step, u32 size)
{
	const s64 at = clamp(start, -FAR, FAR);

	if (step > 0)
		return (struct steps){ -at, size - at };

	if (step < 0)
		return (struct steps){ at - size + 1, at + 1 };

	return (struct steps){ 0, at >= 0 && at < size ? FAR : 0 };
}

static bool is_unit_step(const struct rvkms_walk *walk)
{
	return (!walk->dx && (walk->dy == 1 || walk->dy == -1)) ||
	       (!walk->dy && (walk->dx == 1 || walk->dx == -1));
}

static bool image_is_complete(const struct rvkms_image *image)
{
	if (!image->format)
		return false;

	for (u32 i = 0; i < image->format->num_planes; i++) {
		if (!image->planes[i].data)
			return false;
	}

	return true;
}

/**
 * rvkms_image_bounds - return the readable pixels of an image
 * @image: the image
 *
 * An incomplete group of the format, at the right or at the lower edge, is not readable: some of
 * its samples are missing. An image without a format or without one of its planes has no readable
 * pixels.
 *
 * Returns:
 * A rectangle that starts at column 0 and row 0; width or height is 0 if there are none.
 */
struct rvkms_box rvkms_image_bounds(const struct rvkms_image *image)
{
	if (!image_is_complete(image))
		return (struct rvkms_box){};

	return (struct rvkms_box){
		.width = image->width - image->width % image->format->group_width,
		.height = image->height - image->height % image->format->group_height,
	};
}

/**
 * rvkms_walk_clip - clip a walk to a rectangle
 * @walk: the walk, with any values
 * @width: the rectangle has the columns 0 to @width - 1
 * @height: the rectangle has the rows 0 to @height - 1
 *
 * A walk has no part within the rectangle unless its steps are one pixel along one axis.
 *
 * Returns:
 * The part; its walk has no pixels if there is none.
 */
struct rvkms_image_part rvkms_walk_clip(const struct rvkms_walk *walk, u32 width, u32 height)
{
	struct steps across, down;
	s64 begin, end;

	if (!is_unit_step(walk))
		return (struct rvkms_image_part){};

	across = steps_within(walk->x, walk->dx, width);
	down = steps_within(walk->y, walk->dy, height);
	begin = max3(across.begin, down.begin, 0ll);
	end = min3(across.end, down.end, (s64)walk->count);
	if (begin >= end)
		return (struct rvkms_image_part){};

	return (struct rvkms_image_part){
		.walk = {
			.x = walk->x + begin * walk->dx,
			.y = walk->y + begin * walk->dy,
			.dx = walk->dx,
			.dy = walk->dy,
			.count = (u32)(end - begin),
		},
		.skipped = (u32)begin,
	};
}

/**
 * rvkms_image_clip - clip a walk to an image
 * @image: the image
 * @walk: the walk, with any values
 *
 * Returns:
 * The part that is within rvkms_image_bounds(), as from rvkms_walk_clip().
 */
struct rvkms_image_part rvkms_image_clip(const struct rvkms_image *image,
					 const struct rvkms_walk *walk)
{
	const struct rvkms_box bounds = rvkms_image_bounds(image);

	return rvkms_walk_clip(walk, bounds.width, bounds.height);
}

/**
 * rvkms_image_read - read pixels along a row or a column
 * @image: the image
 * @walk: the walk, with any values
 * @pixels: room for the walk's pixels. Pixels outside of the image, see rvkms_image_clip(), are not
 *          written
 */
void rvkms_image_read(const struct rvkms_image *image, const struct rvkms_walk *walk,
		      struct rvkms_pixel *pixels)
{
	const struct rvkms_image_part part = rvkms_image_clip(image, walk);

	if (part.walk.count)
		image->format->read(image, &part.walk, pixels + part.skipped);
}

static bool target_is_complete(const struct rvkms_target *target)
{
	if (!target->format || !target->format->write)
		return false;

	for (u32 i = 0; i < target->format->num_planes; i++) {
		if (!target->planes[i].data)
			return false;
	}

	return true;
}

/**
 * rvkms_target_write - write the next line of a frame
 * @target: the target
 * @y: number of the line, from the top
 * @line: the line's pixels, as many as the target is wide
 * @above: the pixels of the line above, for subsampled formats; ignored for line 0
 *
 * Writes nothing past the target's last row, nor to a target without memory or with a format that
 * is not a writeback format.
 */
void rvkms_target_write(const struct rvkms_target *target, u32 y, const struct rvkms_pixel *line,
			const struct rvkms_pixel *above)
{
	if (y < target->height && target_is_complete(target))
		target->format->write(target, y, line, above);
}
