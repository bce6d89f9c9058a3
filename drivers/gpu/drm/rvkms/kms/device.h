/* SPDX-License-Identifier: GPL-2.0 */
#ifndef KMS_DEVICE_H
#define KMS_DEVICE_H

#include <linux/container_of.h>

#include <drm/drm_drv.h>

#include "commit.h"
#include "handle.h"

struct kms_device;

/* The mandatory drm_driver.driver_features; the driver may have more. */
#define KMS_DRIVER_FEATURES (DRIVER_MODESET | DRIVER_ATOMIC)

/**
 * struct kms_config - the limits and options of a device
 * @min_width: of a framebuffer
 * @min_height: of a framebuffer
 * @max_width: of a framebuffer
 * @max_height: of a framebuffer
 * @cursor_width: of the largest cursor; 0 for DRM's default
 * @cursor_height: of the largest cursor; 0 for DRM's default
 * @max_vblank_count: the last value of every CRTC's hardware counter; 0 if they have none
 * @vblank_disable_immediate: disable vblanks as soon as no vblank reference is left
 * @clients: start in-kernel clients, such as the console
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
 * @drm: DRM's part; its features include KMS_DRIVER_FEATURES
 * @mode_config_info: fills in the configuration. It is the first call on a new device, and
 *                    initialises the driver's private data.
 * @create_objects: creates all planes, CRTCs, encoders and connectors
 * @read_hardware: optional, called after all states were reset: sets them to the state of the
 *                 hardware, for a seamless handover from the firmware
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

/* The phases of a device's life. */
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
 * @config: its limits and options
 * @phase: its phase
 * @faults: reported faults of its driver, one bit per enum kms_fault
 * @data: from kms_register(); the caller decides how long it is valid
 */
struct kms_device {
	struct drm_device drm;
	struct kms_config config;
	enum kms_phase phase;
	unsigned long faults;
	void *data;
};

/**
 * struct kms_render_device - a device without display; only kms_render_register() takes it
 * @device: the part that it shares with a display device
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

/* Returns the device that create_objects() is called for. */
static inline struct kms_device *kms_setup_device(struct kms_setup *setup)
{
	return (struct kms_device *)setup;
}

/* Returns the device that read_hardware() is called for. */
static inline struct kms_device *kms_initial_device(struct kms_initial *initial)
{
	return (struct kms_device *)initial;
}

struct kms_device *__kms_register(struct device *parent, const struct drm_driver *driver,
				  size_t size, bool is_render, void *data);
void kms_unplug(struct kms_device *kms);

/*
 * Checks a driver at compile time. The driver's table has to be a constant of the same file; the
 * audit checks the features of others.
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
 * @parent: the parent device
 * @driver: its struct kms_driver
 * @type: the struct to allocate, which begins with a struct kms_device named base
 * @data: kms_device.data, from mode_config_info() on
 *
 * The steps have one order: allocate, get the configuration, initialise it, create the objects,
 * audit them, initialise vblanks, read or reset the state, register, start clients. A step that
 * fails undoes the steps before it in reverse. The device is unplugged by kms_unplug() or when
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
 * @parent: the parent device; the device is unplugged when it goes
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
