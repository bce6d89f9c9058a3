/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_STEP_H
#define RVKMS_CORE_COLOR_STEP_H

#include "curve.h"
#include "pipeline.h"
#include "value.h"

/**
 * struct rvkms_color_step - an operation with its prepared data
 * @op: the operation
 * @cells: all cells of its curve; NULL to compute a cell when it is needed, and for other types
 */
struct rvkms_color_step {
	const struct rvkms_color_op *op;
	const struct rvkms_curve_cell *cells;
};

struct rvkms_color_value rvkms_color_step_apply(const struct rvkms_color_step *step,
						struct rvkms_color_value value);

#endif /* RVKMS_CORE_COLOR_STEP_H */
