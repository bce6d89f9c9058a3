// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Creates mode objects, and sets their possible CRTCs and clones. */

#include <drm/drm_atomic.h>
#include <drm/drm_managed.h>
#include <drm/drm_print.h>

#include "internal.h"

/* DRM keeps objects of one type in masks of 32 bits. It checks the limit for connectors only. */
#define MAX_OBJECTS 32

/* Checks that create_objects() is running, and that an object belongs to its device. */
static int may_link(struct tkms_setup *setup, const struct drm_device *of)
{
	struct tkms_device *kms = tkms_setup_device(setup);

	if (kms->phase != TKMS_PHASE_CREATE_OBJECTS) {
		tkms_fault(kms, TKMS_FAULT_STALE_SETUP);
		return -EBUSY;
	}

	return of == &kms->drm ? 0 : tkms_fault(kms, TKMS_FAULT_FOREIGN_OBJECT);
}

static int may_create(struct tkms_setup *setup, const char *kind, int num)
{
	const struct drm_device *drm = &tkms_setup_device(setup)->drm;
	int ret = may_link(setup, drm);

	if (ret || num < MAX_OBJECTS)
		return ret;

	drm_err(drm, "more than %d %ss\n", MAX_OBJECTS, kind);

	return -ENOSPC;
}

/* DRM only warns about a plane of another type, and uses it. */
static int may_own(struct tkms_setup *setup, const struct tkms_plane *plane,
		   enum drm_plane_type type)
{
	int ret = plane ? may_link(setup, plane->drm.dev) : 0;

	if (!plane || plane->drm.type == type)
		return ret;

	drm_err(plane->drm.dev, "a CRTC's primary or cursor plane has the wrong type\n");

	return -EINVAL;
}

/* DRM takes a name as a format, and makes one itself without a format. */
static const char *name_format(const char *name)
{
	return name && *name ? "%s" : NULL;
}

/*
 * Defines __tkms_plane_create() and its like, which a class calls in create_objects(). They return
 * an object that the device owns, or an ERR_PTR(). @check is an errno, @alloc allocates the object.
 */
#define TKMS_DEFINE_CREATE(kind, info_type, check, alloc)				\
struct tkms_##kind *__tkms_##kind##_create(struct tkms_setup *setup,			\
					   const struct tkms_##kind##_class *class,	\
					   info_type info)				\
{											\
	struct drm_device *drm = &tkms_setup_device(setup)->drm;			\
	struct tkms_##kind *object;							\
	int ret = check;								\
	if (ret)									\
		return ERR_PTR(ret);							\
	object = alloc;									\
	if (!IS_ERR(object))								\
		drm_##kind##_helper_add(&object->drm, &class->helpers);			\
	return object;									\
}

/* tkms_plane_allow() adds possible CRTCs. A primary or cursor plane gets its CRTC from DRM. */
TKMS_DEFINE_CREATE(plane, const struct tkms_plane_info *,
		   may_create(setup, "plane", drm->mode_config.num_total_plane),
		   __drmm_universal_plane_alloc(drm, class->size, 0, 0, &class->funcs,
						info->formats, info->num_formats, info->modifiers,
						info->type, name_format(info->name),
						info->name))

TKMS_DEFINE_CREATE(crtc, const struct tkms_crtc_info *,
		   may_create(setup, "CRTC", drm->mode_config.num_crtc) ?:
		   may_own(setup, info->primary, DRM_PLANE_TYPE_PRIMARY) ?:
		   may_own(setup, info->cursor, DRM_PLANE_TYPE_CURSOR),
		   __drmm_crtc_alloc_with_planes(drm, class->size, 0,
						 info->primary ? &info->primary->drm : NULL,
						 info->cursor ? &info->cursor->drm : NULL,
						 &class->funcs, name_format(info->name),
						 info->name))

/* tkms_encoder_allow() adds possible CRTCs. */
TKMS_DEFINE_CREATE(encoder, int, may_create(setup, "encoder", drm->mode_config.num_encoder),
		   __drmm_encoder_alloc(drm, class->size, 0, &class->funcs, info, NULL))

static int attach_encoders(struct drm_connector *connector, const struct tkms_connector_info *info)
{
	struct drm_encoder *encoder;
	int ret = drm_connector_attach_encoder(connector, &info->encoder->drm);

	drm_for_each_encoder_mask(encoder, connector->dev, info->more_encoders) {
		if (!ret)
			ret = drm_connector_attach_encoder(connector, encoder);
	}

	return ret;
}

/**
 * __tkms_connector_create - create a static connector; use the class's function
 * @setup: from create_objects()
 * @class: its class, which may be one of writeback connectors
 * @info: its parameters
 *
 * Returns:
 * The connector, which the device owns, or an ERR_PTR().
 */
struct tkms_connector *__tkms_connector_create(struct tkms_setup *setup,
					       const struct tkms_connector_class *class,
					       const struct tkms_connector_info *info)
{
	struct drm_device *drm = &tkms_setup_device(setup)->drm;
	int ret = may_link(setup, info->encoder ? info->encoder->drm.dev : NULL);
	struct tkms_connector *connector;

	if (ret)
		return ERR_PTR(ret);

	connector = drmm_kzalloc(drm, class->size, GFP_KERNEL);
	if (!connector)
		return ERR_PTR(-ENOMEM);

	drm_connector_helper_add(&connector->drm, &class->helpers);
	if (class->helpers.prepare_writeback_job)
		ret = drmm_writeback_connector_init(drm, &connector->writeback, &class->funcs,
						    &info->encoder->drm, info->formats,
						    info->num_formats);
	else
		ret = drmm_connector_init(drm, &connector->drm, &class->funcs, info->type, NULL) ?:
		      attach_encoders(&connector->drm, info);

	return ret ? ERR_PTR(ret) : connector;
}

/**
 * tkms_connector_best_encoder - choose one of a connector's encoders
 * @drm: the connector, which has a CRTC in its new state
 * @commit: the commit
 *
 * Returns:
 * The first possible encoder that the CRTC can feed, or NULL.
 */
struct drm_encoder *tkms_connector_best_encoder(struct drm_connector *drm,
						struct drm_atomic_commit *commit)
{
	const struct drm_connector_state *state = drm_atomic_get_new_connector_state(commit, drm);
	struct drm_encoder *encoder, *found = NULL;

	drm_connector_for_each_possible_encoder(drm, encoder) {
		if (!found && drm_encoder_crtc_ok(encoder, state->crtc))
			found = encoder;
	}

	return found;
}

static int plug(struct tkms_connector *connector, const struct tkms_connector_class *class,
		const struct tkms_connector_info *info)
{
	struct drm_connector_state *state = class->funcs.atomic_create_state(&connector->drm);

	if (IS_ERR(state))
		return PTR_ERR(state);

	connector->drm.state = state;
	drm_connector_helper_add(&connector->drm, &class->helpers);

	return attach_encoders(&connector->drm, info) ?:
	       (info->prepare ? info->prepare(connector, info->data) : 0) ?:
	       drm_connector_dynamic_register(&connector->drm);
}

/* Sends a hot-plug event if the device is registered. */
static void tell(struct tkms_device *kms)
{
	if (kms->phase == TKMS_PHASE_REGISTERED)
		drm_kms_helper_hotplug_event(&kms->drm);
}

/**
 * __tkms_connector_plug - create a dynamic connector; use the class's function
 * @kms: the device, which may be registered
 * @class: its class
 * @info: its parameters
 *
 * Returns:
 * The connector, which the device owns until __tkms_connector_unplug(), or an ERR_PTR(): -EBUSY
 * before create_objects(), -ENODEV when the device is unplugged.
 */
struct tkms_connector *__tkms_connector_plug(struct tkms_device *kms,
					     const struct tkms_connector_class *class,
					     const struct tkms_connector_info *info)
{
	struct tkms_connector *connector;
	int ret;

	if (kms->phase == TKMS_PHASE_INIT)
		return ERR_PTR(-EBUSY);
	if (kms->phase == TKMS_PHASE_UNPLUGGED)
		return ERR_PTR(-ENODEV);
	if (!info->encoder || info->encoder->drm.dev != &kms->drm)
		return ERR_PTR(tkms_fault(kms, TKMS_FAULT_FOREIGN_OBJECT));

	connector = kzalloc(class->size, GFP_KERNEL);
	if (!connector)
		return ERR_PTR(-ENOMEM);

	ret = drm_connector_dynamic_init(&kms->drm, &connector->drm, &class->funcs, info->type,
					 NULL);
	if (ret) {
		kfree(connector);
		return ERR_PTR(ret);
	}

	ret = plug(connector, class, info);
	if (ret) {
		drm_connector_put(&connector->drm);
		return ERR_PTR(ret);
	}
	tell(kms);

	return connector;
}

/**
 * __tkms_connector_unplug - remove a dynamic connector; use the class's function
 * @connector: the connector, which is freed with its last reference
 */
void __tkms_connector_unplug(struct tkms_connector *connector)
{
	drm_connector_unregister(&connector->drm);
	tell(to_tkms_device(connector->drm.dev));
	drm_connector_put(&connector->drm);
}

static int allow(struct tkms_setup *setup, const struct drm_device *of, u32 *possible_crtcs,
		 const struct tkms_crtc *crtc)
{
	int ret = may_link(setup, of) ?: may_link(setup, crtc->drm.dev);

	if (!ret)
		*possible_crtcs |= drm_crtc_mask(&crtc->drm);

	return ret;
}

/**
 * tkms_plane_allow - let a CRTC show a plane
 * @setup: from create_objects()
 * @plane: the plane
 * @crtc: the CRTC
 *
 * Returns:
 * 0 or a negative errno.
 */
int tkms_plane_allow(struct tkms_setup *setup, struct tkms_plane *plane,
		     const struct tkms_crtc *crtc)
{
	return allow(setup, plane->drm.dev, &plane->drm.possible_crtcs, crtc);
}

/**
 * tkms_encoder_allow - let a CRTC feed an encoder
 * @setup: from create_objects()
 * @encoder: the encoder
 * @crtc: the CRTC
 *
 * Returns:
 * 0 or a negative errno.
 */
int tkms_encoder_allow(struct tkms_setup *setup, struct tkms_encoder *encoder,
		       const struct tkms_crtc *crtc)
{
	return allow(setup, encoder->drm.dev, &encoder->drm.possible_crtcs, crtc);
}

/**
 * tkms_encoder_allow_clones - let one CRTC feed two encoders at a time
 * @setup: from create_objects()
 * @encoder: the first encoder
 * @other: the second encoder
 *
 * Returns:
 * 0 or a negative errno.
 */
int tkms_encoder_allow_clones(struct tkms_setup *setup, struct tkms_encoder *encoder,
			      struct tkms_encoder *other)
{
	const u32 both = drm_encoder_mask(&encoder->drm) | drm_encoder_mask(&other->drm);
	int ret = may_link(setup, encoder->drm.dev) ?: may_link(setup, other->drm.dev);

	if (!ret) {
		encoder->drm.possible_clones |= both;
		other->drm.possible_clones |= both;
	}

	return ret;
}
