/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_LUT3D_H
#define RVKMS_CORE_COLOR_LUT3D_H

#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "value.h"

/**
 * struct rvkms_lut3d - a lattice of colours, evenly spaced over the cube of 0 to 1
 * @entries: size^3 entries; the index of red varies fastest, then green, then blue
 * @size: number of entries along each edge
 *
 * A table without entries is the identity. The caller owns the entries.
 */
struct rvkms_lut3d {
	const struct drm_color_lut32 *entries;
	u32 size;
};

struct rvkms_color_value rvkms_lut3d_apply(const struct rvkms_lut3d *lut,
					   struct rvkms_color_value value);

#endif /* RVKMS_CORE_COLOR_LUT3D_H */
