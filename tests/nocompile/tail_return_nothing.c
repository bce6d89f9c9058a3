// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: a handle is used a second time, or was never given
 *
 * A tail that writes nothing to the hardware.
 */

#include "fixture.h"

static const struct tkms_committed *toy_tail(struct tkms_mutator *mutator,
					     struct tkms_modesets_ready *modesets,
					     struct tkms_planes_ready *ready)
{
#ifdef NEGATIVE
	return NULL;
#else
	return tkms_tail_planes_last.run(mutator, modesets, ready);
#endif
}

TKMS_DEFINE_TAIL(toy, toy_tail);

const struct tkms_committed *fixture_tail(struct tkms_mutator *mutator,
					  struct tkms_modesets_ready *modesets,
					  struct tkms_planes_ready *ready)
{
	return toy.run(mutator, modesets, ready);
}
