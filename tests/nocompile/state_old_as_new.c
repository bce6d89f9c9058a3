// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: discards
 *
 * The old state cannot be passed as a writable one.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	struct toy_crtc_state *old = toy_crtc_old(tkms_view(mutator), toy->crtc);
#else
	const struct toy_crtc_state *old = toy_crtc_old(tkms_view(mutator), toy->crtc);
#endif
	return old ? 0 : 1;
}
