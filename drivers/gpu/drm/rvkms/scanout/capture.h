/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CAPTURE_H
#define RVKMS_CAPTURE_H

#include <linux/types.h>

#include <drm/drm_fourcc.h>

struct dma_fence;
struct drm_device;
struct drm_framebuffer;
struct rvkms_mapping;

/* Timeout of a commit for other devices that use the framebuffer of its writeback job, in ms. */
#define RVKMS_CAPTURE_PATIENCE_MS 5000

/**
 * struct rvkms_capture - the framebuffer that a writeback job fills
 * @drm: the device; a reference is held
 * @mapping: the framebuffer; a reference is held
 * @users: the fences that each of its buffers had when the commit was prepared, or NULL
 * @has_access: the CPU's access has begun and not ended
 * @err: the reason why the framebuffer cannot be written, a negative errno; or 0
 */
struct rvkms_capture {
	struct drm_device *drm;
	struct rvkms_mapping *mapping;
	struct dma_fence *users[DRM_FORMAT_MAX_PLANES];
	bool has_access;
	int err;
};

struct rvkms_capture *rvkms_capture_create(struct drm_framebuffer *fb);
void rvkms_capture_destroy(struct rvkms_capture *capture);
void rvkms_capture_wait(struct rvkms_capture *capture);
int rvkms_capture_end(struct rvkms_capture *capture);
void rvkms_capture_exit(void);

#endif /* RVKMS_CAPTURE_H */
