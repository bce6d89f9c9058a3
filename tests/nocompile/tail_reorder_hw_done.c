// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: is no struct kms_enables_done
 *
 * hw_done first of all.
 */

#include "fixture.h"

const struct kms_committed *fixture_tail(struct kms_mutator *mutator,
					 struct kms_modesets_ready *modesets,
					 struct kms_planes_ready *ready)
{
	struct kms_disables_done *disables;
	struct kms_enables_done *enables;
	struct kms_planes_done *planes;

#ifdef NEGATIVE
	const struct kms_committed *committed = kms_commit_hw_done(mutator, modesets, ready);

	disables = kms_commit_disables(mutator, modesets);
	enables = kms_commit_enables(mutator, disables);
	planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);
	return committed;
#else
	disables = kms_commit_disables(mutator, modesets);
	enables = kms_commit_enables(mutator, disables);
	planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);
	return kms_commit_hw_done(mutator, enables, planes);
#endif
}
