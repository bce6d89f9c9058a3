// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * create_objects() takes a setup handle, not a device.
 */

#include "fixture.h"

static int toy_info(struct kms_device *kms, struct kms_config *config)
{
	return 0;
}

static int toy_objects(struct kms_setup *setup)
{
	return 0;
}

static const struct kms_driver own_driver = {
	.drm = { .driver_features = KMS_DRIVER_FEATURES },
#ifdef NEGATIVE
	.mode_config_info = toy_info,
	.create_objects = toy_info,
#else
	.mode_config_info = toy_info,
	.create_objects = toy_objects,
#endif
};

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
	return toy_info(NULL, NULL) + toy_objects(NULL) +
	       PTR_ERR_OR_ZERO(kms_register(parent, &own_driver, struct toy, NULL));
}
