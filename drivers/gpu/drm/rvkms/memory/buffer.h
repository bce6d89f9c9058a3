/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_BUFFER_H
#define RVKMS_BUFFER_H

#include <linux/container_of.h>
#include <linux/types.h>

#include <drm/drm_gem_shmem_helper.h>

#include "access.h"

struct drm_device;

/**
 * struct rvkms_buffer - a GEM object
 * @base: DRM's shmem object; the first member, since DRM frees its address
 * @access: the CPU's accesses; used for imported buffers only
 */
struct rvkms_buffer {
	struct drm_gem_shmem_object base;
	struct rvkms_access access;
};

static inline struct rvkms_access *rvkms_buffer_access(struct drm_gem_object *object)
{
	return &container_of(object, struct rvkms_buffer, base.base)->access;
}

static inline struct drm_gem_object *rvkms_buffer_of(struct rvkms_access *access)
{
	return &container_of(access, struct rvkms_buffer, access)->base.base;
}

struct drm_gem_object *rvkms_buffer_create(struct drm_device *drm, size_t size);

#endif /* RVKMS_BUFFER_H */
