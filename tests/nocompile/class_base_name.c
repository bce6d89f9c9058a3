// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: no member named .base
 *
 * A class with another name of its first member.
 */

#include "fixture.h"

struct odd_plane {
#ifdef NEGATIVE
	struct tkms_plane plane;
#else
	struct tkms_plane base;
#endif
};

struct odd_plane_state {
	struct tkms_plane_state base;
};

TKMS_DECLARE_PLANE_CLASS(odd_plane, odd_plane_state);
