/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_KMS_TOY_H
#define RVKMS_TESTS_KMS_TOY_H

#include <kunit/test.h>

#include "../kms/class.h"
#include "../kms/device.h"

struct toy_plane {
	struct kms_plane base;
	int updates;
	int disables;
};

struct toy_plane_state {
	struct kms_plane_state base;
};

struct toy_crtc {
	struct kms_crtc base;
	bool is_on;
	int vblanks_enabled;
};

/* @ballast is allocated; @gain is copied with it. */
struct toy_crtc_state {
	struct kms_crtc_state base;
	int *ballast;
	int gain;
};

/* A CRTC that tells of no vblanks. */
struct toy_eink {
	struct kms_crtc base;
	int flushes;
};

struct toy_eink_state {
	struct kms_crtc_state base;
	int contrast;
};

struct toy_encoder {
	struct kms_encoder base;
	bool is_on;
};

struct toy_panel {
	struct kms_connector base;
};

/* A connector that comes and goes. */
struct toy_dock {
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

struct toy {
	struct kms_device base;
	struct toy_plane *primary[2];
	struct toy_plane *overlay;
	struct toy_crtc *crtc;
	struct toy_eink *eink;
	struct toy_encoder *encoder[2];
	struct toy_panel *panel[2];
};

/**
 * struct toy_script - what a test wants of a toy: found as its parent's drvdata
 * @test: the test
 * @parent: the device that toys belong to
 * @config: what the toy says of itself
 * @create: instead of toy_create_all()
 * @read_hardware: called in the hook of the same name
 * @check: called by the check of the CRTC with vblanks
 * @enable: called when that is switched on
 * @tail: instead of toy_tail()
 * @data: of these
 * @setup: a handle that was kept
 * @parts: what the CRTC with vblanks did: disable 'D', enable 'E', flush its planes 'P'; '.' is a
 *         CRTC that the tail has found after hw_done
 * @num_ballast: how many states with ballast there are
 * @num_docks: how many docks there are
 */
struct toy_script {
	struct kunit *test;
	struct device *parent;
	struct kms_config config;
	int (*create)(struct toy *toy, struct kms_setup *setup);
	int (*read_hardware)(struct toy *toy, struct kms_initial *initial);
	int (*check)(struct toy_crtc *crtc, struct toy_crtc_state *new,
		     const struct toy_crtc_state *old, struct kms_composer *composer);
	void (*enable)(struct toy_crtc *crtc, struct toy_crtc_state *new,
		       const struct toy_crtc_state *old, struct kms_mutator *mutator);
	const struct kms_committed *(*tail)(struct kms_mutator *mutator,
					    struct kms_modesets_ready *modesets,
					    struct kms_planes_ready *planes);
	void *data;
	struct kms_setup *setup;
	char parts[16];
	int num_ballast;
	int num_docks;
};

static inline struct toy *to_toy(struct kms_device *kms)
{
	return container_of(kms, struct toy, base);
}

extern const struct kms_driver toy_driver;

int toy_script_init(struct kunit *test);
int toy_create_all(struct toy *toy, struct kms_setup *setup);
struct toy *toy_register(struct kunit *test);
struct toy *toy_try_register(struct kunit *test);
int toy_turn_on(struct toy *toy);
int toy_turn_off(struct toy *toy);

#endif /* RVKMS_TESTS_KMS_TOY_H */
