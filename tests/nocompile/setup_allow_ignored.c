// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of a link is ignored.
 */

#include "fixture.h"

int fixture_setup(struct tkms_setup *setup, struct toy *toy, const struct tkms_plane_info *info)
{
#ifdef NEGATIVE
	tkms_plane_allow(setup, &toy->plane->base, &toy->crtc->base);
	return 0;
#else
	return tkms_plane_allow(setup, &toy->plane->base, &toy->crtc->base);
#endif
}
