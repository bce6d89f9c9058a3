/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_PIXEL_FORMAT_H
#define RVKMS_CORE_PIXEL_FORMAT_H

#include <linux/types.h>

#define RVKMS_MAX_PLANES 4

/* Columns of an image that are read together, as lines of a picture that is turned. */
#define RVKMS_FORMAT_COLUMNS 8

struct rvkms_format;
struct rvkms_image;
struct rvkms_target;
struct rvkms_walk;

/**
 * struct rvkms_pixel - a pixel as the composer sees it
 * @b: blue
 * @g: green
 * @r: red
 * @a: opacity
 *
 * Each channel is a 16-bit unorm: 0 is none, 65535 is full. Colours of pixels that are not opaque
 * are premultiplied, unless said otherwise. In the place of a pixel there can be a
 * number as in packed.h.
 */
struct rvkms_pixel {
	u16 b;
	u16 g;
	u16 r;
	u16 a;
} __aligned(sizeof(u64));

/**
 * struct rvkms_field - the bits of a channel in the number a pixel is
 * @shift: the lowest of them
 * @bits: how many, at most 16; 0 if there is no such channel
 */
struct rvkms_field {
	u8 shift;
	u8 bits;
};

/**
 * struct rvkms_rgb_layout - a pixel that is one little-endian number
 * @bytes: bytes a pixel, at most 8
 * @b: blue; a format with one channel for brightness has it thrice
 * @g: green
 * @r: red
 * @a: opacity, or the padding in its place
 */
struct rvkms_rgb_layout {
	u8 bytes;
	struct rvkms_field b;
	struct rvkms_field g;
	struct rvkms_field r;
	struct rvkms_field a;
};

/**
 * struct rvkms_index_layout - pixels of at most eight bits, the first in the uppermost ones
 * @bits: bits a pixel: 1, 2, 4 or 8
 * @is_dark: the lowest value is white
 * @has_palette: they are an index into the palette, if there is one
 */
struct rvkms_index_layout {
	u8 bits;
	bool is_dark;
	bool has_palette;
};

/**
 * struct rvkms_sample - where a row of memory has the samples of a component
 * @plane: the plane it is in
 * @bytes: bytes from one sample to the next
 * @offset: the first byte of sample 0
 * @shift: the sample's lowest bit, in the little-endian number that begins there
 * @bits: how many it has; with @shift, at most 16. 0 if there is no such component
 */
struct rvkms_sample {
	u8 plane;
	u8 bytes;
	u8 offset;
	u8 shift;
	u8 bits;
};

/**
 * struct rvkms_yuv_layout - samples of luma and chroma, each at a byte of its own
 * @depth: bits of luma and chroma: 8, 10, 12 or 16
 * @log2_hsub: there is one sample of chroma for 2^this columns
 * @log2_vsub: and for 2^this rows
 * @y: luma
 * @cb: blue-difference chroma
 * @cr: red-difference chroma
 * @a: opacity
 */
struct rvkms_yuv_layout {
	u8 depth;
	u8 log2_hsub;
	u8 log2_vsub;
	struct rvkms_sample y;
	struct rvkms_sample cb;
	struct rvkms_sample cr;
	struct rvkms_sample a;
};

/**
 * struct rvkms_run - every how many 10-bit fields a component has a sample
 * @plane: the plane it is in
 * @step: fields from one sample to the next; 0 if there is no such component
 * @first: the field of sample 0
 */
struct rvkms_run {
	u8 plane;
	u8 step;
	u8 first;
};

/**
 * struct rvkms_packed_layout - 10-bit fields, several of which share bytes
 * @is_padded: three fields make up a 32-bit word with two bits of padding on top; otherwise they
 *             follow each other without any
 * @log2_hsub: there is one sample of chroma for 2^this columns
 * @log2_vsub: and for 2^this rows
 * @y: luma
 * @cb: blue-difference chroma
 * @cr: red-difference chroma
 */
struct rvkms_packed_layout {
	bool is_padded;
	u8 log2_hsub;
	u8 log2_vsub;
	struct rvkms_run y;
	struct rvkms_run cb;
	struct rvkms_run cr;
};

/**
 * struct rvkms_format - how pixels are laid out in memory
 * @fourcc: DRM_FORMAT_*
 * @num_planes: planes of memory
 * @group_width: that many columns share samples, and lie or are missing together
 * @group_height: the same for rows
 * @has_alpha: pixels may be translucent; all others read as opaque
 * @is_yuv: the image's colour encoding and range count
 * @is_unlisted: drm_fourcc.h defines it, but DRM makes no framebuffers of it
 * @rgb: the layout, for the functions in format_rgb.c
 * @index: the layout, for the functions in format_index.c
 * @yuv: the layout, for the functions in format_yuv.c
 * @packed: the layout, for those of format_yuv.c that take 10-bit fields apart
 * @bytes: find the pixels of a walk within the image as four bytes each, blue, green, red and
 *         opacity: where they are, if they are so, or in the buffer. The opacity may be anything
 *         in formats without. NULL if channels do not have eight bits
 * @columns: the same for a walk along a column, and for the next RVKMS_FORMAT_COLUMNS - 1 columns
 *           to the right of it; always to the buffer, where @pitch bytes are from one column's
 *           pixels to the next one's. Not NULL if @bytes is not
 * @rounded: turn the pixels of a walk within the image into four bytes each, blue, green, red and
 *           one that does not count, rounded to eight bits a channel. NULL if there is nothing
 *           quicker than @read
 * @rounded_pair: the same for a walk to the right from a column and a row that are even, and for
 *                the row below, which has the same chroma: @pitch bytes are from one row's pixels
 *                to the other one's. NULL if that saves nothing
 * @read: turn the pixels of a walk within the image into composer pixels; called by
 *        rvkms_image_read(), which makes sure that the walk is one
 * @write: turn the composer pixels of a line into pixels in memory, each channel rounded to
 *         nearest; called by rvkms_target_write(). NULL for formats that are not writeback formats
 */
struct rvkms_format {
	u32 fourcc;
	u8 num_planes;
	u8 group_width;
	u8 group_height;
	bool has_alpha;
	bool is_yuv;
	bool is_unlisted;
	union {
		struct rvkms_rgb_layout rgb;
		struct rvkms_index_layout index;
		struct rvkms_yuv_layout yuv;
		struct rvkms_packed_layout packed;
	};
	const u8 *(*bytes)(const struct rvkms_image *image, const struct rvkms_walk *walk,
			   u8 *buffer);
	void (*columns)(const struct rvkms_image *image, const struct rvkms_walk *walk, u8 *buffer,
			ptrdiff_t pitch);
	void (*rounded)(const struct rvkms_image *image, const struct rvkms_walk *walk, u8 *bytes);
	void (*rounded_pair)(const struct rvkms_image *image, const struct rvkms_walk *walk,
			     u8 *bytes, ptrdiff_t pitch);
	void (*read)(const struct rvkms_image *image, const struct rvkms_walk *walk,
		     struct rvkms_pixel *pixels);
	void (*write)(const struct rvkms_target *target, u32 y, const struct rvkms_pixel *line,
		      const struct rvkms_pixel *above);
};

/**
 * struct rvkms_format_list - some formats
 * @formats: the formats
 * @count: how many
 */
struct rvkms_format_list {
	const struct rvkms_format *formats;
	u32 count;
};

/**
 * enum rvkms_plane_kind - what a plane is for
 * @RVKMS_PLANE_PRIMARY: the desktop
 * @RVKMS_PLANE_OVERLAY: videos
 * @RVKMS_PLANE_CURSOR: the cursor
 */
enum rvkms_plane_kind {
	RVKMS_PLANE_PRIMARY,
	RVKMS_PLANE_OVERLAY,
	RVKMS_PLANE_CURSOR,
};

/* No plane of DRM's can offer more formats: IN_FORMATS has a bit for each. */
#define RVKMS_MAX_PLANE_FORMATS 64

const struct rvkms_format *rvkms_format_find(u32 fourcc);
bool rvkms_format_has_palette(const struct rvkms_format *format);
u32 rvkms_format_list_readable(enum rvkms_plane_kind kind, u32 *fourccs, u32 max);
u32 rvkms_format_list_writable(u32 *fourccs, u32 max);

#endif /* RVKMS_CORE_PIXEL_FORMAT_H */
