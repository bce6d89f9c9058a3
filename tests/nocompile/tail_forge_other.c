// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A token made of another token.
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
#ifdef NEGATIVE
	enables = disables;
#else
	enables = kms_commit_enables(mutator, disables);
#endif
	planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);
	return kms_commit_hw_done(mutator, enables, planes);
}
