// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of a link is ignored.
 */

#include "fixture.h"

int fixture_compose(struct tkms_composer *composer, struct toy *toy)
{
	struct tkms_plane_state *state = tkms_plane_add(composer, &toy->plane->base);
#ifdef NEGATIVE
	tkms_plane_set_crtc(composer, state, NULL, NULL);
	return 0;
#else
	return tkms_plane_set_crtc(composer, state, NULL, NULL);
#endif
}
