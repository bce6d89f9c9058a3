// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * An opaque CRTC must be tested before it is converted to a class.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
	struct tkms_crtc *crtc = &toy->eink->base;
#ifdef NEGATIVE
	toy->crtc = crtc;
#else
	toy->crtc = toy_crtc_try_from(crtc);
#endif

	return 0;
}
