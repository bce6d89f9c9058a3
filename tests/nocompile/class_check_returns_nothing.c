// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A check that cannot fail.
 */

#include "fixture.h"

static void toy_update(struct toy_plane *plane, struct toy_plane_state *new,
		       const struct toy_plane_state *old, struct tkms_mutator *mutator)
{
}

static int __maybe_unused toy_check(struct toy_plane *plane, struct toy_plane_state *new,
				    const struct toy_plane_state *old,
				    struct tkms_composer *composer)
{
	return 0;
}

static void __maybe_unused mute_check(struct toy_plane *plane, struct toy_plane_state *new,
				      const struct toy_plane_state *old,
				      struct tkms_composer *composer)
{
}

#ifdef NEGATIVE
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update, .atomic_check = mute_check);
#else
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update, .atomic_check = toy_check);
#endif
