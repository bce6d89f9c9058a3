// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Checks the parameters of a device before it is created. */

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <uapi/drm/drm_mode.h>

#include "device.h"

/*
 * Largest number of connector/CRTC assignments that drm_client_modeset_probe() may try: 7
 * connectors, each with 7 CRTCs or none, 8^7.
 */
#define MAX_WAYS 2097152ull

/* Returns true if each mask has a CRTC, and no CRTC that does not exist. */
static bool have_crtcs(const u32 *masks, u32 count, u32 all)
{
	for (u32 i = 0; i < count; i++) {
		if (!masks[i] || masks[i] & ~all)
			return false;
	}

	return true;
}

/* Returns the CRTCs that are in more than one mask. */
static u32 shared_crtcs(const u32 *masks, u32 count)
{
	u32 seen = 0, shared = 0;

	for (u32 i = 0; i < count; i++) {
		shared |= seen & masks[i];
		seen |= masks[i];
	}

	return shared;
}

static u32 used_crtcs(const u32 *masks, u32 count)
{
	u32 used = 0;

	for (u32 i = 0; i < count; i++)
		used |= masks[i];

	return used;
}

/* Writeback connectors are created with their CRTCs. They have no monitor. */
static bool are_outputs(const u32 *types, u32 count)
{
	for (u32 i = 0; i < count; i++) {
		if (types[i] > DRM_MODE_CONNECTOR_USB ||
		    types[i] == DRM_MODE_CONNECTOR_WRITEBACK)
			return false;
	}

	return true;
}

/**
 * rvkms_check_device - check the parameters of a device
 * @request: the parameters, with any values
 *
 * Returns:
 * The verdict; its rules have the prefix DEVICE in rules.h.
 */
struct rvkms_verdict rvkms_check_device(const struct rvkms_device_request *request)
{
	const u32 num_crtcs = request->num_crtcs;
	const u64 num_planes = (u64)request->num_primaries + request->num_overlays +
			       request->num_cursors;
	const u64 num_encoders = (u64)request->num_outputs +
				 (request->has_writeback ? num_crtcs : 0);
	u32 all;

	if (!num_crtcs || num_crtcs > RVKMS_MAX_OBJECTS)
		return rvkms_verdict_refuse(RVKMS_RULE_DEVICE_CRTCS);

	if (num_planes > RVKMS_MAX_OBJECTS)
		return rvkms_verdict_refuse(RVKMS_RULE_DEVICE_PLANES);

	if (!request->num_outputs || num_encoders > RVKMS_MAX_OBJECTS)
		return rvkms_verdict_refuse(RVKMS_RULE_DEVICE_OUTPUTS);

	all = U32_MAX >> (RVKMS_MAX_OBJECTS - num_crtcs);
	if (!have_crtcs(request->primaries, request->num_primaries, all) ||
	    !have_crtcs(request->overlays, request->num_overlays, all) ||
	    !have_crtcs(request->cursors, request->num_cursors, all))
		return rvkms_verdict_refuse(RVKMS_RULE_DEVICE_PLANE_CRTCS);

	if (!have_crtcs(request->outputs, request->num_outputs, all))
		return rvkms_verdict_refuse(RVKMS_RULE_DEVICE_OUTPUT_CRTCS);

	if (!are_outputs(request->types, request->num_outputs))
		return rvkms_verdict_refuse(RVKMS_RULE_DEVICE_OUTPUT_TYPE);

	if (used_crtcs(request->primaries, request->num_primaries) != all ||
	    shared_crtcs(request->primaries, request->num_primaries))
		return rvkms_verdict_refuse(RVKMS_RULE_DEVICE_PRIMARY);

	if (shared_crtcs(request->cursors, request->num_cursors))
		return rvkms_verdict_refuse(RVKMS_RULE_DEVICE_CURSOR);

	if (request->num_cursors &&
	    (!request->cursor_size || request->cursor_size > RVKMS_MAX_SIZE))
		return rvkms_verdict_refuse(RVKMS_RULE_DEVICE_CURSOR_SIZE);

	return rvkms_verdict_accept();
}

static u32 num_crtcs_of(u32 mask)
{
	u32 count = 0;

	for (; mask; mask &= mask - 1)
		count++;

	return count;
}

/**
 * rvkms_device_suits_clients - check if in-kernel clients can set up a device
 * @request: a device that rvkms_check_device() accepts
 *
 * drm_client_modeset_probe() tries, by recursion, all assignments of one possible CRTC or none to
 * each connector with a monitor. With 16 connectors and 16 CRTCs this takes practically forever.
 *
 * Returns:
 * True if the number of assignments with a monitor on each connector is small enough.
 */
bool rvkms_device_suits_clients(const struct rvkms_device_request *request)
{
	const u32 num_outputs = min(request->num_outputs, RVKMS_MAX_OBJECTS);
	u64 ways = 1;

	for (u32 i = 0; i < num_outputs && ways <= MAX_WAYS; i++)
		ways *= num_crtcs_of(request->outputs[i]) + 1;

	return ways <= MAX_WAYS;
}
