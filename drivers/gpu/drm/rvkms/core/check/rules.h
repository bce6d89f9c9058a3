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
RVKMS_RULE(MODE_STEREO, EINVAL, "where the pictures for the eyes are is not defined by DRM")
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
RVKMS_RULE(PLANE_SCALING, ERANGE, "scaled beyond the device's limits")
RVKMS_RULE(PLANE_CURSOR_SIZE, EINVAL, "the cursor is larger than the device's cursor limit")

/* Planes together: what those of one CRTC need. */
RVKMS_RULE(CRTC_PLANES, EINVAL, "more planes are visible than the device blends")
RVKMS_RULE(CRTC_PIXEL_RATE, EINVAL, "the visible planes have more pixels a second than the limit")

/* Colour tables: those of a CRTC, and its matrix. */
RVKMS_RULE(COLOR_DEGAMMA, EINVAL, "the degamma table does not have the length of DEGAMMA_LUT_SIZE")
RVKMS_RULE(COLOR_CTM, EINVAL, "the colour matrix does not have 3x3 coefficients")
RVKMS_RULE(COLOR_GAMMA, EINVAL, "the gamma table has neither the length of GAMMA_LUT_SIZE nor 256")

/* Colour operations: those of a plane. */
RVKMS_RULE(COLOROP_LUT, EINVAL, "the table does not have the length of SIZE")
RVKMS_RULE(COLOROP_CTM, EINVAL, "the matrix does not have 3x4 coefficients")
RVKMS_RULE(COLOROP_LUT3D, EINVAL, "the cube does not have an edge of the length of SIZE")

/* Asynchronous changes: flips, and updates that wait for no vblank. */
RVKMS_RULE(ASYNC_MODESET, EINVAL, "it comes with a modeset")
RVKMS_RULE(ASYNC_PLANE, EINVAL, "the plane is switched on or off or changes its CRTC")
RVKMS_RULE(ASYNC_FORMAT, EINVAL, "the framebuffer's format changes")
RVKMS_RULE(ASYNC_SIZE, EINVAL, "the size of source or destination changes, or the rotation")
RVKMS_RULE(ASYNC_POSITION, EINVAL, "the plane moves in a flip, or its source does")
RVKMS_RULE(ASYNC_PROPERTY, EINVAL, "another property of the plane changes")

/* Connectors. */
RVKMS_RULE(CONNECTOR_BPC, EINVAL, "the bits a channel are outside of the connector's range")
RVKMS_RULE(CONNECTOR_COLORSPACE, EINVAL, "the colour space is none of the connector's")
RVKMS_RULE(HDR_TYPE, EINVAL, "the HDR metadata are not of static type 1")
RVKMS_RULE(HDR_EOTF, EINVAL, "the transfer function is none of the connector's")
RVKMS_RULE(HDR_CHROMATICITY, EINVAL, "a primary or the white point has a coordinate above 1")
RVKMS_RULE(HDR_LUMINANCE, EINVAL, "the mastering display's black is brighter than its white")

/* Writeback jobs. */
RVKMS_RULE(WRITEBACK_CRTC, EINVAL, "the writeback connector is not on an active CRTC")
RVKMS_RULE(WRITEBACK_FORMAT, EINVAL, "the writeback framebuffer's format cannot be written")
RVKMS_RULE(WRITEBACK_MODIFIER, EINVAL, "the writeback framebuffer's modifier is not linear")
RVKMS_RULE(WRITEBACK_SIZE, EINVAL, "the writeback framebuffer differs in size from the mode")

/* Devices: asked for before one is made. */
RVKMS_RULE(DEVICE_CRTCS, EINVAL, "there is no CRTC, or more than 32")
RVKMS_RULE(DEVICE_PLANES, EINVAL, "there are more planes than 32")
RVKMS_RULE(DEVICE_OUTPUTS, EINVAL, "there is no output, or more encoders than 32")
RVKMS_RULE(DEVICE_PLANE_CRTCS, EINVAL, "a plane is for no CRTC, or for one that there is not")
RVKMS_RULE(DEVICE_OUTPUT_CRTCS, EINVAL, "an output is for no CRTC, or for one that there is not")
RVKMS_RULE(DEVICE_OUTPUT_TYPE, EINVAL, "an output's connector is of no kind that outputs have")
RVKMS_RULE(DEVICE_PRIMARY, EINVAL, "a CRTC does not have exactly one primary plane")
RVKMS_RULE(DEVICE_CURSOR, EINVAL, "a CRTC has more than one cursor plane")
RVKMS_RULE(DEVICE_CURSOR_SIZE, EINVAL, "the largest cursor has no size, or more than 8192")
