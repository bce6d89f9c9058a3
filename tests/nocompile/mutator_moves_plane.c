// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A mutator cannot move a plane: the link would be unchecked.
 */

#include "fixture.h"

int fixture_compose(struct tkms_composer *composer, struct toy *toy)
{
	struct tkms_plane_state *state = tkms_plane_add(composer, &toy->plane->base);
#ifdef NEGATIVE
	return tkms_plane_set_crtc(tkms_as_mutator(composer), state, NULL, NULL);
#else
	return tkms_plane_set_crtc(composer, state, NULL, NULL);
#endif
}
