// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Creates the objects of a device from its description, and the links between them. */

#include <linux/bitops.h>
#include <linux/err.h>

#include <drm/drm_mode.h>

#include "core/check/device.h"
#include "objects/connector.h"
#include "objects/crtc.h"
#include "objects/plane.h"
#include "objects/writeback.h"
#include "topology.h"

/* The objects that were created so far. */
struct topology {
	struct tkms_setup *setup;
	const struct rvkms_device_desc *desc;
	struct rvkms_plane *planes[RVKMS_MAX_OBJECTS];
	struct rvkms_crtc *crtcs[RVKMS_MAX_OBJECTS];
	struct rvkms_encoder *encoders[RVKMS_MAX_OBJECTS];
	u32 masks[RVKMS_MAX_OBJECTS];
	u32 num_encoders;
};

static int create_planes(struct topology *topology)
{
	for (u32 i = 0; i < topology->desc->num_planes; i++) {
		topology->planes[i] = rvkms_plane_create_as(topology->setup, topology->desc, i);
		if (IS_ERR(topology->planes[i]))
			return PTR_ERR(topology->planes[i]);
	}

	return 0;
}

/* Returns the first plane of a type for a CRTC, or NULL. */
static struct rvkms_plane *find_plane(const struct topology *topology, enum rvkms_plane_kind kind,
				      u32 crtc)
{
	for (u32 i = 0; i < topology->desc->num_planes; i++) {
		const struct rvkms_plane_desc *plane = &topology->desc->planes[i];

		if (plane->kind == kind && plane->crtcs & BIT(crtc))
			return topology->planes[i];
	}

	return NULL;
}

static int create_crtcs(struct topology *topology)
{
	for (u32 i = 0; i < topology->desc->num_crtcs; i++) {
		struct rvkms_plane *primary = find_plane(topology, RVKMS_PLANE_PRIMARY, i);
		struct rvkms_plane *cursor = find_plane(topology, RVKMS_PLANE_CURSOR, i);

		topology->crtcs[i] = rvkms_crtc_create_with(topology->setup, topology->desc, i,
							    primary, cursor);
		if (IS_ERR(topology->crtcs[i]))
			return PTR_ERR(topology->crtcs[i]);
	}

	return 0;
}

static int allow_plane(struct topology *topology, u32 plane)
{
	unsigned long crtcs = topology->desc->planes[plane].crtcs;
	u32 i;

	for_each_set_bit(i, &crtcs, RVKMS_MAX_OBJECTS) {
		int ret = tkms_plane_allow(topology->setup, &topology->planes[plane]->base,
					  &topology->crtcs[i]->base);

		if (ret)
			return ret;
	}

	return 0;
}

static int allow_planes(struct topology *topology)
{
	int ret = 0;

	for (u32 i = 0; !ret && i < topology->desc->num_planes; i++)
		ret = allow_plane(topology, i);

	return ret;
}

static int allow_encoder(struct topology *topology, struct rvkms_encoder *encoder, u32 mask)
{
	unsigned long crtcs = mask;
	u32 i;

	for_each_set_bit(i, &crtcs, RVKMS_MAX_OBJECTS) {
		int ret = tkms_encoder_allow(topology->setup, &encoder->base,
					    &topology->crtcs[i]->base);

		if (ret)
			return ret;
	}

	return 0;
}

/* A clone can share a CRTC with each earlier encoder that has a possible CRTC in common. */
static int add_encoder(struct topology *topology, struct rvkms_encoder *encoder, u32 mask,
		       bool is_clone)
{
	int ret;

	if (IS_ERR(encoder))
		return PTR_ERR(encoder);

	ret = allow_encoder(topology, encoder, mask);
	for (u32 i = 0; !ret && i < topology->num_encoders; i++) {
		if (is_clone && mask & topology->masks[i])
			ret = tkms_encoder_allow_clones(topology->setup, &encoder->base,
							&topology->encoders[i]->base);
	}
	topology->encoders[topology->num_encoders] = encoder;
	topology->masks[topology->num_encoders] = mask;
	topology->num_encoders++;

	return ret;
}

static int create_encoders(struct topology *topology)
{
	const struct rvkms_device_desc *desc = topology->desc;
	int ret = 0;

	for (u32 i = 0; !ret && i < desc->num_encoders; i++)
		ret = add_encoder(topology, rvkms_encoder_create(topology->setup,
								 DRM_MODE_ENCODER_VIRTUAL),
				  desc->encoders[i].crtcs, desc->are_clones);

	return ret;
}

/* Dynamic connectors are created when the device is registered. */
static int create_connector(struct topology *topology, const struct rvkms_connector_desc *desc)
{
	if (desc->is_dynamic)
		return 0;

	return PTR_ERR_OR_ZERO(rvkms_connector_create_with(topology->setup, desc));
}

static int create_connectors(struct topology *topology)
{
	int ret = 0;

	for (u32 i = 0; !ret && i < topology->desc->num_connectors; i++)
		ret = create_connector(topology, &topology->desc->connectors[i]);

	return ret;
}

static int create_writebacks(struct topology *topology)
{
	int ret = 0;

	for (u32 i = 0; !ret && i < topology->desc->num_crtcs; i++) {
		if (topology->desc->crtcs[i].has_writeback)
			ret = add_encoder(topology, rvkms_writeback_create_with(topology->setup),
					  BIT(i), true);
	}

	return ret;
}

/**
 * rvkms_topology_create - create the objects of a device
 * @setup: from create_objects()
 * @desc: the device, accepted by rvkms_check_device()
 *
 * Returns:
 * 0 or a negative errno. The device owns the objects.
 */
int rvkms_topology_create(struct tkms_setup *setup, const struct rvkms_device_desc *desc)
{
	struct topology topology = { .setup = setup, .desc = desc };

	return create_planes(&topology) ?:
	       create_crtcs(&topology) ?:
	       allow_planes(&topology) ?:
	       create_encoders(&topology) ?:
	       create_connectors(&topology) ?:
	       create_writebacks(&topology);
}
