// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * An object of another type.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	return PTR_ERR_OR_ZERO(toy_plane_borrow(mutator, toy->crtc));
#else
	return PTR_ERR_OR_ZERO(toy_plane_borrow(mutator, toy->plane));
#endif
}
