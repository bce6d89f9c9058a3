// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Maps framebuffers for the CPU, with a reference count. DRM's shadow-plane helpers are not used:
 * their mappings end with the commit, and a snapshot may outlive it.
 */

#include <linux/build_bug.h>
#include <linux/err.h>
#include <linux/slab.h>

#include <drm/drm_framebuffer.h>
#include <drm/drm_gem_framebuffer_helper.h>
#include <drm/drm_print.h>

#include "../core/pixel/format.h"
#include "../core/pixel/image.h"
#include "mapping.h"

static_assert(RVKMS_MAX_PLANES == DRM_FORMAT_MAX_PLANES);

/* The composer reads memory directly: it cannot use the I/O accessors that some exporters need. */
static bool is_plain_memory(const struct rvkms_mapping *mapping)
{
	for (unsigned int i = 0; i < mapping->fb->format->num_planes; i++) {
		if (iosys_map_is_null(&mapping->maps[i]) || mapping->maps[i].is_iomem)
			return false;
	}

	return true;
}

static void mapping_release(struct kref *ref)
{
	struct rvkms_mapping *mapping = container_of(ref, struct rvkms_mapping, ref);

	drm_gem_fb_vunmap(mapping->fb, mapping->maps);
	drm_framebuffer_put(mapping->fb);
	kfree(mapping);
}

/**
 * rvkms_mapping_create - map a framebuffer for the CPU
 * @fb: the framebuffer
 *
 * May sleep.
 *
 * Returns:
 * The mapping, to be released by rvkms_mapping_put(); -ENOMEM, -EOPNOTSUPP for memory that the
 * CPU cannot access directly, or the error of the buffer's exporter.
 */
struct rvkms_mapping *rvkms_mapping_create(struct drm_framebuffer *fb)
{
	struct rvkms_mapping *mapping = kzalloc_obj(*mapping);
	int ret;

	if (!mapping)
		return ERR_PTR(-ENOMEM);

	ret = drm_gem_fb_vmap(fb, mapping->maps, mapping->planes);
	if (ret) {
		drm_dbg_kms(fb->dev, "[FB:%d] cannot be mapped: %pe\n", fb->base.id, ERR_PTR(ret));
		kfree(mapping);
		return ERR_PTR(ret);
	}

	kref_init(&mapping->ref);
	mapping->fb = fb;
	drm_framebuffer_get(fb);

	if (!is_plain_memory(mapping)) {
		drm_dbg_kms(fb->dev, "[FB:%d] is not in system memory\n", fb->base.id);
		rvkms_mapping_put(mapping);
		return ERR_PTR(-EOPNOTSUPP);
	}

	return mapping;
}

/**
 * rvkms_mapping_get - take a reference
 * @mapping: the mapping
 *
 * Returns:
 * @mapping.
 */
struct rvkms_mapping *rvkms_mapping_get(struct rvkms_mapping *mapping)
{
	kref_get(&mapping->ref);
	return mapping;
}

/**
 * rvkms_mapping_put - drop a reference
 * @mapping: the mapping, or NULL
 *
 * May sleep.
 */
void rvkms_mapping_put(struct rvkms_mapping *mapping)
{
	if (mapping)
		kref_put(&mapping->ref, mapping_release);
}

/**
 * rvkms_mapping_image - describe a mapping as an image that the composer reads
 * @mapping: the mapping
 *
 * Returns:
 * The image, in the default colour encoding and range, valid for as long as the mapping is.
 */
struct rvkms_image rvkms_mapping_image(const struct rvkms_mapping *mapping)
{
	const struct drm_framebuffer *fb = mapping->fb;
	struct rvkms_image image = {
		.format = rvkms_format_find(fb->format->format),
		.width = fb->width,
		.height = fb->height,
	};

	/* The addresses include the offsets of the planes. */
	for (unsigned int i = 0; i < fb->format->num_planes; i++) {
		image.planes[i].data = mapping->planes[i].vaddr;
		image.planes[i].pitch = fb->pitches[i];
	}

	return image;
}

/**
 * rvkms_mapping_target - describe a mapping as a target that the composer writes
 * @mapping: the mapping
 *
 * Returns:
 * The target, valid for as long as the mapping is.
 */
struct rvkms_target rvkms_mapping_target(const struct rvkms_mapping *mapping)
{
	const struct drm_framebuffer *fb = mapping->fb;
	struct rvkms_target target = {
		.format = rvkms_format_find(fb->format->format),
		.width = fb->width,
		.height = fb->height,
	};

	for (unsigned int i = 0; i < fb->format->num_planes; i++) {
		target.planes[i].data = mapping->planes[i].vaddr;
		target.planes[i].pitch = fb->pitches[i];
	}

	return target;
}
