/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every reason for which rvkms refuses a state, one line a rule:
 *
 *	RVKMS_RULE(name, errno, text)
 *
 * The enum, the debug text, docs/check-rules.md and the test that every rule has a case that
 * trips it and a neighbour that does not are all made from this table. Within one kind of object
 * the order of the lines is the order in which the rules are tried: the first one violated is
 * the one that is named.
 *
 * This file is included several times, with RVKMS_RULE() defined anew each time.
 */

/* Modes: asked for by a connector's mode list and by every modeset. */
RVKMS_RULE(MODE_CLOCK, EINVAL, "the pixel clock is not positive")
RVKMS_RULE(MODE_CLOCK_LIMIT, EINVAL, "the pixel clock is above the device's limit")
RVKMS_RULE(MODE_ACTIVE_EMPTY, EINVAL, "the active area has no pixels")
RVKMS_RULE(MODE_TOTALS, EINVAL, "the totals are smaller than the active area")
RVKMS_RULE(MODE_SYNC, EINVAL, "a sync pulse ends before it begins, or is not in the blanking")
RVKMS_RULE(MODE_STEREO, EINVAL, "the mode has a picture for each eye")
RVKMS_RULE(MODE_FLAGS, EINVAL, "a flag asks for what the device does not do")
RVKMS_RULE(MODE_SIZE, EINVAL, "the active area is larger than the device scans out")
RVKMS_RULE(MODE_REFRESH, EINVAL, "the refresh rate is outside of 1 Hz to 1000 Hz")

/* Planes. */
RVKMS_RULE(PLANE_FB_WITHOUT_CRTC, EINVAL, "a framebuffer is set but no CRTC")
RVKMS_RULE(PLANE_CRTC_WITHOUT_FB, EINVAL, "a CRTC is set but no framebuffer")
RVKMS_RULE(PLANE_FORMAT, EINVAL, "the framebuffer's format cannot be read")
RVKMS_RULE(PLANE_MODIFIER, EINVAL, "the framebuffer's modifier is not linear")
RVKMS_RULE(PLANE_GROUPS, EINVAL, "the framebuffer ends within a group of pixels that share samples")
RVKMS_RULE(PLANE_ROTATION, EINVAL, "the rotation is not one angle, with or without reflections")
RVKMS_RULE(PLANE_SOURCE_BOUNDS, ENOSPC, "the source rectangle leaves the framebuffer")
RVKMS_RULE(PLANE_DEST_RANGE, ERANGE, "the destination rectangle leaves the coordinate range")
RVKMS_RULE(PLANE_SCALING, ERANGE, "source and destination differ in size")
RVKMS_RULE(PLANE_CURSOR_SIZE, EINVAL, "the cursor is larger than the device's cursor limit")

/* Writeback jobs. */
RVKMS_RULE(WRITEBACK_CRTC, EINVAL, "the writeback connector is not on an active CRTC")
RVKMS_RULE(WRITEBACK_FORMAT, EINVAL, "the writeback framebuffer's format cannot be written")
RVKMS_RULE(WRITEBACK_MODIFIER, EINVAL, "the writeback framebuffer's modifier is not linear")
RVKMS_RULE(WRITEBACK_SIZE, EINVAL, "the writeback framebuffer differs in size from the mode")
