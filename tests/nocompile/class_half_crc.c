// SPDX-License-Identifier: GPL-2.0
/*
 * EXPECT: toy_crtc has set_crc_source\(\), but no verify_crc_source\(\)
 *
 * A CRC source that cannot be verified.
 */

#include "fixture.h"

static int __maybe_unused toy_enable(struct toy_crtc *crtc)
{
	return 0;
}

static void __maybe_unused toy_disable(struct toy_crtc *crtc)
{
}

static int toy_set_crc(struct toy_crtc *crtc, const char *source)
{
	return 0;
}

static int __maybe_unused toy_verify_crc(struct toy_crtc *crtc, const char *source, size_t *values)
{
	return 0;
}

#ifdef NEGATIVE
TKMS_DEFINE_VBLANK_CRTC_CLASS(toy_crtc, toy_crtc_state,
			      .enable_vblank = toy_enable, .disable_vblank = toy_disable,
			      .set_crc_source = toy_set_crc);
#else
TKMS_DEFINE_VBLANK_CRTC_CLASS(toy_crtc, toy_crtc_state,
			      .enable_vblank = toy_enable, .disable_vblank = toy_disable,
			      .set_crc_source = toy_set_crc, .verify_crc_source = toy_verify_crc);
#endif
