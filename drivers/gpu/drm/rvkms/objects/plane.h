/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_PLANE_H
#define RVKMS_PLANE_H

#include "../core/check/verdict.h"
#include "../kms/class.h"

struct rvkms_color_snapshot;
struct rvkms_device_desc;
struct rvkms_mapping;
struct rvkms_snapshot;

/**
 * struct rvkms_plane - a plane
 * @base: the KMS object
 * @limits: the limits of states that it accepts
 * @is_async: asynchronous flips of it are supported, if its CRTC has vblanks
 */
struct rvkms_plane {
	struct tkms_plane base;
	struct rvkms_device_limits limits;
	bool is_async;
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

struct rvkms_plane *rvkms_plane_create_as(struct tkms_setup *setup,
					  const struct rvkms_device_desc *desc, u32 index);
void rvkms_plane_add_to_snapshot(const struct rvkms_plane_state *state,
				 const struct drm_crtc *crtc, struct rvkms_snapshot *snapshot);

#endif /* RVKMS_PLANE_H */
