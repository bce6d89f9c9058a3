// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Copies colour pipelines into snapshots, with references to all the memory that they read. */

#include <linux/array_size.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/slab.h>

#include <drm/drm_color_mgmt.h>
#include <drm/drm_crtc.h>
#include <drm/drm_property.h>

#include "color_snapshot.h"

static void color_release(struct kref *ref)
{
	struct rvkms_color_snapshot *color = container_of(ref, struct rvkms_color_snapshot, ref);

	while (color->num_blobs)
		drm_property_blob_put(color->blobs[--color->num_blobs]);

	kvfree(color->table);
	kfree(color);
}

/**
 * rvkms_color_snapshot_create - allocate a colour pipeline
 *
 * Returns:
 * A pipeline without operations, to be filled in before rvkms_color_snapshot_finish() and released
 * by rvkms_color_snapshot_put(); NULL if there is no memory.
 */
struct rvkms_color_snapshot *rvkms_color_snapshot_create(void)
{
	struct rvkms_color_snapshot *color = kzalloc_obj(*color);

	if (color)
		kref_init(&color->ref);

	return color;
}

/**
 * rvkms_color_snapshot_hold - keep the data of an operation as long as the pipeline
 * @color: the unfinished pipeline
 * @blob: the data, or NULL
 *
 * Returns:
 * The data, or NULL.
 */
const void *rvkms_color_snapshot_hold(struct rvkms_color_snapshot *color,
				      struct drm_property_blob *blob)
{
	if (!blob || WARN_ON_ONCE(color->num_blobs >= ARRAY_SIZE(color->blobs)))
		return NULL;

	color->blobs[color->num_blobs++] = drm_property_blob_get(blob);

	return blob->data;
}

static struct rvkms_color_pipeline plain(const struct rvkms_color_snapshot *color)
{
	return (struct rvkms_color_pipeline){ .ops = color->ops, .num_ops = color->num_ops };
}

/**
 * rvkms_color_snapshot_finish - complete a pipeline
 * @color: the pipeline, with its operations filled in
 * @num_ops: number of operations
 *
 * Allocates the memory that rvkms_color_snapshot_fill() needs, for all 16-bit values: blended or
 * scaled pixels do not have 8 bits per channel, even if all their layers do.
 *
 * Returns:
 * 0 or -ENOMEM.
 */
int rvkms_color_snapshot_finish(struct rvkms_color_snapshot *color, u32 num_ops)
{
	struct rvkms_color_pipeline pipeline;

	color->num_ops = num_ops;
	pipeline = plain(color);
	color->table = kvmalloc(rvkms_color_table_size(&pipeline, RVKMS_COLOR_DEPTH_16),
				GFP_KERNEL);

	return color->table ? 0 : -ENOMEM;
}

/**
 * rvkms_color_snapshot_fill - compute the tables of a pipeline
 * @color: the finished pipeline, or NULL
 *
 * This is slow. Commits call it, one at a time, and checks do not: many checked states are never
 * shown. The second call does nothing.
 */
void rvkms_color_snapshot_fill(struct rvkms_color_snapshot *color)
{
	struct rvkms_color_pipeline pipeline;

	if (!color || color->pipeline.ops)
		return;

	pipeline = plain(color);
	color->pipeline = rvkms_color_prepare(&pipeline, RVKMS_COLOR_DEPTH_16, color->table);
}

static struct rvkms_lut hold_lut(struct rvkms_color_snapshot *color, struct drm_property_blob *blob)
{
	return (struct rvkms_lut){
		.entries16 = rvkms_color_snapshot_hold(color, blob),
		.length = blob ? drm_color_lut_size(blob) : 0,
	};
}

/* Only a table with as many entries as legacy gamma can be a palette. */
static void set_frame_color(struct rvkms_color_snapshot *color, const struct rvkms_lut *gamma)
{
	color->frame_color.pipeline = &color->pipeline;
	if (gamma->length != ARRAY_SIZE(color->palette))
		return;

	for (unsigned int i = 0; i < ARRAY_SIZE(color->palette); i++)
		color->palette[i] = (struct rvkms_pixel){
			.b = gamma->entries16[i].blue,
			.g = gamma->entries16[i].green,
			.r = gamma->entries16[i].red,
			.a = U16_MAX,
		};

	color->frame_color.palette = color->palette;
	color->rest = (struct rvkms_color_pipeline){
		.ops = color->ops, .num_ops = color->num_ops - 1,
	};
	if (color->rest.num_ops)
		color->frame_color.rest = &color->rest;
}

/**
 * rvkms_color_snapshot_of_crtc - build the colour pipeline of a CRTC
 * @state: the CRTC's state, with checked tables and matrix
 *
 * Returns:
 * The pipeline, to be released by rvkms_color_snapshot_put(); NULL if the state has none of
 * DEGAMMA_LUT, CTM and GAMMA_LUT; ERR_PTR(-ENOMEM).
 */
struct rvkms_color_snapshot *rvkms_color_snapshot_of_crtc(const struct drm_crtc_state *state)
{
	struct rvkms_lut degamma, gamma;
	struct rvkms_color_snapshot *color;
	u32 num_ops;
	int ret;

	if (!state->degamma_lut && !state->ctm && !state->gamma_lut)
		return NULL;

	color = rvkms_color_snapshot_create();
	if (!color)
		return ERR_PTR(-ENOMEM);

	degamma = hold_lut(color, state->degamma_lut);
	gamma = hold_lut(color, state->gamma_lut);
	num_ops = rvkms_color_crtc_ops(&degamma, state->ctm ? state->ctm->data : NULL, &gamma,
				       color->ops);
	ret = rvkms_color_snapshot_finish(color, num_ops);
	if (ret) {
		rvkms_color_snapshot_put(color);
		return ERR_PTR(ret);
	}
	set_frame_color(color, &gamma);

	return color;
}

/**
 * rvkms_color_snapshot_get - take a reference
 * @color: the pipeline, or NULL
 *
 * Returns:
 * @color.
 */
struct rvkms_color_snapshot *rvkms_color_snapshot_get(struct rvkms_color_snapshot *color)
{
	if (color)
		kref_get(&color->ref);

	return color;
}

/**
 * rvkms_color_snapshot_put - drop a reference
 * @color: the pipeline, or NULL
 *
 * May sleep.
 */
void rvkms_color_snapshot_put(struct rvkms_color_snapshot *color)
{
	if (color)
		kref_put(&color->ref, color_release);
}
