// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: discards
 *
 * The old state cannot be passed as a writable opaque one.
 */

#include "fixture.h"

int fixture_mutate(struct kms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	struct kms_crtc_state *old = kms_crtc_old(kms_view(mutator), &toy->crtc->base);
#else
	const struct kms_crtc_state *old = kms_crtc_old(kms_view(mutator), &toy->crtc->base);
#endif
	return old ? 0 : 1;
}
