// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Checks the framebuffer, the rectangles and the rotation of a plane. */

#include <linux/limits.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "../pixel/format.h"
#include "../plane/scale.h"
#include "plane.h"

static bool source_fits(const struct rvkms_plane_request *request)
{
	const struct rvkms_placement *at = &request->placement;
	const u64 fb_width = (u64)request->fb_width << 16;
	const u64 fb_height = (u64)request->fb_height << 16;

	return (u64)at->src_x + at->src_w <= fb_width && (u64)at->src_y + at->src_h <= fb_height;
}

static bool dest_in_range(const struct rvkms_placement *at)
{
	return at->dst_w <= S32_MAX && at->dst_h <= S32_MAX &&
	       (s64)at->dst_x + at->dst_w <= S32_MAX && (s64)at->dst_y + at->dst_h <= S32_MAX;
}

static bool has_whole_groups(const struct rvkms_plane_request *request,
			     const struct rvkms_format *format)
{
	return request->fb_width % format->group_width == 0 &&
	       request->fb_height % format->group_height == 0;
}

/**
 * rvkms_check_plane - check the state of a plane
 * @limits: the limits of the device
 * @request: the requested state, with any values
 *
 * Accepts a plane on an inactive CRTC or outside of the CRTC's active area: it is not visible.
 *
 * Returns:
 * The verdict; its rules have the prefix PLANE in rules.h.
 */
struct rvkms_verdict rvkms_check_plane(const struct rvkms_device_limits *limits,
				       const struct rvkms_plane_request *request)
{
	const struct rvkms_placement *at = &request->placement;
	const struct rvkms_format *format;

	if (request->has_fb && !request->has_crtc)
		return rvkms_verdict_refuse(RVKMS_RULE_PLANE_FB_WITHOUT_CRTC);

	if (!request->has_fb && request->has_crtc)
		return rvkms_verdict_refuse(RVKMS_RULE_PLANE_CRTC_WITHOUT_FB);

	if (!request->has_fb)
		return rvkms_verdict_accept();

	format = rvkms_format_find(request->fourcc);
	if (!format)
		return rvkms_verdict_refuse(RVKMS_RULE_PLANE_FORMAT);

	if (request->modifier != DRM_FORMAT_MOD_LINEAR)
		return rvkms_verdict_refuse(RVKMS_RULE_PLANE_MODIFIER);

	if (!has_whole_groups(request, format))
		return rvkms_verdict_refuse(RVKMS_RULE_PLANE_GROUPS);

	if (!rvkms_rotation_is_valid(at->rotation))
		return rvkms_verdict_refuse(RVKMS_RULE_PLANE_ROTATION);

	if (!source_fits(request))
		return rvkms_verdict_refuse(RVKMS_RULE_PLANE_SOURCE_BOUNDS);

	if (!dest_in_range(at))
		return rvkms_verdict_refuse(RVKMS_RULE_PLANE_DEST_RANGE);

	if (!rvkms_scale_is_within(at, limits->min_scale, limits->max_scale))
		return rvkms_verdict_refuse(RVKMS_RULE_PLANE_SCALING);

	if (request->is_cursor &&
	    (at->dst_w > limits->cursor_width || at->dst_h > limits->cursor_height))
		return rvkms_verdict_refuse(RVKMS_RULE_PLANE_CURSOR_SIZE);

	return rvkms_verdict_accept();
}
