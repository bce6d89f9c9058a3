// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: no member named .order|has no member named|field designator
 *
 * There are only the three orders of the layer.
 */

#include "fixture.h"

static const struct tkms_tail toy_tail = {
#ifdef NEGATIVE
	.order = { 2, 0, 1 },
#else
	.run = fixture_tail,
#endif
};

const struct tkms_committed *fixture_tail(struct tkms_mutator *mutator,
					  struct tkms_modesets_ready *modesets,
					  struct tkms_planes_ready *ready)
{
	return toy_tail.run(mutator, modesets, ready);
}
