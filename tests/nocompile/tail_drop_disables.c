// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The token of the disables is dropped.
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
	kms_commit_disables(mutator, modesets);
	disables = NULL;
#else
	disables = kms_commit_disables(mutator, modesets);
#endif
	enables = kms_commit_enables(mutator, disables);
	planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);
	return kms_commit_hw_done(mutator, enables, planes);
}
