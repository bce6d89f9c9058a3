// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * The first state does not exist yet when objects are created.
 */

#include "fixture.h"

int fixture_initial(struct tkms_initial *initial, struct toy *toy)
{
#ifdef NEGATIVE
	struct tkms_setup *setup = NULL;

	tkms_crtc_first(setup, &toy->crtc->base)->drm.active = true;
#else
	tkms_crtc_first(initial, &toy->crtc->base)->drm.active = true;
#endif

	return 0;
}
