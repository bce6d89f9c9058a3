/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_ASYNC_H
#define RVKMS_CORE_CHECK_ASYNC_H

#include <linux/types.h>

#include "../plane/geometry.h"
#include "verdict.h"

/**
 * struct rvkms_async_state - the part of a plane's state that rvkms_check_async() compares
 * @is_shown: the plane has a CRTC and a framebuffer
 * @crtc: the CRTC, a number that the caller chooses
 * @fourcc: the framebuffer's format, DRM_FORMAT_*
 * @placement: the source and destination rectangles and the rotation
 */
struct rvkms_async_state {
	bool is_shown;
	u32 crtc;
	u32 fourcc;
	struct rvkms_placement placement;
};

/**
 * struct rvkms_async_request - a change that does not wait for a vblank
 * @is_flip: the change takes effect in the middle of a frame; otherwise it is an update, as of a
 *           cursor, and takes effect in the next frame
 * @is_modeset: the same commit enables or disables the CRTC or changes its mode
 * @is_property_changed: a property changes that is not in the states below: alpha, blend mode,
 *                       zpos, filter, colours
 * @old: the old state of the plane
 * @new: the new state of the plane
 */
struct rvkms_async_request {
	bool is_flip;
	bool is_modeset;
	bool is_property_changed;
	struct rvkms_async_state old;
	struct rvkms_async_state new;
};

struct rvkms_verdict rvkms_check_async(const struct rvkms_async_request *request);

#endif /* RVKMS_CORE_CHECK_ASYNC_H */
