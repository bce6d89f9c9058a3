// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of a link is ignored.
 */

#include "fixture.h"

int fixture_compose(struct kms_composer *composer, struct toy *toy)
{
	struct kms_plane_state *state = kms_plane_add(composer, &toy->plane->base);
#ifdef NEGATIVE
	kms_plane_set_crtc(composer, state, NULL, NULL);
	return 0;
#else
	return kms_plane_set_crtc(composer, state, NULL, NULL);
#endif
}
