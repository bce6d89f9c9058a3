/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_KMS_PROBE_H
#define RVKMS_TESTS_KMS_PROBE_H

#include <kunit/test.h>

#include "../../kms/internal.h"
#include "kms_other.h"

struct probe_plane {
	struct tkms_plane base;
	int updates;
	int disables;
	int async_updates;
	int prepared;
	int cleaned;
};

/* The driver copies @tint in an asynchronous update. */
struct probe_plane_state {
	struct tkms_plane_state base;
	int tint;
};

struct probe_crtc {
	struct tkms_crtc base;
	bool is_on;
	bool is_registered;
	enum tkms_phase phase_of_end;
	int vblanks_enabled;
};

/* @ballast is allocated; @gain is copied with the state. */
struct probe_crtc_state {
	struct tkms_crtc_state base;
	int *ballast;
	int gain;
};

/* A CRTC without vblanks. */
struct probe_eink {
	struct tkms_crtc base;
	int flushes;
};

struct probe_eink_state {
	struct tkms_crtc_state base;
	int contrast;
};

struct probe_encoder {
	struct tkms_encoder base;
	bool is_on;
	int checks;
};

struct probe_panel {
	struct tkms_connector base;
	bool is_absent;
	int forced;
};

/* A connector that comes and goes. */
struct probe_dock {
	struct tkms_connector base;
};

struct probe_connector_state {
	struct tkms_connector_state base;
};

TKMS_DECLARE_PLANE_CLASS(probe_plane, probe_plane_state);
TKMS_DECLARE_VBLANK_CRTC_CLASS(probe_crtc, probe_crtc_state);
TKMS_DECLARE_CRTC_CLASS(probe_eink, probe_eink_state);
TKMS_DECLARE_ENCODER_CLASS(probe_encoder);
TKMS_DECLARE_CONNECTOR_CLASS(probe_panel, probe_connector_state);
TKMS_DECLARE_DYNAMIC_CONNECTOR_CLASS(probe_dock, probe_connector_state);

struct probe {
	struct tkms_device base;
	struct probe_plane *primary[2];
	struct probe_plane *overlay;
	struct probe_crtc *crtc;
	struct probe_eink *eink;
	struct probe_encoder *encoder[2];
	struct probe_panel *panel[2];
};

/**
 * struct probe_script - a test's settings for a probe, in its parent's drvdata
 * @test: the test
 * @parent: the device that probes belong to
 * @config: the configuration of the probe
 * @create: replaces probe_create_all()
 * @read_hardware: called in the hook of the same name
 * @check: called by the check of the CRTC with vblanks
 * @enable: called when that CRTC is switched on
 * @flush: called when its planes are written
 * @check_encoder: called by the checks of encoders
 * @disable_encoder: called when an encoder is switched off
 * @tail: replaces probe_tail()
 * @driver: replaces probe_driver
 * @fails_copies: the state of the CRTC with vblanks cannot be copied
 * @plugs_early: plugs a dock in mode_config_info()
 * @data: for these callbacks
 * @setup: a handle that was kept
 * @parts: the steps of the CRTC with vblanks: disable 'D', enable 'E', flush its planes 'P'; '.'
 *         is a CRTC that the tail has found after hw_done
 * @num_ballast: number of states with ballast
 * @num_dirty: number of states that had private data before they were copied
 * @num_docks: number of docks
 */
struct probe_script {
	struct kunit *test;
	struct device *parent;
	struct tkms_config config;
	int (*create)(struct probe *probe, struct tkms_setup *setup);
	int (*read_hardware)(struct probe *probe, struct tkms_initial *initial);
	int (*check)(struct probe_crtc *crtc, struct probe_crtc_state *new,
		     const struct probe_crtc_state *old, struct tkms_composer *composer);
	void (*enable)(struct probe_crtc *crtc, struct probe_crtc_state *new,
		       const struct probe_crtc_state *old, struct tkms_mutator *mutator);
	const struct tkms_committed *(*tail)(struct tkms_mutator *mutator,
					     struct tkms_modesets_ready *modesets,
					     struct tkms_planes_ready *planes);
	void (*flush)(struct probe_crtc *crtc, struct probe_crtc_state *new,
		      const struct probe_crtc_state *old, struct tkms_mutator *mutator);
	int (*check_encoder)(struct probe_encoder *encoder, struct tkms_crtc_state *crtc,
			     struct tkms_connector_state *connector);
	void (*disable_encoder)(struct probe_encoder *encoder, struct tkms_mutator *mutator);
	const struct tkms_driver *driver;
	bool fails_copies;
	bool plugs_early;
	void *data;
	struct tkms_setup *setup;
	char parts[16];
	int num_ballast;
	int num_dirty;
	int num_docks;
};

static inline struct probe *to_probe(struct tkms_device *kms)
{
	return container_of(kms, struct probe, base);
}

/* Returns true if the layer has noted this fault of the driver. */
static inline bool tkms_had_fault(const struct tkms_device *kms, enum tkms_fault fault)
{
	return test_bit(fault, &kms->faults);
}

/*
 * A composition starts again after a back-off. Lock debugging injects back-offs at random,
 * whichever states the composition requests.
 */
#define RETURN_IF_DEADLOCK(state)							\
do {											\
	if (PTR_ERR_OR_ZERO(state) == -EDEADLK)						\
		return -EDEADLK;							\
} while (0)

extern const struct drm_display_mode probe_mode;
extern const struct tkms_driver probe_driver;
extern const struct tkms_driver probe_driver_planes_first;
extern const struct tkms_driver probe_driver_planes_between;
extern const struct tkms_driver probe_driver_planes_last;
extern const struct tkms_driver probe_driver_default;

int probe_script_init(struct kunit *test);
int probe_create_all(struct probe *probe, struct tkms_setup *setup);
struct probe *probe_register(struct kunit *test);
struct probe *probe_try_register(struct kunit *test);
int probe_turn_on(struct probe *probe);
int probe_turn_off(struct probe *probe);

#endif /* RVKMS_TESTS_KMS_PROBE_H */
