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
	struct tkms_connector base;
};

TKMS_DECLARE_WRITEBACK_CLASS(toy_writeback, toy_connector_state);

struct toy_gpu {
	struct tkms_render_device base;
};

/* The functions that a fixture may define, one per place that calls a driver. */
int fixture_setup(struct tkms_setup *setup, struct toy *toy, const struct tkms_plane_info *info);
int fixture_initial(struct tkms_initial *initial, struct toy *toy);
int fixture_compose(struct tkms_composer *composer, struct toy *toy);
int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy);
const struct tkms_committed *fixture_tail(struct tkms_mutator *mutator,
					  struct tkms_modesets_ready *modesets,
					  struct tkms_planes_ready *ready);
int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent);

#endif /* RVKMS_NOCOMPILE_FIXTURE_H */
