// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: toy_dual has no disable_vblank\(\)
 *
 * A class with optional vblanks must be able to disable them.
 */

#include "fixture.h"

struct toy_dual {
	struct tkms_crtc base;
};

TKMS_DECLARE_OPTIONAL_VBLANK_CRTC_CLASS(toy_dual, toy_crtc_state);

static int toy_enable(struct toy_dual *dual)
{
	return 0;
}

static void __maybe_unused toy_disable(struct toy_dual *dual)
{
}

#ifdef NEGATIVE
TKMS_DEFINE_OPTIONAL_VBLANK_CRTC_CLASS(toy_dual, toy_crtc_state,
				       .enable_vblank = toy_enable);
#else
TKMS_DEFINE_OPTIONAL_VBLANK_CRTC_CLASS(toy_dual, toy_crtc_state,
				       .enable_vblank = toy_enable, .disable_vblank = toy_disable);
#endif
