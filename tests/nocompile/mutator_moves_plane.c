// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A mutator cannot move a plane: the link would be unchecked.
 */

#include "fixture.h"

int fixture_compose(struct kms_composer *composer, struct toy *toy)
{
	struct kms_plane_state *state = kms_plane_add(composer, &toy->plane->base);
#ifdef NEGATIVE
	return kms_plane_set_crtc(kms_as_mutator(composer), state, NULL, NULL);
#else
	return kms_plane_set_crtc(composer, state, NULL, NULL);
#endif
}
