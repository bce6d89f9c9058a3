// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Applies colour pipelines to pixels, by tables if they are prepared. See docs/color.md. */

#include <linux/string.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include <uapi/drm/drm_mode.h>

#include "pipeline.h"
#include "step.h"
#include "table.h"
#include "value.h"

/**
 * rvkms_color_crtc_ops - make the operations of a CRTC
 * @degamma: DEGAMMA_LUT; without entries if it is not set
 * @ctm: CTM; NULL if it is not set
 * @gamma: GAMMA_LUT; without entries if it is not set
 * @ops: room for RVKMS_COLOR_CRTC_OPS operations; gets the properties that are set, in this order
 *
 * Returns:
 * The number of operations.
 */
u32 rvkms_color_crtc_ops(const struct rvkms_lut *degamma, const struct drm_color_ctm *ctm,
			 const struct rvkms_lut *gamma, struct rvkms_color_op *ops)
{
	u32 count = 0;

	if (rvkms_lut_has_entries(degamma))
		ops[count++] = (struct rvkms_color_op){ RVKMS_COLOR_LUT, .lut = *degamma };

	if (ctm) {
		ops[count++] = (struct rvkms_color_op){
			RVKMS_COLOR_MATRIX, .matrix = rvkms_matrix_from_ctm(ctm)
		};
	}

	if (rvkms_lut_has_entries(gamma))
		ops[count++] = (struct rvkms_color_op){ RVKMS_COLOR_LUT, .lut = *gamma };

	return count;
}

static struct rvkms_color_value pixel_value(const struct rvkms_pixel *pixel)
{
	return (struct rvkms_color_value){
		.r = rvkms_color_from_unorm(pixel->r),
		.g = rvkms_color_from_unorm(pixel->g),
		.b = rvkms_color_from_unorm(pixel->b),
	};
}

static void set_pixel(struct rvkms_pixel *pixel, struct rvkms_color_value value)
{
	pixel->r = rvkms_color_to_unorm(value.r);
	pixel->g = rvkms_color_to_unorm(value.g);
	pixel->b = rvkms_color_to_unorm(value.b);
}

static void apply_ops(const struct rvkms_color_pipeline *pipeline, struct rvkms_pixel *pixel)
{
	struct rvkms_color_value value = pixel_value(pixel);

	for (u32 i = 0; i < pipeline->num_ops; i++) {
		const struct rvkms_color_step step = { &pipeline->ops[i] };

		value = rvkms_color_step_apply(&step, value);
	}

	set_pixel(pixel, value);
}

/* Returns true if all channels are multiples of 257: two equal bytes. */
static bool is_bytes(const struct rvkms_pixel *pixel)
{
	u64 channels;

	memcpy(&channels, pixel, sizeof(channels));

	return !((channels ^ channels >> 8) & 0x00ff00ff00ff00ffull);
}

/* Does all steps, for a pixel without an entry. */
static void apply_steps(const struct rvkms_color_table *table, struct rvkms_pixel *pixel)
{
	set_pixel(pixel, rvkms_color_table_walk(table, 0, table->num_steps, pixel_value(pixel)));
}

static void look_up_unorms(const struct rvkms_color_table *table, struct rvkms_pixel *pixels,
			   u32 count)
{
	const u16 *r = table->unorms[0];
	const u16 *g = table->unorms[1];
	const u16 *b = table->unorms[2];

	for (struct rvkms_pixel *p = pixels; p < pixels + count; p++) {
		if (is_bytes(p)) {
			p->r = r[p->r >> 8];
			p->g = g[p->g >> 8];
			p->b = b[p->b >> 8];
		} else if (table->has_words) {
			p->r = r[RVKMS_COLOR_BYTES + p->r];
			p->g = g[RVKMS_COLOR_BYTES + p->g];
			p->b = b[RVKMS_COLOR_BYTES + p->b];
		} else {
			apply_steps(table, p);
		}
	}
}

static void look_up_values(const struct rvkms_color_table *table, struct rvkms_pixel *pixels,
			   u32 count)
{
	const s64 *r = table->values[0];
	const s64 *g = table->values[1];
	const s64 *b = table->values[2];
	struct rvkms_color_value value;

	for (struct rvkms_pixel *p = pixels; p < pixels + count; p++) {
		if (is_bytes(p)) {
			value.r = r[p->r >> 8];
			value.g = g[p->g >> 8];
			value.b = b[p->b >> 8];
		} else if (table->has_words) {
			value.r = r[RVKMS_COLOR_BYTES + p->r];
			value.g = g[RVKMS_COLOR_BYTES + p->g];
			value.b = b[RVKMS_COLOR_BYTES + p->b];
		} else {
			apply_steps(table, p);
			continue;
		}

		value = rvkms_color_table_walk(table, table->num_lead, table->num_steps, value);
		set_pixel(p, value);
	}
}

/**
 * rvkms_color_is_lookup - check if rvkms_color_look_up() may be called
 * @pipeline: the pipeline
 *
 * Returns:
 * True if @pipeline is prepared, has operations, and none of them mixes channels.
 */
bool rvkms_color_is_lookup(const struct rvkms_color_pipeline *pipeline)
{
	const struct rvkms_color_table *table = pipeline->table;

	return table && table->num_lead && table->num_lead == table->num_steps;
}

/**
 * rvkms_color_look_up - apply a pipeline to pixels with 8 bits per channel
 * @pipeline: the pipeline, for which rvkms_color_is_lookup() is true
 * @bytes: the pixels, four bytes per pixel: blue, green, red, padding
 * @rounded: the results in the same layout, rounded to 8 bits per channel; may be @bytes
 * @count: number of pixels
 *
 * Equals rvkms_color_apply() of pixels with the bytes times 257 as channels, and then rounding.
 */
void rvkms_color_look_up(const struct rvkms_color_pipeline *pipeline, const u8 *bytes, u8 *rounded,
			 u32 count)
{
	const u8 *r = pipeline->table->rounded[0];
	const u8 *g = pipeline->table->rounded[1];
	const u8 *b = pipeline->table->rounded[2];

	for (u32 i = 0; i < count; i++, bytes += 4, rounded += 4)
		put_unaligned_le32((u32)r[bytes[2]] << 16 | (u32)g[bytes[1]] << 8 | b[bytes[0]],
				   rounded);
}

/**
 * rvkms_color_apply - apply a pipeline to pixels
 * @pipeline: the pipeline
 * @pixels: the pixels; colours are replaced, alpha is neither read nor written
 * @count: number of pixels
 *
 * docs/color.md specifies the result. It is the same for a prepared pipeline.
 */
void rvkms_color_apply(const struct rvkms_color_pipeline *pipeline, struct rvkms_pixel *pixels,
		       u32 count)
{
	const struct rvkms_color_table *table = pipeline->table;

	if (!table) {
		for (u32 i = 0; i < count; i++)
			apply_ops(pipeline, &pixels[i]);
	} else if (!table->num_lead) {
		for (u32 i = 0; i < count; i++)
			apply_steps(table, &pixels[i]);
	} else if (rvkms_color_is_lookup(pipeline)) {
		look_up_unorms(table, pixels, count);
	} else {
		look_up_values(table, pixels, count);
	}
}
