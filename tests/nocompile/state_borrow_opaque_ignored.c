// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * A borrow of an opaque state that is never released.
 */

#include "fixture.h"

int fixture_mutate(struct kms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	kms_crtc_borrow(mutator, &toy->crtc->base);
#else
	kms_crtc_release(kms_crtc_borrow(mutator, &toy->crtc->base));
#endif

	return 0;
}
