// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: selector of type|not compatible with any (generic )?association
 *
 * Only a commit has a read-only view.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	const struct tkms_view *view = tkms_view(toy);
#else
	const struct tkms_view *view = tkms_view(mutator);
#endif
	return view ? 0 : 1;
}
