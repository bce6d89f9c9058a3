// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: toy_plane has atomic_async_update\(\), but no atomic_async_check\(\)
 *
 * An asynchronous update without a check.
 */

#include "fixture.h"

static void toy_update(struct toy_plane *plane, struct toy_plane_state *new,
		       const struct toy_plane_state *old, struct tkms_mutator *mutator)
{
}

static void toy_async(struct toy_plane *plane, struct toy_plane_state *new,
		      struct toy_plane_state *old, struct tkms_mutator *mutator)
{
}

static int __maybe_unused toy_check(struct toy_plane *plane, struct toy_plane_state *new,
				    const struct toy_plane_state *old,
				    struct tkms_composer *composer, bool is_flip)
{
	return 0;
}

#ifdef NEGATIVE
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update, .atomic_async_update = toy_async);
#else
TKMS_DEFINE_PLANE_CLASS(toy_plane, toy_plane_state,
			.atomic_update = toy_update, .atomic_async_check = toy_check,
			.atomic_async_update = toy_async);
#endif
