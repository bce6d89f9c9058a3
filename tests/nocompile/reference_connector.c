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
	kms_connector_unpin(kms_connector_pin(&toy->panel->base));
#else
	kms_connector_put(kms_connector_get(&toy->panel->base));
#endif

	return 0;
}
