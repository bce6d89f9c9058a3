// SPDX-License-Identifier: GPL-2.0

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "blend.h"

/*
 * round(c * weight / 65535) without a division, for every product of two 16-bit values: the
 * series 1 / 65535 = 2^-16 + 2^-32 + ... cut after its second term. Nothing overflows:
 * 65535^2 + 2^15 + 65534 < 2^32.
 */
static u32 scale(u16 c, u16 weight)
{
	const u32 t = (u32)c * weight + 0x8000;

	return (t + (t >> 16)) >> 16;
}

/* A colour larger than its opacity is not premultiplied; it saturates instead of wrapping. */
static u16 over(u16 below, u16 above, u16 opacity)
{
	return min_t(u32, above + scale(below, U16_MAX - opacity), U16_MAX);
}

/**
 * rvkms_blend_premultiplied - show one pixel over another
 * @below: the pixel that is covered
 * @above: the pixel that covers it, its colour multiplied by its opacity
 *
 * out = above + below * (1 - above.a), channel by channel, as the DRM property documentation
 * defines "Pre-multiplied" of the "pixel blend mode" property. The product is rounded to nearest,
 * the sum saturates.
 *
 * Returns:
 * The pixel that is seen.
 */
struct rvkms_pixel rvkms_blend_premultiplied(struct rvkms_pixel below, struct rvkms_pixel above)
{
	return (struct rvkms_pixel){
		.b = over(below.b, above.b, above.a),
		.g = over(below.g, above.g, above.a),
		.r = over(below.r, above.r, above.a),
		.a = over(below.a, above.a, above.a),
	};
}
