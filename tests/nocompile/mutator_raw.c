// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * A handle cannot be passed as a commit of DRM.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	struct drm_atomic_commit *commit = mutator;

	return commit ? 0 : 1;
#else
	return PTR_ERR_OR_ZERO(tkms_crtc_borrow(mutator, &toy->crtc->base));
#endif
}
