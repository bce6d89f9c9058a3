// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A primary plane must be a plane.
 */

#include "fixture.h"

int fixture_setup(struct tkms_setup *setup, struct toy *toy, const struct tkms_plane_info *info)
{
#ifdef NEGATIVE
	toy->crtc = toy_crtc_create(setup, &(struct tkms_crtc_info){ &toy->encoder->base });
#else
	toy->crtc = toy_crtc_create(setup, &(struct tkms_crtc_info){ &toy->plane->base });
#endif

	return 0;
}
