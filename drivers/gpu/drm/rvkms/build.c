// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Builds, registers and unplugs devices, and runs their commit tail. */

#include <linux/device.h>
#include <linux/dma-fence.h>
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/workqueue.h>

#include <drm/drm_connector.h>
#include <drm/drm_debugfs.h>
#include <drm/drm_drv.h>
#include <drm/drm_fbdev_shmem.h>
#include <drm/drm_gem.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_managed.h>
#include <drm/drm_modeset_helper.h>

#include "build.h"
#include "core/check/device.h"
#include "memory/buffer.h"
#include "objects/connector.h"
#include "objects/crtc.h"
#include "objects/device.h"
#include "objects/writeback.h"
#include "topology.h"

DEFINE_DRM_GEM_FOPS(device_fops);

static void destroy_wq(struct drm_device *drm, void *wq)
{
	destroy_workqueue(wq);
}

/* DRM releases in reverse order: a workqueue that is created first outlives the mode objects. */
static int create_wq(struct rvkms_device *rvkms, const char *name, struct workqueue_struct **wq)
{
	/* Fences wait for compositions, so a new worker must not need memory that waits for one. */
	*wq = alloc_workqueue(name, WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	if (!*wq)
		return -ENOMEM;

	return drmm_add_action_or_reset(&rvkms->base.drm, destroy_wq, *wq);
}

static int create_wqs(struct rvkms_device *rvkms)
{
	struct workqueue_struct *release_wq;
	int ret;

	ret = create_wq(rvkms, "rvkms_compose", &rvkms->compose_wq) ?:
	      create_wq(rvkms, "rvkms_release", &release_wq);
	if (!ret)
		rvkms_releases_init(&rvkms->releases, release_wq);

	return ret;
}

static int mode_config_info(struct tkms_device *kms, struct tkms_config *config)
{
	struct rvkms_device *rvkms = container_of(kms, struct rvkms_device, base);
	const struct rvkms_device_desc *desc = kms->data;

	rvkms->limits = desc->limits;
	/*
	 * With DRIVER_CURSOR_HOTSPOT, DRM hides cursor planes from clients that do not set
	 * hotspots.
	 */
	if (!desc->has_hotspot)
		kms->drm.driver_features &= ~(u32)DRIVER_CURSOR_HOTSPOT;
	rvkms_refusals_init(&rvkms->refused_states);
	rvkms_refusals_init(&rvkms->refused_modes);
	drm_debugfs_add_file(&kms->drm, "rvkms_refusals", rvkms_refusals_show, NULL);
	drm_debugfs_add_file(&kms->drm, "rvkms_frames", rvkms_crtc_show_stats, NULL);
	*config = (struct tkms_config){
		.min_width = 1,
		.min_height = 1,
		.max_width = rvkms->limits.max_width,
		.max_height = rvkms->limits.max_height,
		.cursor_width = rvkms->limits.cursor_width,
		.cursor_height = rvkms->limits.cursor_height,
		/* Counter and timestamps are exact: disabling vblanks at once loses nothing. */
		.max_vblank_count = U32_MAX,
		.vblank_disable_immediate = true,
		.clients = desc->has_console && rvkms_device_suits_clients(desc),
	};

	return create_wqs(rvkms);
}

static bool has_vblanks(const struct rvkms_device_desc *desc)
{
	bool has = false;

	for (u32 i = 0; i < desc->num_crtcs; i++)
		has |= desc->crtcs[i].has_vblanks;

	return has;
}

static int create_objects(struct tkms_setup *setup)
{
	struct tkms_device *kms = tkms_setup_device(setup);

	/* Without vblanks every flip is immediate: do not advertise asynchronous flips. */
	kms->drm.mode_config.async_page_flip = has_vblanks(kms->data);

	return rvkms_connector_create_properties(to_rvkms_device(&kms->drm)) ?:
	       rvkms_topology_create(setup, kms->data);
}

static int begin_states(struct tkms_initial *initial)
{
	struct drm_connector_list_iter iterator;
	struct drm_connector *drm;

	drm_connector_list_iter_begin(&tkms_initial_device(initial)->drm, &iterator);
	drm_for_each_connector_iter(drm, &iterator) {
		struct rvkms_connector *connector =
			rvkms_connector_try_from(to_tkms_connector(drm));

		if (connector)
			rvkms_connector_begin(initial, connector);
	}
	drm_connector_list_iter_end(&iterator);

	return 0;
}

/*
 * CRTCs are enabled before planes are flushed, so that a vblank of the new mode shows the first
 * frame of that mode and sends its event.
 */
static const struct tkms_committed *write_commit(struct tkms_mutator *mutator,
						 struct tkms_modesets_ready *modesets,
						 struct tkms_planes_ready *ready)
{
	struct tkms_disables_done *disables = tkms_commit_disables(mutator, modesets);
	struct tkms_enables_done *enables = tkms_commit_enables(mutator, disables);
	struct tkms_planes_done *planes = tkms_commit_planes(mutator, ready, TKMS_PLANES_ACTIVE);

	return tkms_commit_hw_done(mutator, enables, planes);
}

/* From the first step on, do not wait for fences: the fences of this commit wait for the tail. */
static const struct tkms_committed *run_tail(struct tkms_mutator *mutator,
					     struct tkms_modesets_ready *modesets,
					     struct tkms_planes_ready *ready)
{
	const struct tkms_committed *committed;
	bool cookie;

	tkms_for_each_connector(mutator, state)
		rvkms_writeback_wait(state);

	cookie = dma_fence_begin_signalling();
	committed = write_commit(mutator, modesets, ready);
	tkms_wait_for_flips(committed);
	tkms_for_each_committed_crtc(committed, crtc)
		rvkms_scanout_wait_composed(&rvkms_crtc_try_from(crtc)->scanout);
	dma_fence_end_signalling(cookie);

	/* All fences of the commit are signalled: only a caller that blocks waits here. */
	tkms_for_each_committed_crtc(committed, crtc)
		rvkms_releases_wait(&to_rvkms_device(crtc->drm.dev)->releases);

	return committed;
}

TKMS_DEFINE_TAIL(device_tail, run_tail);

#define DEVICE_DRIVER(more_features) {							\
	.drm = {									\
		.driver_features = TKMS_DRIVER_FEATURES | DRIVER_GEM | DRIVER_SYNCOBJ |	\
				   DRIVER_SYNCOBJ_TIMELINE | DRIVER_CURSOR_HOTSPOT |	\
				   (more_features),					\
		.fops = &device_fops,							\
		.gem_create_object = rvkms_buffer_create,				\
		DRM_GEM_SHMEM_DRIVER_OPS,						\
		DRM_FBDEV_SHMEM_DRIVER_OPS,						\
		.name = "rvkms",							\
		.desc = "Virtual KMS display driver",					\
		.major = 1,								\
		.minor = 0,								\
	},										\
	.mode_config_info = mode_config_info,						\
	.create_objects = create_objects,						\
	.read_hardware = begin_states,							\
	.tail = &device_tail,								\
}

static const struct tkms_driver card_driver = DEVICE_DRIVER(0);
/* Userspace takes a device with a render node for a GPU, so create one only on request. */
static const struct tkms_driver render_driver = DEVICE_DRIVER(DRIVER_RENDER);

static int plug_connectors(struct rvkms_device *rvkms, const struct rvkms_device_desc *desc)
{
	int ret = 0;

	for (u32 i = 0; !ret && i < desc->num_connectors; i++) {
		if (desc->connectors[i].is_dynamic)
			ret = rvkms_connector_plug(&rvkms->base.drm, &desc->connectors[i]);
	}

	return ret;
}

/**
 * rvkms_device_create - create and register a device
 * @parent: the parent device; the DRM device is released with it
 * @desc: the device to create; it is not used after the call
 *
 * Returns:
 * The device, to be removed by rvkms_device_unplug(), or an ERR_PTR(): -EINVAL if
 * rvkms_check_device() rejects the description.
 */
struct rvkms_device *rvkms_device_create(struct device *parent,
					 const struct rvkms_device_desc *desc)
{
	const struct rvkms_verdict verdict = rvkms_check_device(desc);
	struct rvkms_device *rvkms;
	int ret;

	if (verdict.err) {
		dev_err(parent, "rejected by %s: %s\n", rvkms_rule_name(verdict.rule),
			rvkms_rule_text(verdict.rule));
		return ERR_PTR(verdict.err);
	}

	rvkms = desc->has_render_node ?
		tkms_register(parent, &render_driver, struct rvkms_device, (void *)desc) :
		tkms_register(parent, &card_driver, struct rvkms_device, (void *)desc);
	if (IS_ERR(rvkms))
		return rvkms;

	rvkms->base.data = NULL;
	ret = plug_connectors(rvkms, desc);
	if (ret) {
		rvkms_device_unplug(rvkms);
		return ERR_PTR(ret);
	}

	return rvkms;
}

/**
 * rvkms_device_unplug - unplug a device
 * @rvkms: the device
 *
 * Clients that have it open keep an unplugged device, which is freed when the last of them closes
 * it. Its CRTCs are off, its events are sent and its fences are signalled.
 */
void rvkms_device_unplug(struct rvkms_device *rvkms)
{
	tkms_unplug(&rvkms->base);
	/* Snapshots hold framebuffers, which must be released before the device. */
	flush_workqueue(rvkms->releases.wq);
}

/**
 * rvkms_device_suspend - switch off the CRTCs before the machine sleeps
 * @rvkms: the device
 *
 * Saves the state. Commits that clients have started are finished first.
 *
 * Returns:
 * 0, to be followed by rvkms_device_resume(), or a negative errno if the CRTCs stay on.
 */
int rvkms_device_suspend(struct rvkms_device *rvkms)
{
	return drm_mode_config_helper_suspend(&rvkms->base.drm);
}

/**
 * rvkms_device_resume - restore the state of before the machine slept
 * @rvkms: the suspended device
 *
 * Returns:
 * 0, or a negative errno if the CRTCs stay off.
 */
int rvkms_device_resume(struct rvkms_device *rvkms)
{
	return drm_mode_config_helper_resume(&rvkms->base.drm);
}
