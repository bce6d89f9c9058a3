// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * Static objects are not created by a commit.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	return PTR_ERR_OR_ZERO(toy_plane_create(mutator, NULL));
#else
	return PTR_ERR_OR_ZERO(toy_plane_borrow(mutator, toy->plane));
#endif
}
