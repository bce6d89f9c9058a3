// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of getting a vblank reference is ignored.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	tkms_vblank_get(toy_crtc_vblank(toy->crtc));
	return 0;
#else
	return tkms_vblank_get(toy_crtc_vblank(toy->crtc));
#endif
}
