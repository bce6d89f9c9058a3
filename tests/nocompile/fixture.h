/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_NOCOMPILE_FIXTURE_H
#define RVKMS_NOCOMPILE_FIXTURE_H

/*
 * Declarations for all fixtures: the toy's classes, and the functions that a fixture may define. It
 * is compiled once for all fixtures.
 */

#include <linux/device.h>

#include "../kunit/kms/kms_toy.h"

struct toy_writeback {
	struct kms_connector base;
};

KMS_DECLARE_WRITEBACK_CLASS(toy_writeback, toy_connector_state);

struct toy_gpu {
	struct kms_render_device base;
};

/* The functions that a fixture may define, one per place that calls a driver. */
int fixture_setup(struct kms_setup *setup, struct toy *toy, const struct kms_plane_info *info);
int fixture_initial(struct kms_initial *initial, struct toy *toy);
int fixture_compose(struct kms_composer *composer, struct toy *toy);
int fixture_mutate(struct kms_mutator *mutator, struct toy *toy);
const struct kms_committed *fixture_tail(struct kms_mutator *mutator,
					 struct kms_modesets_ready *modesets,
					 struct kms_planes_ready *ready);
int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent);

#endif /* RVKMS_NOCOMPILE_FIXTURE_H */
