// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Provides the memory of framebuffers: DRM's shmem objects, with the differences of shmem.c. */

#include <linux/build_bug.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/stddef.h>

#include <drm/drm_gem.h>
#include <drm/drm_gem_shmem_helper.h>

#include "buffer.h"
#include "shmem.h"

/* drm_gem_shmem_free() frees the address of its own struct. */
static_assert(offsetof(struct rvkms_buffer, base) == 0);

static const struct drm_gem_object_funcs buffer_funcs = {
	.free = rvkms_shmem_free,
	.print_info = drm_gem_shmem_object_print_info,
	.pin = drm_gem_shmem_object_pin,
	.unpin = drm_gem_shmem_object_unpin,
	.get_sg_table = drm_gem_shmem_object_get_sg_table,
	.vmap = rvkms_shmem_vmap,
	.vunmap = drm_gem_shmem_object_vunmap,
	.mmap = rvkms_shmem_mmap,
	.vm_ops = &rvkms_shmem_vm_ops,
};

/**
 * rvkms_buffer_create - allocate a GEM object
 * @drm: the device
 * @size: its size in bytes
 *
 * For &drm_driver.gem_create_object: DRM's shmem helpers initialise the rest.
 *
 * Returns:
 * The object, or -ENOMEM as an ERR_PTR().
 */
struct drm_gem_object *rvkms_buffer_create(struct drm_device *drm, size_t size)
{
	struct rvkms_buffer *buffer = kzalloc_obj(*buffer);

	if (!buffer)
		return ERR_PTR(-ENOMEM);

	buffer->base.base.funcs = &buffer_funcs;
	rvkms_access_create(&buffer->access);

	return &buffer->base.base;
}
