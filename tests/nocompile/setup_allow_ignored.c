// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: ignoring return value
 *
 * The error of a link is ignored.
 */

#include "fixture.h"

int fixture_setup(struct kms_setup *setup, struct toy *toy, const struct kms_plane_info *info)
{
#ifdef NEGATIVE
	kms_plane_allow(setup, &toy->plane->base, &toy->crtc->base);
	return 0;
#else
	return kms_plane_allow(setup, &toy->plane->base, &toy->crtc->base);
#endif
}
