/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_PLANE_H
#define RVKMS_PLANE_H

#include "kms/class.h"

struct rvkms_color_snapshot;
struct rvkms_mapping;
struct rvkms_snapshot;

/**
 * struct rvkms_plane - a plane
 * @base: the KMS object
 */
struct rvkms_plane {
	struct tkms_plane base;
};

/**
 * struct rvkms_plane_state - the state of a plane
 * @base: the KMS state
 * @color: the colour pipeline, or NULL; built by the check of a state that changes it
 * @mapping: its framebuffer, mapped while the state is prepared; NULL otherwise
 */
struct rvkms_plane_state {
	struct tkms_plane_state base;
	struct rvkms_color_snapshot *color;
	struct rvkms_mapping *mapping;
};

TKMS_DECLARE_PLANE_CLASS(rvkms_plane, rvkms_plane_state);

struct rvkms_plane *rvkms_plane_create_at(struct tkms_setup *setup, enum drm_plane_type type,
					  unsigned int zpos, unsigned int max_zpos);
void rvkms_plane_add_to_snapshot(const struct rvkms_plane_state *state,
				 const struct drm_crtc *crtc, struct rvkms_snapshot *snapshot);

#endif /* RVKMS_PLANE_H */
