/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_PLANE_H
#define RVKMS_CORE_CHECK_PLANE_H

#include <linux/types.h>

#include "../plane/geometry.h"
#include "verdict.h"

/**
 * struct rvkms_plane_request - the state that a client requests for a plane
 * @is_cursor: the plane is a cursor plane, with a limited size
 * @has_crtc: the plane has a CRTC
 * @has_fb: the plane has a framebuffer; otherwise the fields below are ignored
 * @fourcc: the framebuffer's format, DRM_FORMAT_*
 * @modifier: the framebuffer's modifier, DRM_FORMAT_MOD_*
 * @fb_width: the framebuffer's width in pixels
 * @fb_height: the framebuffer's height in pixels
 * @placement: the source and destination rectangles and the rotation
 */
struct rvkms_plane_request {
	bool is_cursor;
	bool has_crtc;
	bool has_fb;
	u32 fourcc;
	u64 modifier;
	u32 fb_width;
	u32 fb_height;
	struct rvkms_placement placement;
};

struct rvkms_verdict rvkms_check_plane(const struct rvkms_device_limits *limits,
				       const struct rvkms_plane_request *request);

#endif /* RVKMS_CORE_CHECK_PLANE_H */
