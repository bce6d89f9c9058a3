// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * Only a composer adds the planes of a CRTC.
 */

#include "fixture.h"

int fixture_compose(struct kms_composer *composer, struct toy *toy)
{
#ifdef NEGATIVE
	return kms_add_planes(kms_as_mutator(composer), &toy->crtc->base);
#else
	return kms_add_planes(composer, &toy->crtc->base);
#endif
}
