// SPDX-License-Identifier: GPL-2.0
/*
 * Formats are little endian by definition (drm_fourcc.h), so pixels are taken apart byte by byte
 * or through get_unaligned_le*(), never through a cast.
 */

#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include <uapi/drm/drm_fourcc.h>

#include "format.h"

/* 255 * 257 = 65535: exact, and the inverse of narrow(). */
static u16 widen(u8 c)
{
	return c * 257;
}

/* round(c / 257), without a division; a test compares all 65,536 values. */
static u8 narrow(u16 c)
{
	return (c * 255u + 32895) >> 16;
}

static struct rvkms_pixel unpack_8888(u32 packed)
{
	return (struct rvkms_pixel){
		.b = widen(packed & 0xff),
		.g = widen(packed >> 8 & 0xff),
		.r = widen(packed >> 16 & 0xff),
		.a = widen(packed >> 24),
	};
}

static void read_argb8888(const u8 *memory, u32 count, struct rvkms_pixel *pixels)
{
	for (u32 i = 0; i < count; i++)
		pixels[i] = unpack_8888(get_unaligned_le32(memory + 4 * (size_t)i));
}

static void read_xrgb8888(const u8 *memory, u32 count, struct rvkms_pixel *pixels)
{
	for (u32 i = 0; i < count; i++)
		pixels[i] = unpack_8888(get_unaligned_le32(memory + 4 * (size_t)i) | 0xff000000);
}

/* The padding byte is written as ones: a reader that takes it for alpha sees an opaque picture. */
static void write_xrgb8888(const struct rvkms_pixel *pixels, u32 count, u8 *memory)
{
	for (u32 i = 0; i < count; i++) {
		const u32 packed = 0xff000000 | (u32)narrow(pixels[i].r) << 16 |
				   (u32)narrow(pixels[i].g) << 8 | narrow(pixels[i].b);

		put_unaligned_le32(packed, memory + 4 * (size_t)i);
	}
}

/* Primary planes offer formats in this order; clients without a preference take the first. */
static const struct rvkms_format formats[] = {
	{ DRM_FORMAT_XRGB8888, 4, false, read_xrgb8888, write_xrgb8888 },
	{ DRM_FORMAT_ARGB8888, 4, true, read_argb8888, NULL },
};

/**
 * rvkms_format_find - look a format up
 * @fourcc: DRM_FORMAT_*, or any other value
 *
 * Returns:
 * The format, NULL if it cannot be read.
 */
const struct rvkms_format *rvkms_format_find(u32 fourcc)
{
	for (u32 i = 0; i < ARRAY_SIZE(formats); i++) {
		if (formats[i].fourcc == fourcc)
			return &formats[i];
	}

	return NULL;
}

/**
 * rvkms_format_list_readable - the formats planes can show
 * @fourccs: where to put them; may be NULL if @max is 0
 * @max: how many there is room for
 *
 * Returns:
 * How many there are, which may be more than @max.
 */
u32 rvkms_format_list_readable(u32 *fourccs, u32 max)
{
	for (u32 i = 0; i < ARRAY_SIZE(formats) && i < max; i++)
		fourccs[i] = formats[i].fourcc;

	return ARRAY_SIZE(formats);
}

/**
 * rvkms_format_list_writable - the formats writeback can produce
 * @fourccs: where to put them; may be NULL if @max is 0
 * @max: how many there is room for
 *
 * Returns:
 * How many there are, which may be more than @max.
 */
u32 rvkms_format_list_writable(u32 *fourccs, u32 max)
{
	u32 count = 0;

	for (u32 i = 0; i < ARRAY_SIZE(formats); i++) {
		if (!formats[i].write)
			continue;

		if (count < max)
			fourccs[count] = formats[i].fourcc;
		count++;
	}

	return count;
}
