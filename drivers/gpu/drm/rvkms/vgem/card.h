/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VGEM_CARD_H
#define VGEM_CARD_H

#include <linux/container_of.h>

#include <drm/drm_device.h>

#include "fences.h"

struct device;

/**
 * struct vgem_card - a device
 * @drm: the DRM device
 * @clients: its open files, with their fences
 */
struct vgem_card {
	struct drm_device drm;
	struct vgem_clients clients;
};

static inline struct vgem_card *to_vgem_card(struct drm_device *drm)
{
	return container_of(drm, struct vgem_card, drm);
}

struct vgem_card *vgem_card_create(struct device *parent);
void vgem_card_unplug(struct vgem_card *card);

#endif /* VGEM_CARD_H */
