// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The result of the test for vblanks is ignored.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	tkms_vblank_try_from(&toy->crtc->base);

	return 0;
#else
	return !tkms_vblank_try_from(&toy->crtc->base);
#endif
}
