// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * An encoder passed as a plane.
 */

#include "fixture.h"

int fixture_setup(struct kms_setup *setup, struct toy *toy, const struct kms_plane_info *info)
{
#ifdef NEGATIVE
	return kms_plane_allow(setup, &toy->encoder->base, &toy->crtc->base);
#else
	return kms_encoder_allow(setup, &toy->encoder->base, &toy->crtc->base);
#endif
}
