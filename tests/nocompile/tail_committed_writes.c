// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: read-only|cannot assign to .*const
 *
 * After hw_done, states are read-only.
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

	tkms_for_each_committed_crtc(committed, crtc) {
		const struct tkms_crtc_state *old = tkms_crtc_old(tkms_view(committed), crtc);

#ifdef NEGATIVE
		old->drm.active = false;
#else
		if (old->drm.active)
			break;
#endif
	}
	return committed;
}
