// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types|discards
 *
 * An event is armed from the new state, not from the old one.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	const struct tkms_crtc_state *state = tkms_crtc_old(tkms_view(mutator), &toy->crtc->base);
#else
	struct tkms_crtc_state *state = tkms_crtc_borrow(mutator, &toy->crtc->base);
#endif
	tkms_vblank_arm_event(toy_crtc_vblank(toy->crtc), state);

	return 0;
}
