// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: no member named .enable_vblank|field designator .enable_vblank
 *
 * A class without vblanks has nothing to enable.
 */

#include "fixture.h"

static int __maybe_unused toy_enable(struct toy_eink *eink)
{
	return 0;
}

#ifdef NEGATIVE
TKMS_DEFINE_CRTC_CLASS(toy_eink, toy_eink_state,
		       .enable_vblank = toy_enable);
#else
TKMS_DEFINE_CRTC_CLASS(toy_eink, toy_eink_state);
#endif
