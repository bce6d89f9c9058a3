/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COMPOSE_BLEND_H
#define RVKMS_CORE_COMPOSE_BLEND_H

#include <linux/types.h>

#include "../pixel/format.h"

/**
 * enum rvkms_blend_mode - the "pixel blend mode" property of a plane
 * @RVKMS_BLEND_PREMULTIPLIED: colours are multiplied by the alpha of their pixel
 * @RVKMS_BLEND_COVERAGE: colours are not premultiplied; blending multiplies them by alpha
 * @RVKMS_BLEND_NONE: the alpha of pixels is ignored, all pixels are opaque
 *
 * Any other value is RVKMS_BLEND_PREMULTIPLIED.
 */
enum rvkms_blend_mode {
	RVKMS_BLEND_PREMULTIPLIED,
	RVKMS_BLEND_COVERAGE,
	RVKMS_BLEND_NONE,
};

void rvkms_blend_line(const struct rvkms_pixel *above, enum rvkms_blend_mode mode, u16 alpha,
		      struct rvkms_pixel *line, u32 count);
void rvkms_blend_bytes(const u8 *above, const u8 *below, struct rvkms_pixel *line, u32 count);
void rvkms_blend_bytes_rounded(const u8 *above, const u8 *below, u8 *bytes, u32 count);
void rvkms_blend_bytes_over(const u8 *above, struct rvkms_pixel *line, u32 count);

#endif /* RVKMS_CORE_COMPOSE_BLEND_H */
