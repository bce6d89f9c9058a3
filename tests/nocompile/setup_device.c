// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A device cannot create objects: only a setup handle can, and it is short-lived.
 */

#include "fixture.h"

int fixture_setup(struct tkms_setup *setup, struct toy *toy, const struct tkms_plane_info *info)
{
#ifdef NEGATIVE
	toy->plane = toy_plane_create(&toy->base, info);
#else
	toy->plane = toy_plane_create(setup, info);
#endif

	return 0;
}
