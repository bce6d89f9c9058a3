// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: no member named .base
 *
 * A class with another name of its first member.
 */

#include "fixture.h"

struct odd_plane {
#ifdef NEGATIVE
	struct kms_plane plane;
#else
	struct kms_plane base;
#endif
};

struct odd_plane_state {
	struct kms_plane_state base;
};

KMS_DECLARE_PLANE_CLASS(odd_plane, odd_plane_state);
