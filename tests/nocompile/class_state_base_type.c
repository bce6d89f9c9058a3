// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: struct odd_plane_state has a base that is no struct tkms_plane_state
 *
 * A plane state that starts with a CRTC state.
 */

#include "fixture.h"

struct odd_plane {
	struct tkms_plane base;
};

struct odd_plane_state {
#ifdef NEGATIVE
	struct tkms_crtc_state base;
#else
	struct tkms_plane_state base;
#endif
};

TKMS_DECLARE_PLANE_CLASS(odd_plane, odd_plane_state);
