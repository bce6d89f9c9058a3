// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Creates the objects of a device, and the links between them. Planes are stacked as most clients
 * want them by default: primary planes at the bottom, cursors on top.
 */

#include <linux/bits.h>
#include <linux/err.h>
#include <linux/minmax.h>

#include <drm/drm_mode.h>

#include "connector.h"
#include "crtc.h"
#include "plane.h"
#include "topology.h"
#include "writeback.h"

/* The objects that were created so far. */
struct topology {
	struct rvkms_crtc *crtcs[RVKMS_MAX_OBJECTS];
	struct rvkms_encoder *encoders[RVKMS_MAX_OBJECTS];
	u32 masks[RVKMS_MAX_OBJECTS];
	u32 num_encoders;
};

/**
 * rvkms_topology_plain - describe a device with links between all its objects
 * @crtcs: number of CRTCs, each with a primary plane, a cursor and a writeback connector
 * @overlays: number of overlay planes, each for all CRTCs
 * @outputs: number of connectors, each for all CRTCs
 *
 * Returns:
 * The request. It may exceed the limits, which rvkms_check_device() checks.
 */
struct rvkms_device_request rvkms_topology_plain(u32 crtcs, u32 overlays, u32 outputs)
{
	struct rvkms_device_request request = {
		.num_crtcs = crtcs,
		.num_primaries = crtcs,
		.num_overlays = overlays,
		.num_cursors = crtcs,
		.num_outputs = outputs,
		.are_clones = true,
		.has_vblanks = true,
		.has_writeback = true,
		.cursor_size = RVKMS_DEFAULT_CURSOR_SIZE,
	};

	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++) {
		request.primaries[i] = BIT(i);
		request.cursors[i] = BIT(i);
		request.overlays[i] = GENMASK(clamp(crtcs, 1u, 32u) - 1, 0);
		request.outputs[i] = request.overlays[i];
		request.types[i] = DRM_MODE_CONNECTOR_VIRTUAL;
	}

	return request;
}

static struct rvkms_crtc *create_crtc(struct tkms_setup *setup, u32 max_zpos, bool has_cursor,
				      bool has_vblanks)
{
	struct rvkms_plane *primary, *cursor = NULL;

	primary = rvkms_plane_create_at(setup, DRM_PLANE_TYPE_PRIMARY, 0, max_zpos);
	if (IS_ERR(primary))
		return ERR_CAST(primary);

	if (has_cursor) {
		cursor = rvkms_plane_create_at(setup, DRM_PLANE_TYPE_CURSOR, max_zpos, max_zpos);
		if (IS_ERR(cursor))
			return ERR_CAST(cursor);
	}

	return rvkms_crtc_create_with(setup, primary, cursor, has_vblanks);
}

static int create_crtcs(struct tkms_setup *setup, const struct rvkms_device_request *request,
			struct topology *topology)
{
	u32 have_cursors = 0;

	for (u32 i = 0; i < request->num_cursors; i++)
		have_cursors |= request->cursors[i];

	for (u32 i = 0; i < request->num_crtcs; i++) {
		topology->crtcs[i] = create_crtc(setup, request->num_overlays + 1,
						 have_cursors & BIT(i), request->has_vblanks);
		if (IS_ERR(topology->crtcs[i]))
			return PTR_ERR(topology->crtcs[i]);
	}

	return 0;
}

static int create_overlay(struct tkms_setup *setup, const struct topology *topology, u32 mask,
			  u32 zpos, u32 max_zpos)
{
	struct rvkms_plane *overlay = rvkms_plane_create_at(setup, DRM_PLANE_TYPE_OVERLAY, zpos,
							    max_zpos);

	if (IS_ERR(overlay))
		return PTR_ERR(overlay);

	for (u32 i = 0; mask; i++, mask >>= 1) {
		int ret;

		if (!(mask & 1))
			continue;

		ret = tkms_plane_allow(setup, &overlay->base, &topology->crtcs[i]->base);
		if (ret)
			return ret;
	}

	return 0;
}

static int create_overlays(struct tkms_setup *setup, const struct rvkms_device_request *request,
			   const struct topology *topology)
{
	for (u32 i = 0; i < request->num_overlays; i++) {
		const int ret = create_overlay(setup, topology, request->overlays[i], i + 1,
					       request->num_overlays + 1);

		if (ret)
			return ret;
	}

	return 0;
}

/* A clone can share a CRTC with each earlier encoder that has a possible CRTC in common. */
static int add_encoder(struct tkms_setup *setup, struct topology *topology,
		       struct rvkms_encoder *encoder, u32 mask, bool is_clone)
{
	int ret;

	if (IS_ERR(encoder))
		return PTR_ERR(encoder);

	for (u32 i = 0; i < RVKMS_MAX_OBJECTS; i++) {
		if (!(mask & BIT(i)))
			continue;

		ret = tkms_encoder_allow(setup, &encoder->base, &topology->crtcs[i]->base);
		if (ret)
			return ret;
	}

	for (u32 i = 0; i < topology->num_encoders; i++) {
		if (!is_clone || !(mask & topology->masks[i]))
			continue;

		ret = tkms_encoder_allow_clones(setup, &encoder->base,
						&topology->encoders[i]->base);
		if (ret)
			return ret;
	}

	topology->encoders[topology->num_encoders] = encoder;
	topology->masks[topology->num_encoders] = mask;
	topology->num_encoders++;

	return 0;
}

static int create_outputs(struct tkms_setup *setup, const struct rvkms_device_request *request,
			  struct topology *topology)
{
	int ret = 0;

	for (u32 i = 0; !ret && i < request->num_outputs; i++)
		ret = add_encoder(setup, topology, rvkms_connector_create_with(setup, request, i),
				  request->outputs[i], request->are_clones);

	for (u32 i = 0; !ret && request->has_writeback && i < request->num_crtcs; i++)
		ret = add_encoder(setup, topology, rvkms_writeback_create_with(setup), BIT(i),
				  true);

	return ret;
}

/**
 * rvkms_topology_create - create the objects of a device
 * @setup: from create_objects()
 * @request: the objects, accepted by rvkms_check_device()
 *
 * Returns:
 * 0 or a negative errno. The device owns the objects.
 */
int rvkms_topology_create(struct tkms_setup *setup, const struct rvkms_device_request *request)
{
	struct topology topology = {};
	int ret;

	ret = create_crtcs(setup, request, &topology);
	if (ret)
		return ret;

	ret = create_overlays(setup, request, &topology);
	if (ret)
		return ret;

	return create_outputs(setup, request, &topology);
}
