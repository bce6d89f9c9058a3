/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_MATRIX_H
#define RVKMS_CORE_COLOR_MATRIX_H

#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "value.h"

/**
 * struct rvkms_matrix - a 3x4 matrix by rows: red, green, blue from red, green, blue and 1.0
 * @coefficients: S31.32 in sign and magnitude, as in DRM: bit 63 is the sign
 */
struct rvkms_matrix {
	u64 coefficients[12];
};

struct rvkms_matrix rvkms_matrix_from_ctm(const struct drm_color_ctm *ctm);
struct rvkms_matrix rvkms_matrix_from_ctm_3x4(const struct drm_color_ctm_3x4 *ctm);
struct rvkms_color_value rvkms_matrix_apply(const struct rvkms_matrix *matrix,
					    struct rvkms_color_value value);
s64 rvkms_matrix_multiply(u64 multiplier, s64 value);

#endif /* RVKMS_CORE_COLOR_MATRIX_H */
