// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Blends pixels. The four channels of a pixel are one 64-bit number. The first and the third
 * channel are computed together, and the second and the fourth, in fields of 32 bits: each has room
 * for a product of two channels.
 */

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include "../pixel/pixel.h"
#include "blend.h"

/* The first and the third channel; the uppermost bit of each channel; alpha. */
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

/* min(p + q, 65535) of each channel. */
static u64 add_saturated(u64 p, u64 q)
{
	const u64 without_tops = (p & ~TOPS) + (q & ~TOPS);
	const u64 sum = without_tops ^ ((p ^ q) & TOPS);
	const u64 carries = ((p & q) | ((p | q) & ~sum)) & TOPS;

	return sum | ((carries >> 15) * U16_MAX);
}

/* A colour above its alpha is not premultiplied: the sum saturates instead of wrapping. */
static u64 over(u64 below, u64 above)
{
	return add_saturated(above, scale(below, U16_MAX - (above >> 48)));
}

/* Returns the pixel in premultiplied form, multiplied by the alpha of its plane. */
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
 * rvkms_blend_line - blend pixels over a line
 * @above: the pixels to blend over @line
 * @mode: the blend mode of their plane
 * @alpha: the alpha of their plane
 * @line: the pixels below, replaced by the result
 * @count: number of pixels
 *
 * The three formulae of the "pixel blend mode" property in the DRM property documentation, with
 * @alpha as plane_alpha, for colours and for alpha:
 *
 *	a      = round(alpha * above.a), or alpha in mode "None"
 *	colour = round(alpha * above.c), or round(a * above.c) in mode "Coverage"
 *	line   = min(colour + round(line * (1 - a)), 1)
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
 * Summands of a channel for 8-bit samples, in units of 2^-16. COLOUR: a colour above, plus one half
 * for rounding. REMAINDER: one unit of a colour below an alpha of a, 257 * (255 - a) / 255 rounded
 * to nearest. The error is at most 2^-17, and for 255 units 255 * 2^-17 < 1 / 510. No multiple of
 * 1 / 255 is nearer than 1 / 510 to a value at which rounding changes.
 */
#define COLOUR(c) ((c) * 257u * 65536 + 32768)
#define REMAINDER(a) ((257ull * 65536 * (255 - (a)) + 127) / 255)

/* (255 - a) / 255 in units of 2^-31: the error of its products is below 2^-15. */
#define WEIGHT(a) (((1ull << 31) * (255 - (a)) + 127) / 255)

static const u32 colours[] = { ALL_BYTES(COLOUR) };
static const u32 remainders[] = { ALL_BYTES(REMAINDER) };
static const u32 weights[] = { ALL_BYTES(WEIGHT) };

/* The colours of an opaque pixel, in units of 2^-16; they may exceed 32 bits. */
struct colours {
	u64 b;
	u64 g;
	u64 r;
};

/* Clamps each colour to 32 bits. */
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
 * rvkms_blend_bytes - blend premultiplied pixels over opaque ones, both with 8 bits per channel
 * @above: the pixels above, four bytes per pixel: blue, green, red, alpha
 * @below: the pixels below, four bytes per pixel: blue, green, red, padding
 * @line: the result
 * @count: number of pixels
 *
 * Equals rvkms_blend_line() of pixels with the bytes times 257 as channels.
 */
void rvkms_blend_bytes(const u8 *above, const u8 *below, struct rvkms_pixel *line, u32 count)
{
	for (u32 i = 0; i < count; i++)
		line[i] = opaque_pixel(add_bytes(above + 4 * (size_t)i, below + 4 * (size_t)i));
}

/* Two pixels of four bytes: all colours, every second byte, the uppermost bit of each colour. */
#define COLORS 0x00ffffff00ffffffull
#define SECONDS 0x00ff00ff00ff00ffull
#define COLOR_TOPS 0x0080808000808080ull

/* round(c / 255) in fields of 16 bits, for products of two bytes. */
static u64 divide_by_255(u64 products)
{
	products += 0x0080008000800080ull;

	return (products + (products >> 8 & SECONDS)) >> 8 & SECONDS;
}

/* If any byte overflows, the first test finds the lowest one that does. */
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
 * rvkms_blend_bytes_rounded - blend as rvkms_blend_bytes(), with 8 bits per channel as the result
 * @above: the pixels above, as for rvkms_blend_bytes()
 * @below: the pixels below, as for rvkms_blend_bytes()
 * @bytes: the rounded result, four bytes per pixel: blue, green, red, padding; may be @above
 * @count: number of pixels
 *
 * Rounding to 16 bits and then to 8 equals rounding to 8: 255 and 257 are odd.
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
 * rvkms_blend_bytes_over - blend premultiplied pixels with 8 bits per channel over an opaque line
 * @above: the pixels above, four bytes per pixel: blue, green, red, alpha
 * @line: the opaque pixels below, replaced by the result
 * @count: number of pixels
 *
 * Equals rvkms_blend_line() of pixels with the bytes times 257 as channels.
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
