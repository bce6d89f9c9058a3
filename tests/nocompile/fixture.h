/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_NOCOMPILE_FIXTURE_H
#define RVKMS_NOCOMPILE_FIXTURE_H

/*
 * What all fixtures know: the classes of a small driver, and what a fixture may define. It is
 * compiled once for all.
 */

#include <linux/device.h>

#include "kms/class.h"
#include "kms/device.h"

struct toy_plane {
	struct kms_plane base;
};

struct toy_plane_state {
	struct kms_plane_state base;
};

struct toy_crtc {
	struct kms_crtc base;
};

struct toy_crtc_state {
	struct kms_crtc_state base;
	int gain;
};

/* Has no vblanks. */
struct toy_eink {
	struct kms_crtc base;
};

struct toy_eink_state {
	struct kms_crtc_state base;
};

struct toy_encoder {
	struct kms_encoder base;
};

struct toy_panel {
	struct kms_connector base;
};

struct toy_dock {
	struct kms_connector base;
};

struct toy_writeback {
	struct kms_connector base;
};

struct toy_connector_state {
	struct kms_connector_state base;
};

KMS_DECLARE_PLANE_CLASS(toy_plane, toy_plane_state);
KMS_DECLARE_VBLANK_CRTC_CLASS(toy_crtc, toy_crtc_state);
KMS_DECLARE_CRTC_CLASS(toy_eink, toy_eink_state);
KMS_DECLARE_ENCODER_CLASS(toy_encoder);
KMS_DECLARE_CONNECTOR_CLASS(toy_panel, toy_connector_state);
KMS_DECLARE_DYNAMIC_CONNECTOR_CLASS(toy_dock, toy_connector_state);
KMS_DECLARE_WRITEBACK_CLASS(toy_writeback, toy_connector_state);

struct toy {
	struct kms_device base;
	struct toy_plane *plane;
	struct toy_crtc *crtc;
	struct toy_eink *eink;
	struct toy_encoder *encoder;
	struct toy_panel *panel;
	struct toy_dock *dock;
};

struct toy_gpu {
	struct kms_render_device base;
};

/* What a fixture may define, each where a driver is called. */
int fixture_setup(struct kms_setup *setup, struct toy *toy, const struct kms_plane_info *info);
int fixture_initial(struct kms_initial *initial, struct toy *toy);
int fixture_compose(struct kms_composer *composer, struct toy *toy);
int fixture_mutate(struct kms_mutator *mutator, struct toy *toy);
const struct kms_committed *fixture_tail(struct kms_mutator *mutator,
					 struct kms_modesets_ready *modesets,
					 struct kms_planes_ready *ready);
int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent);

#endif /* RVKMS_NOCOMPILE_FIXTURE_H */
