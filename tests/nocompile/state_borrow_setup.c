// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * No state can be borrowed while objects are created.
 */

#include "fixture.h"

int fixture_setup(struct tkms_setup *setup, struct toy *toy, const struct tkms_plane_info *info)
{
#ifdef NEGATIVE
	toy_crtc_release(toy_crtc_borrow(setup, toy->crtc));
#else
	toy->plane = toy_plane_create(setup, info);
#endif

	return 0;
}
