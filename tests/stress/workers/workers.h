/* SPDX-License-Identifier: GPL-2.0 */
#ifndef STRESS_WORKERS_H
#define STRESS_WORKERS_H

#include <stddef.h>

#include "../state.h"

extern const struct worker flip_worker;
extern const struct worker vblank_worker;
extern const struct worker cursor_worker;
extern const struct worker overlay_worker;
extern const struct worker property_worker;
extern const struct worker modeset_worker;
extern const struct worker checksum_worker;
extern const struct worker picture_worker;
extern const struct worker writeback_worker;
extern const struct worker remove_worker;
extern const struct worker share_worker;
extern const struct worker files_worker;
extern const struct worker lease_worker;
extern const struct worker hotplug_worker;
extern const struct worker hostile_worker;
extern const struct worker debugfs_worker;

int picture_learn(struct state *state);

extern const struct worker *const workers[];
extern const size_t num_workers;

#endif
