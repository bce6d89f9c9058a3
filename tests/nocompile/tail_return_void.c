// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: void value not ignored|expression of incompatible type
 *
 * A tail that returns no proof.
 */

#include "fixture.h"

#ifdef NEGATIVE
static void toy_tail(struct kms_mutator *mutator, struct kms_modesets_ready *modesets,
		     struct kms_planes_ready *ready)
{
}
#else
static const struct kms_committed *toy_tail(struct kms_mutator *mutator,
					    struct kms_modesets_ready *modesets,
					    struct kms_planes_ready *ready)
{
	return kms_tail_planes_last.run(mutator, modesets, ready);
}
#endif

KMS_DEFINE_TAIL(toy, toy_tail);

const struct kms_committed *fixture_tail(struct kms_mutator *mutator,
					 struct kms_modesets_ready *modesets,
					 struct kms_planes_ready *ready)
{
	return toy.run(mutator, modesets, ready);
}
