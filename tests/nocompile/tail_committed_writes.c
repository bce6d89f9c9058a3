// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: read-only|cannot assign to .*const
 *
 * After hw_done, states are read-only.
 */

#include "fixture.h"

const struct kms_committed *fixture_tail(struct kms_mutator *mutator,
					 struct kms_modesets_ready *modesets,
					 struct kms_planes_ready *ready)
{
	struct kms_disables_done *disables;
	struct kms_enables_done *enables;
	struct kms_planes_done *planes;

	disables = kms_commit_disables(mutator, modesets);
	enables = kms_commit_enables(mutator, disables);
	planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);
	const struct kms_committed *committed = kms_commit_hw_done(mutator, enables, planes);

	kms_for_each_committed_crtc(committed, crtc) {
		const struct kms_crtc_state *old = kms_crtc_old(kms_view(committed), crtc);

#ifdef NEGATIVE
		old->drm.active = false;
#else
		if (old->drm.active)
			break;
#endif
	}
	return committed;
}
