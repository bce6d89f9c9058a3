/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_MAPPING_H
#define RVKMS_MAPPING_H

#include <linux/iosys-map.h>
#include <linux/kref.h>

#include <drm/drm_fourcc.h>

#include "../core/pixel/image.h"

struct drm_framebuffer;

/**
 * struct rvkms_mapping - a framebuffer mapped for the CPU
 * @ref: reference count
 * @fb: the framebuffer; a reference is held
 * @maps: the mappings of its buffers
 * @planes: the first pixel of each of its planes
 *
 * A mapping outlives the commit that made it for as long as a snapshot needs its pixels.
 */
struct rvkms_mapping {
	struct kref ref;
	struct drm_framebuffer *fb;
	struct iosys_map maps[DRM_FORMAT_MAX_PLANES];
	struct iosys_map planes[DRM_FORMAT_MAX_PLANES];
};

struct rvkms_mapping *rvkms_mapping_create(struct drm_framebuffer *fb);
struct rvkms_mapping *rvkms_mapping_get(struct rvkms_mapping *mapping);
void rvkms_mapping_put(struct rvkms_mapping *mapping);
struct rvkms_image rvkms_mapping_image(const struct rvkms_mapping *mapping);
struct rvkms_target rvkms_mapping_target(const struct rvkms_mapping *mapping);

#endif /* RVKMS_MAPPING_H */
