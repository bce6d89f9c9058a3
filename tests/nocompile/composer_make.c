// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incomplete (type|definition)|storage size|invalid use of undefined type
 *
 * A driver cannot make a composer.
 */

#include "fixture.h"

int fixture_anywhere(struct toy *toy, struct toy_gpu *gpu, struct device *parent)
{
#ifdef NEGATIVE
	struct tkms_composer composer;

	toy_crtc_release(toy_crtc_add(&composer, toy->crtc));
#else
	toy->crtc = NULL;
#endif

	return 0;
}
