// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: implicit declaration|undeclared function
 *
 * A CRTC of a class with optional vblanks may have none: the driver must test it.
 */

#include "fixture.h"

struct toy_dual {
	struct tkms_crtc base;
};

TKMS_DECLARE_OPTIONAL_VBLANK_CRTC_CLASS(toy_dual, toy_crtc_state);

static void __maybe_unused put(struct toy_dual *dual)
{
#ifdef NEGATIVE
	tkms_vblank_put(toy_dual_vblank(dual));
#else
	struct tkms_vblank_crtc *vblank = tkms_vblank_try_from(&dual->base);

	if (vblank)
		tkms_vblank_put(vblank);
#endif
}
