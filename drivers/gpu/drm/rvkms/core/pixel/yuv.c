// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Converts YUV to RGB. With Kr + Kg + Kb = 1, luma Y = Kr R + Kg G + Kb B, and chroma
 * Pb = (B - Y) / (2 - 2 Kb), Pr = (R - Y) / (2 - 2 Kr), the inverse is
 *
 *	R = Y + (2 - 2 Kr) Pr
 *	G = Y - 2 Kb (1 - Kb) / Kg Pb - 2 Kr (1 - Kr) / Kg Pr
 *	B = Y + (2 - 2 Kb) Pb
 *
 * Samples of n bits stand for Y = (y - 16 s) / (219 s), Pb = (cb - 128 s) / (224 s), s = 2^(n-8),
 * in the limited range, and for Y = y / (2^n - 1), Pb = (cb - 2^(n-1)) / (2^n - 1) in the full one
 * (Rec. ITU-T H.273, 8.3). All numbers are rational: with a common denominator, 64-bit integers are
 * exact.
 */

#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "yuv.h"

struct factors {
	u32 denominator;
	u32 cr_r;
	u32 cb_g;
	u32 cr_g;
	u32 cb_b;
};

static const struct factors factors[] = {
	[RVKMS_ENCODING_BT601] = { RVKMS_BT601 },
	[RVKMS_ENCODING_BT709] = { RVKMS_BT709 },
	[RVKMS_ENCODING_BT2020] = { RVKMS_BT2020 },
};

/**
 * rvkms_quotient_create - prepare divisions by a number
 * @divisor: the number; 0 is taken as 1
 *
 * Returns:
 * The argument of rvkms_quotient_of(), for dividends below 2^63.
 */
struct rvkms_quotient rvkms_quotient_create(u64 divisor)
{
	const u64 d = max(divisor, 1ull);

	return (struct rvkms_quotient){ .divisor = d, .inverse = div64_u64(U64_MAX, d) };
}

/*
 * 65535 / 219 = 4369 * 224 * 5 / (73 * 224), and 65535 / 224 = 4369 * 219 * 5 / (73 * 224). The
 * factor 5 is removed from the denominator of the factors. Sums stay below 2^62.
 */
static struct rvkms_yuv limited_range(const struct factors *f, u8 extra_bits)
{
	return (struct rvkms_yuv){
		.black = 16 << extra_bits,
		.neutral = 128 << extra_bits,
		.y = 4369 * 224ll * f->denominator,
		.cr_r = 4369 * 219ll * f->cr_r,
		.cb_g = 4369 * 219ll * f->cb_g,
		.cr_g = 4369 * 219ll * f->cr_g,
		.cb_b = 4369 * 219ll * f->cb_b,
		.unit = rvkms_quotient_create((73 * 224ull << extra_bits) * (f->denominator / 5)),
	};
}

static struct rvkms_yuv full_range(const struct factors *f, u8 depth)
{
	return (struct rvkms_yuv){
		.black = 0,
		.neutral = 1 << (depth - 1),
		.y = 65535ll * f->denominator,
		.cr_r = 65535ll * f->cr_r,
		.cb_g = 65535ll * f->cb_g,
		.cr_g = 65535ll * f->cr_g,
		.cb_b = 65535ll * f->cb_b,
		.unit = rvkms_quotient_create(((1ull << depth) - 1) * f->denominator),
	};
}

/**
 * rvkms_yuv_create - prepare the conversion of samples to pixels
 * @encoding: the matrix
 * @range: the range
 * @depth: bits per sample, clamped to 8 to 16
 *
 * Returns:
 * The argument of rvkms_yuv_pixel().
 */
struct rvkms_yuv rvkms_yuv_create(enum rvkms_encoding encoding, enum rvkms_range range, u8 depth)
{
	const struct factors *f = &factors[(u32)encoding < ARRAY_SIZE(factors) ? encoding : 0];
	const u8 bits = clamp(depth, 8, 16);

	return range == RVKMS_RANGE_FULL ? full_range(f, bits) : limited_range(f, bits - 8);
}
