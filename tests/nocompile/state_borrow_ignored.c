// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * A borrow that is never released.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	toy_crtc_borrow(mutator, toy->crtc);
#else
	toy_crtc_release(toy_crtc_borrow(mutator, toy->crtc));
#endif

	return 0;
}
