// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * An opaque state must be tested before it is converted to a class.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
	struct tkms_crtc_state *any = tkms_crtc_borrow(mutator, &toy->crtc->base);
	struct toy_crtc_state *state;
#ifdef NEGATIVE
	state = any;
#else
	state = toy_crtc_state_try_from(any);
#endif
	return state ? 0 : 1;
}
