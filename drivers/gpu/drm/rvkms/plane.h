/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_PLANE_H
#define RVKMS_PLANE_H

#include <drm/drm_plane.h>

struct rvkms_device;
struct rvkms_mapping;
struct rvkms_snapshot;

/**
 * struct rvkms_plane_state - the state of a plane
 * @base: the DRM state
 * @mapping: its framebuffer, mapped while the state is prepared; NULL otherwise
 */
struct rvkms_plane_state {
	struct drm_plane_state base;
	struct rvkms_mapping *mapping;
};

struct drm_plane *rvkms_plane_create(struct rvkms_device *rvkms, enum drm_plane_type type,
				     unsigned int zpos);
void rvkms_plane_add_to_snapshot(const struct drm_plane_state *state,
				 struct rvkms_snapshot *snapshot);

#endif /* RVKMS_PLANE_H */
