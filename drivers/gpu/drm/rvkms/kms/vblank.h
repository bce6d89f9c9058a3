/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef TKMS_VBLANK_H
#define TKMS_VBLANK_H

/*
 * Declares the calls of a CRTC with vblanks. They take a struct tkms_vblank_crtc, so that no
 * driver waits for a vblank that never comes. A device may have CRTCs with and without vblanks.
 * tkms_vblank_try_from() returns the vblanks of a CRTC of any class, or NULL.
 *
 * tkms_vblank_get() - take a vblank reference; a negative errno if the CRTC is off
 *
 * tkms_vblank_put() - drop it
 *
 * tkms_vblank_handle() - tell DRM that a vblank has begun; returns whether it was enabled
 *
 * tkms_vblank_count() - get the number of the last handled vblank, as DRM counts
 *
 * tkms_vblank_count_now() - get the number of the last vblank, handled or not; vblanks must be on
 */

#include <drm/drm_vblank.h>

#include "state.h"

struct tkms_vblank_crtc;

#define TKMS_DEFINE_VBLANK_CALL(type, name, function)					\
static inline type tkms_vblank_##name(struct tkms_vblank_crtc *vblank)			\
{											\
	return function(&((struct tkms_crtc *)vblank)->drm);				\
}

TKMS_DEFINE_VBLANK_CALL(__must_check int, get, drm_crtc_vblank_get)
TKMS_DEFINE_VBLANK_CALL(void, put, drm_crtc_vblank_put)
TKMS_DEFINE_VBLANK_CALL(bool, handle, drm_crtc_handle_vblank)
TKMS_DEFINE_VBLANK_CALL(u64, count, drm_crtc_vblank_count)
TKMS_DEFINE_VBLANK_CALL(u64, count_now, drm_crtc_accurate_vblank_count)

struct tkms_vblank_crtc * __must_check tkms_vblank_try_from(struct tkms_crtc *crtc);
struct drm_pending_vblank_event * __must_check
tkms_vblank_take_event(struct tkms_vblank_crtc *vblank, struct tkms_crtc_state *state);
void tkms_vblank_send_event(struct tkms_vblank_crtc *vblank,
			    struct drm_pending_vblank_event *event);
void tkms_vblank_arm_event(struct tkms_vblank_crtc *vblank, struct tkms_crtc_state *state);
void tkms_crtc_send_event(struct tkms_crtc_state *state);

#endif /* TKMS_VBLANK_H */
