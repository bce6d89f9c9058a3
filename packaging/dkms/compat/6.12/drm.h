/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef COMPAT_DRM_H
#define COMPAT_DRM_H

/* Linux 6.12: the API of newer kernels, made of its own. compat.c has the longer functions. */

#include <linux/hrtimer.h>
#include <linux/module.h>
#include <linux/refcount.h>
#include <linux/slab.h>

#include <drm/drm_atomic.h>
#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_fbdev_shmem.h>
#include <drm/drm_gem_framebuffer_helper.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_plane.h>
#include <drm/drm_writeback.h>

struct drm_colorop;
struct drm_colorop_state;

/* The argument of MODULE_IMPORT_NS() is a string in newer kernels. */
#undef MODULE_IMPORT_NS
#define MODULE_IMPORT_NS(ns) MODULE_INFO(import_ns, ns)

#ifndef kzalloc_obj
#define kzalloc_obj(object) kzalloc(sizeof(object), GFP_KERNEL)
#endif

static inline void hrtimer_setup(struct hrtimer *timer,
				 enum hrtimer_restart (*function)(struct hrtimer *timer),
				 clockid_t clock, enum hrtimer_mode mode)
{
	hrtimer_init(timer, clock, mode);
	timer->function = function;
}

/* struct drm_atomic_state became struct drm_atomic_commit. The function has this name in both. */
static inline int drm_atomic_state(struct drm_atomic_state *state)
{
	return drm_atomic_commit(state);
}

#define drm_atomic_commit drm_atomic_state
#define drm_atomic_commit_alloc drm_atomic_state_alloc
#define drm_atomic_commit_clear drm_atomic_state_clear
#define drm_atomic_commit_default_release drm_atomic_state_default_release
#define drm_atomic_commit_init drm_atomic_state_init
#define drm_atomic_commit_put drm_atomic_state_put

/* The use count of a mapping became a refcount_t. */
#define refcount_read(count)								\
	_Generic((count), unsigned int *: *(const unsigned int *)(count),		\
		 default: (refcount_read)((const refcount_t *)(count)))

#define drm_gem_shmem_vmap_locked drm_gem_shmem_vmap
#define drm_gem_shmem_vunmap_locked drm_gem_shmem_vunmap

#define drm_connector_dynamic_init(drm, connector, funcs, type, ddc)			\
	drm_connector_init(drm, connector, funcs, type)
#define drm_connector_dynamic_register drm_connector_register

/* This console is not a client. */
#define DRM_FBDEV_SHMEM_DRIVER_OPS .fbdev_probe = NULL
#define drm_client_setup(drm, format) drm_fbdev_shmem_setup(drm, 0)

/* There is no background colour: it is black. */
#define DRM_ARGB64_GETR(argb) ((u16)((argb) >> 32))
#define DRM_ARGB64_GETG(argb) ((u16)((argb) >> 16))
#define DRM_ARGB64_GETB(argb) ((u16)(argb))
#define drm_crtc_attach_background_color_property(crtc) ((void)(crtc))

/* There are no colour pipelines of planes. */
static inline const struct drm_colorop_state *
drm_atomic_get_new_colorop_state(const struct drm_atomic_state *state, struct drm_colorop *colorop)
{
	return NULL;
}

static inline void *__drm_dev_alloc(struct device *parent, const struct drm_driver *driver,
				    size_t size, size_t offset)
{
	void *device = __devm_drm_dev_alloc(parent, driver, size, offset);

	/* The parent device owns the first reference. */
	if (!IS_ERR(device))
		drm_dev_get(device + offset);

	return device;
}

void *compat_plane_alloc(struct drm_device *drm, size_t size, size_t offset, u32 possible_crtcs,
			 const struct drm_plane_funcs *funcs, const u32 *formats,
			 unsigned int num_formats, const u64 *modifiers, enum drm_plane_type type,
			 const char *name);
#define __drmm_universal_plane_alloc(drm, size, offset, crtcs, funcs, formats, num_formats,	\
				     modifiers, type, format, name)			\
	compat_plane_alloc(drm, size, offset, crtcs, funcs, formats, num_formats, modifiers,	\
			   type, name)

int drmm_writeback_connector_init(struct drm_device *drm,
				  struct drm_writeback_connector *writeback,
				  const struct drm_connector_funcs *funcs,
				  struct drm_encoder *encoder, const u32 *formats, int num_formats);

/* DRM demands destroy(), and does not call it: the device's own cleanup comes first. */
#define TKMS_WRITEBACK_FUNCS(as, name, state_name)					\
	TKMS_CONNECTOR_FUNCS(as, name, state_name)					\
	as##_FIXED(destroy, drm_connector_cleanup)

/* A callback that DRM does not have: only a member of the class's table. */
#define TKMS_ENTRY_UNUSED(name, type, hook, params)
#define TKMS_THUNK_UNUSED(name, type, hook, params)
#define TKMS_MEMBER_UNUSED(name, type, hook, params)					\
	type (*hook)(struct name *object TKMS_AND params);

#endif /* COMPAT_DRM_H */
