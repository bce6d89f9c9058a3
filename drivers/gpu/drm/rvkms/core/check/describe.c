// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Makes descriptions of devices, with the defaults of all their objects. */

#include <linux/bits.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>
#include <uapi/drm/drm_mode.h>

#include "device.h"

/* Values of enum drm_colorspace that the built-in EDID announces: Default and BT2020_RGB. */
#define DEFAULT_COLORSPACES (BIT(0) | BIT(9))

/*
 * Clients assume that a plane with alpha and a colour pipeline can show a whole screen. A cursor
 * cannot, since its size is limited. The cursors of i915 and amdgpu have neither property.
 */
#define CURSOR_BLEND_MODES 0x1

/**
 * rvkms_plane_describe - describe a plane with the default properties of its type
 * @kind: its type
 *
 * Returns:
 * The description, without possible CRTCs and zpos.
 */
struct rvkms_plane_desc rvkms_plane_describe(enum rvkms_plane_kind kind)
{
	const bool is_cursor = kind == RVKMS_PLANE_CURSOR;

	return (struct rvkms_plane_desc){
		.kind = kind,
		.formats = rvkms_format_set_of_plane(kind),
		.rotations = RVKMS_ALL_ROTATIONS,
		.rotation = DRM_MODE_ROTATE_0,
		.encodings = RVKMS_ALL_ENCODINGS,
		.encoding = BIT(0),
		.ranges = RVKMS_ALL_RANGES,
		.range = BIT(0),
		.has_alpha = !is_cursor,
		.blend_modes = is_cursor ? CURSOR_BLEND_MODES : RVKMS_ALL_BLEND_MODES,
		.has_pipeline = !is_cursor,
		.is_async = true,
		.min_scale = RVKMS_MIN_SCALE,
		.max_scale = RVKMS_MAX_SCALE,
	};
}

/**
 * rvkms_crtc_describe - describe a CRTC with default properties
 *
 * Returns:
 * The description, without a writeback connector.
 */
struct rvkms_crtc_desc rvkms_crtc_describe(void)
{
	return (struct rvkms_crtc_desc){
		.has_vblanks = true,
		.has_background = true,
		.degamma_size = RVKMS_DEFAULT_LUT_SIZE,
		.has_ctm = true,
		.gamma_size = RVKMS_DEFAULT_LUT_SIZE,
		/* Every state is composed, however long that takes. */
		.max_planes = U32_MAX,
		.max_pixel_rate = U64_MAX,
	};
}

/**
 * rvkms_connector_describe - describe a connector with default properties
 *
 * Returns:
 * The description, without possible encoders, with a monitor that has the built-in EDID.
 */
struct rvkms_connector_desc rvkms_connector_describe(void)
{
	return (struct rvkms_connector_desc){
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.colorspaces = DEFAULT_COLORSPACES,
		.max_bpc = RVKMS_MAX_BPC,
		.has_vrr = true,
		.monitor = {
			.status = RVKMS_CONNECTED,
			.has_edid = true,
			.has_hdr = true,
			.name = "rvkms",
		},
	};
}

/**
 * rvkms_device_describe - describe a device without objects
 * @desc: filled in
 */
void rvkms_device_describe(struct rvkms_device_desc *desc)
{
	memset(desc, 0, sizeof(*desc));
	desc->are_clones = true;
	desc->has_console = true;
	desc->limits = (struct rvkms_device_limits){
		.max_width = RVKMS_MAX_SIZE,
		.max_height = RVKMS_MAX_SIZE,
		/* 7680x4320 at 120 Hz needs 4752 MHz (CTA-861); no faster clock is needed. */
		.max_clock = 4752000,
		.max_planes = U32_MAX,
		.max_pixel_rate = U64_MAX,
		.cursor_width = RVKMS_DEFAULT_CURSOR_SIZE,
		.cursor_height = RVKMS_DEFAULT_CURSOR_SIZE,
		/* Enlarging by more costs no more time. Shrinking by more skips pixels. */
		.min_scale = RVKMS_MIN_SCALE,
		.max_scale = RVKMS_MAX_SCALE,
	};
}

/* Adds a plane of a stack of @max_zpos + 1 planes. Planes after the 32nd are only counted. */
static void add_plane(struct rvkms_device_desc *desc, enum rvkms_plane_kind kind, u32 crtcs,
		      u32 zpos, u32 max_zpos)
{
	struct rvkms_plane_desc *plane;

	if (desc->num_planes++ >= RVKMS_MAX_OBJECTS)
		return;

	plane = &desc->planes[desc->num_planes - 1];
	*plane = rvkms_plane_describe(kind);
	plane->crtcs = crtcs;
	plane->has_zpos = true;
	plane->is_zpos_mutable = true;
	plane->zpos = zpos;
	plane->max_zpos = max_zpos;
}

/* Most clients want primary planes at the bottom, and cursors on top. */
static void add_planes(struct rvkms_device_desc *desc, u32 crtcs, u32 overlays)
{
	for (u32 i = 0; i < crtcs; i++) {
		add_plane(desc, RVKMS_PLANE_PRIMARY, BIT(i), 0, overlays + 1);
		add_plane(desc, RVKMS_PLANE_CURSOR, BIT(i), overlays + 1, overlays + 1);
	}
	for (u32 i = 0; i < overlays; i++)
		add_plane(desc, RVKMS_PLANE_OVERLAY, GENMASK(crtcs - 1, 0), i + 1, overlays + 1);
}

/**
 * rvkms_device_describe_plain - describe a device with links between all its objects
 * @desc: filled in
 * @crtcs: number of CRTCs, each with a primary plane, a cursor and a writeback connector
 * @overlays: number of overlay planes, each for all CRTCs
 * @outputs: number of connectors, each with its own encoder, for all CRTCs, and without a monitor
 *
 * The numbers may exceed the limits, which rvkms_check_device() checks.
 */
void rvkms_device_describe_plain(struct rvkms_device_desc *desc, u32 crtcs, u32 overlays,
				 u32 outputs)
{
	const u32 some_crtcs = clamp(crtcs, 1u, 32u);

	rvkms_device_describe(desc);
	add_planes(desc, some_crtcs, min(overlays, 33u));
	desc->num_crtcs = crtcs;
	desc->num_encoders = outputs;
	desc->num_connectors = outputs;
	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++) {
		desc->crtcs[i] = rvkms_crtc_describe();
		desc->crtcs[i].has_writeback = true;
		desc->encoders[i].crtcs = GENMASK(some_crtcs - 1, 0);
		desc->connectors[i] = rvkms_connector_describe();
		desc->connectors[i].id = i;
		desc->connectors[i].encoders = BIT(i);
		desc->connectors[i].monitor.status = RVKMS_DISCONNECTED;
		/* Desktops tell monitors apart by their serial numbers. */
		desc->connectors[i].monitor.serial = i + 1;
	}
}

/**
 * rvkms_plane_limits - get the limits of a plane's states
 * @desc: the device, accepted by rvkms_check_device()
 * @plane: index of the plane
 *
 * Returns:
 * The limits for rvkms_check_plane().
 */
struct rvkms_device_limits rvkms_plane_limits(const struct rvkms_device_desc *desc, u32 plane)
{
	struct rvkms_device_limits limits = desc->limits;

	limits.min_scale = desc->planes[plane].min_scale;
	limits.max_scale = desc->planes[plane].max_scale;

	return limits;
}

/**
 * rvkms_crtc_limits - get the limits of a CRTC's states
 * @desc: the device, accepted by rvkms_check_device()
 * @crtc: index of the CRTC
 *
 * Returns:
 * The limits for rvkms_check_crtc() and rvkms_check_mode().
 */
struct rvkms_device_limits rvkms_crtc_limits(const struct rvkms_device_desc *desc, u32 crtc)
{
	struct rvkms_device_limits limits = desc->limits;

	limits.max_planes = desc->crtcs[crtc].max_planes;
	limits.max_pixel_rate = desc->crtcs[crtc].max_pixel_rate;

	return limits;
}
