// SPDX-License-Identifier: GPL-2.0
/* Who takes part. tools/rig/stress.py expects each of them. */
#include "cast.h"

const struct actor *const cast[] = {
	&flip_actor, &vblank_actor, &cursor_actor, &overlay_actor, &property_actor,
	&modeset_actor, &checksum_actor, &writeback_actor, &remove_actor, &share_actor,
	&files_actor, &lease_actor, &hotplug_actor, &hostile_actor, &debugfs_actor,
};

const size_t cast_size = sizeof(cast) / sizeof(*cast);
