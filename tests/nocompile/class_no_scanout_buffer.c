// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: toy_plane has no get_scanout_buffer\(\)
 *
 * A class that shows panics, but does not return a scan-out buffer.
 */

#include "fixture.h"

static void toy_update(struct toy_plane *plane, struct toy_plane_state *new,
		       const struct toy_plane_state *old, struct tkms_mutator *mutator)
{
}

static int __maybe_unused toy_buffer(struct toy_plane *plane, struct drm_scanout_buffer *buffer)
{
	return 0;
}

#ifdef NEGATIVE
TKMS_DEFINE_PANIC_PLANE_CLASS(toy_plane, toy_plane_state,
			      .atomic_update = toy_update);
#else
TKMS_DEFINE_PANIC_PLANE_CLASS(toy_plane, toy_plane_state,
			      .atomic_update = toy_update, .get_scanout_buffer = toy_buffer);
#endif
