// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: struct odd.base is no struct tkms_device
 *
 * A device with a base that is not a struct tkms_device.
 */

#include "fixture.h"

extern const struct tkms_driver any_driver;

struct odd {
#ifdef NEGATIVE
	struct drm_device base;
#else
	struct tkms_device base;
	int number;
#endif
};

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
	return PTR_ERR_OR_ZERO(tkms_register(parent, &any_driver, struct odd, NULL));
}
