// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: is no struct kms_disables_done
 *
 * CRTCs are enabled before others are disabled.
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
	planes = kms_commit_planes(mutator, ready, KMS_PLANES_ALL);
#ifdef NEGATIVE
	enables = kms_commit_enables(mutator, modesets);
#else
	enables = kms_commit_enables(mutator, disables);
#endif
	return kms_commit_hw_done(mutator, enables, planes);
}
