// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types|discards
 *
 * An event is armed from the new state, not from the old one.
 */

#include "fixture.h"

int fixture_mutate(struct kms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	const struct kms_crtc_state *state = kms_crtc_old(kms_view(mutator), &toy->crtc->base);
#else
	struct kms_crtc_state *state = kms_crtc_borrow(mutator, &toy->crtc->base);
#endif
	kms_vblank_arm_event(toy_crtc_vblank(toy->crtc), state);

	return 0;
}
