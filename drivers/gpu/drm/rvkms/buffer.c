// SPDX-License-Identifier: GPL-2.0
/*
 * The memory of framebuffers: DRM's own shmem objects, but for one thing. What the CPU has mapped
 * once stays mapped until it is freed. A client flips between the same few buffers. To map and
 * unmap thousands of pages for each flip, and to have all CPUs forget them, is a waste; in UML, where
 * each page is a system call, it was most of what a flip cost.
 *
 * Where addresses are scarce (32 bits) nothing is kept. Nor are mappings of imported buffers: how
 * long those last is their exporter's affair.
 */

#include <linux/dma-resv.h>
#include <linux/err.h>
#include <linux/iosys-map.h>
#include <linux/kconfig.h>
#include <linux/refcount.h>
#include <linux/slab.h>

#include <drm/drm_gem.h>
#include <drm/drm_gem_shmem_helper.h>

#include "buffer.h"

static bool is_kept(const struct drm_gem_object *object)
{
	return IS_ENABLED(CONFIG_64BIT) && !drm_gem_is_imported(object);
}

/* The first one to map it does so once more, for nobody. */
static int buffer_vmap(struct drm_gem_object *object, struct iosys_map *map)
{
	struct drm_gem_shmem_object *shmem = to_drm_gem_shmem_obj(object);
	const int ret = drm_gem_shmem_vmap_locked(shmem, map);

	if (ret || !is_kept(object) || refcount_read(&shmem->vmap_use_count) > 1)
		return ret;

	return drm_gem_shmem_vmap_locked(shmem, map);
}

static void buffer_free(struct drm_gem_object *object)
{
	struct drm_gem_shmem_object *shmem = to_drm_gem_shmem_obj(object);

	if (is_kept(object) && shmem->vaddr) {
		struct iosys_map map = IOSYS_MAP_INIT_VADDR(shmem->vaddr);

		dma_resv_lock(object->resv, NULL);
		drm_gem_shmem_vunmap_locked(shmem, &map);
		dma_resv_unlock(object->resv);
	}
	drm_gem_shmem_free(shmem);
}

static const struct drm_gem_object_funcs buffer_funcs = {
	.free = buffer_free,
	.print_info = drm_gem_shmem_object_print_info,
	.pin = drm_gem_shmem_object_pin,
	.unpin = drm_gem_shmem_object_unpin,
	.get_sg_table = drm_gem_shmem_object_get_sg_table,
	.vmap = buffer_vmap,
	.vunmap = drm_gem_shmem_object_vunmap,
	.mmap = drm_gem_shmem_object_mmap,
	.vm_ops = &drm_gem_shmem_vm_ops,
};

/**
 * rvkms_buffer_create - begin a GEM object
 * @drm: the device
 * @size: how many bytes it is to have
 *
 * For &drm_driver.gem_create_object: DRM's shmem helpers do the rest.
 *
 * Returns:
 * The object, or -ENOMEM as an ERR_PTR().
 */
struct drm_gem_object *rvkms_buffer_create(struct drm_device *drm, size_t size)
{
	struct drm_gem_shmem_object *shmem = kzalloc_obj(*shmem);

	if (!shmem)
		return ERR_PTR(-ENOMEM);

	shmem->base.funcs = &buffer_funcs;

	return &shmem->base;
}
