// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: void value not ignored|expression of incompatible type
 *
 * A tail that returns no proof.
 */

#include "fixture.h"

#ifdef NEGATIVE
static void toy_tail(struct tkms_mutator *mutator, struct tkms_modesets_ready *modesets,
		     struct tkms_planes_ready *ready)
{
}
#else
static const struct tkms_committed *toy_tail(struct tkms_mutator *mutator,
					     struct tkms_modesets_ready *modesets,
					     struct tkms_planes_ready *ready)
{
	return tkms_tail_planes_last.run(mutator, modesets, ready);
}
#endif

TKMS_DEFINE_TAIL(toy, toy_tail);

const struct tkms_committed *fixture_tail(struct tkms_mutator *mutator,
					  struct tkms_modesets_ready *modesets,
					  struct tkms_planes_ready *ready)
{
	return toy.run(mutator, modesets, ready);
}
