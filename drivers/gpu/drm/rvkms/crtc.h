/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CRTC_H
#define RVKMS_CRTC_H

#include <drm/drm_crtc.h>

#include "scanout.h"
#include "vblank_timer.h"

struct drm_plane;
struct rvkms_device;
struct rvkms_snapshot;

/**
 * struct rvkms_crtc - a CRTC
 * @base: the DRM object
 * @timer: its vblanks
 * @scanout: what it shows
 */
struct rvkms_crtc {
	struct drm_crtc base;
	struct rvkms_vblank_timer timer;
	struct rvkms_scanout scanout;
};

/**
 * struct rvkms_crtc_state - the state of a CRTC
 * @base: the DRM state
 * @snapshot: made by the check of an active CRTC, filled and published by the commit; NULL
 *            otherwise
 */
struct rvkms_crtc_state {
	struct drm_crtc_state base;
	struct rvkms_snapshot *snapshot;
};

static inline struct rvkms_crtc *to_rvkms_crtc(struct drm_crtc *crtc)
{
	return container_of(crtc, struct rvkms_crtc, base);
}

static inline struct rvkms_crtc_state *to_rvkms_crtc_state(struct drm_crtc_state *state)
{
	return container_of(state, struct rvkms_crtc_state, base);
}

struct rvkms_crtc *rvkms_crtc_create(struct rvkms_device *rvkms, struct drm_plane *primary,
				     struct drm_plane *cursor);

#endif /* RVKMS_CRTC_H */
