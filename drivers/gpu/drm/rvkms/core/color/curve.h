/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_CURVE_H
#define RVKMS_CORE_COLOR_CURVE_H

#include <linux/types.h>

/**
 * enum rvkms_curve - a named curve, with the values of enum drm_colorop_curve_1d_type
 * @RVKMS_CURVE_SRGB_EOTF: IEC 61966-2-1, signal to light
 * @RVKMS_CURVE_SRGB_INV_EOTF: light to signal
 * @RVKMS_CURVE_PQ_125_EOTF: SMPTE ST 2084, signal to light; 125.0 is 10,000 cd/m2
 * @RVKMS_CURVE_PQ_125_INV_EOTF: light to signal
 * @RVKMS_CURVE_BT2020_INV_OETF: Rec. ITU-R BT.2020, signal to light
 * @RVKMS_CURVE_BT2020_OETF: light to signal
 * @RVKMS_CURVE_GAMMA22: x^2.2
 * @RVKMS_CURVE_GAMMA22_INV: x^(1/2.2)
 *
 * Any other value is the identity.
 */
enum rvkms_curve {
	RVKMS_CURVE_SRGB_EOTF,
	RVKMS_CURVE_SRGB_INV_EOTF,
	RVKMS_CURVE_PQ_125_EOTF,
	RVKMS_CURVE_PQ_125_INV_EOTF,
	RVKMS_CURVE_BT2020_INV_OETF,
	RVKMS_CURVE_BT2020_OETF,
	RVKMS_CURVE_GAMMA22,
	RVKMS_CURVE_GAMMA22_INV,
};

/**
 * struct rvkms_curve_cell - a short part of a curve: a cubic in its fraction t, from 0 to 1
 * @c: the value is c[0] + c[1] t + c[2] t^2 + c[3] t^3
 */
struct rvkms_curve_cell {
	s64 c[4];
};

u32 rvkms_curve_num_cells(enum rvkms_curve curve);
struct rvkms_curve_cell rvkms_curve_cell(enum rvkms_curve curve, u32 index);
s64 rvkms_curve_apply(enum rvkms_curve curve, const struct rvkms_curve_cell *cells, s64 x);

#endif /* RVKMS_CORE_COLOR_CURVE_H */
