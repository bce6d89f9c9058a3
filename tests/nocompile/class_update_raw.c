// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A callback with DRM's own signature.
 */

#include "fixture.h"

static void toy_update(struct toy_plane *plane, struct toy_plane_state *new,
		       const struct toy_plane_state *old, struct tkms_mutator *mutator)
{
}

static void __maybe_unused raw_update(struct drm_plane *plane, struct drm_atomic_commit *commit)
{
}

#ifdef NEGATIVE
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = raw_update, .atomic_disable = toy_update);
#else
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update);
#endif
