/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_DEVICE_H
#define RVKMS_CORE_CHECK_DEVICE_H

#include <linux/types.h>

#include "verdict.h"

/* Masks of CRTCs, planes and encoders have 32 bits in DRM. */
#define RVKMS_MAX_OBJECTS 32

/* Width and height of the largest framebuffer, and of the largest cursor. */
#define RVKMS_MAX_SIZE 8192

/**
 * struct rvkms_device_request - the parameters of a device to create
 * @num_crtcs: number of CRTCs
 * @num_primaries: number of primary planes
 * @num_overlays: number of overlay planes
 * @num_cursors: number of cursor planes
 * @num_outputs: number of connectors, each with its own encoder; without writeback connectors
 * @primaries: possible CRTCs of each primary plane, one bit per CRTC
 * @overlays: possible CRTCs of each overlay plane
 * @cursors: possible CRTCs of each cursor plane
 * @outputs: possible CRTCs of each connector
 * @types: type of each connector, DRM_MODE_CONNECTOR_*
 * @are_clones: encoders that have a possible CRTC in common are possible clones
 * @has_vblanks: the CRTCs have vblanks; without them a commit is shown at once
 * @has_writeback: each CRTC also has a writeback connector, with its own encoder
 * @is_connected: a monitor is connected to each connector when the device is created
 * @fixed_outputs: connectors with a monitor of a fixed refresh rate, one bit per connector
 * @has_render_node: the device also has a render node
 * @cursor_size: largest width and height of a cursor, in pixels; ignored without cursor planes
 * @has_hotspot: the cursor is a pointer that a viewer draws, which needs its hotspot
 *
 * Only the first entries of each array are used, as many as the matching number.
 */
struct rvkms_device_request {
	u32 num_crtcs;
	u32 num_primaries;
	u32 num_overlays;
	u32 num_cursors;
	u32 num_outputs;
	u32 primaries[RVKMS_MAX_OBJECTS];
	u32 overlays[RVKMS_MAX_OBJECTS];
	u32 cursors[RVKMS_MAX_OBJECTS];
	u32 outputs[RVKMS_MAX_OBJECTS];
	u32 types[RVKMS_MAX_OBJECTS];
	bool are_clones;
	bool has_vblanks;
	bool has_writeback;
	bool is_connected;
	u32 fixed_outputs;
	bool has_render_node;
	u32 cursor_size;
	bool has_hotspot;
};

struct rvkms_verdict rvkms_check_device(const struct rvkms_device_request *request);
bool rvkms_device_suits_clients(const struct rvkms_device_request *request);

#endif /* RVKMS_CORE_CHECK_DEVICE_H */
