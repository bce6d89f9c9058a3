// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: struct odd_plane_state has a base that is no struct kms_plane_state
 *
 * A plane state that starts with a CRTC state.
 */

#include "fixture.h"

struct odd_plane {
	struct kms_plane base;
};

struct odd_plane_state {
#ifdef NEGATIVE
	struct kms_crtc_state base;
#else
	struct kms_plane_state base;
#endif
};

KMS_DECLARE_PLANE_CLASS(odd_plane, odd_plane_state);
