/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_BUFFER_H
#define RVKMS_BUFFER_H

#include <linux/types.h>

struct drm_device;
struct drm_gem_object;

struct drm_gem_object *rvkms_buffer_create(struct drm_device *drm, size_t size);

#endif /* RVKMS_BUFFER_H */
