/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_CHECK_ASYNC_H
#define RVKMS_CORE_CHECK_ASYNC_H

#include <linux/types.h>

#include "../plane/geometry.h"
#include "verdict.h"

/**
 * struct rvkms_async_state - what counts of a plane's state
 * @is_shown: it is on a CRTC and has a framebuffer
 * @crtc: which CRTC, a number of the caller's choice
 * @fourcc: the framebuffer's format, DRM_FORMAT_*
 * @placement: where it is read and where it is shown
 */
struct rvkms_async_state {
	bool is_shown;
	u32 crtc;
	u32 fourcc;
	struct rvkms_placement placement;
};

/**
 * struct rvkms_async_request - a change that is not to wait for a vblank
 * @is_flip: it takes effect in the middle of a frame; otherwise it is an update, as of a cursor,
 *           for which the next frame is early enough
 * @is_modeset: the CRTC is switched on or off or changes its mode in the same commit
 * @is_property_changed: a property changes that is not in the states below: opacity, blend mode,
 *                       zpos, filter, colours
 * @old: the plane as it is
 * @new: the plane as it is to be
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
