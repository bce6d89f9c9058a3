// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */
/* Linux 6.12: functions of newer kernels, and planes without colour pipelines. */

#include <linux/array_size.h>
#include <linux/err.h>
#include <linux/slab.h>

#include <drm/drm_connector.h>
#include <drm/drm_managed.h>
#include <drm/drm_plane.h>
#include <drm/drm_writeback.h>

#include "../../objects/colorop.h"

#undef __drmm_universal_plane_alloc

MODULE_INFO(missing, "plane colour pipelines, CRTC background colour, formats S010 to S416, T430, "
	    "P230, Y8, XYYY2101010, XVUY2101010, RGB161616 and BGR161616");

static bool is_known(u32 fourcc)
{
#define COMPAT_FORMAT_ENTRY(name, ...) DRM_FORMAT_##name,
	static const u32 unknown[] = { COMPAT_UNKNOWN_FORMATS(COMPAT_FORMAT_ENTRY) };

	for (unsigned int i = 0; i < ARRAY_SIZE(unknown); i++) {
		if (unknown[i] == fourcc)
			return false;
	}

	return true;
}

/* Returns the known ones of some formats, to be freed by kfree(). */
static u32 *known_formats(const u32 *formats, unsigned int num_formats, unsigned int *num_known)
{
	u32 *known = kcalloc(num_formats, sizeof(*known), GFP_KERNEL);

	*num_known = 0;
	for (unsigned int i = 0; known && i < num_formats; i++) {
		if (is_known(formats[i]))
			known[(*num_known)++] = formats[i];
	}

	return known;
}

/**
 * compat_plane_alloc - allocate a plane with the formats that DRM knows
 * @drm: the device
 * @size: of the driver's struct
 * @offset: of the plane in it
 * @possible_crtcs: mask of CRTCs
 * @funcs: the callbacks
 * @formats: the formats
 * @num_formats: their number
 * @modifiers: the modifiers
 * @type: the type of the plane
 * @name: NULL for DRM's default
 *
 * Returns:
 * The driver's struct, which the device owns, or an ERR_PTR().
 */
void *compat_plane_alloc(struct drm_device *drm, size_t size, size_t offset, u32 possible_crtcs,
			 const struct drm_plane_funcs *funcs, const u32 *formats,
			 unsigned int num_formats, const u64 *modifiers, enum drm_plane_type type,
			 const char *name)
{
	unsigned int num_known;

	u32 *known __free(kfree) = known_formats(formats, num_formats, &num_known);
	if (!known)
		return ERR_PTR(-ENOMEM);

	return __drmm_universal_plane_alloc(drm, size, offset, possible_crtcs, funcs, known,
					    num_known, modifiers, type, name ? "%s" : NULL, name);
}

static void cleanup_connector(struct drm_device *drm, void *connector)
{
	drm_connector_cleanup(connector);
}

/**
 * drmm_writeback_connector_init - initialise a writeback connector with the formats that DRM knows
 * @drm: the device, which owns the connector
 * @writeback: the connector
 * @funcs: its callbacks
 * @encoder: its encoder
 * @formats: the formats
 * @num_formats: their number
 *
 * Returns:
 * 0 or a negative errno.
 */
int drmm_writeback_connector_init(struct drm_device *drm,
				  struct drm_writeback_connector *writeback,
				  const struct drm_connector_funcs *funcs,
				  struct drm_encoder *encoder, const u32 *formats, int num_formats)
{
	unsigned int num_known;
	int ret;

	u32 *known __free(kfree) = known_formats(formats, num_formats, &num_known);
	if (!known)
		return -ENOMEM;

	ret = drm_writeback_connector_init_with_encoder(drm, writeback, encoder, funcs, known,
							num_known);

	return ret ?: drmm_add_action_or_reset(drm, cleanup_connector, &writeback->base);
}

/**
 * rvkms_colorop_create_pipeline - create no colour operations
 * @plane: the plane
 *
 * Returns:
 * 0.
 */
int rvkms_colorop_create_pipeline(struct drm_plane *plane)
{
	return 0;
}

/**
 * rvkms_colorop_create_snapshot - return no snapshot
 * @view: the commit
 * @state: the state of a plane
 *
 * Returns:
 * NULL, as for a plane without pipeline.
 */
struct rvkms_color_snapshot *rvkms_colorop_create_snapshot(const struct tkms_view *view,
							   const struct drm_plane_state *state)
{
	return NULL;
}
