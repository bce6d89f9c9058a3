/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_DEVICE_H
#define KMS_DEVICE_H

#include <linux/container_of.h>

#include <drm/drm_drv.h>

#include "commit.h"
#include "handle.h"

struct kms_device;

/* What drm_driver.driver_features must have; the rest is the driver's choice. */
#define KMS_DRIVER_FEATURES (DRIVER_MODESET | DRIVER_ATOMIC)

/**
 * struct kms_config - what a device is able to do
 * @min_width: of a framebuffer
 * @min_height: of a framebuffer
 * @max_width: of a framebuffer
 * @max_height: of a framebuffer
 * @cursor_width: of the largest cursor; 0 for DRM's default
 * @cursor_height: of the largest cursor; 0 for DRM's default
 * @max_vblank_count: the last value of every CRTC's hardware counter; 0 if they have none
 * @vblank_disable_immediate: may vblanks be disabled as soon as nobody waits for one?
 * @clients: shall the kernel's own clients, such as the console, show themselves?
 */
struct kms_config {
	u32 min_width;
	u32 min_height;
	u32 max_width;
	u32 max_height;
	u32 cursor_width;
	u32 cursor_height;
	u32 max_vblank_count;
	bool vblank_disable_immediate;
	bool clients;
};

/**
 * struct kms_driver - a driver
 * @drm: what DRM wants to know of it; its features include KMS_DRIVER_FEATURES
 * @mode_config_info: fills in what the device is able to do. It is the first call on a new device,
 *                    whose private data it initialises.
 * @create_objects: creates all planes, CRTCs, encoders and connectors
 * @read_hardware: optional, called after all states were reset: makes them say what the hardware
 *                 does, for a picture that stays on from the firmware to the driver
 * @fb_create: optional, drm_gem_fb_create() by default
 * @tail: optional, the order in which a commit is written to the hardware; kms_tail_planes_between
 *        by default
 */
struct kms_driver {
	struct drm_driver drm;
	int (*mode_config_info)(struct kms_device *kms, struct kms_config *config);
	int (*create_objects)(struct kms_setup *setup);
	int (*read_hardware)(struct kms_initial *initial);
	struct drm_framebuffer *(*fb_create)(struct drm_device *drm, struct drm_file *file,
					     const struct drm_format_info *info,
					     const struct drm_mode_fb_cmd2 *cmd);
	const struct kms_tail *tail;
};

/* Where a device is in its life. */
enum kms_phase {
	KMS_PHASE_INIT,
	KMS_PHASE_CREATE_OBJECTS,
	KMS_PHASE_CREATED,
	KMS_PHASE_REGISTERED,
	KMS_PHASE_UNPLUGGED,
};

/**
 * struct kms_device - a display device; first member of a driver's own struct
 * @drm: the DRM device
 * @config: what it is able to do
 * @phase: where it is in its life
 * @faults: of its driver, a bit each
 * @data: of kms_register(), for as long as its caller says
 */
struct kms_device {
	struct drm_device drm;
	struct kms_config config;
	enum kms_phase phase;
	unsigned long faults;
	void *data;
};

/**
 * struct kms_render_device - a device without display, which no call of this layer but its own
 *                            takes
 * @device: what it shares with one that has
 */
struct kms_render_device {
	struct kms_device device;
};

static inline struct kms_device *to_kms_device(struct drm_device *drm)
{
	return container_of(drm, struct kms_device, drm);
}

static inline const struct kms_driver *kms_driver(const struct kms_device *kms)
{
	return container_of_const(kms->drm.driver, struct kms_driver, drm);
}

/* The device whose objects are being created. */
static inline struct kms_device *kms_setup_device(struct kms_setup *setup)
{
	return (struct kms_device *)setup;
}

/* The device whose first state is being read. */
static inline struct kms_device *kms_initial_device(struct kms_initial *initial)
{
	return (struct kms_device *)initial;
}

struct kms_device *__kms_register(struct device *parent, const struct drm_driver *driver,
				  size_t size, bool is_render, void *data);
void kms_unplug(struct kms_device *kms);

/*
 * Checks of a driver while it is compiled. They need its table to be a constant of the same file;
 * the audit checks the features of others.
 */
#define __kms_driver_demand(driver, what)						\
	BUILD_BUG_ON_MSG(__builtin_constant_p(!(driver)->what) && !(driver)->what,	\
			 "the driver has no " #what "()")

#define __kms_register_as(type, parent_type, made)					\
({											\
	struct parent_type *__kms_made;							\
	static_assert(__same_type(typeof_member(type, base), struct parent_type),	\
		      #type ".base is no struct " #parent_type);			\
	static_assert(!offsetof(type, base), #type " does not begin with its base");	\
	__kms_made = (struct parent_type *)(made);					\
	IS_ERR(__kms_made) ? ERR_CAST(__kms_made) : container_of(__kms_made, type, base);\
})

/**
 * kms_register - create and register a device
 * @parent: the device it belongs to
 * @driver: its struct kms_driver
 * @type: the struct to allocate, which begins with a struct kms_device named base
 * @data: what the driver finds in kms_device.data from mode_config_info() on
 *
 * The steps are one fixed order: allocate, ask for the configuration, initialise it, create the
 * objects, audit them, initialise vblanks, read or reset the state, register, start clients. A step
 * that fails undoes those before it in reverse. The device is unplugged by kms_unplug() or when
 * @parent goes, and freed when its last user closes it.
 *
 * Returns:
 * A pointer to @type or an ERR_PTR().
 */
#define kms_register(parent, driver, type, data)					\
({											\
	__kms_driver_demand(driver, mode_config_info);					\
	__kms_driver_demand(driver, create_objects);					\
	__kms_register_as(type, kms_device,						\
			  __kms_register(parent, &(driver)->drm, sizeof(type), false, data));	\
})

/**
 * kms_render_register - create and register a device without display
 * @parent: the device it belongs to, which unplugs it when it goes
 * @driver: its struct drm_driver
 * @type: the struct to allocate, which begins with a struct kms_render_device named base
 *
 * Returns:
 * A pointer to @type or an ERR_PTR().
 */
#define kms_render_register(parent, driver, type)					\
	__kms_register_as(type, kms_render_device,					\
			  __kms_register(parent, driver, sizeof(type), true, NULL))

#endif /* KMS_DEVICE_H */
