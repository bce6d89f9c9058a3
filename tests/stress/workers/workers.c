// SPDX-License-Identifier: GPL-2.0
/* The list of all workers. tools/rig/suites/stress.py expects the same names. */
#include "workers.h"

const struct worker *const workers[] = {
	&flip_worker, &vblank_worker, &cursor_worker, &overlay_worker, &property_worker,
	&modeset_worker, &checksum_worker, &picture_worker, &writeback_worker, &remove_worker,
	&share_worker, &files_worker, &lease_worker, &hotplug_worker, &hostile_worker,
	&debugfs_worker,
};

const size_t num_workers = sizeof(workers) / sizeof(*workers);
