// SPDX-License-Identifier: GPL-2.0
/*
 * Sets properties of planes, CRTCs, connectors and colour operations to random values of their
 * ranges. Properties of position, routing, power and fences are left to the other workers.
 */
#include <errno.h>
#include <string.h>
#include <xf86drm.h>

#include "workers.h"

/* drm.h of older libdrm lacks it. */
#define CAP_PLANE_COLOR_PIPELINE	7

#define MAX_OBJECTS	128
#define MAX_CHANGES	3
/* Size of a 3D LUT with 17 entries of struct drm_color_lut32 along an edge. */
#define CUBE_BYTES	(17 * 17 * 17 * 16)

static uint32_t objects[MAX_OBJECTS];
static uint32_t num_objects;

static void add_object(const struct state *state, uint32_t id)
{
	if (num_objects < MAX_OBJECTS && !state_is_reserved(state, id))
		objects[num_objects++] = id;
}

/* The value of COLOR_PIPELINE is the first operation of a pipeline, NEXT leads to the others. */
static void add_colorops(struct state *state, uint32_t plane)
{
	drmModeObjectProperties *all = drmModeObjectGetProperties(state->card.fd, plane,
								  DRM_MODE_OBJECT_PLANE);

	for (uint32_t i = 0; all && i < all->count_props; i++) {
		drmModePropertyRes *property = drmModeGetProperty(state->card.fd, all->props[i]);

		if (property && !strcmp(property->name, "COLOR_PIPELINE")) {
			uint64_t next = property->enums[property->count_enums - 1].value;

			while (next && num_objects < MAX_OBJECTS) {
				add_object(state, next);
				if (kms_get(&state->card, next, "NEXT", &next))
					break;
			}
		}
		drmModeFreeProperty(property);
	}
	drmModeFreeObjectProperties(all);
}

static int property_begin(struct state *state)
{
	drmModePlaneRes *planes;
	drmModeRes *resources;

	drmSetClientCap(state->card.fd, CAP_PLANE_COLOR_PIPELINE, 1);
	num_objects = 0;
	planes = drmModeGetPlaneResources(state->card.fd);
	for (uint32_t i = 0; planes && i < planes->count_planes; i++) {
		add_object(state, planes->planes[i]);
		if (planes->planes[i] == state->overlays[0])
			add_colorops(state, planes->planes[i]);
	}
	drmModeFreePlaneResources(planes);
	resources = drmModeGetResources(state->card.fd);
	for (int i = 0; resources && i < resources->count_crtcs; i++)
		add_object(state, resources->crtcs[i]);
	for (int i = 0; resources && i < resources->count_connectors; i++)
		add_object(state, resources->connectors[i]);
	drmModeFreeResources(resources);

	return num_objects ? 0 : -ENODEV;
}

static bool is_wanted(const drmModePropertyRes *property)
{
	static const char *const not_wanted[] = {
		"SRC_", "CRTC_", "FB_ID", "IN_FENCE", "OUT_FENCE", "WRITEBACK", "ACTIVE", "MODE_ID",
		"DPMS",
	};

	for (size_t i = 0; i < sizeof(not_wanted) / sizeof(*not_wanted); i++)
		if (!strncmp(property->name, not_wanted[i], strlen(not_wanted[i])))
			return false;

	return !(property->flags & DRM_MODE_PROP_IMMUTABLE);
}

/* Some of the sizes suit a property, others do not. */
static uint32_t make_blob(struct state *state)
{
	static const uint32_t sizes[] = {
		sizeof(struct drm_color_ctm), 1024 * sizeof(struct drm_color_lut), 12 * 8,
		1024 * 16, CUBE_BYTES, 16, 30,
	};
	static uint32_t data[CUBE_BYTES / sizeof(uint32_t)];
	const uint32_t size = sizes[state_random(state, sizeof(sizes) / sizeof(*sizes))];
	uint32_t blob = 0;

	for (uint32_t i = 0; i < size / sizeof(*data); i++)
		data[i] = state_random(state, UINT32_MAX);
	drmModeCreatePropertyBlob(state->card.fd, data, size, &blob);

	return blob;
}

static uint64_t any_value(struct state *state, const drmModePropertyRes *property, uint32_t *blob)
{
	const uint64_t *range = property->values;

	if (drm_property_type_is((drmModePropertyPtr)property, DRM_MODE_PROP_BLOB)) {
		*blob = state_random(state, 4) ? make_blob(state) : 0;
		return *blob;
	}
	if (property->flags & DRM_MODE_PROP_BITMASK && property->count_enums)
		return 1ULL << property->enums[state_random(state, property->count_enums)].value |
		       1ULL << property->enums[state_random(state, property->count_enums)].value;
	if (property->count_enums)
		return property->enums[state_random(state, property->count_enums)].value;
	if (property->count_values == 2 && range[1] - range[0] < UINT32_MAX)
		return range[0] + state_random(state, range[1] - range[0] + 1);

	return state_random(state, UINT32_MAX) | (uint64_t)state_random(state, UINT32_MAX) << 32;
}

/* Adds nothing if the property that it draws is not wanted. */
static int add_change(struct state *state, drmModeAtomicReq *req, uint32_t object, uint32_t *blob)
{
	drmModeObjectProperties *all = drmModeObjectGetProperties(state->card.fd, object,
								  DRM_MODE_OBJECT_ANY);
	drmModePropertyRes *property;

	if (!all)
		return -errno;
	property = drmModeGetProperty(state->card.fd,
				      all->props[state_random(state, all->count_props)]);
	if (property && is_wanted(property))
		drmModeAtomicAddProperty(req, object, property->prop_id,
					 any_value(state, property, blob));
	drmModeFreeProperty(property);
	drmModeFreeObjectProperties(all);

	return 0;
}

static int property_step(struct state *state)
{
	static const uint32_t flags[] = {
		0, DRM_MODE_ATOMIC_NONBLOCK, DRM_MODE_ATOMIC_TEST_ONLY,
		DRM_MODE_ATOMIC_ALLOW_MODESET,
	};
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	uint32_t blobs[MAX_CHANGES] = {};
	int ret = 0;

	for (uint32_t i = state_random(state, MAX_CHANGES); i < MAX_CHANGES && !ret; i++)
		ret = add_change(state, req, objects[state_random(state, num_objects)], &blobs[i]);
	if (!ret && !drmModeAtomicGetCursor(req))
		ret = -EAGAIN;
	if (ret)
		drmModeAtomicFree(req);
	else
		ret = state_commit(state, req, flags[state_random(state, 4)], 0);
	for (int i = 0; i < MAX_CHANGES; i++)
		if (blobs[i])
			drmModeDestroyPropertyBlob(state->card.fd, blobs[i]);

	return ret;
}

const struct worker property_worker = {
	.name = "property",
	.begin = property_begin,
	.step = property_step,
};
