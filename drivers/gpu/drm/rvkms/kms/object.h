/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef TKMS_OBJECT_H
#define TKMS_OBJECT_H

/*
 * Declares mode objects and their states. A struct tkms_crtc is a CRTC of any class; an object of a
 * driver's class, made by class.h, begins with one. The same holds for states. DRM's own object is
 * .drm: read it, and give it DRM's properties, where a type of the layer would add nothing.
 */

#include <linux/container_of.h>
#include <linux/list.h>

#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_writeback.h>

#include "handle.h"

struct tkms_device;

/* An object of any class. */
#define TKMS_DEFINE_OBJECT(kind, ...)							\
struct tkms_##kind {									\
	union {										\
		struct drm_##kind drm;							\
		__VA_ARGS__								\
	};										\
}

/* A state of any class; it is in the list of its commit while it is borrowed. */
#define TKMS_DEFINE_STATE(kind)								\
struct tkms_##kind##_state {								\
	struct drm_##kind##_state drm;							\
	struct hlist_node loan;								\
}

TKMS_DEFINE_OBJECT(crtc);
TKMS_DEFINE_OBJECT(plane);
TKMS_DEFINE_OBJECT(encoder);
/* A connector. It is a writeback connector if its class is one of these. */
TKMS_DEFINE_OBJECT(connector, struct drm_writeback_connector writeback;);
static_assert(!offsetof(struct drm_writeback_connector, base));

TKMS_DEFINE_STATE(crtc);
TKMS_DEFINE_STATE(plane);
TKMS_DEFINE_STATE(connector);

/* Convert DRM's pointers; every object of a device of this layer has its type. */
#define to_tkms_crtc(pointer) container_of_const(pointer, struct tkms_crtc, drm)
#define to_tkms_plane(pointer) container_of_const(pointer, struct tkms_plane, drm)
#define to_tkms_connector(pointer) container_of_const(pointer, struct tkms_connector, drm)
#define to_tkms_encoder(pointer) container_of_const(pointer, struct tkms_encoder, drm)
#define to_tkms_crtc_state(pointer) container_of_const(pointer, struct tkms_crtc_state, drm)
#define to_tkms_plane_state(pointer) container_of_const(pointer, struct tkms_plane_state, drm)
#define to_tkms_connector_state(pointer)						\
	container_of_const(pointer, struct tkms_connector_state, drm)

/**
 * struct tkms_plane_info - the parameters of a new plane
 * @type: primary, overlay or cursor
 * @formats: fourccs, best first
 * @num_formats: number of formats
 * @modifiers: ends with DRM_FORMAT_MOD_INVALID; NULL for linear only
 * @name: its name; NULL or empty for DRM's default
 */
struct tkms_plane_info {
	enum drm_plane_type type;
	const u32 *formats;
	unsigned int num_formats;
	const u64 *modifiers;
	const char *name;
};

/**
 * struct tkms_crtc_info - the parameters of a new CRTC
 * @primary: its primary plane
 * @cursor: its cursor plane, or NULL
 * @name: its name; NULL or empty for DRM's default
 */
struct tkms_crtc_info {
	struct tkms_plane *primary;
	struct tkms_plane *cursor;
	const char *name;
};

/**
 * struct tkms_connector_info - the parameters of a new connector
 * @type: a DRM_MODE_CONNECTOR constant; unused for writeback connectors
 * @encoder: the encoder that drives it; for a dynamic connector, one of the same device
 * @more_encoders: other encoders of the same device that can drive it, one bit per encoder
 * @prepare: optional, called with the connector before a dynamic connector is registered; its state
 *           exists
 * @data: for @prepare
 * @formats: for writeback connectors: fourccs that they write
 * @num_formats: number of formats
 */
struct tkms_connector_info {
	int type;
	struct tkms_encoder *encoder;
	u32 more_encoders;
	int (*prepare)(struct tkms_connector *connector, const void *data);
	const void *data;
	const u32 *formats;
	unsigned int num_formats;
};

#define TKMS_DECLARE_MAKE(kind, info_type)						\
struct tkms_##kind##_class;								\
struct tkms_##kind * __must_check							\
__tkms_##kind##_create(struct tkms_setup *setup, const struct tkms_##kind##_class *class,	\
		       info_type info)

TKMS_DECLARE_MAKE(plane, const struct tkms_plane_info *);
TKMS_DECLARE_MAKE(crtc, const struct tkms_crtc_info *);
TKMS_DECLARE_MAKE(encoder, int);
TKMS_DECLARE_MAKE(connector, const struct tkms_connector_info *);

struct tkms_connector * __must_check
__tkms_connector_plug(struct tkms_device *kms, const struct tkms_connector_class *class,
		      const struct tkms_connector_info *info);
void __tkms_connector_unplug(struct tkms_connector *connector);

int __must_check tkms_plane_allow(struct tkms_setup *setup, struct tkms_plane *plane,
				  const struct tkms_crtc *crtc);
int __must_check tkms_encoder_allow(struct tkms_setup *setup, struct tkms_encoder *encoder,
				    const struct tkms_crtc *crtc);
struct drm_encoder *tkms_connector_best_encoder(struct drm_connector *drm,
						struct drm_atomic_commit *commit);
int __must_check tkms_encoder_allow_clones(struct tkms_setup *setup, struct tkms_encoder *encoder,
					   struct tkms_encoder *other);

#endif /* TKMS_OBJECT_H */
