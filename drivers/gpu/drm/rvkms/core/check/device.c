// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Checks the description of a device before it is created. */

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <uapi/drm/drm_mode.h>

#include "../plane/geometry.h"
#include "device.h"

/*
 * Largest number of connector/CRTC assignments that drm_client_modeset_probe() may try: 7
 * connectors, each with 7 CRTCs or none, 8^7.
 */
#define MAX_WAYS 2097152ull

/* DRM's default of "max bpc", which must be in range. */
#define DEFAULT_BPC 8

/* Values of enum drm_colorspace for HDMI; Default, value 0, always belongs to them. */
#define COLORSPACES 0x1ffe

static u32 mask_of(u32 count)
{
	return (1ull << min(count, RVKMS_MAX_OBJECTS)) - 1;
}

/* Returns true if a mask has a bit, and none outside of @all. */
static bool is_link(u32 mask, u32 all)
{
	return mask && !(mask & ~all);
}

static u32 num_writebacks(const struct rvkms_device_desc *desc)
{
	u32 count = 0;

	for (u32 i = 0; i < desc->num_crtcs; i++)
		count += desc->crtcs[i].has_writeback;

	return count;
}

static enum rvkms_rule check_numbers(const struct rvkms_device_desc *desc)
{
	u64 writebacks;

	if (!desc->num_crtcs || desc->num_crtcs > RVKMS_MAX_OBJECTS)
		return RVKMS_RULE_DEVICE_CRTCS;

	if (desc->num_planes > RVKMS_MAX_OBJECTS)
		return RVKMS_RULE_DEVICE_PLANES;

	writebacks = num_writebacks(desc);
	if (!desc->num_encoders || desc->num_encoders + writebacks > RVKMS_MAX_OBJECTS)
		return RVKMS_RULE_DEVICE_ENCODERS;

	if (!desc->num_connectors || desc->num_connectors + writebacks > RVKMS_MAX_OBJECTS)
		return RVKMS_RULE_DEVICE_CONNECTORS;

	return RVKMS_RULE_NONE;
}

static bool is_size(u32 size)
{
	return size && size <= RVKMS_MAX_SIZE;
}

static bool is_one_of(u32 bit, u32 supported, u32 known)
{
	return bit && !(bit & (bit - 1)) && bit & supported && !(supported & ~known);
}

static bool is_rotation(const struct rvkms_plane_desc *plane)
{
	return rvkms_rotation_is_valid(plane->rotation) &&
	       !(plane->rotation & ~plane->rotations) &&
	       !(plane->rotations & ~RVKMS_ALL_ROTATIONS);
}

static bool is_stacked(const struct rvkms_plane_desc *plane)
{
	return !plane->has_zpos || !plane->is_zpos_mutable ||
	       (plane->min_zpos <= plane->zpos && plane->zpos <= plane->max_zpos);
}

static bool is_scaling(const struct rvkms_plane_desc *plane)
{
	return plane->min_scale >= RVKMS_MIN_SCALE && plane->min_scale <= 65536 &&
	       plane->max_scale >= 65536 && plane->max_scale <= RVKMS_MAX_SCALE;
}

static enum rvkms_rule check_plane(const struct rvkms_device_desc *desc,
				   const struct rvkms_plane_desc *plane)
{
	const u32 num_formats = rvkms_format_set_list(&plane->formats, NULL, 0);

	if (plane->kind > RVKMS_PLANE_CURSOR)
		return RVKMS_RULE_DEVICE_PLANE_TYPE;

	if (!is_link(plane->crtcs, mask_of(desc->num_crtcs)))
		return RVKMS_RULE_DEVICE_PLANE_CRTCS;

	if (!num_formats || num_formats > RVKMS_MAX_PLANE_FORMATS)
		return RVKMS_RULE_DEVICE_PLANE_FORMATS;

	if (!is_rotation(plane))
		return RVKMS_RULE_DEVICE_PLANE_ROTATION;

	if (!is_one_of(plane->encoding, plane->encodings, RVKMS_ALL_ENCODINGS))
		return RVKMS_RULE_DEVICE_PLANE_ENCODING;

	if (!is_one_of(plane->range, plane->ranges, RVKMS_ALL_RANGES))
		return RVKMS_RULE_DEVICE_PLANE_RANGE;

	if (plane->has_zpos != desc->planes[0].has_zpos || !is_stacked(plane))
		return RVKMS_RULE_DEVICE_PLANE_ZPOS;

	if (plane->blend_modes && !is_one_of(1, plane->blend_modes, RVKMS_ALL_BLEND_MODES))
		return RVKMS_RULE_DEVICE_PLANE_BLEND;

	return is_scaling(plane) ? RVKMS_RULE_NONE : RVKMS_RULE_DEVICE_PLANE_SCALING;
}

static enum rvkms_rule check_planes(const struct rvkms_device_desc *desc)
{
	enum rvkms_rule rule = RVKMS_RULE_NONE;

	for (u32 i = 0; i < desc->num_planes && rule == RVKMS_RULE_NONE; i++)
		rule = check_plane(desc, &desc->planes[i]);

	return rule;
}

static enum rvkms_rule check_encoders(const struct rvkms_device_desc *desc)
{
	u32 used = 0;

	for (u32 i = 0; i < desc->num_encoders; i++) {
		if (!is_link(desc->encoders[i].crtcs, mask_of(desc->num_crtcs)))
			return RVKMS_RULE_DEVICE_ENCODER_CRTCS;
		used |= desc->encoders[i].crtcs;
	}

	for (u32 i = 0; i < desc->num_crtcs; i++) {
		if (!desc->crtcs[i].has_writeback && !(used >> i & 1))
			return RVKMS_RULE_DEVICE_CRTC_ENCODERS;
	}

	return RVKMS_RULE_NONE;
}

static bool is_lut(u32 size)
{
	return !size || (size >= 2 && size <= RVKMS_MAX_LUT_SIZE);
}

static enum rvkms_rule check_crtcs(const struct rvkms_device_desc *desc)
{
	for (u32 i = 0; i < desc->num_crtcs; i++) {
		if (!is_lut(desc->crtcs[i].degamma_size) || !is_lut(desc->crtcs[i].gamma_size))
			return RVKMS_RULE_DEVICE_CRTC_LUT;
	}

	return RVKMS_RULE_NONE;
}

/* Writeback connectors are created with their CRTCs. They have no monitor. */
static bool is_output(u32 type)
{
	return type <= DRM_MODE_CONNECTOR_USB && type != DRM_MODE_CONNECTOR_WRITEBACK;
}

static enum rvkms_rule check_connector(const struct rvkms_device_desc *desc,
				       const struct rvkms_connector_desc *connector)
{
	if (!is_link(connector->encoders, mask_of(desc->num_encoders)))
		return RVKMS_RULE_DEVICE_CONNECTOR_ENCODERS;

	if (!is_output(connector->type))
		return RVKMS_RULE_DEVICE_CONNECTOR_TYPE;

	if (connector->max_bpc < DEFAULT_BPC || connector->max_bpc > RVKMS_MAX_BPC)
		return RVKMS_RULE_DEVICE_CONNECTOR_BPC;

	if (connector->colorspaces && !is_link(connector->colorspaces & ~1u, COLORSPACES))
		return RVKMS_RULE_DEVICE_CONNECTOR_COLORSPACE;

	if (connector->monitor.status < RVKMS_CONNECTED ||
	    connector->monitor.status > RVKMS_UNKNOWN)
		return RVKMS_RULE_DEVICE_CONNECTOR_STATUS;

	return RVKMS_RULE_NONE;
}

static enum rvkms_rule check_connectors(const struct rvkms_device_desc *desc)
{
	enum rvkms_rule rule = RVKMS_RULE_NONE;

	for (u32 i = 0; i < desc->num_connectors && rule == RVKMS_RULE_NONE; i++)
		rule = check_connector(desc, &desc->connectors[i]);

	return rule;
}

/* The CRTCs of the planes of a type. */
struct use {
	u32 once;
	u32 twice;
	u32 count;
	bool is_shared;
};

static struct use use_of(const struct rvkms_device_desc *desc, enum rvkms_plane_kind kind)
{
	struct use use = {};

	for (u32 i = 0; i < desc->num_planes; i++) {
		if (desc->planes[i].kind != kind)
			continue;

		use.twice |= use.once & desc->planes[i].crtcs;
		use.once |= desc->planes[i].crtcs;
		use.is_shared |= desc->planes[i].crtcs & (desc->planes[i].crtcs - 1);
		use.count++;
	}

	return use;
}

static enum rvkms_rule check_own_planes(const struct rvkms_device_desc *desc)
{
	const struct use primaries = use_of(desc, RVKMS_PLANE_PRIMARY);
	const struct use cursors = use_of(desc, RVKMS_PLANE_CURSOR);

	if (primaries.once != mask_of(desc->num_crtcs) || primaries.twice)
		return RVKMS_RULE_DEVICE_PRIMARY;

	if (cursors.twice)
		return RVKMS_RULE_DEVICE_CURSOR;

	/* DRM's CRTCs have their own primary and cursor planes. */
	if (primaries.is_shared || cursors.is_shared)
		return RVKMS_RULE_DEVICE_SHARED_PLANE;

	if (cursors.count &&
	    (!is_size(desc->limits.cursor_width) || !is_size(desc->limits.cursor_height)))
		return RVKMS_RULE_DEVICE_CURSOR_SIZE;

	return RVKMS_RULE_NONE;
}

/**
 * rvkms_check_device - check the description of a device
 * @desc: the description, with any values
 *
 * Returns:
 * The verdict; its rules have the prefix DEVICE in rules.h.
 */
struct rvkms_verdict rvkms_check_device(const struct rvkms_device_desc *desc)
{
	enum rvkms_rule rule = check_numbers(desc);

	if (rule == RVKMS_RULE_NONE &&
	    (!is_size(desc->limits.max_width) || !is_size(desc->limits.max_height)))
		rule = RVKMS_RULE_DEVICE_SIZE;
	if (rule == RVKMS_RULE_NONE)
		rule = check_planes(desc);
	if (rule == RVKMS_RULE_NONE)
		rule = check_encoders(desc);
	if (rule == RVKMS_RULE_NONE)
		rule = check_crtcs(desc);
	if (rule == RVKMS_RULE_NONE)
		rule = check_connectors(desc);
	if (rule == RVKMS_RULE_NONE)
		rule = check_own_planes(desc);

	return rvkms_verdict_refuse(rule);
}

/**
 * rvkms_check_connector_desc - check if a connector can be added to a device
 * @desc: the device, accepted by rvkms_check_device()
 * @connector: the connector, with any values
 *
 * Returns:
 * The verdict; its rules have the prefix DEVICE_CONNECTOR in rules.h.
 */
struct rvkms_verdict rvkms_check_connector_desc(const struct rvkms_device_desc *desc,
						const struct rvkms_connector_desc *connector)
{
	if (desc->num_connectors + num_writebacks(desc) >= RVKMS_MAX_OBJECTS)
		return rvkms_verdict_refuse(RVKMS_RULE_DEVICE_CONNECTORS);

	return rvkms_verdict_refuse(check_connector(desc, connector));
}

static u32 num_bits(u32 mask)
{
	u32 count = 0;

	for (; mask; mask &= mask - 1)
		count++;

	return count;
}

static u32 crtcs_of(const struct rvkms_device_desc *desc, u32 encoders)
{
	u32 crtcs = 0;

	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++) {
		if (encoders >> i & 1)
			crtcs |= desc->encoders[i].crtcs;
	}

	return crtcs;
}

/**
 * rvkms_device_suits_clients - check if in-kernel clients can set up a device
 * @desc: a device that rvkms_check_device() accepts
 *
 * drm_client_modeset_probe() tries, by recursion, all assignments of one possible CRTC or none to
 * each connector with a monitor. With 16 connectors and 16 CRTCs this takes practically forever.
 *
 * Returns:
 * True if the number of assignments with a monitor on each connector is small enough.
 */
bool rvkms_device_suits_clients(const struct rvkms_device_desc *desc)
{
	const u32 num_connectors = min(desc->num_connectors, RVKMS_MAX_OBJECTS);
	u64 ways = 1;

	for (u32 i = 0; i < num_connectors && ways <= MAX_WAYS; i++)
		ways *= num_bits(crtcs_of(desc, desc->connectors[i].encoders)) + 1;

	return ways <= MAX_WAYS;
}
