// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A plane cannot be converted to a class of CRTCs.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	toy->crtc = toy_crtc_try_from(&toy->plane->base);
#else
	toy->crtc = toy_crtc_try_from(&toy->eink->base);
#endif

	return 0;
}
