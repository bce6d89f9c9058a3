// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: incompatible pointer type|incompatible (function )?pointer types
 *
 * An encoder passed as a plane.
 */

#include "fixture.h"

int fixture_setup(struct tkms_setup *setup, struct toy *toy, const struct tkms_plane_info *info)
{
#ifdef NEGATIVE
	return tkms_plane_allow(setup, &toy->encoder->base, &toy->crtc->base);
#else
	return tkms_encoder_allow(setup, &toy->encoder->base, &toy->crtc->base);
#endif
}
