// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A static connector cannot be unplugged.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	toy_dock_unplug(toy->panel);
#else
	toy_dock_unplug(toy->dock);
#endif

	return 0;
}
