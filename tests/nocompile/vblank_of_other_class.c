// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A CRTC of a class without vblanks.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	tkms_vblank_put(toy_crtc_vblank(toy->eink));
#else
	tkms_vblank_put(toy_crtc_vblank(toy->crtc));
#endif

	return 0;
}
