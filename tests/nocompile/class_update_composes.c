// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A callback of the commit that adds objects.
 */

#include "fixture.h"

static void toy_update(struct toy_plane *plane, struct toy_plane_state *new,
		       const struct toy_plane_state *old, struct tkms_mutator *mutator)
{
}

static void __maybe_unused bold_update(struct toy_plane *plane, struct toy_plane_state *new,
				       const struct toy_plane_state *old,
				       struct tkms_composer *composer)
{
}

#ifdef NEGATIVE
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = bold_update, .atomic_disable = toy_update);
#else
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update);
#endif
