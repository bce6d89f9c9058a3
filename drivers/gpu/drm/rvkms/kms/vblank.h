/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_VBLANK_H
#define KMS_VBLANK_H

#include <linux/compiler.h>
#include <linux/types.h>

struct drm_pending_vblank_event;
struct kms_crtc;
struct kms_crtc_state;

/*
 * A CRTC that has vblanks. Only the classes made by KMS_DEFINE_VBLANK_CRTC_CLASS() give one, so
 * that nobody waits for a vblank that never comes. CRTCs with and without may be of one device.
 */
struct kms_vblank_crtc;

int __must_check kms_vblank_get(struct kms_vblank_crtc *vblank);
void kms_vblank_put(struct kms_vblank_crtc *vblank);
int __must_check kms_vblank_start_timer(struct kms_vblank_crtc *vblank);
void kms_vblank_stop_timer(struct kms_vblank_crtc *vblank);
bool kms_vblank_handle(struct kms_vblank_crtc *vblank);
u64 kms_vblank_count(const struct kms_vblank_crtc *vblank);
void kms_vblank_wait(struct kms_vblank_crtc *vblank);
struct drm_pending_vblank_event * __must_check
kms_vblank_take_event(struct kms_vblank_crtc *vblank, struct kms_crtc_state *state);
void kms_vblank_send_event(struct kms_vblank_crtc *vblank, struct drm_pending_vblank_event *event);
void kms_vblank_arm_event(struct kms_vblank_crtc *vblank, struct kms_crtc_state *state);
void kms_crtc_send_event(struct kms_crtc_state *state);

#endif /* KMS_VBLANK_H */
