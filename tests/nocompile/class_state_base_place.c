// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: struct odd_plane_state does not begin with its base
 *
 * A state in which the base is not the first member.
 */

#include "fixture.h"

struct odd_plane {
	struct tkms_plane base;
};

struct odd_plane_state {
#ifdef NEGATIVE
	int number;
	struct tkms_plane_state base;
#else
	struct tkms_plane_state base;
#endif
};

TKMS_DECLARE_PLANE_CLASS(odd_plane, odd_plane_state);
