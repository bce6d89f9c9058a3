// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: a handle is used a second time, or was never given
 *
 * A state is borrowed after hw_done, when the next commit may already free it.
 */

#include "fixture.h"

const struct tkms_committed *fixture_tail(struct tkms_mutator *mutator,
					  struct tkms_modesets_ready *modesets,
					  struct tkms_planes_ready *ready)
{
	struct tkms_disables_done *disables;
	struct tkms_enables_done *enables;
	struct tkms_planes_done *planes;

	disables = tkms_commit_disables(mutator, modesets);
	enables = tkms_commit_enables(mutator, disables);
	planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ALL);
	const struct tkms_committed *committed = tkms_commit_hw_done(mutator, enables, planes);

#ifdef NEGATIVE
	tkms_for_each_crtc(mutator, state)
		state->drm.active = false;
#else
#endif
	return committed;
}
