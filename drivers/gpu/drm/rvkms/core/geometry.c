// SPDX-License-Identifier: GPL-2.0

#include <linux/minmax.h>
#include <linux/types.h>

#include "geometry.h"

/* One axis of a span: where it begins on both sides, and how long it is. */
struct axis {
	u32 src;
	u32 dst;
	u32 length;
};

static struct axis clip_axis(u32 src, s32 dst, u32 length, u32 limit)
{
	const s64 begin = max_t(s64, dst, 0);
	const s64 end = min_t(s64, (s64)dst + length, limit);

	if (begin >= end)
		return (struct axis){};

	return (struct axis){
		/*
		 * The properties' documentation lets a device that has no subpixel positions
		 * ignore the fraction. The sum is at most 65,535 + 2^31.
		 */
		.src = (u32)((src >> 16) + (begin - dst)),
		.dst = (u32)begin,
		.length = (u32)(end - begin),
	};
}

/**
 * rvkms_span_is_empty - is there nothing to see?
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
 * rvkms_geometry_clip - clip a plane against the active area
 * @at: where the plane is, with any values; only its position and its destination's size count,
 *      since planes are not scaled
 * @width: width of the active area in pixels
 * @height: height of the active area in lines
 *
 * Returns:
 * The visible part; all zero if there is none.
 */
struct rvkms_span rvkms_geometry_clip(const struct rvkms_placement *at, u32 width, u32 height)
{
	const struct axis h = clip_axis(at->src_x, at->dst_x, at->dst_w, width);
	const struct axis v = clip_axis(at->src_y, at->dst_y, at->dst_h, height);

	if (!h.length || !v.length)
		return (struct rvkms_span){};

	return (struct rvkms_span){
		.src_x = h.src,
		.src_y = v.src,
		.x = h.dst,
		.y = v.dst,
		.width = h.length,
		.height = v.length,
	};
}
