// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A display driver cannot register a device without display.
 */

#include "fixture.h"

extern const struct tkms_driver any_driver;

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	return PTR_ERR_OR_ZERO(tkms_render_register(parent, &any_driver, struct toy_gpu));
#else
	return PTR_ERR_OR_ZERO(tkms_render_register(parent, &any_driver.drm, struct toy_gpu));
#endif
}
