// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: implicit declaration|undeclared function
 *
 * A connector is reference-counted, not pinned: it may be released before its device.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	tkms_connector_unpin(tkms_connector_pin(&toy->panel->base));
#else
	tkms_connector_put(tkms_connector_get(&toy->panel->base));
#endif

	return 0;
}
