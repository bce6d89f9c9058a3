// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: no member named|invalid use of|incomplete
 *
 * The committed view returns no new state.
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
#ifdef NEGATIVE
	const struct kms_committed *committed = kms_commit_hw_done(mutator, enables, planes);

	if (committed->crtcs)
		return NULL;
	return committed;
#else
	return kms_commit_hw_done(mutator, enables, planes);
#endif
}
