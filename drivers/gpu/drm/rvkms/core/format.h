/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_FORMAT_H
#define RVKMS_CORE_FORMAT_H

#include <linux/types.h>

/**
 * struct rvkms_pixel - a pixel as the composer sees it
 * @b: blue
 * @g: green
 * @r: red
 * @a: opacity
 *
 * Each channel is a 16-bit unorm: 0 is none, 65535 is full. Colours of pixels that are not opaque
 * are premultiplied, unless said otherwise.
 */
struct rvkms_pixel {
	u16 b;
	u16 g;
	u16 r;
	u16 a;
};

/**
 * struct rvkms_format - how pixels are laid out in memory
 * @fourcc: DRM_FORMAT_*
 * @cpp: bytes a pixel
 * @has_alpha: pixels may be translucent; all others read as opaque
 * @read: turn @count pixels in memory into composer pixels
 * @write: turn @count composer pixels into pixels in memory, each channel rounded to nearest;
 *         NULL for formats that are not writeback formats
 */
struct rvkms_format {
	u32 fourcc;
	u8 cpp;
	bool has_alpha;
	void (*read)(const u8 *memory, u32 count, struct rvkms_pixel *pixels);
	void (*write)(const struct rvkms_pixel *pixels, u32 count, u8 *memory);
};

const struct rvkms_format *rvkms_format_find(u32 fourcc);
u32 rvkms_format_list_readable(u32 *fourccs, u32 max);
u32 rvkms_format_list_writable(u32 *fourccs, u32 max);

#endif /* RVKMS_CORE_FORMAT_H */
