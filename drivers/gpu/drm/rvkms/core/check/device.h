/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_CHECK_DEVICE_H
#define RVKMS_CORE_CHECK_DEVICE_H

#include <linux/types.h>

#include "verdict.h"

/* Masks of CRTCs, planes and encoders have 32 bits in DRM. */
#define RVKMS_MAX_OBJECTS 32

/* The width and the height of the largest framebuffer; no cursor is larger. */
#define RVKMS_MAX_SIZE 8192

/**
 * struct rvkms_device_request - a device that is to be made
 * @num_crtcs: how many CRTCs
 * @num_primaries: how many primary planes
 * @num_overlays: how many overlay planes
 * @num_cursors: how many cursor planes
 * @num_outputs: how many outputs, each an encoder with its connector
 * @primaries: for each primary plane, the CRTCs it is for, a bit each
 * @overlays: for each overlay plane
 * @cursors: for each cursor plane
 * @outputs: for each output
 * @types: for each output, the kind of its connector, DRM_MODE_CONNECTOR_*
 * @are_clones: outputs clone each other, if there is a CRTC that is for both
 * @has_vblanks: the CRTCs have vblanks; without them a commit is shown at once
 * @has_writeback: each CRTC has a writeback connector too, with one more encoder
 * @is_connected: there is a monitor on each output from the beginning
 * @fixed_outputs: the outputs whose monitor has no variable refresh rate, a bit each
 * @has_render_node: there is a render node beside the card
 * @cursor_size: the greatest width and height of a cursor, in pixels; counts if there is one
 * @has_hotspot: a cursor is a pointer that somebody else draws, and wants to know its hotspot
 *
 * Of each array, the first entries count.
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
