// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A mutator cannot set a mode: it would be unchecked.
 */

#include "fixture.h"

int fixture_compose(struct kms_composer *composer, struct toy *toy)
{
	struct kms_crtc_state *state = kms_crtc_add(composer, &toy->crtc->base);
#ifdef NEGATIVE
	return kms_crtc_set_mode(kms_as_mutator(composer), state, NULL);
#else
	return kms_crtc_set_mode(composer, state, NULL);
#endif
}
