// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: no member named .get_scanout_position|field designator .get_scanout_position
 *
 * A class without vblanks has no scan-out position.
 */

#include "fixture.h"

static bool __maybe_unused toy_position(struct toy_eink *eink, bool in_irq, int *vpos, int *hpos,
					ktime_t *start, ktime_t *end,
					const struct drm_display_mode *mode)
{
	return false;
}

#ifdef NEGATIVE
TKMS_DEFINE_CRTC_CLASS(toy_eink, toy_eink_state,
		       .get_scanout_position = toy_position);
#else
TKMS_DEFINE_CRTC_CLASS(toy_eink, toy_eink_state);
#endif
