/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_GEOMETRY_H
#define RVKMS_CORE_GEOMETRY_H

#include <linux/types.h>

/**
 * struct rvkms_placement - which part of a framebuffer a plane shows, and where
 * @src_x: left edge in the framebuffer, 16.16 fixed point, pixels
 * @src_y: top edge in the framebuffer, 16.16 fixed point, pixels
 * @src_w: width in the framebuffer, 16.16 fixed point, pixels
 * @src_h: height in the framebuffer, 16.16 fixed point, pixels
 * @dst_x: left edge on the CRTC, pixels
 * @dst_y: top edge on the CRTC, pixels
 * @dst_w: width on the CRTC, pixels
 * @dst_h: height on the CRTC, pixels
 *
 * The SRC_* and CRTC_* properties of a plane, as the DRM property documentation has them.
 */
struct rvkms_placement {
	u32 src_x;
	u32 src_y;
	u32 src_w;
	u32 src_h;
	s32 dst_x;
	s32 dst_y;
	u32 dst_w;
	u32 dst_h;
};

/**
 * struct rvkms_span - the visible part of a plane
 * @src_x: framebuffer column that is shown at column @x, pixels
 * @src_y: framebuffer row that is shown on line @y, pixels
 * @x: leftmost column on the CRTC
 * @y: topmost line on the CRTC
 * @width: how many columns, 0 if nothing is visible
 * @height: how many lines, 0 if nothing is visible
 */
struct rvkms_span {
	u32 src_x;
	u32 src_y;
	u32 x;
	u32 y;
	u32 width;
	u32 height;
};

bool rvkms_span_is_empty(const struct rvkms_span *span);
struct rvkms_span rvkms_geometry_clip(const struct rvkms_placement *at, u32 width, u32 height);

#endif /* RVKMS_CORE_GEOMETRY_H */
