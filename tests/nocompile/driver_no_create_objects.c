// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: the driver has no create_objects\(\)
 *
 * A driver without objects.
 */

#include "fixture.h"

static int toy_info(struct tkms_device *kms, struct tkms_config *config)
{
	return 0;
}

static int toy_objects(struct tkms_setup *setup)
{
	return 0;
}

static const struct tkms_driver own_driver = {
	.drm = { .driver_features = TKMS_DRIVER_FEATURES },
#ifdef NEGATIVE
	.mode_config_info = toy_info,
#else
	.mode_config_info = toy_info,
	.create_objects = toy_objects,
#endif
};

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
	return toy_info(NULL, NULL) + toy_objects(NULL) +
	       PTR_ERR_OR_ZERO(tkms_register(parent, &own_driver, struct toy, NULL));
}
