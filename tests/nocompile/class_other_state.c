// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A state of another class.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	struct toy_eink_state *state = toy_crtc_borrow(mutator, toy->crtc);
#else
	struct toy_crtc_state *state = toy_crtc_borrow(mutator, toy->crtc);
#endif
	return PTR_ERR_OR_ZERO(state);
}
