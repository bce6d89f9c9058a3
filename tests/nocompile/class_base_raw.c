// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: struct odd_plane has a base that is no struct tkms_plane
 *
 * A class of planes that starts with DRM's struct drm_plane.
 */

#include "fixture.h"

struct odd_plane {
#ifdef NEGATIVE
	struct drm_plane base;
#else
	struct tkms_plane base;
#endif
};

struct odd_plane_state {
	struct tkms_plane_state base;
};

TKMS_DECLARE_PLANE_CLASS(odd_plane, odd_plane_state);
