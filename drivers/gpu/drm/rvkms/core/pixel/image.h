/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
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
 * @format: the layout of its pixels
 * @planes: the planes of the format, which may be in one buffer or in several
 * @width: pixels per row
 * @height: number of rows
 * @encoding: the matrix of a YUV format
 * @range: the range of a YUV format
 * @palette: 256 colours for indices, without alpha; NULL to read an index as grey, the highest one
 *           as white
 *
 * A plane has as many rows as the image, divided by the vertical subsampling and rounded up. In
 * each row, the bytes of drm_format_info_min_pitch() are readable.
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
 * struct rvkms_target - a framebuffer in memory to write
 * @format: the layout of its pixels
 * @planes: the planes of the format
 * @width: pixels per row
 * @height: number of rows
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
 * @skipped: number of pixels of the walk before the part
 */
struct rvkms_image_part {
	struct rvkms_walk walk;
	u32 skipped;
};

/*
 * Returns the offset in a plane of column @x and row @y, with @bytes from one column to the next;
 * or of a step of @x columns and @y rows. Offsets are modulo the size of the address space, so that
 * a step can be negative.
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
