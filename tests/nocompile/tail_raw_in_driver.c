// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * The tail of a driver cannot be a function of DRM.
 */

#include "fixture.h"

static void raw_tail(struct drm_atomic_commit *commit)
{
	drm_atomic_helper_commit_tail(commit);
}

static const struct tkms_driver own_driver = {
#ifdef NEGATIVE
	.tail = raw_tail,
#else
	.tail = &tkms_tail_planes_last,
#endif
};

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
	raw_tail(NULL);

	return own_driver.tail ? 0 : 1;
}
