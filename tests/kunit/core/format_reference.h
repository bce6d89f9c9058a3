/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TESTS_FORMAT_REFERENCE_H
#define RVKMS_TESTS_FORMAT_REFERENCE_H

#include <linux/types.h>

#include "../../core/pixel/image.h"

/**
 * struct reference_plane - a plane of a format, as drm_fourcc.h writes it down
 * @names: components from the uppermost bit down, separated by colons: one letter each (U is Cb,
 *         V is Cr, x is padding), and a digit where a block has several of a name
 * @bits: bits of each component
 * @block_w: columns per block
 * @block_h: rows per block
 */
struct reference_plane {
	const char *names;
	const char *bits;
	u32 block_w;
	u32 block_h;
};

/**
 * struct reference_format - a format, as drm_fourcc.h writes it down
 * @name: its name without DRM_FORMAT_, for messages
 * @fourcc: its code
 * @hsub: columns that share a chroma sample
 * @vsub: rows that share a chroma sample
 * @num_planes: number of planes
 * @planes: the planes
 * @is_half: components are binary16 numbers
 * @is_writable: writeback supports it
 * @is_unlisted: DRM makes no framebuffers of it
 */
struct reference_format {
	const char *name;
	u32 fourcc;
	u32 hsub;
	u32 vsub;
	u32 num_planes;
	struct reference_plane planes[3];
	bool is_half;
	bool is_writable;
	bool is_unlisted;
};

extern const struct reference_format reference_formats[];
extern const u32 reference_num_formats;

const struct reference_format *reference_find(u32 fourcc);
u32 reference_bits(const struct reference_format *format, char name);
u32 reference_block_bytes(const struct reference_format *format, u32 plane);
u32 reference_plane_width(const struct reference_format *format, u32 plane, u32 width);
u32 reference_plane_height(const struct reference_format *format, u32 plane, u32 height);
size_t reference_min_pitch(const struct reference_format *format, u32 plane, u32 width);
u32 reference_sample(const struct reference_format *format, const struct rvkms_image *image,
		     char name, u32 x, u32 y);
void reference_put_sample(const struct reference_format *format, const struct rvkms_image *image,
			  char name, u32 x, u32 y, u32 value);
u16 reference_unorm(u32 c, u32 bits);
u16 reference_half(u32 half);
struct rvkms_pixel reference_yuv(enum rvkms_encoding encoding, enum rvkms_range range, u32 depth,
				 u32 y, u32 cb, u32 cr);
struct rvkms_pixel reference_read(const struct reference_format *format,
				  const struct rvkms_image *image, u32 x, u32 y);

static inline bool pixels_differ(struct rvkms_pixel p, struct rvkms_pixel q)
{
	return p.b != q.b || p.g != q.g || p.r != q.r || p.a != q.a;
}

#endif /* RVKMS_TESTS_FORMAT_REFERENCE_H */
