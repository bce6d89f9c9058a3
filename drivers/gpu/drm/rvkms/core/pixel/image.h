/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_PIXEL_IMAGE_H
#define RVKMS_CORE_PIXEL_IMAGE_H

#include <linux/types.h>

#include "format.h"
#include "walk.h"
#include "yuv.h"

/**
 * struct rvkms_image_plane - one plane of an image in memory
 * @data: its first row
 * @pitch: bytes from one row to the next
 */
struct rvkms_image_plane {
	const u8 *data;
	u32 pitch;
};

/**
 * struct rvkms_image - a framebuffer in memory
 * @format: how its pixels are laid out
 * @planes: where they are; as many planes as the format has, in as many buffers as you like
 * @width: pixels a row
 * @height: rows
 * @encoding: for luma and chroma, the matrix
 * @range: for luma and chroma, the range
 * @palette: for indices, 256 colours, of which opacity does not count; NULL to read an index as
 *           grey, the highest as white
 *
 * A plane has as many rows as the image has, or for subsampled chroma that many less, rounded up.
 * The bytes that drm_format_info_min_pitch() wants of each row can be read.
 */
struct rvkms_image {
	const struct rvkms_format *format;
	struct rvkms_image_plane planes[RVKMS_MAX_PLANES];
	u32 width;
	u32 height;
	enum rvkms_encoding encoding;
	enum rvkms_range range;
	const struct rvkms_pixel *palette;
};

/**
 * struct rvkms_target_plane - one plane of an image that is written
 * @data: its first row
 * @pitch: bytes from one row to the next
 */
struct rvkms_target_plane {
	u8 *data;
	u32 pitch;
};

/**
 * struct rvkms_target - a framebuffer in memory that is written, as an image is read
 * @format: how its pixels are laid out
 * @planes: where they are
 * @width: pixels a row
 * @height: rows
 */
struct rvkms_target {
	const struct rvkms_format *format;
	struct rvkms_target_plane planes[RVKMS_MAX_PLANES];
	u32 width;
	u32 height;
};

/**
 * struct rvkms_image_part - the part of a walk that is within an image or another rectangle
 * @walk: the part
 * @skipped: how many pixels of the walk are before it
 */
struct rvkms_image_part {
	struct rvkms_walk walk;
	u32 skipped;
};

/*
 * Where in a plane something is, given the bytes from one column to the next; or how far from one
 * step of a walk to the next. Both are modulo the size of the address space, so that a step can
 * go back.
 */
static inline size_t rvkms_plane_offset(u32 pitch, s64 x, s64 y, u8 bytes)
{
	return (size_t)y * pitch + (size_t)x * bytes;
}

struct rvkms_box rvkms_image_bounds(const struct rvkms_image *image);
struct rvkms_image_part rvkms_walk_clip(const struct rvkms_walk *walk, u32 width, u32 height);
struct rvkms_image_part rvkms_image_clip(const struct rvkms_image *image,
					 const struct rvkms_walk *walk);
void rvkms_image_read(const struct rvkms_image *image, const struct rvkms_walk *walk,
		      struct rvkms_pixel *pixels);
void rvkms_target_write(const struct rvkms_target *target, u32 y, const struct rvkms_pixel *line,
			const struct rvkms_pixel *above);

#endif /* RVKMS_CORE_PIXEL_IMAGE_H */
