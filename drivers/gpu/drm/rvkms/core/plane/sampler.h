/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PLANE_SAMPLER_H
#define RVKMS_CORE_PLANE_SAMPLER_H

#include <linux/bits.h>
#include <linux/types.h>

/**
 * enum rvkms_filter - the filter of a scaled plane
 * @RVKMS_FILTER_NEAREST: the pixel at the position
 * @RVKMS_FILTER_BILINEAR: the four pixels around the position, weighted by their distance
 */
enum rvkms_filter {
	RVKMS_FILTER_NEAREST,
	RVKMS_FILTER_BILINEAR,
};

/**
 * struct rvkms_scaling - one axis of a scaled plane, columns or rows of its framebuffer
 * @src: start of the source rectangle, 16.16 fixed point, pixels
 * @src_size: size of the source rectangle, 16.16 fixed point, pixels
 * @dst_size: size on the CRTC before clipping, in pixels; 0 if the plane is not scaled
 */
struct rvkms_scaling {
	u32 src;
	u32 src_size;
	u32 dst_size;
};

/**
 * struct rvkms_extent - a range of columns or rows of a framebuffer
 * @first: the first column or row
 * @last: the last column or row, at least @first
 */
struct rvkms_extent {
	u32 first;
	u32 last;
};

/*
 * A sampler is exact for RVKMS_SAMPLER_PIXELS pixels of an axis with at most RVKMS_SAMPLER_MAX_SIZE
 * pixels, and for one pixel of a longer axis.
 */
#define RVKMS_SAMPLER_PIXELS 128
#define RVKMS_SAMPLER_MAX_SIZE 0x1000000

/**
 * struct rvkms_sampler - the positions of consecutive pixels of a scaled axis
 * @first: a column or row
 * @at: distance of the pixel from @first, in 1 / RVKMS_SAMPLER_ONE of a column or row
 * @step: distance of the next pixel from the pixel, in the same unit
 */
struct rvkms_sampler {
	s64 first;
	u64 at;
	u64 step;
};

#define RVKMS_SAMPLER_BITS 47
#define RVKMS_SAMPLER_ONE BIT_ULL(RVKMS_SAMPLER_BITS)

/* Returns the column or row at or before a position, counted from the sampler's first. */
static inline u32 rvkms_sampler_index(u64 at)
{
	return at >> RVKMS_SAMPLER_BITS;
}

/* Returns the weight of the next column or row, of 256; the one at its index has the rest. */
static inline u32 rvkms_sampler_weight(u64 at)
{
	return at >> (RVKMS_SAMPLER_BITS - 8) & 0xff;
}

struct rvkms_extent rvkms_scaling_source(const struct rvkms_scaling *scaling);
struct rvkms_sampler rvkms_sampler_at(const struct rvkms_scaling *scaling, u32 pixel,
				      enum rvkms_filter filter);
struct rvkms_extent rvkms_scaling_samples(const struct rvkms_scaling *scaling, s64 first, s64 last);

#endif /* RVKMS_CORE_PLANE_SAMPLER_H */
