// SPDX-License-Identifier: GPL-2.0
/*
 * Keeps the fences of each client, and implements the ioctls that attach and signal them. A file
 * numbers its own fences. A number is free after the fence is signalled, and comes again after all
 * others, so that an old number is an error for a long time.
 */

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/dma-resv.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include <drm/drm_device.h>
#include <drm/drm_drv.h>
#include <drm/drm_file.h>
#include <drm/drm_gem.h>
#include <drm/vgem_drm.h>

#include "../core/fence/fence.h"
#include "card.h"
#include "fence.h"
#include "fences.h"

static_assert(RVKMS_FENCE_WRITE == VGEM_FENCE_WRITE);
static_assert((int)RVKMS_FENCE_USAGE_KERNEL == DMA_RESV_USAGE_KERNEL);
static_assert((int)RVKMS_FENCE_USAGE_WRITE == DMA_RESV_USAGE_WRITE);
static_assert((int)RVKMS_FENCE_USAGE_READ == DMA_RESV_USAGE_READ);
static_assert((int)RVKMS_FENCE_USAGE_BOOKKEEP == DMA_RESV_USAGE_BOOKKEEP);

/**
 * struct vgem_fences - the fences of a client
 * @link: entry in the device's list of clients
 * @fences: struct vgem_fence by number; a number of an unfinished call has a reserved entry
 * @next: the number to try first
 */
struct vgem_fences {
	struct list_head link;
	struct xarray fences;
	u32 next;
};

/**
 * vgem_fences_open - give a new client an empty table
 * @drm: the device
 * @file: the client
 *
 * Returns:
 * 0 or -ENOMEM.
 */
int vgem_fences_open(struct drm_device *drm, struct drm_file *file)
{
	struct vgem_clients *clients = &to_vgem_card(drm)->clients;
	struct vgem_fences *fences = kzalloc_obj(*fences);

	if (!fences)
		return -ENOMEM;

	xa_init_flags(&fences->fences, XA_FLAGS_ALLOC1);
	file->driver_priv = fences;

	mutex_lock(&clients->lock);
	list_add_tail(&fences->link, &clients->files);
	mutex_unlock(&clients->lock);

	return 0;
}

/**
 * vgem_fences_close - end all fences of a client
 * @drm: the device
 * @file: the client; none of its ioctls is running
 */
void vgem_fences_close(struct drm_device *drm, struct drm_file *file)
{
	struct vgem_clients *clients = &to_vgem_card(drm)->clients;
	struct vgem_fences *fences = file->driver_priv;
	struct vgem_fence *fence;
	unsigned long number;

	mutex_lock(&clients->lock);
	list_del(&fences->link);
	mutex_unlock(&clients->lock);

	xa_for_each(&fences->fences, number, fence) {
		vgem_fence_end(fence, RVKMS_FENCE_CLOSE);
		vgem_fence_free(fence);
	}
	xa_destroy(&fences->fences);
	kfree(fences);
}

static u32 pending_usages(struct dma_resv *resv)
{
	struct dma_resv_iter cursor;
	struct dma_fence *fence;
	u32 pending = 0;

	dma_resv_for_each_fence(&cursor, resv, DMA_RESV_USAGE_BOOKKEEP, fence) {
		if (!dma_fence_is_signaled(fence))
			pending |= BIT(dma_resv_iter_usage(&cursor));
	}

	return pending;
}

/* Under the lock of the buffer, so that of two writers one is rejected. */
static int add_locked(struct dma_resv *resv, struct vgem_fence *fence, u32 flags)
{
	int ret = rvkms_fence_may_attach(flags, pending_usages(resv)) ?:
		  dma_resv_reserve_fences(resv, 1);

	if (ret)
		return ret;

	vgem_fence_start(fence, READ_ONCE(vgem_timeout_ms));
	dma_resv_add_fence(resv, fence->base, (enum dma_resv_usage)rvkms_fence_usage(flags));

	return 0;
}

static int add(struct drm_gem_object *object, struct vgem_fence *fence, u32 flags)
{
	int ret = dma_resv_lock_interruptible(object->resv, NULL);

	if (ret)
		return ret;

	ret = add_locked(object->resv, fence, flags);
	dma_resv_unlock(object->resv);

	return ret;
}

/* The number is reserved first: after the fence is visible, nothing may fail or need memory. */
static int add_numbered(struct vgem_fences *fences, struct drm_gem_object *object,
			struct vgem_fence *fence, struct drm_vgem_fence_attach *args)
{
	int ret = xa_alloc_cyclic(&fences->fences, &args->out_fence, NULL, XA_LIMIT(1, S32_MAX),
				  &fences->next, GFP_KERNEL_ACCOUNT);

	if (ret < 0)
		return ret;

	ret = add(object, fence, args->flags);
	if (ret)
		xa_release(&fences->fences, args->out_fence);
	else
		xa_store(&fences->fences, args->out_fence, fence, 0);

	return ret;
}

static int attach_new(struct vgem_fences *fences, struct drm_gem_object *object,
		      struct drm_vgem_fence_attach *args)
{
	struct vgem_fence *fence = vgem_fence_create();
	int ret;

	if (!fence)
		return -ENOMEM;

	ret = add_numbered(fences, object, fence, args);
	if (ret)
		vgem_fence_free(fence);

	return ret;
}

/**
 * vgem_fences_attach - add a new fence to a buffer
 * @drm: the device
 * @data: struct drm_vgem_fence_attach; receives the number of the fence
 * @file: the client
 *
 * Unplugging the device waits for the call, and then ends the fence.
 *
 * Returns:
 * 0; -EINVAL for wrong arguments; -ENOENT for an unknown handle; -EBUSY if another device uses the
 * buffer, see rvkms_fence_may_attach(); -EINTR; -ENOMEM; or -ENODEV if the device is unplugged.
 */
int vgem_fences_attach(struct drm_device *drm, void *data, struct drm_file *file)
{
	struct drm_vgem_fence_attach *args = data;
	struct drm_gem_object *object;
	int device, ret;

	ret = rvkms_fence_check_attach(args->flags, args->pad);
	if (ret)
		return ret;
	if (!drm_dev_enter(drm, &device))
		return -ENODEV;

	object = drm_gem_object_lookup(file, args->handle);
	ret = object ? attach_new(file->driver_priv, object, args) : -ENOENT;
	drm_gem_object_put(object);
	drm_dev_exit(device);

	return ret;
}

/* Returns NULL if the client has no such fence: a reserved entry is none. */
static struct vgem_fence *take(struct vgem_clients *clients, struct vgem_fences *fences, u32 number)
{
	struct vgem_fence *fence;

	mutex_lock(&clients->lock);
	fence = xa_load(&fences->fences, number);
	if (fence)
		xa_erase(&fences->fences, number);
	mutex_unlock(&clients->lock);

	return fence;
}

/**
 * vgem_fences_signal - signal a fence, and forget it
 * @drm: the device
 * @data: struct drm_vgem_fence_signal
 * @file: the client
 *
 * Returns:
 * 0; -EINVAL for a flag; -ENOENT if the client has no such fence; -ETIMEDOUT if the fence has
 * expired; or -ENODEV if the device was unplugged first.
 */
int vgem_fences_signal(struct drm_device *drm, void *data, struct drm_file *file)
{
	const struct drm_vgem_fence_signal *args = data;
	struct vgem_fence *fence;
	int ret = rvkms_fence_check_signal(args->flags);

	if (ret)
		return ret;

	fence = take(&to_vgem_card(drm)->clients, file->driver_priv, args->fence);
	if (!fence)
		return rvkms_fence_step(RVKMS_FENCE_NONE, RVKMS_FENCE_SIGNAL).answer;

	ret = vgem_fence_end(fence, RVKMS_FENCE_SIGNAL);
	vgem_fence_free(fence);

	return ret;
}

/**
 * vgem_fences_unplug - end all fences of a device
 * @clients: the clients of the device, which is unplugged: no fence is being attached
 */
void vgem_fences_unplug(struct vgem_clients *clients)
{
	struct vgem_fences *fences;
	struct vgem_fence *fence;
	unsigned long number;

	mutex_lock(&clients->lock);
	list_for_each_entry(fences, &clients->files, link) {
		xa_for_each(&fences->fences, number, fence)
			vgem_fence_end(fence, RVKMS_FENCE_UNPLUG);
	}
	mutex_unlock(&clients->lock);
}
