// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: toy_plane has no atomic_update\(\)
 *
 * A class of planes that cannot be updated.
 */

#include "fixture.h"

static void __maybe_unused
toy_update(struct toy_plane *plane, struct toy_plane_state *new,
	   const struct toy_plane_state *old, struct tkms_mutator *mutator)
{
}

#ifdef NEGATIVE
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_disable = toy_update);
#else
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update);
#endif
