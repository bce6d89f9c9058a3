/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
/*
 * The attributes of configfs that are numbers, one line per attribute:
 *
 *	RVKMS_ATTRIBUTE(object, name, type, member, low, high, when)
 *
 * object - device, plane, crtc or connector: the directory, and the description with the member
 * type   - see enum rvkms_attribute_type
 * low    - the smallest value; of BITS 1 if at least one bit must be set
 * high   - the largest value; of BITS and BIT the allowed bits
 * when   - OFF: while the device is disabled, otherwise EBUSY; LIVE: at any time
 *
 * Text that is no such value is rejected with EINVAL, before the device is looked at. The callbacks
 * of the files, docs/configfs.md and the cases of the suite are made from this table.
 *
 * This file is included several times, with a new definition of RVKMS_ATTRIBUTE() each time, or of
 * RVKMS_PLANE_ATTRIBUTE() and its like for the rows of one object.
 */

#ifdef RVKMS_ATTRIBUTE
#define RVKMS_DEVICE_ATTRIBUTE(...) RVKMS_ATTRIBUTE(device, __VA_ARGS__)
#define RVKMS_PLANE_ATTRIBUTE(...) RVKMS_ATTRIBUTE(plane, __VA_ARGS__)
#define RVKMS_CRTC_ATTRIBUTE(...) RVKMS_ATTRIBUTE(crtc, __VA_ARGS__)
#define RVKMS_CONNECTOR_ATTRIBUTE(...) RVKMS_ATTRIBUTE(connector, __VA_ARGS__)
#endif

#ifdef RVKMS_DEVICE_ATTRIBUTE
RVKMS_DEVICE_ATTRIBUTE(max_width, NUMBER, limits.max_width, 1, RVKMS_MAX_SIZE, OFF)
RVKMS_DEVICE_ATTRIBUTE(max_height, NUMBER, limits.max_height, 1, RVKMS_MAX_SIZE, OFF)
RVKMS_DEVICE_ATTRIBUTE(max_clock, NUMBER, limits.max_clock, 1, U32_MAX, OFF)
RVKMS_DEVICE_ATTRIBUTE(cursor_width, NUMBER, limits.cursor_width, 1, RVKMS_MAX_SIZE, OFF)
RVKMS_DEVICE_ATTRIBUTE(cursor_height, NUMBER, limits.cursor_height, 1, RVKMS_MAX_SIZE, OFF)
RVKMS_DEVICE_ATTRIBUTE(clones, BOOL, are_clones, 0, 1, OFF)
RVKMS_DEVICE_ATTRIBUTE(hotspot, BOOL, has_hotspot, 0, 1, OFF)
RVKMS_DEVICE_ATTRIBUTE(render_node, BOOL, has_render_node, 0, 1, OFF)
RVKMS_DEVICE_ATTRIBUTE(console, BOOL, has_console, 0, 1, OFF)
#endif

#ifdef RVKMS_PLANE_ATTRIBUTE
RVKMS_PLANE_ATTRIBUTE(type, PLANE_TYPE, kind, 0, 2, OFF)
RVKMS_PLANE_ATTRIBUTE(supported_rotations, ROTATIONS, rotations, 1, RVKMS_ALL_ROTATIONS, OFF)
RVKMS_PLANE_ATTRIBUTE(default_rotation, ROTATION, rotation, 1, RVKMS_ALL_ROTATIONS, OFF)
RVKMS_PLANE_ATTRIBUTE(supported_color_encodings, BITS, encodings, 1, RVKMS_ALL_ENCODINGS, OFF)
RVKMS_PLANE_ATTRIBUTE(default_color_encoding, BIT, encoding, 1, RVKMS_ALL_ENCODINGS, OFF)
RVKMS_PLANE_ATTRIBUTE(supported_color_ranges, BITS, ranges, 1, RVKMS_ALL_RANGES, OFF)
RVKMS_PLANE_ATTRIBUTE(default_color_range, BIT, range, 1, RVKMS_ALL_RANGES, OFF)
RVKMS_PLANE_ATTRIBUTE(zpos_enabled, BOOL, has_zpos, 0, 1, OFF)
RVKMS_PLANE_ATTRIBUTE(zpos_mutable, BOOL, is_zpos_mutable, 0, 1, OFF)
RVKMS_PLANE_ATTRIBUTE(zpos_initial, NUMBER, zpos, 0, U32_MAX, OFF)
RVKMS_PLANE_ATTRIBUTE(zpos_min, NUMBER, min_zpos, 0, U32_MAX, OFF)
RVKMS_PLANE_ATTRIBUTE(zpos_max, NUMBER, max_zpos, 0, U32_MAX, OFF)
RVKMS_PLANE_ATTRIBUTE(alpha, BOOL, has_alpha, 0, 1, OFF)
RVKMS_PLANE_ATTRIBUTE(supported_blend_modes, BITS, blend_modes, 0, RVKMS_ALL_BLEND_MODES, OFF)
RVKMS_PLANE_ATTRIBUTE(color_pipeline, BOOL, has_pipeline, 0, 1, OFF)
RVKMS_PLANE_ATTRIBUTE(async, BOOL, is_async, 0, 1, OFF)
RVKMS_PLANE_ATTRIBUTE(min_scale, NUMBER, min_scale, RVKMS_MIN_SCALE, 65536, OFF)
RVKMS_PLANE_ATTRIBUTE(max_scale, NUMBER, max_scale, 65536, RVKMS_MAX_SCALE, OFF)
#endif

#ifdef RVKMS_CRTC_ATTRIBUTE
RVKMS_CRTC_ATTRIBUTE(writeback, BOOL, has_writeback, 0, 1, OFF)
RVKMS_CRTC_ATTRIBUTE(vblanks, BOOL, has_vblanks, 0, 1, OFF)
RVKMS_CRTC_ATTRIBUTE(background, BOOL, has_background, 0, 1, OFF)
RVKMS_CRTC_ATTRIBUTE(degamma_size, NUMBER, degamma_size, 0, RVKMS_MAX_LUT_SIZE, OFF)
RVKMS_CRTC_ATTRIBUTE(ctm, BOOL, has_ctm, 0, 1, OFF)
RVKMS_CRTC_ATTRIBUTE(gamma_size, NUMBER, gamma_size, 0, RVKMS_MAX_LUT_SIZE, OFF)
RVKMS_CRTC_ATTRIBUTE(max_planes, NUMBER, max_planes, 0, U32_MAX, OFF)
RVKMS_CRTC_ATTRIBUTE(max_pixel_rate, NUMBER64, max_pixel_rate, 0, U64_MAX, OFF)
#endif

#ifdef RVKMS_CONNECTOR_ATTRIBUTE
RVKMS_CONNECTOR_ATTRIBUTE(type, CONNECTOR_TYPE, type, 0, 20, OFF)
RVKMS_CONNECTOR_ATTRIBUTE(supported_colorspaces, BITS, colorspaces, 0, 0x1fff, OFF)
RVKMS_CONNECTOR_ATTRIBUTE(max_bpc, NUMBER, max_bpc, 8, RVKMS_MAX_BPC, OFF)
RVKMS_CONNECTOR_ATTRIBUTE(vrr, BOOL, has_vrr, 0, 1, OFF)
RVKMS_CONNECTOR_ATTRIBUTE(dynamic, BOOL, is_dynamic, 0, 1, OFF)
RVKMS_CONNECTOR_ATTRIBUTE(status, NUMBER, monitor.status, 1, 3, LIVE)
RVKMS_CONNECTOR_ATTRIBUTE(edid_enabled, BOOL, monitor.has_edid, 0, 1, LIVE)
RVKMS_CONNECTOR_ATTRIBUTE(fixed_refresh, BOOL, monitor.is_fixed, 0, 1, LIVE)
RVKMS_CONNECTOR_ATTRIBUTE(hdr, BOOL, monitor.has_hdr, 0, 1, LIVE)
RVKMS_CONNECTOR_ATTRIBUTE(serial, NUMBER, monitor.serial, 0, U32_MAX, LIVE)
RVKMS_CONNECTOR_ATTRIBUTE(width_mm, NUMBER, monitor.width_mm, 0, 2550, LIVE)
RVKMS_CONNECTOR_ATTRIBUTE(height_mm, NUMBER, monitor.height_mm, 0, 2550, LIVE)
#endif

#undef RVKMS_DEVICE_ATTRIBUTE
#undef RVKMS_PLANE_ATTRIBUTE
#undef RVKMS_CRTC_ATTRIBUTE
#undef RVKMS_CONNECTOR_ATTRIBUTE
