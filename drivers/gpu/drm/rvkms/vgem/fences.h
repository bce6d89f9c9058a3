/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VGEM_FENCES_H
#define VGEM_FENCES_H

#include <linux/mutex_types.h>
#include <linux/types.h>

struct drm_device;
struct drm_file;

/**
 * struct vgem_clients - the open files of a device
 * @lock: protects @files, and the fences in the tables of the files
 * @files: the tables, struct vgem_fences
 */
struct vgem_clients {
	struct mutex lock; /* of @files */
	struct list_head files;
};

int vgem_fences_open(struct drm_device *drm, struct drm_file *file);
void vgem_fences_close(struct drm_device *drm, struct drm_file *file);
int vgem_fences_attach(struct drm_device *drm, void *data, struct drm_file *file);
int vgem_fences_signal(struct drm_device *drm, void *data, struct drm_file *file);
void vgem_fences_unplug(struct vgem_clients *clients);

/* The module parameter, also written by tests. */
extern unsigned int vgem_timeout_ms;

#endif /* VGEM_FENCES_H */
