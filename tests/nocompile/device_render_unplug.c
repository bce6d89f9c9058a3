// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * The unplug function of display devices, for a device without display.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	tkms_unplug(&gpu->base);
#else
	tkms_unplug(&toy->base);
#endif

	return 0;
}
