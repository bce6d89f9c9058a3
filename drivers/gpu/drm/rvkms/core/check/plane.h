/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_CHECK_PLANE_H
#define RVKMS_CORE_CHECK_PLANE_H

#include <linux/types.h>

#include "../plane/geometry.h"
#include "verdict.h"

/**
 * struct rvkms_plane_request - the state a client asks of a plane
 * @is_cursor: the plane is a cursor plane, whose size is limited
 * @has_crtc: the plane is on a CRTC
 * @has_fb: a framebuffer is set; the fields below count only then
 * @fourcc: the framebuffer's format, DRM_FORMAT_*
 * @modifier: the framebuffer's modifier, DRM_FORMAT_MOD_*
 * @fb_width: the framebuffer's width in pixels
 * @fb_height: the framebuffer's height in pixels
 * @placement: where it is read and where it is shown
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
