// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|no member named
 *
 * A bare DRM driver cannot be registered as a display driver.
 */

#include "fixture.h"

extern const struct tkms_driver any_driver;

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	return PTR_ERR_OR_ZERO(tkms_register(parent, &any_driver.drm, struct toy, NULL));
#else
	return PTR_ERR_OR_ZERO(tkms_register(parent, &any_driver, struct toy, NULL));
#endif
}
