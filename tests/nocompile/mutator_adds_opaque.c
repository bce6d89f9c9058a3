// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * Only a composer adds objects, opaque ones too.
 */

#include "fixture.h"

int fixture_mutate(struct tkms_mutator *mutator, struct toy *toy)
{
#ifdef NEGATIVE
	return PTR_ERR_OR_ZERO(tkms_crtc_add(mutator, &toy->crtc->base));
#else
	return PTR_ERR_OR_ZERO(tkms_crtc_borrow(mutator, &toy->crtc->base));
#endif
}
