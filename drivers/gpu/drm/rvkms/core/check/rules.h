/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
/*
 * The rules by which rvkms rejects a state, one line per rule:
 *
 *	RVKMS_RULE(name, errno, text)
 *
 * The enum, the debug text, docs/check-rules.md and the list of test cases are generated from this
 * table. The rules of one type of object are tried in the order of the lines. The verdict names the
 * first rule that is violated.
 *
 * This file is included several times, with a new definition of RVKMS_RULE() each time.
 */

/* Modes: checked for a connector's mode list and for every modeset. */
RVKMS_RULE(MODE_CLOCK, EINVAL, "pixel clock is not positive")
RVKMS_RULE(MODE_CLOCK_LIMIT, EINVAL, "pixel clock is above the device's limit")
RVKMS_RULE(MODE_ACTIVE_EMPTY, EINVAL, "active area is empty")
RVKMS_RULE(MODE_TOTALS, EINVAL, "htotal or vtotal is smaller than the active area")
RVKMS_RULE(MODE_SYNC, EINVAL, "sync pulse ends before it starts, or is outside of the blanking")
RVKMS_RULE(MODE_STEREO, EINVAL, "stereo layout is not supported")
RVKMS_RULE(MODE_FLAGS, EINVAL, "mode flag is not supported")
RVKMS_RULE(MODE_SIZE, EINVAL, "active area is larger than the device's limit")
RVKMS_RULE(MODE_REFRESH, EINVAL, "refresh rate is out of range of 1 Hz to 1000 Hz")

/* Planes. */
RVKMS_RULE(PLANE_FB_WITHOUT_CRTC, EINVAL, "plane has a framebuffer but no CRTC")
RVKMS_RULE(PLANE_CRTC_WITHOUT_FB, EINVAL, "plane has a CRTC but no framebuffer")
RVKMS_RULE(PLANE_FORMAT, EINVAL, "framebuffer format is not supported")
RVKMS_RULE(PLANE_MODIFIER, EINVAL, "framebuffer modifier is not linear")
RVKMS_RULE(PLANE_GROUPS, EINVAL, "framebuffer size is no multiple of the format's sample group")
RVKMS_RULE(PLANE_ROTATION, EINVAL, "rotation is not one angle, with or without reflections")
RVKMS_RULE(PLANE_SOURCE_BOUNDS, ENOSPC, "source rectangle is out of bounds of the framebuffer")
RVKMS_RULE(PLANE_DEST_RANGE, ERANGE, "destination rectangle is out of the coordinate range")
RVKMS_RULE(PLANE_SCALING, ERANGE, "scaling factor is out of range of the device")
RVKMS_RULE(PLANE_CURSOR_SIZE, EINVAL, "cursor is larger than the device's limit")

/* Planes together: sums over the visible planes of one CRTC. */
RVKMS_RULE(CRTC_PLANES, EINVAL, "number of visible planes is above the device's limit")
RVKMS_RULE(CRTC_PIXEL_RATE, EINVAL, "pixel rate of the visible planes is above the device's limit")

/* Colour tables: the tables and the matrix of a CRTC. */
RVKMS_RULE(COLOR_DEGAMMA, EINVAL, "degamma table does not have DEGAMMA_LUT_SIZE entries")
RVKMS_RULE(COLOR_CTM, EINVAL, "colour matrix does not have 3x3 coefficients")
RVKMS_RULE(COLOR_GAMMA, EINVAL, "gamma table has neither GAMMA_LUT_SIZE nor 256 entries")

/* Colour operations: the data of the operations of a plane. */
RVKMS_RULE(COLOROP_LUT, EINVAL, "table does not have SIZE entries")
RVKMS_RULE(COLOROP_CTM, EINVAL, "matrix does not have 3x4 coefficients")
RVKMS_RULE(COLOROP_LUT3D, EINVAL, "cube does not have SIZE entries per edge")

/* Asynchronous changes: flips and cursor updates that do not wait for a vblank. */
RVKMS_RULE(ASYNC_MODESET, EINVAL, "asynchronous change is combined with a modeset")
RVKMS_RULE(ASYNC_PLANE, EINVAL, "plane is enabled or disabled, or its CRTC changes")
RVKMS_RULE(ASYNC_FORMAT, EINVAL, "framebuffer format changes")
RVKMS_RULE(ASYNC_SIZE, EINVAL, "source size, destination size or rotation changes")
RVKMS_RULE(ASYNC_POSITION, EINVAL, "source or destination position changes in a flip")
RVKMS_RULE(ASYNC_PROPERTY, EINVAL, "another plane property changes")

/* Connectors. */
RVKMS_RULE(CONNECTOR_BPC, EINVAL, "max bpc is out of range of the connector")
RVKMS_RULE(CONNECTOR_COLORSPACE, EINVAL, "colorspace is not supported by the connector")
RVKMS_RULE(HDR_TYPE, EINVAL, "type of the HDR metadata is not static type 1")
RVKMS_RULE(HDR_EOTF, EINVAL, "transfer function is not supported by the connector")
RVKMS_RULE(HDR_CHROMATICITY, EINVAL, "coordinate of a primary or of the white point is above 1")
RVKMS_RULE(HDR_LUMINANCE, EINVAL, "minimum mastering luminance is above the maximum")

/* Writeback jobs. */
RVKMS_RULE(WRITEBACK_CRTC, EINVAL, "writeback connector is not on an active CRTC")
RVKMS_RULE(WRITEBACK_FORMAT, EINVAL, "writeback framebuffer format is not supported")
RVKMS_RULE(WRITEBACK_MODIFIER, EINVAL, "writeback framebuffer modifier is not linear")
RVKMS_RULE(WRITEBACK_SIZE, EINVAL, "writeback framebuffer size differs from the mode")

/* Devices: checked before a device is created. */
RVKMS_RULE(DEVICE_CRTCS, EINVAL, "number of CRTCs is out of range of 1 to 32")
RVKMS_RULE(DEVICE_PLANES, EINVAL, "number of planes is above 32")
RVKMS_RULE(DEVICE_ENCODERS, EINVAL, "number of encoders is out of range of 1 to 32")
RVKMS_RULE(DEVICE_CONNECTORS, EINVAL, "number of connectors is out of range of 1 to 32")
RVKMS_RULE(DEVICE_SIZE, EINVAL, "framebuffer size limit is out of range of 1 to 8192")
RVKMS_RULE(DEVICE_PLANE_TYPE, EINVAL, "plane type is not supported")
RVKMS_RULE(DEVICE_PLANE_CRTCS, EINVAL, "plane has no CRTC, or a CRTC that does not exist")
RVKMS_RULE(DEVICE_PLANE_FORMATS, EINVAL, "number of formats of a plane is out of range of 1 to 64")
RVKMS_RULE(DEVICE_PLANE_ROTATION, EINVAL, "default rotation is not one supported angle")
RVKMS_RULE(DEVICE_PLANE_ENCODING, EINVAL, "default colour encoding is not one that is supported")
RVKMS_RULE(DEVICE_PLANE_RANGE, EINVAL, "default colour range is not one that is supported")
RVKMS_RULE(DEVICE_PLANE_ZPOS, EINVAL, "zpos is out of its range, or some planes have none")
RVKMS_RULE(DEVICE_PLANE_BLEND, EINVAL, "blend modes lack the pre-multiplied one")
RVKMS_RULE(DEVICE_PLANE_SCALING, EINVAL, "scaling limits exclude 1, or exceed the composer's")
RVKMS_RULE(DEVICE_ENCODER_CRTCS, EINVAL, "encoder has no CRTC, or a CRTC that does not exist")
RVKMS_RULE(DEVICE_CRTC_ENCODERS, EINVAL, "no encoder and no writeback connector is for a CRTC")
RVKMS_RULE(DEVICE_CRTC_LUT, EINVAL, "size of a colour table is neither 0 nor 2 to 4096")
RVKMS_RULE(DEVICE_CONNECTOR_ENCODERS, EINVAL, "connector lacks an encoder that exists")
RVKMS_RULE(DEVICE_CONNECTOR_TYPE, EINVAL, "connector type is not supported")
RVKMS_RULE(DEVICE_CONNECTOR_BPC, EINVAL, "max bpc of a connector is out of range of 8 to 16")
RVKMS_RULE(DEVICE_CONNECTOR_COLORSPACE, EINVAL, "colorspaces are unknown, or Default alone")
RVKMS_RULE(DEVICE_CONNECTOR_STATUS, EINVAL, "status of a connector is out of range of 1 to 3")
RVKMS_RULE(DEVICE_PRIMARY, EINVAL, "number of primary planes of a CRTC is not 1")
RVKMS_RULE(DEVICE_CURSOR, EINVAL, "number of cursor planes of a CRTC is above 1")
RVKMS_RULE(DEVICE_SHARED_PLANE, EINVAL, "primary or cursor plane is for more than one CRTC")
RVKMS_RULE(DEVICE_CURSOR_SIZE, EINVAL, "cursor size limit is out of range of 1 to 8192")
