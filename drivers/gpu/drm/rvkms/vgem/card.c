// SPDX-License-Identifier: GPL-2.0
/*
 * Creates and unplugs the device: buffers of shared memory, and fences that clients signal.
 *
 * The device is a drop-in for the in-tree vgem: its name, nodes, objects and ioctls are the same.
 * memory/buffer.c is not used: it keeps the driver's own mappings, and this driver has none.
 */

#include <linux/array_size.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>

#include <drm/drm_drv.h>
#include <drm/drm_file.h>
#include <drm/drm_gem.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_ioctl.h>
#include <drm/drm_managed.h>
#include <drm/vgem_drm.h>

#include "card.h"
#include "fences.h"

/* No ioctl brackets the CPU's accesses, so mappings must be coherent with other devices. */
static struct drm_gem_object *create_object(struct drm_device *drm, size_t size)
{
	struct drm_gem_shmem_object *shmem = kzalloc_obj(*shmem);

	if (!shmem)
		return ERR_PTR(-ENOMEM);

	shmem->map_wc = true;

	return &shmem->base;
}

static const struct drm_ioctl_desc card_ioctls[] = {
	DRM_IOCTL_DEF_DRV(VGEM_FENCE_ATTACH, vgem_fences_attach, DRM_RENDER_ALLOW),
	DRM_IOCTL_DEF_DRV(VGEM_FENCE_SIGNAL, vgem_fences_signal, DRM_RENDER_ALLOW),
};

DEFINE_DRM_GEM_FOPS(card_fops);

static const struct drm_driver card_driver = {
	.driver_features = DRIVER_GEM | DRIVER_RENDER,
	.open = vgem_fences_open,
	.postclose = vgem_fences_close,
	.ioctls = card_ioctls,
	.num_ioctls = ARRAY_SIZE(card_ioctls),
	.fops = &card_fops,
	.gem_create_object = create_object,
	DRM_GEM_SHMEM_DRIVER_OPS,
	.name = "vgem",
	.desc = "Virtual GEM provider",
	.major = 1,
	.minor = 0,
};

/**
 * vgem_card_create - create and register a device
 * @parent: the parent device; the DRM device is released with it, or with its last client
 *
 * Returns:
 * The device, to be removed by vgem_card_unplug(), or an ERR_PTR().
 */
struct vgem_card *vgem_card_create(struct device *parent)
{
	struct vgem_card *card = devm_drm_dev_alloc(parent, &card_driver, struct vgem_card, drm);
	int ret;

	if (IS_ERR(card))
		return card;

	INIT_LIST_HEAD(&card->clients.files);
	ret = drmm_mutex_init(&card->drm, &card->clients.lock) ?: drm_dev_register(&card->drm, 0);

	return ret ? ERR_PTR(ret) : card;
}

/**
 * vgem_card_unplug - unplug a device
 * @card: the device
 *
 * Clients that have it open keep an unplugged device. Its fences are signalled. Its buffers stay in
 * the devices that have imported them.
 */
void vgem_card_unplug(struct vgem_card *card)
{
	drm_dev_unplug(&card->drm);
	vgem_fences_unplug(&card->clients);
}
