/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_COLOR_LUT_H
#define RVKMS_CORE_COLOR_LUT_H

#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "value.h"

/**
 * struct rvkms_lut - a table for each channel, evenly spaced over 0 to 1
 * @entries32: its entries, if they have 32 bits, as those of a colorop do
 * @entries16: its entries, if they have 16, as those of DEGAMMA_LUT and GAMMA_LUT do; not looked
 *             at where there are @entries32
 * @length: how many there are
 *
 * Without entries the table changes nothing. They are the caller's and are read only.
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
