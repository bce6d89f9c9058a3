// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Applies one-dimensional tables with linear interpolation. */

#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "lut.h"
#include "lut_index.h"
#include "value.h"

/* Entries of 16 bits are widened to 32 exactly: 65537 * 65535 = 2^32 - 1. */
#define WIDEN 65537u

static struct drm_color_lut32 entry(const struct rvkms_lut *lut, u32 index)
{
	const struct drm_color_lut *narrow;

	if (lut->entries32)
		return lut->entries32[index];

	narrow = &lut->entries16[index];

	return (struct drm_color_lut32){
		.red = narrow->red * WIDEN,
		.green = narrow->green * WIDEN,
		.blue = narrow->blue * WIDEN,
	};
}

static s64 between(u32 a, u32 b, u64 fraction)
{
	struct rvkms_lut_index_sum sum = {};

	rvkms_lut_index_add(&sum, a, RVKMS_COLOR_ONE - fraction);
	rvkms_lut_index_add(&sum, b, fraction);

	return rvkms_lut_index_value(sum);
}

/**
 * rvkms_lut_apply - look up a colour in one table per channel
 * @lut: the table
 * @value: the colour; each channel is clamped to 0 and 1
 *
 * Interpolates between the two nearest entries, as DRM's LUT1D_INTERPOLATION "Linear".
 *
 * Returns:
 * The colour in the table, rounded to nearest; @value if there are no entries.
 */
struct rvkms_color_value rvkms_lut_apply(const struct rvkms_lut *lut,
					 struct rvkms_color_value value)
{
	struct rvkms_lut_index_place r, g, b;

	if (!rvkms_lut_has_entries(lut))
		return value;

	r = rvkms_lut_index_place(value.r, lut->length);
	g = rvkms_lut_index_place(value.g, lut->length);
	b = rvkms_lut_index_place(value.b, lut->length);

	return (struct rvkms_color_value){
		.r = between(entry(lut, r.index).red, entry(lut, r.next).red, r.fraction),
		.g = between(entry(lut, g.index).green, entry(lut, g.next).green, g.fraction),
		.b = between(entry(lut, b.index).blue, entry(lut, b.next).blue, b.fraction),
	};
}
