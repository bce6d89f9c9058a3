// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * Only a composer adds objects.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	return PTR_ERR_OR_ZERO(toy_crtc_add(mutator, toy->crtc));
#else
	return PTR_ERR_OR_ZERO(toy_crtc_borrow(mutator, toy->crtc));
#endif
}
