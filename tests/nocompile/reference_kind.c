// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A pin of an object of another type.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	tkms_crtc_unpin(&toy->plane->base);
#else
	tkms_crtc_unpin(&toy->crtc->base);
#endif

	return 0;
}
