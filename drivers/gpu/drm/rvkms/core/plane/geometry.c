// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Clips planes. A plane is reflected, then rotated counter-clockwise, as in the documentation of
 * the rotation property. From the view of the CRTC, the rotation only selects the corner of the
 * framebuffer at which the plane starts, and the directions of the axes from there.
 *
 * drm_rect_clip_scaled() is not used: it rounds the source of a clipped plane that is scaled.
 */

#include <linux/minmax.h>
#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "geometry.h"

/* One axis of the CRTC: start and length of a span, and the pixels that were cut off before it. */
struct axis {
	u32 begin;
	u32 length;
	s64 skipped;
};

/* Steps in the framebuffer per column and per line of the CRTC. */
struct way {
	s32 right_x;
	s32 right_y;
	s32 down_x;
	s32 down_y;
};

static struct axis clip_axis(s32 dst, u32 length, u32 limit)
{
	const s64 begin = max_t(s64, dst, 0);
	const s64 end = min_t(s64, (s64)dst + length, limit);

	if (begin >= end)
		return (struct axis){};

	return (struct axis){
		.begin = (u32)begin,
		.length = (u32)(end - begin),
		.skipped = begin - dst,
	};
}

/* The lowest of several angles is used, 0 degrees if there is none. */
static struct way way_of(u32 rotation)
{
	struct way way = { 1, 0, 0, 1 };

	if (rotation & DRM_MODE_ROTATE_0)
		way = (struct way){ 1, 0, 0, 1 };
	else if (rotation & DRM_MODE_ROTATE_90)
		way = (struct way){ 0, 1, -1, 0 };
	else if (rotation & DRM_MODE_ROTATE_180)
		way = (struct way){ -1, 0, 0, -1 };
	else if (rotation & DRM_MODE_ROTATE_270)
		way = (struct way){ 0, -1, 1, 0 };

	if (rotation & DRM_MODE_REFLECT_X) {
		way.right_x = -way.right_x;
		way.down_x = -way.down_x;
	}
	if (rotation & DRM_MODE_REFLECT_Y) {
		way.right_y = -way.right_y;
		way.down_y = -way.down_y;
	}

	return way;
}

/*
 * Returns the row or column of the scaled source, before rotation, that is shown in the upper left
 * corner of a span. @right and @down are the steps on this axis: negative ones start at the far
 * end.
 */
static u32 corner(s32 right, s32 down, const struct rvkms_placement *at, const struct axis *h,
		  const struct axis *v)
{
	const s64 length = right ? at->dst_w : at->dst_h;
	const s64 skipped = right ? h->skipped : v->skipped;
	const bool is_back = right < 0 || down < 0;

	return (u32)(is_back ? length - 1 - skipped : skipped);
}

/* Returns true if each pixel of the CRTC shows exactly one pixel of the framebuffer. */
static bool is_identity(const struct rvkms_scaling *scaling)
{
	return scaling->src_size == (u64)scaling->dst_size << 16 && !(scaling->src & 0xffff);
}

/**
 * rvkms_rotation_is_valid - check if a rotation is one angle, with or without reflections
 * @rotation: any value
 *
 * Returns:
 * True if @rotation has exactly one of DRM_MODE_ROTATE_*, and otherwise only DRM_MODE_REFLECT_*.
 */
bool rvkms_rotation_is_valid(u32 rotation)
{
	const u32 angle = rotation & DRM_MODE_ROTATE_MASK;

	return angle && !(angle & (angle - 1)) &&
	       !(rotation & ~(DRM_MODE_ROTATE_MASK | DRM_MODE_REFLECT_MASK));
}

/**
 * rvkms_rotation_swaps_axes - check if the rows of the framebuffer are the columns of the CRTC
 * @rotation: any value
 *
 * Returns:
 * True if the lowest angle in @rotation is 90 or 270 degrees.
 */
bool rvkms_rotation_swaps_axes(u32 rotation)
{
	return !way_of(rotation).right_x;
}

/**
 * rvkms_span_is_empty - check if a span is invisible
 * @span: the span
 *
 * Returns:
 * True if @span has no pixels.
 */
bool rvkms_span_is_empty(const struct rvkms_span *span)
{
	return !span->width || !span->height;
}

/**
 * rvkms_span_is_scaled - check if the pixels of a span are sampled
 * @span: the span
 *
 * Returns:
 * True if rvkms_scale_read() has to sample the pixels of @span, since it is scaled or starts
 * between two pixels; false if they are pixels of the framebuffer, on the walks of
 * rvkms_span_walk().
 */
bool rvkms_span_is_scaled(const struct rvkms_span *span)
{
	return span->columns.dst_size;
}

/**
 * rvkms_span_walk - return the pixels of the framebuffer that one line of a span shows
 * @span: the span
 * @line: number of the line, from the span's topmost one; any value
 *
 * Returns:
 * As many pixels as the span is wide, left to right on the CRTC. They may be outside of the
 * framebuffer if @span or @line is. In a scaled span, they are pixels of the scaled source.
 */
struct rvkms_walk rvkms_span_walk(const struct rvkms_span *span, u32 line)
{
	const struct way way = way_of(span->rotation);

	return (struct rvkms_walk){
		.x = span->src_x + (s64)line * way.down_x,
		.y = span->src_y + (s64)line * way.down_y,
		.dx = way.right_x,
		.dy = way.right_y,
		.count = span->width,
	};
}

/* Returns the columns and rows that the walks of a span reach. */
static struct rvkms_box walked(const struct rvkms_span *span)
{
	const struct way way = way_of(span->rotation);
	const s64 last_column = (s64)span->width - 1;
	const s64 last_line = (s64)span->height - 1;

	return (struct rvkms_box){
		.x = span->src_x + min3(0ll, way.right_x * last_column, way.down_x * last_line),
		.y = span->src_y + min3(0ll, way.right_y * last_column, way.down_y * last_line),
		.width = way.right_x ? span->width : span->height,
		.height = way.right_x ? span->height : span->width,
	};
}

/**
 * rvkms_span_source - return the rectangle of the framebuffer that is read for a span
 * @span: the span
 *
 * Returns:
 * The rectangle of the pixels that are shown; in a scaled span, of the pixels that bilinear
 * filtering reads. Other filters read no others. Width and height are 0 if there are none.
 */
struct rvkms_box rvkms_span_source(const struct rvkms_span *span)
{
	struct rvkms_box box;
	struct rvkms_extent columns, rows;

	if (rvkms_span_is_empty(span))
		return (struct rvkms_box){};

	box = walked(span);
	if (!rvkms_span_is_scaled(span))
		return box;

	columns = rvkms_scaling_samples(&span->columns, box.x, box.x + box.width - 1);
	rows = rvkms_scaling_samples(&span->rows, box.y, box.y + box.height - 1);

	return (struct rvkms_box){
		.x = columns.first,
		.y = rows.first,
		.width = columns.last - columns.first + 1,
		.height = rows.last - rows.first + 1,
	};
}

/**
 * rvkms_geometry_clip - clip a plane against the active area
 * @at: the placement of the plane, with any values. The lowest of several angles is used, 0 degrees
 *      if there is none.
 * @width: width of the active area in pixels
 * @height: height of the active area in lines
 *
 * Returns:
 * The visible part; all zero if there is none.
 */
struct rvkms_span rvkms_geometry_clip(const struct rvkms_placement *at, u32 width, u32 height)
{
	const struct axis h = clip_axis(at->dst_x, at->dst_w, width);
	const struct axis v = clip_axis(at->dst_y, at->dst_h, height);
	const struct way way = way_of(at->rotation);
	const struct rvkms_scaling columns = {
		at->src_x, at->src_w, way.right_x ? at->dst_w : at->dst_h,
	};
	const struct rvkms_scaling rows = {
		at->src_y, at->src_h, way.right_x ? at->dst_h : at->dst_w,
	};
	struct rvkms_span span = {
		.src_x = corner(way.right_x, way.down_x, at, &h, &v),
		.src_y = corner(way.right_y, way.down_y, at, &h, &v),
		.x = h.begin,
		.y = v.begin,
		.width = h.length,
		.height = v.length,
		.rotation = at->rotation,
	};

	if (!h.length || !v.length || !at->src_w || !at->src_h)
		return (struct rvkms_span){};

	if (is_identity(&columns) && is_identity(&rows)) {
		span.src_x += at->src_x >> 16;
		span.src_y += at->src_y >> 16;
	} else {
		span.columns = columns;
		span.rows = rows;
	}

	return span;
}
