/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_PLANE_SAMPLER_H
#define RVKMS_CORE_PLANE_SAMPLER_H

#include <linux/bits.h>
#include <linux/types.h>

/**
 * enum rvkms_filter - what a scaled plane shows between the pixels of its framebuffer
 * @RVKMS_FILTER_NEAREST: the pixel that is there
 * @RVKMS_FILTER_BILINEAR: the four pixels around, by how near they are
 */
enum rvkms_filter {
	RVKMS_FILTER_NEAREST,
	RVKMS_FILTER_BILINEAR,
};

/**
 * struct rvkms_scaling - one axis of a scaled plane, columns or rows of its framebuffer
 * @src: where the source rectangle begins, 16.16 fixed point, pixels
 * @src_size: how long it is, 16.16 fixed point, pixels
 * @dst_size: how many pixels it is shown on, clipped or not; 0 if the plane is not scaled
 */
struct rvkms_scaling {
	u32 src;
	u32 src_size;
	u32 dst_size;
};

/**
 * struct rvkms_extent - some columns or rows of a framebuffer
 * @first: the first one
 * @last: the last one, at least @first
 */
struct rvkms_extent {
	u32 first;
	u32 last;
};

/* A sampler is exact for that many pixels of an axis that has at most so many, or for one. */
#define RVKMS_SAMPLER_PIXELS 128
#define RVKMS_SAMPLER_MAX_SIZE 0x1000000

/**
 * struct rvkms_sampler - where the pixels of a scaled axis are sampled, one after another
 * @first: a column or row
 * @at: how far from it the pixel is, 1 / RVKMS_SAMPLER_ONE of a column or row
 * @step: how far from the pixel the next one is, in the same unit
 */
struct rvkms_sampler {
	s64 first;
	u64 at;
	u64 step;
};

#define RVKMS_SAMPLER_BITS 47
#define RVKMS_SAMPLER_ONE BIT_ULL(RVKMS_SAMPLER_BITS)

/* The column or row at or before a position, counted from the sampler's first. */
static inline u32 rvkms_sampler_index(u64 at)
{
	return at >> RVKMS_SAMPLER_BITS;
}

/* How much the next column or row counts, of 256; the rest counts the one at or before it. */
static inline u32 rvkms_sampler_weight(u64 at)
{
	return at >> (RVKMS_SAMPLER_BITS - 8) & 0xff;
}

struct rvkms_extent rvkms_scaling_source(const struct rvkms_scaling *scaling);
struct rvkms_sampler rvkms_sampler_at(const struct rvkms_scaling *scaling, u32 pixel,
				      enum rvkms_filter filter);
struct rvkms_extent rvkms_scaling_samples(const struct rvkms_scaling *scaling, s64 first, s64 last);

#endif /* RVKMS_CORE_PLANE_SAMPLER_H */
