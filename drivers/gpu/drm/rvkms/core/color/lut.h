/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_LUT_H
#define RVKMS_CORE_COLOR_LUT_H

#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "value.h"

/**
 * struct rvkms_lut - one table per channel, evenly spaced over 0 to 1
 * @entries32: the entries of 32 bits of a colorop, or NULL
 * @entries16: the entries of 16 bits of DEGAMMA_LUT or GAMMA_LUT, or NULL; ignored with @entries32
 * @length: number of entries
 *
 * A table without entries is the identity. The caller owns the entries.
 */
struct rvkms_lut {
	const struct drm_color_lut32 *entries32;
	const struct drm_color_lut *entries16;
	u32 length;
};

static inline bool rvkms_lut_has_entries(const struct rvkms_lut *lut)
{
	return lut->length && (lut->entries32 || lut->entries16);
}

struct rvkms_color_value rvkms_lut_apply(const struct rvkms_lut *lut,
					 struct rvkms_color_value value);

#endif /* RVKMS_CORE_COLOR_LUT_H */
