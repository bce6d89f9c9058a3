// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of plugging a connector is ignored.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	toy_dock_plug(&toy->base, NULL);
#else
	toy->dock = toy_dock_plug(&toy->base, NULL);
#endif

	return 0;
}
