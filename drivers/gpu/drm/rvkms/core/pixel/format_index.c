// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Reads formats with pixels of 1, 2, 4 or 8 bits. The first pixel of a byte is in its uppermost
 * bits. A pixel is an index into a palette, a brightness or a darkness.
 */

#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "format_index.h"
#include "image.h"
#include "unorm.h"

/* Returns the pixel of a column, of the byte that has it. */
static u8 value_at(u8 byte, s64 column, u8 bits)
{
	const u32 pixels_a_byte = 8 / bits;
	const u32 place = column & (pixels_a_byte - 1);

	return byte >> (8 - bits - place * bits) & rvkms_unorm_max(bits);
}

static struct rvkms_pixel grey(u16 c)
{
	return (struct rvkms_pixel){ .b = c, .g = c, .r = c, .a = U16_MAX };
}

static void read_values(const struct rvkms_image *image, const struct rvkms_walk *walk,
			struct rvkms_pixel *pixels)
{
	const struct rvkms_index_layout layout = image->format->index;
	const struct rvkms_image_plane *plane = &image->planes[0];
	const struct rvkms_pixel *palette = layout.has_palette ? image->palette : NULL;
	const u64 widener = rvkms_unorm_widener(layout.bits);
	const u8 flip = layout.is_dark ? rvkms_unorm_max(layout.bits) : 0;
	s64 x = walk->x;
	s64 y = walk->y;

	for (u32 i = 0; i < walk->count; i++, x += walk->dx, y += walk->dy) {
		const u8 byte = plane->data[rvkms_plane_offset(plane->pitch, x * layout.bits / 8,
							       y, 1)];
		const u8 value = value_at(byte, x, layout.bits);

		pixels[i] = palette ? palette[value]
				    : grey(rvkms_unorm_scale(value ^ flip, widener));
		pixels[i].a = U16_MAX;
	}
}

#define FORMAT(_code, _bits, ...)								\
	.fourcc = DRM_FORMAT_##_code, .num_planes = 1, .group_width = 1, .group_height = 1,	\
	.index = { .bits = _bits, __VA_ARGS__ }, .read = read_values

static const struct rvkms_format formats[] = {
	{ FORMAT(C1, 1, .has_palette = true) },
	{ FORMAT(C2, 2, .has_palette = true) },
	{ FORMAT(C4, 4, .has_palette = true) },
	{ FORMAT(C8, 8, .has_palette = true) },
	{ FORMAT(R1, 1) },
	{ FORMAT(R2, 2) },
	{ FORMAT(R4, 4) },
	{ FORMAT(R8, 8) },
	{ FORMAT(D1, 1, .is_dark = true) },
	{ FORMAT(D2, 2, .is_dark = true) },
	{ FORMAT(D4, 4, .is_dark = true) },
	{ FORMAT(D8, 8, .is_dark = true) },
};

const struct rvkms_format_list rvkms_index_formats = { formats, ARRAY_SIZE(formats) };
