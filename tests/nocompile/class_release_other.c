// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A state is released as that of another class.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
	struct toy_crtc_state *state = toy_crtc_borrow(mutator, toy->crtc);
#ifdef NEGATIVE
	toy_plane_release(state);
#else
	toy_crtc_release(state);
#endif

	return 0;
}
