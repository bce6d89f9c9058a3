// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Computes the positions at which a scaled axis is sampled. D pixels show a source of size S, in
 * 1 / 65536 of a pixel. Pixel i is sampled at (2 i + 1) S / 2 D from the start of the source
 * rectangle, which is not clipped. Filters use the integer part only. It equals the integer part of
 *
 *	x(i) = (i S + floor(S / 2)) / D
 *
 * since the numerators differ only if S is odd, by one half, and the greater one is no integer.
 *
 * x(i) is an exact division for the first pixel of a sampler. A step is added for each further
 * pixel, in units of 2^-31. The first x is rounded down to a multiple of the unit. The step is
 * rounded up, and increased by one unit if it is exact. After n > 0 steps,
 *
 * - the sampler is too far by at most n units. The fraction of x(i) is at most 1 - 1 / D, so that
 *   the integer part is right if n 2^-31 < 1 / D: for n < 128 and D <= 2^24.
 * - the sampler is too short by less than one unit. That would matter only if x(i) is an integer.
 *   Then both are whole numbers of units, and the sampler is not too short.
 */

#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "sampler.h"

/* Bits of a sampler's position below 1 / 65536 of a pixel. */
#define FRACTION_BITS (RVKMS_SAMPLER_BITS - 16)

/**
 * rvkms_scaling_source - return the columns or rows that a source rectangle touches
 * @scaling: the axis
 *
 * Returns:
 * The columns or rows with a part in the rectangle; a rectangle without a size touches one.
 */
struct rvkms_extent rvkms_scaling_source(const struct rvkms_scaling *scaling)
{
	return (struct rvkms_extent){
		.first = scaling->src >> 16,
		.last = ((u64)scaling->src + max(scaling->src_size, 1u) - 1) >> 16,
	};
}

/**
 * rvkms_sampler_at - return a sampler for a pixel of a scaled axis and the pixels after it
 * @scaling: the axis, with any values; a size of 0 on the CRTC is taken as 1
 * @pixel: number of the pixel, in the direction of the framebuffer; clamped to the last one
 * @filter: the filter; unknown values are RVKMS_FILTER_NEAREST
 *
 * Returns:
 * A sampler at @pixel. With RVKMS_FILTER_NEAREST its index is the column or row that has the
 * pixel's centre. With RVKMS_FILTER_BILINEAR, the pixel's centre is between the centres of the
 * column or row at its index and of the next one, and its weight is the distance from the first
 * one, rounded to 1 / 256, ties up. The first one may be one before the source rectangle, the next
 * one after it.
 */
struct rvkms_sampler rvkms_sampler_at(const struct rvkms_scaling *scaling, u32 pixel,
				      enum rvkms_filter filter)
{
	/* From an edge to the centre, plus half of 1 / 256 for rounding. */
	const s32 offset = filter == RVKMS_FILTER_BILINEAR ? -0x8000 + 0x80 : 0;
	const u32 size = max(scaling->dst_size, 1u);
	const u64 product = (u64)min(pixel, size - 1) * scaling->src_size + scaling->src_size / 2;
	u32 rest;
	const u64 distance = div_u64_rem(product, size, &rest);
	const s64 position = (s64)scaling->src + (s64)distance + offset;

	return (struct rvkms_sampler){
		.first = position >> 16,
		.at = (u64)(position & 0xffff) << FRACTION_BITS |
		      div_u64((u64)rest << FRACTION_BITS, size),
		.step = div_u64((u64)scaling->src_size << FRACTION_BITS, size) + 1,
	};
}

static s64 bilinear_at(const struct rvkms_scaling *scaling, s64 pixel)
{
	return rvkms_sampler_at(scaling, clamp(pixel, 0ll, (s64)U32_MAX),
				RVKMS_FILTER_BILINEAR).first;
}

/**
 * rvkms_scaling_samples - return the columns or rows that are read for some pixels
 * @scaling: the axis
 * @first: the first pixel, in the direction of the framebuffer; any value
 * @last: the last pixel, at least @first
 *
 * Returns:
 * The columns or rows that bilinear filtering reads; other filters read no others.
 */
struct rvkms_extent rvkms_scaling_samples(const struct rvkms_scaling *scaling, s64 first, s64 last)
{
	const struct rvkms_extent source = rvkms_scaling_source(scaling);

	return (struct rvkms_extent){
		.first = max_t(s64, bilinear_at(scaling, first), source.first),
		.last = min_t(s64, bilinear_at(scaling, last) + 1, source.last),
	};
}
