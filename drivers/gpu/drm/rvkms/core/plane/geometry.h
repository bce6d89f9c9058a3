/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PLANE_GEOMETRY_H
#define RVKMS_CORE_PLANE_GEOMETRY_H

#include <linux/types.h>

#include "../pixel/walk.h"
#include "sampler.h"

/**
 * struct rvkms_placement - the source and destination rectangles and the rotation of a plane
 * @src_x: left edge in the framebuffer, 16.16 fixed point, pixels
 * @src_y: top edge in the framebuffer, 16.16 fixed point, pixels
 * @src_w: width in the framebuffer, 16.16 fixed point, pixels
 * @src_h: height in the framebuffer, 16.16 fixed point, pixels
 * @dst_x: left edge on the CRTC, pixels
 * @dst_y: top edge on the CRTC, pixels
 * @dst_w: width on the CRTC, pixels
 * @dst_h: height on the CRTC, pixels
 * @rotation: DRM_MODE_ROTATE_* and DRM_MODE_REFLECT_*
 *
 * The SRC_*, CRTC_* and rotation properties of a plane, as in the DRM property documentation.
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
	u32 rotation;
};

/**
 * struct rvkms_span - the visible part of a plane
 * @src_x: framebuffer column that is shown at column @x of line @y, pixels
 * @src_y: framebuffer row that is shown at column @x of line @y, pixels
 * @x: leftmost column on the CRTC
 * @y: topmost line on the CRTC
 * @width: number of columns, 0 if nothing is visible
 * @height: number of lines, 0 if nothing is visible
 * @rotation: DRM_MODE_ROTATE_* and DRM_MODE_REFLECT_*: the directions from @src_x and @src_y on
 * @columns: the scaling of the framebuffer's columns
 * @rows: the scaling of the framebuffer's rows
 *
 * A scaled plane shows the scaled source: the source rectangle, scaled to @columns.dst_size x
 * @rows.dst_size pixels, before reflection and rotation. @src_x and @src_y are then a column and a
 * row of the scaled source, which is never in memory: rvkms_scale_read() samples pixels on request.
 */
struct rvkms_span {
	u32 src_x;
	u32 src_y;
	u32 x;
	u32 y;
	u32 width;
	u32 height;
	u32 rotation;
	struct rvkms_scaling columns;
	struct rvkms_scaling rows;
};

bool rvkms_rotation_is_valid(u32 rotation);
bool rvkms_rotation_swaps_axes(u32 rotation);
bool rvkms_span_is_empty(const struct rvkms_span *span);
bool rvkms_span_is_scaled(const struct rvkms_span *span);
struct rvkms_walk rvkms_span_walk(const struct rvkms_span *span, u32 line);
struct rvkms_box rvkms_span_source(const struct rvkms_span *span);
struct rvkms_span rvkms_geometry_clip(const struct rvkms_placement *at, u32 width, u32 height);

#endif /* RVKMS_CORE_PLANE_GEOMETRY_H */
