// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A static connector cannot be created later.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	toy->panel = toy_panel_create(&toy->base, NULL);
#else
	toy->dock = toy_dock_plug(&toy->base, NULL);
#endif

	return 0;
}
