// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: toy_crtc has no enable_vblank\(\)
 *
 * A class with vblanks that cannot be enabled.
 */

#include "fixture.h"

static int __maybe_unused toy_enable(struct toy_crtc *crtc)
{
	return 0;
}

static void __maybe_unused toy_disable(struct toy_crtc *crtc)
{
}

#ifdef NEGATIVE
TKMS_DEFINE_VBLANK_CRTC_CLASS(toy_crtc, toy_crtc_state,
			      .disable_vblank = toy_disable);
#else
TKMS_DEFINE_VBLANK_CRTC_CLASS(toy_crtc, toy_crtc_state,
			      .enable_vblank = toy_enable, .disable_vblank = toy_disable);
#endif
