/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_COMPOSE_BLEND_H
#define RVKMS_CORE_COMPOSE_BLEND_H

#include <linux/types.h>

#include "../pixel/format.h"

/**
 * enum rvkms_blend_mode - what a plane's pixels are, and how they cover what is below
 * @RVKMS_BLEND_PREMULTIPLIED: colours are multiplied by the opacity of their pixel
 * @RVKMS_BLEND_COVERAGE: colours are not, and will be when they are blended
 * @RVKMS_BLEND_NONE: opacities do not count, all pixels are opaque
 *
 * The "pixel blend mode" property of planes. Any other value is taken for the first one.
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
