// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Tables for the conversion of 8-bit YUV samples. A channel is the floor of the sum of one summand
 * per sample and of 1/2. A summand is split into an integer and a fraction. Integers and fractions
 * are added up separately, for all three channels at once.
 *
 * The fractions:
 *
 * - The fraction of luma, 21845 (y - 16) / 73 in the limited range and 257 y in the full one, is
 *   i / 73, with 0 <= i <= 72. Red and blue add the fraction f of one sample of chroma each. The
 *   sum i / 73 + f is at least 1 if and only if i + floor(73 f) >= 73, or
 *   i + floor(73 f) + 55 >= 128: seven bits are exact.
 * - Green adds the fractions of both samples of chroma. It has 26 bits for its fraction, with an
 *   error of 3 * 2^-27 at most. That is enough for each of the 2^24 triples, in all matrices and
 *   ranges: a test compares them.
 *
 * Rejected: factors of 2^-45 and one clamp per channel, which take one and a half times as long;
 * tables of a whole channel, 2^16 entries each for red and blue, which exceed the first-level
 * cache.
 */

#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "packed.h"
#include "yuv_table.h"

/* Remainder and quotient of n / d, rounded down for any n. */
#define REST(n, d) (((n) % (d) + (d)) % (d))
#define FLOOR(n, d) (((n) - REST(n, d)) / (d))

/* The fraction of n / d: in units of 1/73, rounded down; in units of green, rounded to nearest. */
#define SEVENTY_THIRDS(n, d) (REST(n, d) * 73 / (d))
#define FRACTION(n, d) (((REST(n, d) << RVKMS_YUV_SHIFT) + (d) / 2) / (d))

/* Positions in a part of the seven bits below the carry of blue and of red. */
#define BLUE_PART (RVKMS_YUV_SHIFT + RVKMS_PACKED_BLUE - 7)
#define RED_PART (RVKMS_YUV_SHIFT + RVKMS_PACKED_RED - 7)

/* The bias of red and green; blue, which has the lowest sums, gets it twice. */
#define NADIR 65536

/* Luma, n / d. The integer may be negative; the borrows vanish when chroma is added. */
#define Y_WHOLE(n, d)										\
	((u64)FLOOR(n, d) * RVKMS_PACKED_ONES)
#define Y_PART(n, d)										\
	((u64)FRACTION(n, d) + ((u64)SEVENTY_THIRDS(n, d) << BLUE_PART) +			\
	 ((u64)SEVENTY_THIRDS(n, d) << RED_PART))

/* Blue-difference chroma: blue / d for blue, green / d for green, which includes green's 1/2. */
#define CB_WHOLE(blue, green, d)								\
	(((u64)(FLOOR(blue, d) + 2 * NADIR) << RVKMS_PACKED_BLUE) +				\
	 (u64)(FLOOR(green, d) + NADIR))
#define CB_PART(blue, green, d)									\
	((((u64)SEVENTY_THIRDS(blue, d) + 55) << BLUE_PART) + (u64)FRACTION(green, d))

/* Red-difference chroma: red / d for red, green / d for green. */
#define CR_WHOLE(red, green, d)									\
	(((u64)(FLOOR(red, d) + NADIR) << RVKMS_PACKED_RED) + (u64)FLOOR(green, d))
#define CR_PART(red, green, d)									\
	((((u64)SEVENTY_THIRDS(red, d) + 55) << RED_PART) + (u64)FRACTION(green, d))

/* The units and weights of yuv.c, for 8 bits. */
#define LIMITED_UNIT(f) (73 * 224ll * ((f) / 5))
#define LIMITED_WEIGHT(c, k) (((c) - 128) * 4369ll * 219 * (k))
#define FULL_UNIT(f) (255ll * (f))
#define FULL_WEIGHT(c, k) (((c) - 128) * 65535ll * (k))

#define Y_LIMITED(entry, y) entry(21845ll * ((y) - 16), 73ll)
#define Y_FULL(entry, y) entry(257ll * (y), 1ll)

#define CB(entry, c, range, f, cr_r, cb_g, cr_g, cb_b)						\
	entry(range##_WEIGHT(c, cb_b) + range##_UNIT(f) / 2,					\
	      range##_UNIT(f) / 2 - range##_WEIGHT(c, cb_g), range##_UNIT(f))
#define CR(entry, c, range, f, cr_r, cb_g, cr_g, cb_b)						\
	entry(range##_WEIGHT(c, cr_r) + range##_UNIT(f) / 2, -range##_WEIGHT(c, cr_g),		\
	      range##_UNIT(f))

/* Splits the factors, which are one argument up to here. */
#define CB_OF(entry, c, range, ...) CB(entry, c, range, __VA_ARGS__)
#define CR_OF(entry, c, range, ...) CR(entry, c, range, __VA_ARGS__)

#define FOUR(at, n, ...)									\
	at(n, __VA_ARGS__), at((n) + 1, __VA_ARGS__), at((n) + 2, __VA_ARGS__),			\
	at((n) + 3, __VA_ARGS__)
#define SIXTEEN(at, n, ...)									\
	FOUR(at, n, __VA_ARGS__), FOUR(at, (n) + 4, __VA_ARGS__),				\
	FOUR(at, (n) + 8, __VA_ARGS__), FOUR(at, (n) + 12, __VA_ARGS__)
#define SIXTY_FOUR(at, n, ...)									\
	SIXTEEN(at, n, __VA_ARGS__), SIXTEEN(at, (n) + 16, __VA_ARGS__),			\
	SIXTEEN(at, (n) + 32, __VA_ARGS__), SIXTEEN(at, (n) + 48, __VA_ARGS__)
#define ALL_BYTES(at, ...)									\
	SIXTY_FOUR(at, 0, __VA_ARGS__), SIXTY_FOUR(at, 64, __VA_ARGS__),			\
	SIXTY_FOUR(at, 128, __VA_ARGS__), SIXTY_FOUR(at, 192, __VA_ARGS__)

#define Y_AT(n, entry, luma) luma(entry, n)
#define CB_AT(n, entry, range, ...) CB_OF(entry, n, range, __VA_ARGS__)
#define CR_AT(n, entry, range, ...) CR_OF(entry, n, range, __VA_ARGS__)

#define Y_COLUMN(luma)										\
	{ { ALL_BYTES(Y_AT, Y_WHOLE, luma) }, { ALL_BYTES(Y_AT, Y_PART, luma) } }
#define CB_COLUMN(range, ...)									\
	{ { ALL_BYTES(CB_AT, CB_WHOLE, range, __VA_ARGS__) },					\
	  { ALL_BYTES(CB_AT, CB_PART, range, __VA_ARGS__) } }
#define CR_COLUMN(range, ...)									\
	{ { ALL_BYTES(CR_AT, CR_WHOLE, range, __VA_ARGS__) },					\
	  { ALL_BYTES(CR_AT, CR_PART, range, __VA_ARGS__) } }

#define TABLE(range, ...)									\
	{ Y_COLUMN(Y_##range), CB_COLUMN(range, __VA_ARGS__), CR_COLUMN(range, __VA_ARGS__) }

static const struct rvkms_yuv_table limited[] = {
	[RVKMS_ENCODING_BT601] = TABLE(LIMITED, RVKMS_BT601),
	[RVKMS_ENCODING_BT709] = TABLE(LIMITED, RVKMS_BT709),
	[RVKMS_ENCODING_BT2020] = TABLE(LIMITED, RVKMS_BT2020),
};

static const struct rvkms_yuv_table full[] = {
	[RVKMS_ENCODING_BT601] = TABLE(FULL, RVKMS_BT601),
	[RVKMS_ENCODING_BT709] = TABLE(FULL, RVKMS_BT709),
	[RVKMS_ENCODING_BT2020] = TABLE(FULL, RVKMS_BT2020),
};

/* A channel above 65535 gets all bits set, a channel below 0 keeps none. */
#define BITS_IF(condition, shift) ((condition) ? (u64)U16_MAX << (shift) : 0)
#define SET(n, unused)										\
	(RVKMS_PACKED_MARK | BITS_IF(((n) & 3) > 1, RVKMS_PACKED_GREEN) |			\
	 BITS_IF(((n) >> 2 & 7) > 2, RVKMS_PACKED_BLUE) | BITS_IF((n) >> 5 > 1, RVKMS_PACKED_RED))
#define KEEP(n, unused)										\
	(RVKMS_PACKED_MARK | BITS_IF(((n) & 3) > 0, RVKMS_PACKED_GREEN) |			\
	 BITS_IF(((n) >> 2 & 7) > 1, RVKMS_PACKED_BLUE) | BITS_IF((n) >> 5 > 0, RVKMS_PACKED_RED))

const struct rvkms_yuv_clamp rvkms_yuv_clamp = {
	.set = { SIXTY_FOUR(SET, 0, 0), SIXTY_FOUR(SET, 64, 0) },
	.keep = { SIXTY_FOUR(KEEP, 0, 0), SIXTY_FOUR(KEEP, 64, 0) },
};

/*
 * Bytes. Rounding to 16 bits and then to 8 equals rounding to 8: 257 is odd. The fraction of luma,
 * 85 (y - 16) / 73 in the limited range and y in the full one, is i / 73 again. Seven bits of
 * fraction are enough for all channels, once green's two samples of chroma are added up.
 */
#define BYTE_BIAS RVKMS_YUV_BYTE_BIAS
#define BYTE_FIELD(n, d) (FLOOR(n, d) * 128 + SEVENTY_THIRDS(n, d))

#define BYTE_Y(n, d)										\
	((u64)BYTE_FIELD(n, d) *								\
	 (1ull << RVKMS_YUV_BYTE_GREEN | 1ull << RVKMS_YUV_BYTE_BLUE | 1ull << RVKMS_YUV_BYTE_RED))
#define BYTE_CB(n, d)										\
	((u64)(BYTE_FIELD(n, d) + BYTE_BIAS * 128 + 55) << RVKMS_YUV_BYTE_BLUE |		\
	 55ull << RVKMS_YUV_BYTE_GREEN)
#define BYTE_CR(n, d)										\
	((u64)(BYTE_FIELD(n, d) + BYTE_BIAS * 128 + 55) << RVKMS_YUV_BYTE_RED)

/* In units of 2^-24 / 73, to nearest. The error of a sum of two is at most 1, which is added. */
#define BYTE_PART(n, d)										\
	(FLOOR(n, d) * (73ll << RVKMS_YUV_BYTE_SHIFT) +						\
	 ((REST(n, d) * 73 << RVKMS_YUV_BYTE_SHIFT) + (d) / 2) / (d))
#define BYTE_CB_GREEN(n, d)									\
	((u64)(BYTE_PART(n, d) + (BYTE_BIAS * 73ll << RVKMS_YUV_BYTE_SHIFT) + 1))
#define BYTE_CR_GREEN(n, d) ((u64)BYTE_PART(n, d))

/* The units and weights above, divided by 257 and by their common factors. */
#define LIMITED_BYTE_UNIT(f) (224ll * ((f) / 5))
#define LIMITED_BYTE_WEIGHT(c, k) (((c) - 128) * 51ll * (k))
#define FULL_BYTE_UNIT(f) (1ll * (f))
#define FULL_BYTE_WEIGHT(c, k) (((c) - 128) * 1ll * (k))

#define BYTE_Y_LIMITED(y) BYTE_Y(85ll * ((y) - 16), 73ll)
#define BYTE_Y_FULL(y) BYTE_Y(1ll * (y), 1ll)

#define BYTE_CB_BLUE_AT(c, range, f, cr_r, cb_g, cr_g, cb_b)					\
	BYTE_CB(range##_BYTE_WEIGHT(c, cb_b) + range##_BYTE_UNIT(f) / 2, range##_BYTE_UNIT(f))
#define BYTE_CB_GREEN_AT(c, range, f, cr_r, cb_g, cr_g, cb_b)					\
	BYTE_CB_GREEN(range##_BYTE_UNIT(f) / 2 - range##_BYTE_WEIGHT(c, cb_g),			\
		      range##_BYTE_UNIT(f))
#define BYTE_CR_RED_AT(c, range, f, cr_r, cb_g, cr_g, cb_b)					\
	BYTE_CR(range##_BYTE_WEIGHT(c, cr_r) + range##_BYTE_UNIT(f) / 2, range##_BYTE_UNIT(f))
#define BYTE_CR_GREEN_AT(c, range, f, cr_r, cb_g, cr_g, cb_b)					\
	BYTE_CR_GREEN(-range##_BYTE_WEIGHT(c, cr_g), range##_BYTE_UNIT(f))

#define BYTE_Y_AT(n, luma) luma(n)
#define BYTE_AT(n, entry, range, ...) entry(n, range, __VA_ARGS__)

#define BYTE_TABLE(range, ...)									\
	{											\
		.y = { ALL_BYTES(BYTE_Y_AT, BYTE_Y_##range) },					\
		.cb = { ALL_BYTES(BYTE_AT, BYTE_CB_BLUE_AT, range, __VA_ARGS__) },		\
		.cr = { ALL_BYTES(BYTE_AT, BYTE_CR_RED_AT, range, __VA_ARGS__) },		\
		.cb_green = { ALL_BYTES(BYTE_AT, BYTE_CB_GREEN_AT, range, __VA_ARGS__) },	\
		.cr_green = { ALL_BYTES(BYTE_AT, BYTE_CR_GREEN_AT, range, __VA_ARGS__) },	\
	}

static const struct rvkms_yuv_byte_table limited_bytes[] = {
	[RVKMS_ENCODING_BT601] = BYTE_TABLE(LIMITED, RVKMS_BT601),
	[RVKMS_ENCODING_BT709] = BYTE_TABLE(LIMITED, RVKMS_BT709),
	[RVKMS_ENCODING_BT2020] = BYTE_TABLE(LIMITED, RVKMS_BT2020),
};

static const struct rvkms_yuv_byte_table full_bytes[] = {
	[RVKMS_ENCODING_BT601] = BYTE_TABLE(FULL, RVKMS_BT601),
	[RVKMS_ENCODING_BT709] = BYTE_TABLE(FULL, RVKMS_BT709),
	[RVKMS_ENCODING_BT2020] = BYTE_TABLE(FULL, RVKMS_BT2020),
};

#define CLAMPED(n, more, shift)									\
	(((n) + (more) < BYTE_BIAS ? 0 : (n) + (more) > BYTE_BIAS + 255 ? 255 :			\
	  (n) + (more) - BYTE_BIAS) << (shift))

#define CLAMPED_ALL(shift)									\
	{											\
		ALL_BYTES(CLAMPED, 0, shift), ALL_BYTES(CLAMPED, 256, shift),			\
		ALL_BYTES(CLAMPED, 512, shift), ALL_BYTES(CLAMPED, 768, shift),			\
	}

const struct rvkms_yuv_byte_clamp rvkms_yuv_byte_clamp = {
	.b = CLAMPED_ALL(0), .g = CLAMPED_ALL(8), .r = CLAMPED_ALL(16),
};

/**
 * rvkms_yuv_table - return the table for the conversion of 8-bit samples to words
 * @encoding: the matrix
 * @range: the range
 *
 * Returns:
 * The table for rvkms_yuv_chroma() and rvkms_yuv_packed().
 */
const struct rvkms_yuv_table *rvkms_yuv_table(enum rvkms_encoding encoding,
					      enum rvkms_range range)
{
	const u32 matrix = (u32)encoding < ARRAY_SIZE(limited) ? encoding : 0;

	return range == RVKMS_RANGE_FULL ? &full[matrix] : &limited[matrix];
}

/**
 * rvkms_yuv_byte_table - return the table for the conversion of 8-bit samples to bytes
 * @encoding: the matrix
 * @range: the range
 *
 * Returns:
 * The table for rvkms_yuv_byte_chroma() and rvkms_yuv_bytes().
 */
const struct rvkms_yuv_byte_table *rvkms_yuv_byte_table(enum rvkms_encoding encoding,
							enum rvkms_range range)
{
	const u32 matrix = (u32)encoding < ARRAY_SIZE(limited_bytes) ? encoding : 0;

	return range == RVKMS_RANGE_FULL ? &full_bytes[matrix] : &limited_bytes[matrix];
}
