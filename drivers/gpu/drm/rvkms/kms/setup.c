// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Registers and unplugs devices, and reports faults of their drivers. */

#include <kunit/static_stub.h>

#include <drm/clients/drm_client_setup.h>
#include <drm/drm_gem_framebuffer_helper.h>
#include <drm/drm_managed.h>
#include <drm/drm_print.h>

#include "internal.h"

#define TKMS_FAULT_TEXT(name, text) text,
static const char * const texts[] = { TKMS_FAULTS(TKMS_FAULT_TEXT) };

/**
 * tkms_fault - warn about a driver's fault
 * @kms: the device
 * @fault: the fault
 *
 * Warns once per device and fault, so that the log is not flooded.
 *
 * Returns:
 * -EINVAL, for the function that the driver called.
 */
int tkms_fault(struct tkms_device *kms, enum tkms_fault fault)
{
	if (!test_and_set_bit(fault, &kms->faults))
		drm_WARN(&kms->drm, 1, "%s\n", texts[fault]);

	return -EINVAL;
}

static struct drm_atomic_commit *commit_alloc(struct drm_device *drm)
{
	struct tkms_commit *commit = kzalloc_obj(*commit);

	if (commit && !drm_atomic_commit_init(drm, &commit->drm))
		return &commit->drm;

	kfree(commit);

	return NULL;
}

static void commit_free(struct drm_atomic_commit *drm)
{
	drm_atomic_commit_default_release(drm);
	kfree(to_tkms_commit(drm));
}

static struct drm_framebuffer *fb_create(struct drm_device *drm, struct drm_file *file,
					 const struct drm_format_info *info,
					 const struct drm_mode_fb_cmd2 *cmd)
{
	return (tkms_driver(to_tkms_device(drm))->fb_create ?: drm_gem_fb_create)(drm, file, info,
										  cmd);
}

static const struct drm_mode_config_funcs config_funcs = {
	.fb_create = fb_create,
	.atomic_check = drm_atomic_helper_check,
	.atomic_commit = drm_atomic_helper_commit,
	.atomic_state_alloc = commit_alloc,
	.atomic_state_free = commit_free,
};

static const struct drm_mode_config_helper_funcs config_helpers = {
	.atomic_commit_tail = tkms_run_tail,
};

static int config_info(struct tkms_device *kms)
{
	return tkms_driver(kms)->mode_config_info(kms, &kms->config);
}

static int config_init(struct tkms_device *kms)
{
	struct drm_mode_config *config = &kms->drm.mode_config;

	config->funcs = &config_funcs;
	config->helper_private = &config_helpers;
	config->min_width = kms->config.min_width;
	config->min_height = kms->config.min_height;
	config->max_width = kms->config.max_width;
	config->max_height = kms->config.max_height;
	config->cursor_width = kms->config.cursor_width;
	config->cursor_height = kms->config.cursor_height;

	return drmm_mode_config_init(&kms->drm);
}

static int create_objects(struct tkms_device *kms)
{
	int ret;

	kms->phase = TKMS_PHASE_CREATE_OBJECTS;
	ret = tkms_driver(kms)->create_objects((struct tkms_setup *)kms);
	kms->phase = TKMS_PHASE_CREATED;

	return ret;
}

static int audit(struct tkms_device *kms)
{
	const char *reason = tkms_audit(kms);

	if (!reason)
		return 0;

	drm_err(&kms->drm, "invalid mode objects: %s\n", reason);

	return -EINVAL;
}

static int vblank_init(struct tkms_device *kms)
{
	struct drm_crtc *crtc;

	kms->drm.vblank_disable_immediate = kms->config.vblank_disable_immediate;

	drm_for_each_crtc(crtc, &kms->drm) {
		if (crtc->funcs->enable_vblank)
			return drm_vblank_init(&kms->drm, kms->drm.mode_config.num_crtc);
	}

	return 0;
}

/*
 * Creates the first states as drm_mode_config_reset() would. That one reports no errors, and may
 * touch the hardware. Counters are set per CRTC, since not every CRTC of a device need have one.
 */
static int first_state(struct tkms_device *kms)
{
	const struct tkms_driver *driver = tkms_driver(kms);
	int ret = drm_mode_config_create_initial_state(&kms->drm);
	struct drm_crtc *crtc;

	if (ret)
		return ret;

	drm_for_each_crtc(crtc, &kms->drm) {
		if (crtc->funcs->enable_vblank &&
		    tkms_crtc_class(to_tkms_crtc(crtc))->has_counter())
			drm_crtc_set_max_vblank_count(crtc, kms->config.max_vblank_count);
	}

	return driver->read_hardware ? driver->read_hardware((struct tkms_initial *)kms) : 0;
}

static int register_device(struct tkms_device *kms)
{
	int ret = drm_dev_register(&kms->drm, 0);

	if (!ret)
		kms->phase = TKMS_PHASE_REGISTERED;

	return ret;
}

static int start_clients(struct tkms_device *kms)
{
	if (kms->config.clients)
		drm_client_setup(&kms->drm, NULL);

	return 0;
}

/**
 * tkms_unplug - unplug a device
 * @kms: the device
 *
 * Switches its CRTCs off. Clients that have it open keep an unplugged device, which is freed when
 * the last of them closes it. A second call does nothing.
 */
void tkms_unplug(struct tkms_device *kms)
{
	if (kms->phase != TKMS_PHASE_REGISTERED)
		return;

	kms->phase = TKMS_PHASE_UNPLUGGED;
	drm_dev_unplug(&kms->drm);
	drm_atomic_helper_shutdown(&kms->drm);
}

static void disown(void *data)
{
	struct tkms_device *kms = data;

	tkms_unplug(kms);
	drm_dev_put(&kms->drm);
}

static int adopt(struct tkms_device *kms)
{
	return devm_add_action(kms->drm.dev, disown, kms);
}

/*
 * The order of registration. To undo it, a registered device is unplugged first. The device
 * releases the results of the other steps in reverse when its last reference is dropped.
 */
static const struct {
	const char *name;
	int (*run)(struct tkms_device *kms);
} steps[] = {
	{ "mode_config_info", config_info },
	{ "mode config init", config_init },
	{ "create_objects", create_objects },
	{ "audit", audit },
	{ "vblank init", vblank_init },
	{ "first state", first_state },
	{ "register", register_device },
	{ "client setup", start_clients },
	{ "devm action", adopt },
};

/* Returns the error that a test injects into a step. */
int tkms_step_error(const char *step)
{
	KUNIT_STATIC_STUB_REDIRECT(tkms_step_error, step);

	return 0;
}

struct tkms_device *__tkms_register(struct device *parent, const struct drm_driver *driver,
				    size_t size, void *data)
{
	struct tkms_device *kms;
	int ret = 0;

	kms = __drm_dev_alloc(parent, driver, size, offsetof(struct tkms_device, drm));
	if (IS_ERR(kms))
		return kms;

	kms->data = data;
	for (int i = 0; !ret && i < ARRAY_SIZE(steps); i++) {
		ret = tkms_step_error(steps[i].name) ?: steps[i].run(kms);
		if (ret)
			drm_dbg_driver(&kms->drm, "%s failed: %d\n", steps[i].name, ret);
	}
	if (ret)
		disown(kms);

	return ret ? ERR_PTR(ret) : kms;
}
