/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_COLOR_H
#define RVKMS_COLOR_H

#include <linux/kref.h>

#include "core/color.h"

struct drm_crtc_state;
struct drm_property_blob;

#define RVKMS_MAX_COLOR_OPS 9

/**
 * struct rvkms_color - a colour pipeline with all the memory it reads
 * @ref: how many use it
 * @pipeline: the pipeline; not changed once it is built
 * @ops: its operations
 * @blobs: where their tables are
 * @num_blobs: how many
 * @table: what makes it quick
 */
struct rvkms_color {
	struct kref ref;
	struct rvkms_color_pipeline pipeline;
	struct rvkms_color_op ops[RVKMS_MAX_COLOR_OPS];
	struct drm_property_blob *blobs[RVKMS_MAX_COLOR_OPS];
	unsigned int num_blobs;
	void *table;
};

struct rvkms_color *rvkms_color_create(void);
const void *rvkms_color_hold(struct rvkms_color *color, struct drm_property_blob *blob);
int rvkms_color_finish(struct rvkms_color *color, u32 num_ops);
struct rvkms_color *rvkms_color_create_for_crtc(const struct drm_crtc_state *state);
struct rvkms_color *rvkms_color_get(struct rvkms_color *color);
void rvkms_color_put(struct rvkms_color *color);

#endif /* RVKMS_COLOR_H */
