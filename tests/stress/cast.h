/* SPDX-License-Identifier: GPL-2.0 */
#ifndef STRESS_CAST_H
#define STRESS_CAST_H

#include <stddef.h>

#include "stage.h"

extern const struct actor flip_actor;
extern const struct actor vblank_actor;
extern const struct actor cursor_actor;
extern const struct actor overlay_actor;
extern const struct actor property_actor;
extern const struct actor modeset_actor;
extern const struct actor checksum_actor;
extern const struct actor writeback_actor;
extern const struct actor remove_actor;
extern const struct actor share_actor;
extern const struct actor files_actor;
extern const struct actor lease_actor;
extern const struct actor hotplug_actor;
extern const struct actor hostile_actor;
extern const struct actor debugfs_actor;

extern const struct actor *const cast[];
extern const size_t cast_size;

#endif
