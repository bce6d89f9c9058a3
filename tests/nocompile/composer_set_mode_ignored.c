// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of setting a mode is ignored.
 */

#include "fixture.h"

int fixture_compose(struct tkms_composer *composer, struct toy *toy)
{
	struct tkms_crtc_state *state = tkms_crtc_add(composer, &toy->crtc->base);
#ifdef NEGATIVE
	tkms_crtc_set_mode(composer, state, NULL);
	return 0;
#else
	return tkms_crtc_set_mode(composer, state, NULL);
#endif
}
