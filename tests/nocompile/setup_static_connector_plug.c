// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: implicit declaration|undeclared function
 *
 * A class of static connectors has no plug().
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	toy->panel = toy_panel_plug(&toy->base, NULL);
#else
	toy->dock = toy_dock_plug(&toy->base, NULL);
#endif

	return 0;
}
