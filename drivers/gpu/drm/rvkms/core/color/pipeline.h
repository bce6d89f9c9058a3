/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_PIPELINE_H
#define RVKMS_CORE_COLOR_PIPELINE_H

#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "../pixel/format.h"
#include "curve.h"
#include "lut.h"
#include "lut3d.h"
#include "matrix.h"

struct rvkms_color_table;

/**
 * enum rvkms_color_op_type - the type of a colour operation
 * @RVKMS_COLOR_BYPASS: no change
 * @RVKMS_COLOR_CURVE: a named curve
 * @RVKMS_COLOR_LUT: one table per channel
 * @RVKMS_COLOR_MATRIX: a 3x4 matrix
 * @RVKMS_COLOR_MULTIPLIER: a factor
 * @RVKMS_COLOR_LUT3D: a three-dimensional table
 *
 * Any other value is RVKMS_COLOR_BYPASS.
 */
enum rvkms_color_op_type {
	RVKMS_COLOR_BYPASS,
	RVKMS_COLOR_CURVE,
	RVKMS_COLOR_LUT,
	RVKMS_COLOR_MATRIX,
	RVKMS_COLOR_MULTIPLIER,
	RVKMS_COLOR_LUT3D,
};

/**
 * struct rvkms_color_op - a colour operation
 * @type: the type, which selects one of the members below
 * @curve: the curve
 * @lut: the table
 * @matrix: the matrix
 * @multiplier: the factor, S31.32 in sign and magnitude
 * @lut3d: the three-dimensional table
 */
struct rvkms_color_op {
	enum rvkms_color_op_type type;
	union {
		enum rvkms_curve curve;
		struct rvkms_lut lut;
		struct rvkms_matrix matrix;
		u64 multiplier;
		struct rvkms_lut3d lut3d;
	};
};

/**
 * enum rvkms_color_depth - the pixels for which a prepared pipeline has table entries
 * @RVKMS_COLOR_DEPTH_8: pixels with 8-bit content: each channel is a multiple of 257
 * @RVKMS_COLOR_DEPTH_16: all pixels
 *
 * The depth changes the speed, not the result.
 */
enum rvkms_color_depth {
	RVKMS_COLOR_DEPTH_8,
	RVKMS_COLOR_DEPTH_16,
};

/**
 * struct rvkms_color_pipeline - colour operations, one after the other
 * @ops: the operations, first to last
 * @num_ops: number of operations
 * @table: from rvkms_color_prepare(); NULL to compute each pixel
 *
 * The caller owns the operations and the table. A pipeline is immutable once it is built.
 */
struct rvkms_color_pipeline {
	const struct rvkms_color_op *ops;
	u32 num_ops;
	const struct rvkms_color_table *table;
};

/* Degamma, matrix, gamma. */
#define RVKMS_COLOR_CRTC_OPS 3

u32 rvkms_color_crtc_ops(const struct rvkms_lut *degamma, const struct drm_color_ctm *ctm,
			 const struct rvkms_lut *gamma, struct rvkms_color_op *ops);
size_t rvkms_color_table_size(const struct rvkms_color_pipeline *pipeline,
			      enum rvkms_color_depth depth);
struct rvkms_color_pipeline rvkms_color_prepare(const struct rvkms_color_pipeline *pipeline,
						enum rvkms_color_depth depth, void *memory);
void rvkms_color_apply(const struct rvkms_color_pipeline *pipeline, struct rvkms_pixel *pixels,
		       u32 count);
bool rvkms_color_is_lookup(const struct rvkms_color_pipeline *pipeline);
void rvkms_color_look_up(const struct rvkms_color_pipeline *pipeline, const u8 *bytes, u8 *rounded,
			 u32 count);

#endif /* RVKMS_CORE_COLOR_PIPELINE_H */
