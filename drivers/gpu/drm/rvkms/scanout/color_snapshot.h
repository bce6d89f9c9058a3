/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_COLOR_SNAPSHOT_H
#define RVKMS_COLOR_SNAPSHOT_H

#include <linux/kref.h>

#include "../core/check/color.h"
#include "../core/color/pipeline.h"
#include "../core/compose/compose.h"

struct drm_crtc_state;
struct drm_property_blob;

#define RVKMS_MAX_COLOR_OPS 10

/**
 * struct rvkms_color_snapshot - a colour pipeline with all the memory it reads
 * @ref: reference count
 * @pipeline: the pipeline, once it is filled; constant from then on
 * @ops: its operations
 * @num_ops: number of operations
 * @blobs: the blobs with the data of the operations
 * @num_blobs: number of blobs
 * @table: precomputed tables of the pipeline, once it is filled
 * @rest: for a CRTC: the operations before its gamma
 * @palette: for a CRTC: its gamma as a palette
 * @frame_color: for a CRTC: points to @pipeline, @rest and @palette
 */
struct rvkms_color_snapshot {
	struct kref ref;
	struct rvkms_color_pipeline pipeline;
	struct rvkms_color_op ops[RVKMS_MAX_COLOR_OPS];
	u32 num_ops;
	struct drm_property_blob *blobs[RVKMS_MAX_COLOR_OPS];
	unsigned int num_blobs;
	void *table;
	struct rvkms_color_pipeline rest;
	struct rvkms_pixel palette[RVKMS_LEGACY_GAMMA_SIZE];
	struct rvkms_frame_color frame_color;
};

struct rvkms_color_snapshot *rvkms_color_snapshot_create(void);
const void *rvkms_color_snapshot_hold(struct rvkms_color_snapshot *color,
				      struct drm_property_blob *blob);
int rvkms_color_snapshot_finish(struct rvkms_color_snapshot *color, u32 num_ops);
void rvkms_color_snapshot_fill(struct rvkms_color_snapshot *color);
struct rvkms_color_snapshot *rvkms_color_snapshot_of_crtc(const struct drm_crtc_state *state);
struct rvkms_color_snapshot *rvkms_color_snapshot_get(struct rvkms_color_snapshot *color);
void rvkms_color_snapshot_put(struct rvkms_color_snapshot *color);

#endif /* RVKMS_COLOR_SNAPSHOT_H */
