// SPDX-License-Identifier: GPL-2.0

#include <linux/err.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/workqueue.h>

#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>
#include <drm/drm_drv.h>
#include <drm/drm_encoder.h>
#include <drm/drm_fbdev_shmem.h>
#include <drm/drm_gem.h>
#include <drm/drm_gem_framebuffer_helper.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_managed.h>
#include <drm/drm_mode_config.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_plane.h>
#include <drm/drm_vblank.h>

#include "connector.h"
#include "crtc.h"
#include "device.h"
#include "plane.h"
#include "writeback.h"

static const struct rvkms_device_limits default_limits = {
	.max_width = 8192,
	.max_height = 8192,
	.cursor_width = 512,
	.cursor_height = 512,
};

DEFINE_DRM_GEM_FOPS(device_fops);

static const struct drm_driver device_driver = {
	.driver_features = DRIVER_MODESET | DRIVER_ATOMIC | DRIVER_GEM,
	.fops = &device_fops,
	DRM_GEM_SHMEM_DRIVER_OPS,
	DRM_FBDEV_SHMEM_DRIVER_OPS,
	.name = "rvkms",
	.desc = "Virtual KMS with a functional core",
	.major = 1,
	.minor = 0,
};

static const struct drm_mode_config_funcs mode_config_funcs = {
	.fb_create = drm_gem_fb_create,
	.atomic_check = drm_atomic_helper_check,
	.atomic_commit = drm_atomic_helper_commit,
};

/*
 * CRTCs are switched on before planes are flushed, so that the first picture of a mode is shown,
 * and its event is sent, by a vblank of that mode.
 */
static void commit_tail(struct drm_atomic_commit *commit)
{
	struct drm_device *drm = commit->dev;
	struct drm_crtc_state *crtc_state;
	struct drm_crtc *crtc;
	int i;

	drm_atomic_helper_commit_modeset_disables(drm, commit);
	drm_atomic_helper_commit_modeset_enables(drm, commit);
	drm_atomic_helper_commit_planes(drm, commit, DRM_PLANE_COMMIT_ACTIVE_ONLY);
	drm_atomic_helper_commit_hw_done(commit);
	drm_atomic_helper_wait_for_flip_done(drm, commit);

	for_each_new_crtc_in_state(commit, crtc, crtc_state, i)
		rvkms_scanout_wait_writebacks(&to_rvkms_crtc(crtc)->scanout);

	drm_atomic_helper_cleanup_planes(drm, commit);
}

static const struct drm_mode_config_helper_funcs mode_config_helper_funcs = {
	.atomic_commit_tail = commit_tail,
};

static int init_mode_config(struct rvkms_device *rvkms)
{
	struct drm_mode_config *config = &rvkms->drm.mode_config;
	int ret;

	ret = drmm_mode_config_init(&rvkms->drm);
	if (ret)
		return ret;

	config->funcs = &mode_config_funcs;
	config->helper_private = &mode_config_helper_funcs;
	config->min_width = 1;
	config->min_height = 1;
	config->max_width = rvkms->limits.max_width;
	config->max_height = rvkms->limits.max_height;
	config->cursor_width = rvkms->limits.cursor_width;
	config->cursor_height = rvkms->limits.cursor_height;

	return 0;
}

/* The monitor and the writeback connector may show the same CRTC at the same time. */
static void allow_clones(struct drm_device *drm)
{
	struct drm_encoder *encoder;
	u32 all = 0;

	drm_for_each_encoder(encoder, drm)
		all |= drm_encoder_mask(encoder);

	drm_for_each_encoder(encoder, drm)
		encoder->possible_clones = all;
}

static int create_objects(struct rvkms_device *rvkms)
{
	struct drm_plane *primary, *overlay, *cursor;
	struct rvkms_crtc *crtc;
	int ret;

	primary = rvkms_plane_create(rvkms, DRM_PLANE_TYPE_PRIMARY, 0);
	if (IS_ERR(primary))
		return PTR_ERR(primary);

	overlay = rvkms_plane_create(rvkms, DRM_PLANE_TYPE_OVERLAY, 1);
	if (IS_ERR(overlay))
		return PTR_ERR(overlay);

	cursor = rvkms_plane_create(rvkms, DRM_PLANE_TYPE_CURSOR, 2);
	if (IS_ERR(cursor))
		return PTR_ERR(cursor);

	crtc = rvkms_crtc_create(rvkms, primary, cursor);
	if (IS_ERR(crtc))
		return PTR_ERR(crtc);
	overlay->possible_crtcs = drm_crtc_mask(&crtc->base);

	ret = rvkms_connector_create(rvkms, &crtc->base);
	if (ret)
		return ret;

	ret = rvkms_writeback_create(rvkms, &crtc->base);
	if (ret)
		return ret;

	allow_clones(&rvkms->drm);

	return 0;
}

static void destroy_wq(struct drm_device *drm, void *wq)
{
	destroy_workqueue(wq);
}

/* DRM releases in reverse order: made first, the workqueue is there for the last snapshot. */
static int init_wq(struct rvkms_device *rvkms)
{
	rvkms->wq = alloc_workqueue("rvkms", WQ_UNBOUND, 0);
	if (!rvkms->wq)
		return -ENOMEM;

	return drmm_add_action_or_reset(&rvkms->drm, destroy_wq, rvkms->wq);
}

static int device_init(struct rvkms_device *rvkms)
{
	int ret;

	rvkms->limits = default_limits;

	ret = init_wq(rvkms);
	if (ret)
		return ret;

	ret = init_mode_config(rvkms);
	if (ret)
		return ret;

	ret = create_objects(rvkms);
	if (ret)
		return ret;

	/* Counter and timestamp are exact at any time: nothing is lost by stopping at once. */
	rvkms->drm.max_vblank_count = U32_MAX;
	rvkms->drm.vblank_disable_immediate = true;
	ret = drm_vblank_init(&rvkms->drm, rvkms->drm.mode_config.num_crtc);
	if (ret)
		return ret;

	drm_mode_config_reset(&rvkms->drm);

	return drm_dev_register(&rvkms->drm, 0);
}

/**
 * rvkms_device_create - create and register a device
 * @parent: the device it belongs to, which releases it in its turn
 *
 * Returns:
 * The device, to be ended by rvkms_device_unplug(), or an ERR_PTR().
 */
struct rvkms_device *rvkms_device_create(struct device *parent)
{
	struct rvkms_device *rvkms;
	int ret;

	rvkms = devm_drm_dev_alloc(parent, &device_driver, struct rvkms_device, drm);
	if (IS_ERR(rvkms))
		return rvkms;

	ret = device_init(rvkms);
	if (ret)
		return ERR_PTR(ret);

	return rvkms;
}

/**
 * rvkms_device_unplug - take a device away from its users
 * @rvkms: the device
 *
 * Clients that have it open keep an unplugged device, whose memory goes when the last of them
 * closes it. Its screens are dark, its events are sent and its fences are signalled.
 */
void rvkms_device_unplug(struct rvkms_device *rvkms)
{
	drm_dev_unplug(&rvkms->drm);
	drm_atomic_helper_shutdown(&rvkms->drm);
}
