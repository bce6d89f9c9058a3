// SPDX-License-Identifier: GPL-2.0
/*
 * The four channels of a pixel are one number of 64 bits, and are computed with together: first
 * and third, second and fourth, in fields of 32 bits that take a product of two channels.
 */

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include "../pixel/pixel.h"
#include "blend.h"

/* The first and the third channel, the uppermost bit of each, the opacity. */
#define EVEN 0x0000ffff0000ffffull
#define TOPS 0x8000800080008000ull
#define OPACITY 0xffff000000000000ull

/* One store on a little-endian CPU. */
static struct rvkms_pixel to_pixel(u64 channels)
{
	return (struct rvkms_pixel){
		.b = channels & 0xffff,
		.g = channels >> 16 & 0xffff,
		.r = channels >> 32 & 0xffff,
		.a = channels >> 48,
	};
}

/*
 * round(c * weight / 65535) of each channel, without a division, for every product of two 16-bit
 * values: the series 1 / 65535 = 2^-16 + 2^-32 + ... cut after its second term. No field
 * overflows: 65535^2 + 2^15 + 65534 < 2^32.
 */
static u64 scale(u64 channels, u16 weight)
{
	const u64 half = 0x0000800000008000ull;
	const u64 even = (channels & EVEN) * weight + half;
	const u64 odd = (channels >> 16 & EVEN) * weight + half;

	return ((even + (even >> 16 & EVEN)) >> 16 & EVEN) |
	       ((odd + (odd >> 16 & EVEN)) & ~EVEN);
}

/* Each channel is the sum of two, 65535 if that is greater. */
static u64 add_saturated(u64 p, u64 q)
{
	const u64 without_tops = (p & ~TOPS) + (q & ~TOPS);
	const u64 sum = without_tops ^ ((p ^ q) & TOPS);
	const u64 carries = ((p & q) | ((p | q) & ~sum)) & TOPS;

	return sum | ((carries >> 15) * U16_MAX);
}

/* A colour larger than its opacity is not premultiplied; it saturates instead of wrapping. */
static u64 over(u64 below, u64 above)
{
	return add_saturated(above, scale(below, U16_MAX - (above >> 48)));
}

/* What a pixel would be if it were premultiplied, on a plane that is opaque. */
static u64 premultiply(u64 channels, enum rvkms_blend_mode mode, u16 alpha)
{
	switch (mode) {
	case RVKMS_BLEND_NONE:
		return scale(channels | OPACITY, alpha);
	case RVKMS_BLEND_COVERAGE:
		return scale(channels | OPACITY, scale(channels, alpha) >> 48);
	default:
		return scale(channels, alpha);
	}
}

/**
 * rvkms_blend_line - show pixels over others
 * @above: the pixels that cover
 * @mode: what their colours and opacities are
 * @alpha: the opacity of their plane
 * @line: the pixels that are covered, and then those that are seen
 * @count: how many
 *
 * The three formulae of the "pixel blend mode" property in the DRM property documentation, with
 * @alpha as plane_alpha, for colours and for the opacity:
 *
 *	opacity = round(alpha * above.a), or alpha in mode "None"
 *	colour  = round(alpha * above.c), or round(opacity * above.c) in mode "Coverage"
 *	line    = min(colour + round(line * (1 - opacity)), 1)
 */
void rvkms_blend_line(const struct rvkms_pixel *above, enum rvkms_blend_mode mode, u16 alpha,
		      struct rvkms_pixel *line, u32 count)
{
	if (mode == RVKMS_BLEND_PREMULTIPLIED && alpha == U16_MAX) {
		for (u32 i = 0; i < count; i++)
			line[i] = to_pixel(over(rvkms_pixel_channels(line[i]),
						rvkms_pixel_channels(above[i])));
		return;
	}

	for (u32 i = 0; i < count; i++)
		line[i] = to_pixel(over(rvkms_pixel_channels(line[i]),
					premultiply(rvkms_pixel_channels(above[i]), mode,
						    alpha)));
}

#define FOUR(entry, n) entry(n), entry((n) + 1), entry((n) + 2), entry((n) + 3)
#define SIXTEEN(entry, n)									\
	FOUR(entry, n), FOUR(entry, (n) + 4), FOUR(entry, (n) + 8), FOUR(entry, (n) + 12)
#define SIXTY_FOUR(entry, n)									\
	SIXTEEN(entry, n), SIXTEEN(entry, (n) + 16), SIXTEEN(entry, (n) + 32),			\
	SIXTEEN(entry, (n) + 48)
#define ALL_BYTES(entry)									\
	SIXTY_FOUR(entry, 0), SIXTY_FOUR(entry, 64), SIXTY_FOUR(entry, 128),			\
	SIXTY_FOUR(entry, 192)

/*
 * What eight bits add to a channel, in units of 2^-16: a colour of the pixel above, and the half
 * that the sum is rounded with; and a unit of a colour below, for the opacity above. That is 257
 * * (255 - a) / 255, rounded to nearest: wrong by 2^-17 at most, and 255 units by 255 * 2^-17 < 1
 * / 510, which is as near as any multiple of 1 / 255 comes to where rounding changes.
 */
#define COLOUR(c) ((c) * 257u * 65536 + 32768)
#define REMAINDER(a) ((257ull * 65536 * (255 - (a)) + 127) / 255)

/* (255 - a) / 255 in units of 2^-31: what is cut and rounded of its products is below 2^-15. */
#define WEIGHT(a) (((1ull << 31) * (255 - (a)) + 127) / 255)

static const u32 colours[] = { ALL_BYTES(COLOUR) };
static const u32 remainders[] = { ALL_BYTES(REMAINDER) };
static const u32 weights[] = { ALL_BYTES(WEIGHT) };

/* The colours of an opaque pixel, in units of 2^-16; they may be too bright by one. */
struct colours {
	u64 b;
	u64 g;
	u64 r;
};

/* One that overflows is as bright as can be. */
static struct colours saturate(struct colours c)
{
	if ((c.b | c.g | c.r) >> 32) {
		c.b = min_t(u64, c.b, U32_MAX);
		c.g = min_t(u64, c.g, U32_MAX);
		c.r = min_t(u64, c.r, U32_MAX);
	}

	return c;
}

static struct colours add_bytes(const u8 *above, const u8 *below)
{
	const u64 remainder = remainders[above[3]];

	return saturate((struct colours){
		.b = colours[above[0]] + below[0] * remainder,
		.g = colours[above[1]] + below[1] * remainder,
		.r = colours[above[2]] + below[2] * remainder,
	});
}

static struct rvkms_pixel opaque_pixel(struct colours c)
{
	return (struct rvkms_pixel){ c.b >> 16, c.g >> 16, c.r >> 16, U16_MAX };
}

/**
 * rvkms_blend_bytes - show premultiplied pixels of eight bits a channel over opaque ones
 * @above: the pixels that cover, four bytes each: blue, green, red, opacity
 * @below: the pixels that are covered, four bytes each: blue, green, red, and one that does not
 *         count
 * @line: the pixels that are seen
 * @count: how many
 *
 * The same as rvkms_blend_line() of the pixels whose channels are the bytes times 257.
 */
void rvkms_blend_bytes(const u8 *above, const u8 *below, struct rvkms_pixel *line, u32 count)
{
	for (u32 i = 0; i < count; i++)
		line[i] = opaque_pixel(add_bytes(above + 4 * (size_t)i, below + 4 * (size_t)i));
}

/* Two pixels of four bytes: all colours, each second byte, and the uppermost bits of colours. */
#define COLORS 0x00ffffff00ffffffull
#define SECONDS 0x00ff00ff00ff00ffull
#define COLOR_TOPS 0x0080808000808080ull

/* round(c / 255) in fields of 16 bits, for products of two bytes. */
static u64 divide_by_255(u64 products)
{
	products += 0x0080008000800080ull;

	return (products + (products >> 8 & SECONDS)) >> 8 & SECONDS;
}

/* A sum that overflows shows that the lowest one does. */
static u64 add_colors_saturated(u64 p, u64 q)
{
	u64 sum = p + q;
	u64 carries = ((p & q) | ((p | q) & ~sum)) & COLOR_TOPS;

	if (!carries)
		return sum;

	sum = ((p & ~COLOR_TOPS) + (q & ~COLOR_TOPS)) ^ ((p ^ q) & COLOR_TOPS);
	carries = ((p & q) | ((p | q) & ~sum)) & COLOR_TOPS;

	return sum | (carries >> 7) * 0xff;
}

static u64 two_rounded(u64 above, u64 below)
{
	const u64 first = ~above >> 24 & 0xff, second = ~above >> 56;
	const u64 even = below & SECONDS;
	const u64 red_and_blue = (even & U32_MAX) * first | (even >> 32) * second << 32;
	const u64 green = (below >> 8 & 0xff) * first | (below >> 40 & 0xff) * second << 32;

	return add_colors_saturated(above & COLORS, (divide_by_255(red_and_blue) |
						     divide_by_255(green) << 8) & COLORS);
}

/**
 * rvkms_blend_bytes_rounded - the same, for who wants eight bits a channel
 * @above: the pixels that cover, as for rvkms_blend_bytes()
 * @below: the pixels that are covered
 * @bytes: those that are seen, rounded, four bytes each: blue, green, red, and one that does not
 *         count; may be @above
 * @count: how many
 *
 * Rounding to 16 bits and then to eight is rounding to eight: 255 and 257 are odd.
 */
void rvkms_blend_bytes_rounded(const u8 *above, const u8 *below, u8 *bytes, u32 count)
{
	for (; count >= 2; count -= 2, above += 8, below += 8, bytes += 8)
		put_unaligned_le64(two_rounded(get_unaligned_le64(above),
					       get_unaligned_le64(below)), bytes);

	if (count)
		put_unaligned_le32(two_rounded(get_unaligned_le32(above),
					       get_unaligned_le32(below)), bytes);
}

/**
 * rvkms_blend_bytes_over - show premultiplied pixels of eight bits a channel over opaque ones
 * @above: the pixels that cover, four bytes each: blue, green, red, opacity
 * @line: the pixels that are covered, all of them opaque, and then those that are seen
 * @count: how many
 *
 * The same as rvkms_blend_line() of the pixels whose channels are the bytes times 257.
 */
void rvkms_blend_bytes_over(const u8 *above, struct rvkms_pixel *line, u32 count)
{
	for (u32 i = 0; i < count; i++, above += 4) {
		const u64 weight = weights[above[3]];

		line[i] = opaque_pixel(saturate((struct colours){
			.b = colours[above[0]] + (line[i].b * weight >> 15),
			.g = colours[above[1]] + (line[i].g * weight >> 15),
			.r = colours[above[2]] + (line[i].r * weight >> 15),
		}));
	}
}
