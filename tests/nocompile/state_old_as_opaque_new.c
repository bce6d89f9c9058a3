// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: discards
 *
 * The old state cannot be passed as a writable opaque one.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	struct tkms_crtc_state *old = tkms_crtc_old(tkms_view(mutator), &toy->crtc->base);
#else
	const struct tkms_crtc_state *old = tkms_crtc_old(tkms_view(mutator), &toy->crtc->base);
#endif
	return old ? 0 : 1;
}
