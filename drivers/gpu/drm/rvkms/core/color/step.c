// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Applies one colour operation to one colour. */

#include "step.h"

static struct rvkms_color_value apply_curve(const struct rvkms_color_step *step,
					    struct rvkms_color_value value)
{
	const enum rvkms_curve curve = step->op->curve;

	return (struct rvkms_color_value){
		.r = rvkms_curve_apply(curve, step->cells, value.r),
		.g = rvkms_curve_apply(curve, step->cells, value.g),
		.b = rvkms_curve_apply(curve, step->cells, value.b),
	};
}

static struct rvkms_color_value apply_multiplier(u64 multiplier, struct rvkms_color_value value)
{
	return (struct rvkms_color_value){
		.r = rvkms_matrix_multiply(multiplier, value.r),
		.g = rvkms_matrix_multiply(multiplier, value.g),
		.b = rvkms_matrix_multiply(multiplier, value.b),
	};
}

/**
 * rvkms_color_step_apply - apply an operation to a colour
 * @step: the operation
 * @value: the colour
 *
 * Returns:
 * The new colour.
 */
struct rvkms_color_value rvkms_color_step_apply(const struct rvkms_color_step *step,
						struct rvkms_color_value value)
{
	const struct rvkms_color_op *op = step->op;

	switch (op->type) {
	case RVKMS_COLOR_BYPASS:
		break;
	case RVKMS_COLOR_CURVE:
		return apply_curve(step, value);
	case RVKMS_COLOR_LUT:
		return rvkms_lut_apply(&op->lut, value);
	case RVKMS_COLOR_MATRIX:
		return rvkms_matrix_apply(&op->matrix, value);
	case RVKMS_COLOR_MULTIPLIER:
		return apply_multiplier(op->multiplier, value);
	case RVKMS_COLOR_LUT3D:
		return rvkms_lut3d_apply(&op->lut3d, value);
	}

	return value;
}
