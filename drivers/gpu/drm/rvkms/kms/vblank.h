/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_VBLANK_H
#define KMS_VBLANK_H

/*
 * Declares the calls of a CRTC with vblanks. They take a struct kms_vblank_crtc, which only classes
 * made by KMS_DEFINE_VBLANK_CRTC_CLASS() give, so that no driver waits for a vblank that never
 * comes. A device may have CRTCs with and without vblanks. kms_vblank_try_from() returns one for a
 * CRTC of any class, or NULL.
 *
 * kms_vblank_get() - take a vblank reference; a negative errno if the CRTC is off
 *
 * kms_vblank_put() - drop it
 *
 * kms_vblank_handle() - tell DRM that a vblank has begun; returns whether it was enabled
 *
 * kms_vblank_count() - get the number of the last handled vblank, as DRM counts
 *
 * kms_vblank_count_now() - get the number of the last vblank, handled or not; vblanks must be on
 *
 * kms_vblank_wait() - wait for the next vblank; a negative errno if it does not come
 *
 * kms_vblank_start_timer(), kms_vblank_stop_timer() - start and stop a vblank timer, for hardware
 * without vblank interrupts, in enable_vblank() and disable_vblank()
 */

#include <drm/drm_vblank.h>

#include "state.h"

struct kms_vblank_crtc;

#define KMS_DEFINE_VBLANK_CALL(type, name, function)					\
static inline type kms_vblank_##name(struct kms_vblank_crtc *vblank)			\
{											\
	return function(&((struct kms_crtc *)vblank)->drm);				\
}

KMS_DEFINE_VBLANK_CALL(__must_check int, get, drm_crtc_vblank_get)
KMS_DEFINE_VBLANK_CALL(void, put, drm_crtc_vblank_put)
KMS_DEFINE_VBLANK_CALL(bool, handle, drm_crtc_handle_vblank)
KMS_DEFINE_VBLANK_CALL(u64, count, drm_crtc_vblank_count)
KMS_DEFINE_VBLANK_CALL(u64, count_now, drm_crtc_accurate_vblank_count)
KMS_DEFINE_VBLANK_CALL(int, wait, drm_crtc_wait_one_vblank)
KMS_DEFINE_VBLANK_CALL(__must_check int, start_timer, drm_crtc_vblank_start_timer)
KMS_DEFINE_VBLANK_CALL(void, stop_timer, drm_crtc_vblank_cancel_timer)

struct kms_vblank_crtc * __must_check kms_vblank_try_from(struct kms_crtc *crtc);
struct drm_pending_vblank_event * __must_check
kms_vblank_take_event(struct kms_vblank_crtc *vblank, struct kms_crtc_state *state);
void kms_vblank_send_event(struct kms_vblank_crtc *vblank, struct drm_pending_vblank_event *event);
void kms_vblank_arm_event(struct kms_vblank_crtc *vblank, struct kms_crtc_state *state);
void kms_crtc_send_event(struct kms_crtc_state *state);

#endif /* KMS_VBLANK_H */
