// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: a handle is used a second time, or was never given
 *
 * A token that is used twice in the same branch.
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
	if (kms_crtc_after(kms_view(mutator), NULL)) {
		planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);
#ifdef NEGATIVE
		planes = kms_commit_planes(mutator, ready, KMS_PLANES_ACTIVE);
#else
#endif
		return kms_commit_hw_done(mutator, enables, planes);
	}
	planes = kms_commit_planes(mutator, ready, KMS_PLANES_ACTIVE);
	return kms_commit_hw_done(mutator, enables, planes);
}
