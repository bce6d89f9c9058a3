// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A commit to a bare struct drm_device.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	return tkms_commit(&toy->base.drm, NULL, NULL);
#else
	return tkms_commit(&toy->base, NULL, NULL);
#endif
}
