// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: no member named .get_scanout_buffer|field designator .get_scanout_buffer
 *
 * DRM asks all planes of a class with get_scanout_buffer(): only a class that shows panics may have
 * it.
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
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update, .get_scanout_buffer = toy_buffer);
#else
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update);
#endif
