// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incomplete (type|definition)|storage size|invalid use of undefined type
 *
 * A driver cannot make a setup handle.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	struct tkms_setup setup;

	toy->plane = toy_plane_create(&setup, NULL);
#else
	toy->plane = NULL;
#endif

	return 0;
}
