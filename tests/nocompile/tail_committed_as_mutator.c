// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types|discards
 *
 * The committed view cannot be passed as a mutator.
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
#ifdef NEGATIVE
	const struct tkms_committed *committed = tkms_commit_hw_done(mutator, enables, planes);

	tkms_for_each_crtc(committed, state)
		state->drm.active = false;
	return committed;
#else
	return tkms_commit_hw_done(mutator, enables, planes);
#endif
}
