// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: read-only|cannot assign to .*const
 *
 * The old state is read-only.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
	const struct toy_crtc_state *old = toy_crtc_old(tkms_view(mutator), toy->crtc);
#ifdef NEGATIVE
	old->gain = 1;
#else
	if (old->gain)
		return 1;
#endif

	return 0;
}
