// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: toy_plane has drop_state\(\), but no copy_state\(\)
 *
 * Private data without copy_state() would be freed by two states.
 */

#include "fixture.h"

static void toy_update(struct toy_plane *plane, struct toy_plane_state *new,
		       const struct toy_plane_state *old, struct tkms_mutator *mutator)
{
}

static int __maybe_unused toy_copy(struct toy_plane_state *new, const struct toy_plane_state *old)
{
	return 0;
}

static void toy_drop(struct toy_plane_state *state)
{
}

#ifdef NEGATIVE
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update, .drop_state = toy_drop);
#else
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update,
			.drop_state = toy_drop, .copy_state = toy_copy);
#endif
