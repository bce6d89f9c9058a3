/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef TKMS_DEVICE_H
#define TKMS_DEVICE_H

#include <linux/container_of.h>

#include <drm/drm_drv.h>

#include "commit.h"
#include "handle.h"

struct tkms_device;

/* The mandatory drm_driver.driver_features; the driver may have more. */
#define TKMS_DRIVER_FEATURES (DRIVER_MODESET | DRIVER_ATOMIC)

/**
 * struct tkms_config - the limits and options of a device
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
struct tkms_config {
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
 * struct tkms_driver - a driver
 * @drm: DRM's part; its features include TKMS_DRIVER_FEATURES
 * @mode_config_info: fills in the configuration. It is the first call on a new device, and
 *                    initialises the driver's private data.
 * @create_objects: creates all planes, CRTCs, encoders and connectors
 * @read_hardware: optional, called after all states were reset: sets them to the state of the
 *                 hardware, for a seamless handover from the firmware
 * @fb_create: optional, drm_gem_fb_create() by default
 * @tail: optional, the order in which a commit is written to the hardware; tkms_tail_planes_between
 *        by default
 */
struct tkms_driver {
	struct drm_driver drm;
	int (*mode_config_info)(struct tkms_device *kms, struct tkms_config *config);
	int (*create_objects)(struct tkms_setup *setup);
	int (*read_hardware)(struct tkms_initial *initial);
	struct drm_framebuffer *(*fb_create)(struct drm_device *drm, struct drm_file *file,
					     const struct drm_format_info *info,
					     const struct drm_mode_fb_cmd2 *cmd);
	const struct tkms_tail *tail;
};

/* The phases of a device's life. */
enum tkms_phase {
	TKMS_PHASE_INIT,
	TKMS_PHASE_CREATE_OBJECTS,
	TKMS_PHASE_CREATED,
	TKMS_PHASE_REGISTERED,
	TKMS_PHASE_UNPLUGGED,
};

/**
 * struct tkms_device - a display device; first member of a driver's own struct
 * @drm: the DRM device
 * @config: its limits and options
 * @phase: its phase
 * @faults: reported faults of its driver, one bit per enum tkms_fault
 * @data: from tkms_register(); the caller decides how long it is valid
 */
struct tkms_device {
	struct drm_device drm;
	struct tkms_config config;
	enum tkms_phase phase;
	unsigned long faults;
	void *data;
};

static inline struct tkms_device *to_tkms_device(struct drm_device *drm)
{
	return container_of(drm, struct tkms_device, drm);
}

static inline const struct tkms_driver *tkms_driver(const struct tkms_device *kms)
{
	return container_of_const(kms->drm.driver, struct tkms_driver, drm);
}

/* Returns the device that create_objects() is called for. */
static inline struct tkms_device *tkms_setup_device(struct tkms_setup *setup)
{
	return (struct tkms_device *)setup;
}

/* Returns the device that read_hardware() is called for. */
static inline struct tkms_device *tkms_initial_device(struct tkms_initial *initial)
{
	return (struct tkms_device *)initial;
}

struct tkms_device *__tkms_register(struct device *parent, const struct drm_driver *driver,
				    size_t size, void *data);
void tkms_unplug(struct tkms_device *kms);

/*
 * Checks a driver at compile time. The driver's table has to be a constant of the same file; the
 * audit checks the features of others.
 */
#define __tkms_driver_demand(driver, what)						\
	BUILD_BUG_ON_MSG(__builtin_constant_p(!(driver)->what) && !(driver)->what,	\
			 "the driver has no " #what "()")

#define __tkms_register_as(type, parent_type, made)					\
({											\
	struct parent_type *__tkms_made;						\
	static_assert(__same_type(typeof_member(type, base), struct parent_type),	\
		      #type ".base is no struct " #parent_type);			\
	static_assert(!offsetof(type, base), #type " does not begin with its base");	\
	__tkms_made = (struct parent_type *)(made);					\
	IS_ERR(__tkms_made) ? ERR_CAST(__tkms_made) : container_of(__tkms_made, type, base);\
})

/**
 * tkms_register - create and register a device
 * @parent: the parent device
 * @driver: its struct tkms_driver
 * @type: the struct to allocate, which begins with a struct tkms_device named base
 * @data: tkms_device.data, from mode_config_info() on
 *
 * The steps have one order: allocate, get the configuration, initialise it, create the objects,
 * audit them, initialise vblanks, read or reset the state, register, start clients. A step that
 * fails undoes the steps before it in reverse. The device is unplugged by tkms_unplug() or when
 * @parent goes, and freed when its last user closes it.
 *
 * Returns:
 * A pointer to @type or an ERR_PTR().
 */
#define tkms_register(parent, driver, type, data)					\
({											\
	__tkms_driver_demand(driver, mode_config_info);					\
	__tkms_driver_demand(driver, create_objects);					\
	__tkms_register_as(type, tkms_device,						\
			   __tkms_register(parent, &(driver)->drm, sizeof(type), data));	\
})

#endif /* TKMS_DEVICE_H */
