/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PLANE_SCALE_H
#define RVKMS_CORE_PLANE_SCALE_H

#include <linux/types.h>

#include "../pixel/format.h"
#include "../pixel/image.h"
#include "geometry.h"
#include "sampler.h"

bool rvkms_scale_is_within(const struct rvkms_placement *at, u32 min_scale, u32 max_scale);
void rvkms_scale_read(const struct rvkms_image *image, const struct rvkms_span *span,
		      enum rvkms_filter filter, u32 line, u32 first, u32 count,
		      struct rvkms_pixel *pixels);

#endif /* RVKMS_CORE_PLANE_SCALE_H */
