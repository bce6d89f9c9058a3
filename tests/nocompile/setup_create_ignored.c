// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of creating an object is ignored.
 */

#include "fixture.h"

int fixture_setup(struct tkms_setup *setup, struct toy *toy, const struct tkms_plane_info *info)
{
#ifdef NEGATIVE
	toy_plane_create(setup, info);
#else
	toy->plane = toy_plane_create(setup, info);
#endif

	return 0;
}
