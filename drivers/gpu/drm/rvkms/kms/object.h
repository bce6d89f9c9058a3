/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_OBJECT_H
#define KMS_OBJECT_H

/*
 * Declares mode objects and their states. A struct kms_crtc is a CRTC of any class; an object of a
 * driver's class, made by class.h, begins with one. The same holds for states. DRM's own object is
 * .drm: read it, and give it DRM's properties, where a type of the layer would add nothing.
 */

#include <linux/cleanup.h>
#include <linux/container_of.h>
#include <linux/list.h>

#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_writeback.h>

#include "handle.h"

struct kms_device;

/* An object of any class. */
#define KMS_DEFINE_OBJECT(kind, ...)							\
struct kms_##kind {									\
	union {										\
		struct drm_##kind drm;							\
		__VA_ARGS__								\
	};										\
}

/* A state of any class; it is in the list of its commit while it is borrowed. */
#define KMS_DEFINE_STATE(kind)								\
struct kms_##kind##_state {								\
	struct drm_##kind##_state drm;							\
	struct hlist_node loan;								\
}

KMS_DEFINE_OBJECT(crtc);
KMS_DEFINE_OBJECT(plane);
KMS_DEFINE_OBJECT(encoder);
/* A connector. It is a writeback connector if its class is one of these. */
KMS_DEFINE_OBJECT(connector, struct drm_writeback_connector writeback;);
static_assert(!offsetof(struct drm_writeback_connector, base));

KMS_DEFINE_STATE(crtc);
KMS_DEFINE_STATE(plane);
KMS_DEFINE_STATE(connector);

/* Convert DRM's pointers; every object of a device of this layer has its type. */
#define to_kms_crtc(pointer) container_of_const(pointer, struct kms_crtc, drm)
#define to_kms_plane(pointer) container_of_const(pointer, struct kms_plane, drm)
#define to_kms_connector(pointer) container_of_const(pointer, struct kms_connector, drm)
#define to_kms_encoder(pointer) container_of_const(pointer, struct kms_encoder, drm)
#define to_kms_crtc_state(pointer) container_of_const(pointer, struct kms_crtc_state, drm)
#define to_kms_plane_state(pointer) container_of_const(pointer, struct kms_plane_state, drm)
#define to_kms_connector_state(pointer) container_of_const(pointer, struct kms_connector_state, drm)

/**
 * struct kms_plane_info - the parameters of a new plane
 * @type: primary, overlay or cursor
 * @formats: fourccs, best first
 * @num_formats: number of formats
 * @modifiers: ends with DRM_FORMAT_MOD_INVALID; NULL for linear only
 * @name: its name; NULL or empty for DRM's default
 */
struct kms_plane_info {
	enum drm_plane_type type;
	const u32 *formats;
	unsigned int num_formats;
	const u64 *modifiers;
	const char *name;
};

/**
 * struct kms_crtc_info - the parameters of a new CRTC
 * @primary: its primary plane
 * @cursor: its cursor plane, or NULL
 * @name: its name; NULL or empty for DRM's default
 */
struct kms_crtc_info {
	struct kms_plane *primary;
	struct kms_plane *cursor;
	const char *name;
};

/**
 * struct kms_connector_info - the parameters of a new connector
 * @type: a DRM_MODE_CONNECTOR constant; unused for writeback connectors
 * @encoder: the encoder that drives it; for a dynamic connector, one of the same device
 * @more_encoders: other encoders of the same device that can drive it, one bit per encoder
 * @prepare: optional, called with the connector before a dynamic connector is registered; its state
 *           exists
 * @data: for @prepare
 * @formats: for writeback connectors: fourccs that they write
 * @num_formats: number of formats
 */
struct kms_connector_info {
	int type;
	struct kms_encoder *encoder;
	u32 more_encoders;
	int (*prepare)(struct kms_connector *connector, const void *data);
	const void *data;
	const u32 *formats;
	unsigned int num_formats;
};

#define KMS_DECLARE_MAKE(kind, verb, handle, info_type)					\
struct kms_##kind##_class;								\
struct kms_##kind * __must_check							\
__kms_##kind##_##verb(struct handle *handle, const struct kms_##kind##_class *class,	\
		      info_type info)

KMS_DECLARE_MAKE(plane, create, kms_setup, const struct kms_plane_info *);
KMS_DECLARE_MAKE(crtc, create, kms_setup, const struct kms_crtc_info *);
KMS_DECLARE_MAKE(encoder, create, kms_setup, int);
KMS_DECLARE_MAKE(connector, create, kms_setup, const struct kms_connector_info *);
KMS_DECLARE_MAKE(connector, plug, kms_device, const struct kms_connector_info *);
void __kms_connector_unplug(struct kms_connector *connector);

int __must_check kms_plane_allow(struct kms_setup *setup, struct kms_plane *plane,
				 const struct kms_crtc *crtc);
int __must_check kms_encoder_allow(struct kms_setup *setup, struct kms_encoder *encoder,
				   const struct kms_crtc *crtc);
struct drm_encoder *kms_connector_best_encoder(struct drm_connector *drm,
					       struct drm_atomic_commit *commit);
int __must_check kms_encoder_allow_clones(struct kms_setup *setup, struct kms_encoder *encoder,
					  struct kms_encoder *other);

/*
 * References. A CRTC, plane or encoder lives as long as its device: to keep one, pin the device.
 * Connectors and framebuffers have reference counts of their own.
 *
 *	struct kms_crtc *mine __free(kms_crtc_unpin) = kms_crtc_pin(crtc);
 */
#define KMS_DEFINE_REFERENCE(type, get, get_call, put, put_call)			\
static inline type *get(type *object)							\
{											\
	get_call;									\
	return object;									\
}											\
static inline void put(type *object)							\
{											\
	put_call;									\
}											\
DEFINE_FREE(put, type *, if (_T) put(_T))

#define KMS_DEFINE_PIN(kind)								\
	KMS_DEFINE_REFERENCE(struct kms_##kind, kms_##kind##_pin, drm_dev_get(object->drm.dev),	\
			     kms_##kind##_unpin, drm_dev_put(object->drm.dev))

KMS_DEFINE_PIN(crtc);
KMS_DEFINE_PIN(plane);
KMS_DEFINE_PIN(encoder);
KMS_DEFINE_REFERENCE(struct kms_connector, kms_connector_get, drm_connector_get(&object->drm),
		     kms_connector_put, drm_connector_put(&object->drm));
KMS_DEFINE_REFERENCE(struct drm_framebuffer, kms_framebuffer_get, drm_framebuffer_get(object),
		     kms_framebuffer_put, drm_framebuffer_put(object));

#endif /* KMS_OBJECT_H */
