// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A CRTC of another class.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	return PTR_ERR_OR_ZERO(toy_eink_borrow(mutator, toy->crtc));
#else
	return PTR_ERR_OR_ZERO(toy_eink_borrow(mutator, toy->eink));
#endif
}
