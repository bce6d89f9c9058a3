// SPDX-License-Identifier: GPL-2.0

#include <linux/device.h>

#include <kunit/static_stub.h>
#include <kunit/visibility.h>

#include <drm/clients/drm_client_setup.h>
#include <drm/drm_atomic_helper.h>
#include <drm/drm_managed.h>
#include <drm/drm_mode_config.h>
#include <drm/drm_print.h>
#include <drm/drm_vblank.h>

#include "internal.h"

/**
 * kms_setup_device - the device whose objects are being created
 * @setup: from create_objects()
 *
 * Returns:
 * The device.
 */
struct kms_device *kms_setup_device(struct kms_setup *setup)
{
	return (struct kms_device *)setup;
}

/**
 * kms_initial_device - the device whose first state is being made
 * @initial: from read_hardware()
 *
 * Returns:
 * The device.
 */
struct kms_device *kms_initial_device(struct kms_initial *initial)
{
	return (struct kms_device *)initial;
}

/* A handle is good while create_objects() runs. Who kept it is told so. */
bool kms_setup_is_open(struct kms_setup *setup)
{
	struct kms_device *kms = kms_setup_device(setup);

	if (kms->phase == KMS_PHASE_CREATE_OBJECTS)
		return true;

	kms_fault(kms, KMS_FAULT_STALE_SETUP);

	return false;
}

static int config_info(struct kms_device *kms)
{
	return kms_driver(kms)->mode_config_info(kms, &kms->config);
}

static int config_init(struct kms_device *kms)
{
	struct drm_mode_config *config = &kms->drm.mode_config;
	int ret;

	ret = drmm_mode_config_init(&kms->drm);
	if (ret)
		return ret;

	config->funcs = &kms_mode_config_funcs;
	config->helper_private = &kms_mode_config_helpers;
	config->min_width = kms->config.min_width;
	config->min_height = kms->config.min_height;
	config->max_width = kms->config.max_width;
	config->max_height = kms->config.max_height;
	config->cursor_width = kms->config.cursor_width;
	config->cursor_height = kms->config.cursor_height;
	config->preferred_depth = kms->config.preferred_depth;

	return 0;
}

static int create_objects(struct kms_device *kms)
{
	int ret;

	kms->phase = KMS_PHASE_CREATE_OBJECTS;
	ret = kms_driver(kms)->create_objects((struct kms_setup *)kms);
	kms->phase = KMS_PHASE_CREATED;

	return ret;
}

static int audit(struct kms_device *kms)
{
	const char *reason = kms_audit(kms);

	if (!reason)
		return 0;

	drm_err(&kms->drm, "the objects of the driver do not fit: %s\n", reason);

	return -EINVAL;
}

static int vblank_init(struct kms_device *kms)
{
	struct drm_crtc *crtc;

	kms->drm.vblank_disable_immediate = kms->config.vblank_disable_immediate;

	drm_for_each_crtc(crtc, &kms->drm) {
		if (kms_crtc_has_vblank(to_kms_crtc(crtc)))
			return drm_vblank_init(&kms->drm, kms->drm.mode_config.num_crtc);
	}

	return 0;
}

/* Counters are told to DRM for each CRTC, since not all of a device need have one. */
static int first_state(struct kms_device *kms)
{
	const struct kms_driver *driver = kms_driver(kms);
	struct drm_crtc *crtc;

	drm_mode_config_reset(&kms->drm);

	drm_for_each_crtc(crtc, &kms->drm) {
		if (!crtc->state)
			return -ENOMEM;
		if (kms_crtc_has_vblank(to_kms_crtc(crtc)) &&
		    kms_crtc_class(to_kms_crtc(crtc))->has_counter())
			drm_crtc_set_max_vblank_count(crtc, kms->config.max_vblank_count);
	}

	return driver->read_hardware ? driver->read_hardware((struct kms_initial *)kms) : 0;
}

static int register_device(struct kms_device *kms)
{
	int ret = drm_dev_register(&kms->drm, 0);

	if (!ret)
		kms->phase = KMS_PHASE_REGISTERED;

	return ret;
}

static int start_clients(struct kms_device *kms)
{
	if (kms->config.clients)
		drm_client_setup(&kms->drm, NULL);

	return 0;
}

/**
 * kms_unplug - take a device away from its users
 * @kms: the device
 *
 * Its screens go dark. Clients that have it open keep an unplugged device, whose memory goes when
 * the last of them closes it. Doing it again does nothing.
 */
void kms_unplug(struct kms_device *kms)
{
	if (kms->phase != KMS_PHASE_REGISTERED)
		return;

	kms->phase = KMS_PHASE_UNPLUGGED;
	drm_dev_unplug(&kms->drm);
	drm_atomic_helper_shutdown(&kms->drm);
}

static void disown(void *data)
{
	struct kms_device *kms = data;

	kms_unplug(kms);
	drm_dev_put(&kms->drm);
}

static int adopt(struct kms_device *kms)
{
	return devm_add_action(kms->drm.dev, disown, kms);
}

/*
 * The order of registration. What a step makes and has no undo() for here, the device releases in
 * reverse when its last reference is dropped.
 */
static const struct {
	const char *name;
	int (*run)(struct kms_device *kms);
	void (*undo)(struct kms_device *kms);
} steps[KMS_NUM_STEPS] = {
	[KMS_STEP_CONFIG_INFO] = { "mode_config_info", config_info },
	[KMS_STEP_CONFIG_INIT] = { "mode config init", config_init },
	[KMS_STEP_CREATE_OBJECTS] = { "create_objects", create_objects },
	[KMS_STEP_AUDIT] = { "audit", audit },
	[KMS_STEP_VBLANK_INIT] = { "vblank init", vblank_init },
	[KMS_STEP_FIRST_STATE] = { "first state", first_state },
	[KMS_STEP_REGISTER] = { "register", register_device, kms_unplug },
	[KMS_STEP_CLIENTS] = { "client setup", start_clients },
	[KMS_STEP_ADOPT] = { "adoption by the parent", adopt },
};

/* The error that a test wants a step to have. */
VISIBLE_IF_KUNIT int kms_step_error(enum kms_step step)
{
	KUNIT_STATIC_STUB_REDIRECT(kms_step_error, step);

	return 0;
}

struct kms_device *__kms_register(struct device *parent, const struct kms_driver *driver,
				  size_t size)
{
	struct kms_device *kms;
	int step;
	int ret;

	kms = __drm_dev_alloc(parent, &driver->drm, size, offsetof(struct kms_device, drm));
	if (IS_ERR(kms))
		return kms;

	for (step = 0; step < KMS_NUM_STEPS; step++) {
		ret = kms_step_error(step);
		if (!ret)
			ret = steps[step].run(kms);
		if (ret)
			goto undo;
	}

	return kms;

undo:
	drm_dbg_driver(&kms->drm, "%s failed: %pe\n", steps[step].name, ERR_PTR(ret));
	while (step--) {
		if (steps[step].undo)
			steps[step].undo(kms);
	}
	drm_dev_put(&kms->drm);

	return ERR_PTR(ret);
}

static void disown_render(void *drm)
{
	drm_dev_unplug(drm);
	drm_dev_put(drm);
}

struct kms_render_device *__kms_render_register(struct device *parent,
						const struct drm_driver *driver, size_t size)
{
	struct kms_render_device *render;
	int ret;

	if (driver->driver_features & DRIVER_MODESET)
		return ERR_PTR(-EINVAL);

	render = __drm_dev_alloc(parent, driver, size, offsetof(struct kms_render_device, drm));
	if (IS_ERR(render))
		return render;

	ret = drm_dev_register(&render->drm, 0);
	if (ret) {
		drm_dev_put(&render->drm);
		return ERR_PTR(ret);
	}

	ret = devm_add_action_or_reset(parent, disown_render, &render->drm);

	return ret ? ERR_PTR(ret) : render;
}
