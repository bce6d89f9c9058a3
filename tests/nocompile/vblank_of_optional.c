// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: implicit declaration|undeclared function
 *
 * A CRTC of a class with optional vblanks may have none: the driver must test it.
 */

#include "fixture.h"

struct toy_dual {
	struct kms_crtc base;
};

KMS_DECLARE_OPTIONAL_VBLANK_CRTC_CLASS(toy_dual, toy_crtc_state);

static void __maybe_unused put(struct toy_dual *dual)
{
#ifdef NEGATIVE
	kms_vblank_put(toy_dual_vblank(dual));
#else
	struct kms_vblank_crtc *vblank = kms_vblank_try_from(&dual->base);

	if (vblank)
		kms_vblank_put(vblank);
#endif
}
