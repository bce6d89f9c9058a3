// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of setting a mode is ignored.
 */

#include "fixture.h"

int fixture_compose(struct kms_composer *composer, struct toy *toy)
{
	struct kms_crtc_state *state = kms_crtc_add(composer, &toy->crtc->base);
#ifdef NEGATIVE
	kms_crtc_set_mode(composer, state, NULL);
	return 0;
#else
	return kms_crtc_set_mode(composer, state, NULL);
#endif
}
