// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * A borrow of an opaque state that is never released.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	tkms_crtc_borrow(mutator, &toy->crtc->base);
#else
	tkms_crtc_release(tkms_crtc_borrow(mutator, &toy->crtc->base));
#endif

	return 0;
}
