// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A mutator cannot set a mode: it would be unchecked.
 */

#include "fixture.h"

int fixture_compose(struct tkms_composer *composer, struct toy *toy)
{
	struct tkms_crtc_state *state = tkms_crtc_add(composer, &toy->crtc->base);
#ifdef NEGATIVE
	return tkms_crtc_set_mode(tkms_as_mutator(composer), state, NULL);
#else
	return tkms_crtc_set_mode(composer, state, NULL);
#endif
}
