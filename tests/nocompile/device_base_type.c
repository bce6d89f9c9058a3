// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: struct odd.base is no struct kms_device
 *
 * A device with a base that is not a struct kms_device.
 */

#include "fixture.h"

extern const struct kms_driver any_driver;

struct odd {
#ifdef NEGATIVE
	struct drm_device base;
#else
	struct kms_device base;
	int number;
#endif
};

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
	return PTR_ERR_OR_ZERO(kms_register(parent, &any_driver, struct odd, NULL));
}
