/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_OBJECT_H
#define KMS_OBJECT_H

/*
 * Mode objects and their states. A struct kms_crtc is a CRTC of any class; a class of a driver,
 * made by class.h, begins with one. The same holds for states.
 */

#include <linux/cleanup.h>
#include <linux/container_of.h>

#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_encoder.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_plane.h>
#include <drm/drm_writeback.h>

#include "handle.h"

struct kms_commit;
struct kms_device;
struct kms_crtc_class;
struct kms_plane_class;
struct kms_connector_class;
struct kms_encoder_class;

/**
 * struct kms_crtc - a CRTC of any class
 * @drm: the DRM object
 */
struct kms_crtc {
	struct drm_crtc drm;
};

/**
 * struct kms_plane - a plane of any class
 * @drm: the DRM object
 */
struct kms_plane {
	struct drm_plane drm;
};

/**
 * struct kms_connector - a connector of any class
 * @drm: the DRM object
 * @writeback: the same as a writeback connector, if its class is one of these
 */
struct kms_connector {
	union {
		struct drm_connector drm;
		struct drm_writeback_connector writeback;
	};
};

static_assert(!offsetof(struct drm_writeback_connector, base));

/**
 * struct kms_encoder - an encoder of any class
 * @drm: the DRM object
 */
struct kms_encoder {
	struct drm_encoder drm;
};

/**
 * struct kms_crtc_state - the state of a CRTC of any class
 * @drm: the DRM state
 * @borrower: the commit in which it is borrowed now, else NULL; the layer's own
 */
struct kms_crtc_state {
	struct drm_crtc_state drm;
	struct kms_commit *borrower;
};

/**
 * struct kms_plane_state - the state of a plane of any class
 * @drm: the DRM state
 * @borrower: the commit in which it is borrowed now, else NULL; the layer's own
 */
struct kms_plane_state {
	struct drm_plane_state drm;
	struct kms_commit *borrower;
};

/**
 * struct kms_connector_state - the state of a connector of any class
 * @drm: the DRM state
 * @borrower: the commit in which it is borrowed now, else NULL; the layer's own
 */
struct kms_connector_state {
	struct drm_connector_state drm;
	struct kms_commit *borrower;
};

/* From DRM's pointers, which every object of a device of this layer may be got from. */
#define to_kms_crtc(pointer) container_of_const(pointer, struct kms_crtc, drm)
#define to_kms_plane(pointer) container_of_const(pointer, struct kms_plane, drm)
#define to_kms_connector(pointer) container_of_const(pointer, struct kms_connector, drm)
#define to_kms_encoder(pointer) container_of_const(pointer, struct kms_encoder, drm)
#define to_kms_crtc_state(pointer) container_of_const(pointer, struct kms_crtc_state, drm)
#define to_kms_plane_state(pointer) container_of_const(pointer, struct kms_plane_state, drm)
#define to_kms_connector_state(pointer) container_of_const(pointer, struct kms_connector_state, drm)

/**
 * struct kms_plane_info - what a plane is created with
 * @type: primary, overlay or cursor
 * @formats: fourccs, best first
 * @num_formats: how many
 * @modifiers: ends with DRM_FORMAT_MOD_INVALID; NULL for linear only
 */
struct kms_plane_info {
	enum drm_plane_type type;
	const u32 *formats;
	unsigned int num_formats;
	const u64 *modifiers;
};

/**
 * struct kms_crtc_info - what a CRTC is created with
 * @primary: its primary plane
 * @cursor: its cursor plane, or NULL
 */
struct kms_crtc_info {
	struct kms_plane *primary;
	struct kms_plane *cursor;
};

/**
 * struct kms_connector_info - what a connector is created with
 * @type: a DRM_MODE_CONNECTOR constant; not of writeback connectors
 * @encoder: the encoder that drives it. A dynamic connector's is of the same device.
 * @formats: of writeback connectors: fourccs they write
 * @num_formats: how many
 */
struct kms_connector_info {
	int type;
	struct kms_encoder *encoder;
	const u32 *formats;
	unsigned int num_formats;
};

struct kms_crtc * __must_check
__kms_crtc_create(struct kms_setup *setup, const struct kms_crtc_class *class,
		  const struct kms_crtc_info *info);
struct kms_plane * __must_check
__kms_plane_create(struct kms_setup *setup, const struct kms_plane_class *class,
		   const struct kms_plane_info *info);
struct kms_encoder * __must_check
__kms_encoder_create(struct kms_setup *setup, const struct kms_encoder_class *class, int type);
struct kms_connector * __must_check
__kms_connector_create(struct kms_setup *setup, const struct kms_connector_class *class,
		       const struct kms_connector_info *info);
struct kms_connector * __must_check
__kms_writeback_create(struct kms_setup *setup, const struct kms_connector_class *class,
		       const struct kms_connector_info *info);
struct kms_connector * __must_check
__kms_connector_plug(struct kms_device *kms, const struct kms_connector_class *class,
		     const struct kms_connector_info *info);
void __kms_connector_unplug(struct kms_connector *connector);

int __must_check kms_plane_allow(struct kms_setup *setup, struct kms_plane *plane,
				 const struct kms_crtc *crtc);
int __must_check kms_encoder_allow(struct kms_setup *setup, struct kms_encoder *encoder,
				   const struct kms_crtc *crtc);
int __must_check kms_encoder_allow_clones(struct kms_setup *setup, struct kms_encoder *encoder,
					  struct kms_encoder *other);

/*
 * References. A CRTC, plane or encoder lives as long as its device: who wants to keep one pins the
 * device. Connectors and framebuffers have counts of their own.
 *
 *	struct kms_crtc *mine __free(kms_crtc_unpin) = kms_crtc_pin(crtc);
 */
#define KMS_DEFINE_PIN(kind)								\
static inline struct kms_##kind *kms_##kind##_pin(struct kms_##kind *object)		\
{											\
	drm_dev_get(object->drm.dev);							\
	return object;									\
}											\
static inline void kms_##kind##_unpin(struct kms_##kind *object)			\
{											\
	drm_dev_put(object->drm.dev);							\
}											\
DEFINE_FREE(kms_##kind##_unpin, struct kms_##kind *, if (_T) kms_##kind##_unpin(_T))

KMS_DEFINE_PIN(crtc);
KMS_DEFINE_PIN(plane);
KMS_DEFINE_PIN(encoder);

static inline struct kms_connector *kms_connector_get(struct kms_connector *connector)
{
	drm_connector_get(&connector->drm);
	return connector;
}

static inline void kms_connector_put(struct kms_connector *connector)
{
	drm_connector_put(&connector->drm);
}

static inline struct drm_framebuffer *kms_framebuffer_get(struct drm_framebuffer *fb)
{
	drm_framebuffer_get(fb);
	return fb;
}

DEFINE_FREE(kms_connector_put, struct kms_connector *, if (_T) kms_connector_put(_T))
DEFINE_FREE(kms_framebuffer_put, struct drm_framebuffer *, if (_T) drm_framebuffer_put(_T))

#endif /* KMS_OBJECT_H */
