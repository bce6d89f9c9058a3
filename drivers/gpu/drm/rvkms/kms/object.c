// SPDX-License-Identifier: GPL-2.0

#include <linux/slab.h>

#include <drm/drm_managed.h>
#include <drm/drm_print.h>

#include "internal.h"
#include "object.h"

/* DRM keeps sets of objects of one kind in 32 bits. */
#define MAX_OBJECTS 32

static int may_create(struct kms_setup *setup, const char *kind, int num)
{
	if (!kms_setup_is_open(setup))
		return -EBUSY;

	if (num >= MAX_OBJECTS) {
		drm_err(&kms_setup_device(setup)->drm, "more than %d %ss\n", MAX_OBJECTS, kind);
		return -ENOSPC;
	}

	return 0;
}

/* Are two objects of one device, and is it the one that is being set up? */
static int may_link(struct kms_setup *setup, const struct drm_device *one,
		    const struct drm_device *other)
{
	struct kms_device *kms = kms_setup_device(setup);

	if (!kms_setup_is_open(setup))
		return -EBUSY;

	if (one != &kms->drm || other != &kms->drm) {
		kms_fault(kms, KMS_FAULT_FOREIGN_OBJECT);
		return -EINVAL;
	}

	return 0;
}

/**
 * __kms_plane_create - create a plane; use the class's function
 * @setup: from create_objects()
 * @class: its class
 * @info: what it is created with
 *
 * Returns:
 * The plane, which the device owns, or an ERR_PTR(). What may show it, kms_plane_allow() says; a
 * primary or cursor plane's CRTC may anyway.
 */
struct kms_plane *__kms_plane_create(struct kms_setup *setup, const struct kms_plane_class *class,
				     const struct kms_plane_info *info)
{
	struct drm_device *drm = &kms_setup_device(setup)->drm;
	struct kms_plane *plane;
	int ret;

	ret = may_create(setup, "plane", drm->mode_config.num_total_plane);
	if (ret)
		return ERR_PTR(ret);

	plane = __drmm_universal_plane_alloc(drm, class->size, offsetof(struct kms_plane, drm), 0,
					     &class->funcs, info->formats, info->num_formats,
					     info->modifiers, info->type, NULL);
	if (!IS_ERR(plane))
		drm_plane_helper_add(&plane->drm, &class->helpers);

	return plane;
}

/**
 * __kms_crtc_create - create a CRTC; use the class's function
 * @setup: from create_objects()
 * @class: its class
 * @info: what it is created with
 *
 * Returns:
 * The CRTC, which the device owns, or an ERR_PTR().
 */
struct kms_crtc *__kms_crtc_create(struct kms_setup *setup, const struct kms_crtc_class *class,
				   const struct kms_crtc_info *info)
{
	struct drm_device *drm = &kms_setup_device(setup)->drm;
	struct drm_plane *primary = info->primary ? &info->primary->drm : NULL;
	struct drm_plane *cursor = info->cursor ? &info->cursor->drm : NULL;
	struct kms_crtc *crtc;
	int ret;

	ret = may_create(setup, "CRTC", drm->mode_config.num_crtc);
	if (!ret)
		ret = may_link(setup, primary ? primary->dev : drm, cursor ? cursor->dev : drm);
	if (ret)
		return ERR_PTR(ret);

	if ((primary && primary->type != DRM_PLANE_TYPE_PRIMARY) ||
	    (cursor && cursor->type != DRM_PLANE_TYPE_CURSOR)) {
		drm_err(drm, "a CRTC's primary or cursor plane is of another type\n");
		return ERR_PTR(-EINVAL);
	}

	crtc = __drmm_crtc_alloc_with_planes(drm, class->size, offsetof(struct kms_crtc, drm),
					     primary, cursor, &class->funcs, NULL);
	if (!IS_ERR(crtc))
		drm_crtc_helper_add(&crtc->drm, &class->helpers);

	return crtc;
}

/**
 * __kms_encoder_create - create an encoder; use the class's function
 * @setup: from create_objects()
 * @class: its class
 * @type: a DRM_MODE_ENCODER constant
 *
 * Returns:
 * The encoder, which the device owns, or an ERR_PTR(). What may feed it, kms_encoder_allow() says.
 */
struct kms_encoder *__kms_encoder_create(struct kms_setup *setup,
					 const struct kms_encoder_class *class, int type)
{
	struct drm_device *drm = &kms_setup_device(setup)->drm;
	struct kms_encoder *encoder;
	int ret;

	ret = may_create(setup, "encoder", drm->mode_config.num_encoder);
	if (ret)
		return ERR_PTR(ret);

	encoder = __drmm_encoder_alloc(drm, class->size, offsetof(struct kms_encoder, drm),
				       &class->funcs, type, NULL);
	if (!IS_ERR(encoder))
		drm_encoder_helper_add(&encoder->drm, &class->helpers);

	return encoder;
}

static struct kms_connector *alloc_connector(struct kms_setup *setup,
					     const struct kms_connector_class *class,
					     const struct kms_connector_info *info)
{
	struct drm_device *drm = &kms_setup_device(setup)->drm;
	struct kms_connector *connector;
	int ret;

	ret = may_create(setup, "connector", drm->mode_config.num_connector);
	if (!ret)
		ret = may_link(setup, info->encoder ? info->encoder->drm.dev : NULL, drm);
	if (ret)
		return ERR_PTR(ret);

	connector = drmm_kzalloc(drm, class->size, GFP_KERNEL);

	return connector ?: ERR_PTR(-ENOMEM);
}

/**
 * __kms_connector_create - create a connector that is there for good; use the class's function
 * @setup: from create_objects()
 * @class: its class
 * @info: what it is created with
 *
 * Returns:
 * The connector, which the device owns, or an ERR_PTR().
 */
struct kms_connector *__kms_connector_create(struct kms_setup *setup,
					     const struct kms_connector_class *class,
					     const struct kms_connector_info *info)
{
	struct kms_connector *connector = alloc_connector(setup, class, info);
	int ret;

	if (IS_ERR(connector))
		return connector;

	ret = drmm_connector_init(&kms_setup_device(setup)->drm, &connector->drm, &class->funcs,
				  info->type, NULL);
	if (ret)
		return ERR_PTR(ret);

	drm_connector_helper_add(&connector->drm, &class->helpers);
	ret = drm_connector_attach_encoder(&connector->drm, &info->encoder->drm);

	return ret ? ERR_PTR(ret) : connector;
}

/**
 * __kms_writeback_create - create a writeback connector; use the class's function
 * @setup: from create_objects()
 * @class: its class
 * @info: what it is created with
 *
 * Returns:
 * The connector, which the device owns, or an ERR_PTR().
 */
struct kms_connector *__kms_writeback_create(struct kms_setup *setup,
					     const struct kms_connector_class *class,
					     const struct kms_connector_info *info)
{
	struct kms_connector *connector = alloc_connector(setup, class, info);
	int ret;

	if (IS_ERR(connector))
		return connector;

	drm_connector_helper_add(&connector->drm, &class->helpers);
	ret = drmm_writeback_connector_init(&kms_setup_device(setup)->drm, &connector->writeback,
					    &class->funcs, &info->encoder->drm, info->formats,
					    info->num_formats);

	return ret ? ERR_PTR(ret) : connector;
}

void kms_connector_hook_destroy(struct drm_connector *drm)
{
	struct kms_connector *connector = to_kms_connector(drm);

	kms_connector_class(connector)->destroy(connector);
	drm_connector_cleanup(drm);
	kfree(connector);
}

static int plug(struct kms_connector *connector, const struct kms_connector_class *class,
		struct kms_encoder *encoder)
{
	struct drm_connector_state *state;
	int ret;

	drm_connector_helper_add(&connector->drm, &class->helpers);
	ret = drm_connector_attach_encoder(&connector->drm, &encoder->drm);
	if (ret)
		return ret;

	state = kms_connector_create_state(&connector->drm);
	if (IS_ERR(state))
		return PTR_ERR(state);
	connector->drm.state = state;

	return drm_connector_dynamic_register(&connector->drm);
}

/**
 * __kms_connector_plug - create a connector that comes and goes; use the class's function
 * @kms: the device, which may be registered
 * @class: its class
 * @info: what it is created with
 *
 * Returns:
 * The connector, which the device owns until __kms_connector_unplug(), or an ERR_PTR(): -EBUSY
 * before objects may be created, -ENODEV when the device is gone.
 */
struct kms_connector *__kms_connector_plug(struct kms_device *kms,
					   const struct kms_connector_class *class,
					   const struct kms_connector_info *info)
{
	struct kms_connector *connector;
	int ret;

	if (kms->phase == KMS_PHASE_INIT)
		return ERR_PTR(-EBUSY);
	if (kms->phase == KMS_PHASE_UNPLUGGED)
		return ERR_PTR(-ENODEV);
	if (!info->encoder || info->encoder->drm.dev != &kms->drm) {
		kms_fault(kms, KMS_FAULT_FOREIGN_OBJECT);
		return ERR_PTR(-EINVAL);
	}

	connector = kzalloc(class->size, GFP_KERNEL);
	if (!connector)
		return ERR_PTR(-ENOMEM);

	ret = drm_connector_dynamic_init(&kms->drm, &connector->drm, &class->funcs, info->type,
					 NULL);
	if (ret) {
		kfree(connector);
		return ERR_PTR(ret);
	}

	ret = plug(connector, class, info->encoder);
	if (ret) {
		kms_connector_put(connector);
		return ERR_PTR(ret);
	}

	return connector;
}

/**
 * __kms_connector_unplug - take a connector away; use the class's function
 * @connector: the connector, which is gone when its last user has dropped it
 */
void __kms_connector_unplug(struct kms_connector *connector)
{
	drm_connector_unregister(&connector->drm);
	kms_connector_put(connector);
}

/**
 * kms_plane_allow - let a CRTC show a plane
 * @setup: from create_objects()
 * @plane: the plane
 * @crtc: the CRTC
 *
 * Returns:
 * 0 or a negative errno.
 */
int kms_plane_allow(struct kms_setup *setup, struct kms_plane *plane, const struct kms_crtc *crtc)
{
	int ret = may_link(setup, plane->drm.dev, crtc->drm.dev);

	if (!ret)
		plane->drm.possible_crtcs |= drm_crtc_mask(&crtc->drm);

	return ret;
}

/**
 * kms_encoder_allow - let a CRTC feed an encoder
 * @setup: from create_objects()
 * @encoder: the encoder
 * @crtc: the CRTC
 *
 * Returns:
 * 0 or a negative errno.
 */
int kms_encoder_allow(struct kms_setup *setup, struct kms_encoder *encoder,
		      const struct kms_crtc *crtc)
{
	int ret = may_link(setup, encoder->drm.dev, crtc->drm.dev);

	if (!ret)
		encoder->drm.possible_crtcs |= drm_crtc_mask(&crtc->drm);

	return ret;
}

/**
 * kms_encoder_allow_clones - let one CRTC feed two encoders at a time
 * @setup: from create_objects()
 * @encoder: one
 * @other: the other
 *
 * Returns:
 * 0 or a negative errno.
 */
int kms_encoder_allow_clones(struct kms_setup *setup, struct kms_encoder *encoder,
			     struct kms_encoder *other)
{
	const u32 both = drm_encoder_mask(&encoder->drm) | drm_encoder_mask(&other->drm);
	int ret = may_link(setup, encoder->drm.dev, other->drm.dev);

	if (!ret) {
		encoder->drm.possible_clones |= both;
		other->drm.possible_clones |= both;
	}

	return ret;
}
