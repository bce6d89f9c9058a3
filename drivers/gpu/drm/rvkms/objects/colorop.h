/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_COLOROP_H
#define RVKMS_COLOROP_H

struct drm_plane;
struct drm_plane_state;
struct tkms_view;
struct rvkms_color_snapshot;

int rvkms_colorop_create_pipeline(struct drm_plane *plane);
struct rvkms_color_snapshot *rvkms_colorop_create_snapshot(const struct tkms_view *view,
							   const struct drm_plane_state *state);

#endif /* RVKMS_COLOROP_H */
