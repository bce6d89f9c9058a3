// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: struct odd_plane does not begin with its base
 *
 * A class in which the base is not the first member.
 */

#include "fixture.h"

struct odd_plane {
#ifdef NEGATIVE
	int number;
	struct tkms_plane base;
#else
	struct tkms_plane base;
	int number;
#endif
};

struct odd_plane_state {
	struct tkms_plane_state base;
};

TKMS_DECLARE_PLANE_CLASS(odd_plane, odd_plane_state);
