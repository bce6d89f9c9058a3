// SPDX-License-Identifier: GPL-2.0

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <uapi/drm/drm_mode.h>

#include "device.h"

/* Ways to give outputs CRTCs that can be tried before somebody notices: seven of each. */
#define MAX_WAYS 2097152ull

/* Is each of these for some CRTC, and for none that there is not? */
static bool have_crtcs(const u32 *masks, u32 count, u32 all)
{
	for (u32 i = 0; i < count; i++) {
		if (!masks[i] || masks[i] & ~all)
			return false;
	}

	return true;
}

/* The CRTCs that more than one of these is for. */
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

/* Writeback connectors are made with their CRTCs, and show nothing to anybody. */
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
 * rvkms_check_device - may this device be made?
 * @request: what it is to consist of, with any values
 *
 * Returns:
 * The verdict; the rules are those of rules.h that begin with DEVICE.
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
 * rvkms_device_suits_clients - can the kernel's own clients show themselves on a device?
 * @request: a device that rvkms_check_device() accepts
 *
 * The console tries all ways to give each output with a monitor one of its CRTCs or none, by
 * recursion (drm_client_modeset_probe()). That of a device of sixteen by sixteen does not end.
 *
 * Returns:
 * Whether there are few enough, with a monitor on each output.
 */
bool rvkms_device_suits_clients(const struct rvkms_device_request *request)
{
	const u32 num_outputs = min(request->num_outputs, RVKMS_MAX_OBJECTS);
	u64 ways = 1;

	for (u32 i = 0; i < num_outputs && ways <= MAX_WAYS; i++)
		ways *= num_crtcs_of(request->outputs[i]) + 1;

	return ways <= MAX_WAYS;
}
