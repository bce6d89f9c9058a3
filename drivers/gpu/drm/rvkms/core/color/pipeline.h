/* SPDX-License-Identifier: GPL-2.0 */
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
 * enum rvkms_color_op_type - what an operation does
 * @RVKMS_COLOR_BYPASS: nothing
 * @RVKMS_COLOR_CURVE: a named curve
 * @RVKMS_COLOR_LUT: a table for each channel
 * @RVKMS_COLOR_MATRIX: a 3x4 matrix
 * @RVKMS_COLOR_MULTIPLIER: a factor
 * @RVKMS_COLOR_LUT3D: a three-dimensional table
 *
 * Any other value does nothing.
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
 * @type: which of the following counts
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
 * enum rvkms_color_depth - which pixels a pipeline is made quick for
 * @RVKMS_COLOR_DEPTH_8: those that came from eight bits: each channel is a multiple of 257
 * @RVKMS_COLOR_DEPTH_16: all
 *
 * The result does not depend on it.
 */
enum rvkms_color_depth {
	RVKMS_COLOR_DEPTH_8,
	RVKMS_COLOR_DEPTH_16,
};

/**
 * struct rvkms_color_pipeline - colour operations, one after the other
 * @ops: the operations, first to last
 * @num_ops: how many there are
 * @table: from rvkms_color_prepare(); NULL to compute each pixel
 *
 * Nothing of it is owned: operations and table are the caller's. Not changed by anybody once it is
 * built.
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
