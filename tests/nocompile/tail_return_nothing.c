// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: a handle is used a second time, or was never given
 *
 * A tail that writes nothing to the hardware.
 */

#include "fixture.h"

static const struct kms_committed *toy_tail(struct kms_mutator *mutator,
					    struct kms_modesets_ready *modesets,
					    struct kms_planes_ready *ready)
{
#ifdef NEGATIVE
	return NULL;
#else
	return kms_tail_planes_last.run(mutator, modesets, ready);
#endif
}

KMS_DEFINE_TAIL(toy, toy_tail);

const struct kms_committed *fixture_tail(struct kms_mutator *mutator,
					 struct kms_modesets_ready *modesets,
					 struct kms_planes_ready *ready)
{
	return toy.run(mutator, modesets, ready);
}
