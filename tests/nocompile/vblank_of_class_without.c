// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: implicit declaration|undeclared function
 *
 * A class without vblanks has no conversion to struct tkms_vblank_crtc.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	tkms_vblank_put(toy_eink_vblank(toy->eink));
#else
	tkms_vblank_put(toy_crtc_vblank(toy->crtc));
#endif

	return 0;
}
