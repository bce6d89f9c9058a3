/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_YUV_H
#define RVKMS_CORE_PIXEL_YUV_H

#include <linux/math64.h>
#include <linux/limits.h>
#include <linux/types.h>

#include "format.h"

/*
 * The factors of chroma in yuv.c's equations, with a common denominator, a multiple of 5. In
 * this order: the denominator; the factor of Pr in red, of Pb in green, of Pr in green, of Pb in
 * blue.
 */

/* Kr = 0.299, Kb = 0.114: Rec. ITU-R BT.601-7, 2.5.1 */
#define RVKMS_BT601 293500, 411487, 101004, 209599, 520082

/* Kr = 0.2126, Kb = 0.0722: Rec. ITU-R BT.709-6, 3.2 */
#define RVKMS_BT709 8940000, 14078712, 1674679, 4185031, 16589064

/* Kr = 0.2627, Kb = 0.0593: Rec. ITU-R BT.2020-2, table 4 */
#define RVKMS_BT2020 33900000, 49988940, 5578351, 19368871, 63779460

/**
 * enum rvkms_encoding - the matrix between R'G'B' and Y'CbCr
 * @RVKMS_ENCODING_BT601: ITU-R BT.601
 * @RVKMS_ENCODING_BT709: ITU-R BT.709
 * @RVKMS_ENCODING_BT2020: ITU-R BT.2020, non-constant luminance
 *
 * Any other value is RVKMS_ENCODING_BT601.
 */
enum rvkms_encoding {
	RVKMS_ENCODING_BT601,
	RVKMS_ENCODING_BT709,
	RVKMS_ENCODING_BT2020,
};

/**
 * enum rvkms_range - the range of the samples
 * @RVKMS_RANGE_LIMITED: with 8 bits, 16 to 235 for luma, 128 - 112 to 128 + 112 for chroma
 * @RVKMS_RANGE_FULL: all values
 *
 * Any other value is RVKMS_RANGE_LIMITED.
 */
enum rvkms_range {
	RVKMS_RANGE_LIMITED,
	RVKMS_RANGE_FULL,
};

/**
 * struct rvkms_quotient - a divisor for many divisions
 * @divisor: the number
 * @inverse: its inverse times 2^64, rounded down
 */
struct rvkms_quotient {
	u64 divisor;
	u64 inverse;
};

/**
 * struct rvkms_yuv - the factors of the exact conversion of samples of one depth to a pixel
 * @black: the luma of black
 * @neutral: the chroma of grey
 * @y: weight of luma in each channel
 * @cr_r: weight of red-difference chroma in red
 * @cb_g: weight of blue-difference chroma in green, subtracted
 * @cr_g: weight of red-difference chroma in green, subtracted
 * @cb_b: weight of blue-difference chroma in blue
 * @unit: the sum of the weighted samples that stands for 1 / 65535
 */
struct rvkms_yuv {
	s32 black;
	s32 neutral;
	s64 y;
	s64 cr_r;
	s64 cb_g;
	s64 cr_g;
	s64 cb_b;
	struct rvkms_quotient unit;
};

struct rvkms_quotient rvkms_quotient_create(u64 divisor);
struct rvkms_yuv rvkms_yuv_create(enum rvkms_encoding encoding, enum rvkms_range range, u8 depth);

/*
 * Returns n / divisor, rounded down, for n below 2^63. The inverse is too small by 1 / 2^64 at
 * most. The guess is too small by less than 1 / 2 before it is rounded down, and by at most 1
 * after.
 */
static inline u64 rvkms_quotient_of(const struct rvkms_quotient *by, u64 n)
{
	const u64 guess = mul_u64_u64_shr(n, by->inverse, 64);

	return guess + (n - guess * by->divisor >= by->divisor);
}

/* Converts a sum of weighted samples to a channel, rounded to nearest and clamped. */
static inline u16 rvkms_yuv_channel(const struct rvkms_yuv *yuv, s64 sum)
{
	const s64 rounded = sum + (s64)(yuv->unit.divisor / 2);

	if (rounded < 0)
		return 0;
	if (rounded >= (s64)yuv->unit.divisor * U16_MAX)
		return U16_MAX;

	return rvkms_quotient_of(&yuv->unit, rounded);
}

/* Converts three samples to an opaque pixel. */
static inline struct rvkms_pixel rvkms_yuv_pixel(const struct rvkms_yuv *yuv, u16 y, u16 cb,
						 u16 cr)
{
	const s64 luma = (y - yuv->black) * yuv->y;
	const s64 u = cb - yuv->neutral;
	const s64 v = cr - yuv->neutral;

	return (struct rvkms_pixel){
		.b = rvkms_yuv_channel(yuv, luma + u * yuv->cb_b),
		.g = rvkms_yuv_channel(yuv, luma - u * yuv->cb_g - v * yuv->cr_g),
		.r = rvkms_yuv_channel(yuv, luma + v * yuv->cr_r),
		.a = U16_MAX,
	};
}

#endif /* RVKMS_CORE_PIXEL_YUV_H */
