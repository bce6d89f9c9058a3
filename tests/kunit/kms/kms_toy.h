/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_KMS_TOY_H
#define RVKMS_TESTS_KMS_TOY_H

#include "kms_other.h"

struct toy_plane { struct tkms_plane base; };
struct toy_plane_state { struct tkms_plane_state base; };
struct toy_crtc { struct tkms_crtc base; };
struct toy_crtc_state { struct tkms_crtc_state base; int gain; };
struct toy_eink { struct tkms_crtc base; };
struct toy_eink_state { struct tkms_crtc_state base; };
struct toy_encoder { struct tkms_encoder base; };
struct toy_panel { struct tkms_connector base; };
struct toy_dock { struct tkms_connector base; };
struct toy_connector_state { struct tkms_connector_state base; };

TKMS_DECLARE_PLANE_CLASS(toy_plane, toy_plane_state);
TKMS_DECLARE_VBLANK_CRTC_CLASS(toy_crtc, toy_crtc_state);
TKMS_DECLARE_CRTC_CLASS(toy_eink, toy_eink_state);
TKMS_DECLARE_ENCODER_CLASS(toy_encoder);
TKMS_DECLARE_CONNECTOR_CLASS(toy_panel, toy_connector_state);
TKMS_DECLARE_DYNAMIC_CONNECTOR_CLASS(toy_dock, toy_connector_state);

struct toy {
	struct tkms_device base;
	struct toy_plane *plane;
	struct toy_crtc *crtc;
	struct toy_eink *eink;
	struct toy_encoder *encoder;
	struct toy_panel *panel;
	struct toy_dock *dock;
};

extern const struct tkms_driver toy_driver;

#endif /* RVKMS_TESTS_KMS_TOY_H */
