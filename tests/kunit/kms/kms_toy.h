/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_KMS_TOY_H
#define RVKMS_TESTS_KMS_TOY_H

#include "../../kms/class.h"
#include "../../kms/device.h"

struct toy_plane { struct kms_plane base; };
struct toy_plane_state { struct kms_plane_state base; };
struct toy_crtc { struct kms_crtc base; };
struct toy_crtc_state { struct kms_crtc_state base; int gain; };
struct toy_eink { struct kms_crtc base; };
struct toy_eink_state { struct kms_crtc_state base; };
struct toy_encoder { struct kms_encoder base; };
struct toy_panel { struct kms_connector base; };
struct toy_dock { struct kms_connector base; };
struct toy_connector_state { struct kms_connector_state base; };

KMS_DECLARE_PLANE_CLASS(toy_plane, toy_plane_state);
KMS_DECLARE_VBLANK_CRTC_CLASS(toy_crtc, toy_crtc_state);
KMS_DECLARE_CRTC_CLASS(toy_eink, toy_eink_state);
KMS_DECLARE_ENCODER_CLASS(toy_encoder);
KMS_DECLARE_CONNECTOR_CLASS(toy_panel, toy_connector_state);
KMS_DECLARE_DYNAMIC_CONNECTOR_CLASS(toy_dock, toy_connector_state);

struct toy {
	struct kms_device base;
	struct toy_plane *plane;
	struct toy_crtc *crtc;
	struct toy_eink *eink;
	struct toy_encoder *encoder;
	struct toy_panel *panel;
	struct toy_dock *dock;
};

extern const struct kms_driver toy_driver;

#endif /* RVKMS_TESTS_KMS_TOY_H */
