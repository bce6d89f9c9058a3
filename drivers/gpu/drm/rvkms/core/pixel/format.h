/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_FORMAT_H
#define RVKMS_CORE_PIXEL_FORMAT_H

#include <linux/types.h>

#define RVKMS_MAX_PLANES 4

/* Columns of an image that are read together: the lines of a layer that is rotated by 90 or 270. */
#define RVKMS_FORMAT_COLUMNS 8

struct rvkms_format;
struct rvkms_image;
struct rvkms_target;
struct rvkms_walk;

/**
 * struct rvkms_pixel - a pixel of the composer
 * @b: blue
 * @g: green
 * @r: red
 * @a: alpha
 *
 * Each channel is a 16-bit unorm: 65535 stands for 1. Colours are premultiplied, unless noted
 * otherwise.
 */
struct rvkms_pixel {
	u16 b;
	u16 g;
	u16 r;
	u16 a;
} __aligned(sizeof(u64));

/**
 * struct rvkms_field - the bits of a channel in the number of a pixel
 * @shift: the lowest bit
 * @bits: number of bits, at most 16; 0 if the format does not have the channel
 */
struct rvkms_field {
	u8 shift;
	u8 bits;
};

/**
 * struct rvkms_rgb_layout - a pixel that is one little-endian number
 * @bytes: bytes per pixel, at most 8
 * @b: blue; the three colours of a format with one channel are the same field
 * @g: green
 * @r: red
 * @a: alpha, or the padding in its place
 */
struct rvkms_rgb_layout {
	u8 bytes;
	struct rvkms_field b;
	struct rvkms_field g;
	struct rvkms_field r;
	struct rvkms_field a;
};

/**
 * struct rvkms_index_layout - pixels of at most 8 bits, the first one in the uppermost bits
 * @bits: bits per pixel: 1, 2, 4 or 8
 * @is_dark: the lowest value is white
 * @has_palette: pixels are indices into the image's palette, if it has one
 */
struct rvkms_index_layout {
	u8 bits;
	bool is_dark;
	bool has_palette;
};

/**
 * struct rvkms_sample - the position of the samples of a component in a row of memory
 * @plane: the plane of the component
 * @bytes: bytes from one sample to the next
 * @offset: the first byte of sample 0
 * @shift: the sample's lowest bit, in the little-endian number that starts at its first byte
 * @bits: bits per sample; with @shift, at most 16. 0 if the format does not have the component
 */
struct rvkms_sample {
	u8 plane;
	u8 bytes;
	u8 offset;
	u8 shift;
	u8 bits;
};

/**
 * struct rvkms_yuv_layout - samples of luma and chroma, each of which starts at a byte of its own
 * @depth: bits of luma and chroma: 8, 10, 12 or 16
 * @log2_hsub: 2^@log2_hsub columns share a sample of chroma
 * @log2_vsub: 2^@log2_vsub rows share a sample of chroma
 * @y: luma
 * @cb: blue-difference chroma
 * @cr: red-difference chroma
 * @a: alpha
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
 * struct rvkms_run - the position of the samples of a component, in 10-bit fields
 * @plane: the plane of the component
 * @step: fields from one sample to the next; 0 if the format does not have the component
 * @first: the field of sample 0
 */
struct rvkms_run {
	u8 plane;
	u8 step;
	u8 first;
};

/**
 * struct rvkms_packed_layout - 10-bit fields, several of which share bytes
 * @is_padded: three fields and two upper bits of padding make up a 32-bit word; otherwise there is
 *             no padding
 * @log2_hsub: 2^@log2_hsub columns share a sample of chroma
 * @log2_vsub: 2^@log2_vsub rows share a sample of chroma
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
 * struct rvkms_format - the layout of pixels in memory
 * @fourcc: DRM_FORMAT_*
 * @num_planes: planes of memory
 * @group_width: columns of a group of pixels that share bytes; incomplete groups are not readable
 * @group_height: rows of a group of pixels that share bytes
 * @has_alpha: pixels have alpha; without, they read as opaque
 * @is_yuv: the image's colour encoding and range apply
 * @is_unlisted: drm_fourcc.h defines the format, but DRM makes no framebuffers of it
 * @rgb: the layout, for the functions in format_rgb.c
 * @index: the layout, for the functions in format_index.c
 * @yuv: the layout, for the functions in format_yuv.c
 * @packed: the layout, for the functions in format_yuv.c that read 10-bit fields
 * @bytes: return the pixels of a walk within the image, four bytes per pixel: blue, green, red,
 *         alpha. They are in the image, if it has this layout, or else in the buffer. Alpha is
 *         undefined in formats without. NULL if channels do not have 8 bits
 * @columns: read the same bytes of a walk along a column, and of the next RVKMS_FORMAT_COLUMNS - 1
 *           columns to the right, always to the buffer; @pitch is the distance of the columns
 *           there, in bytes. NULL only if @bytes is
 * @rounded: convert the pixels of a walk within the image to four bytes per pixel: blue, green,
 *           red, padding, rounded to 8 bits per channel. NULL if that is not faster than @read
 * @rounded_pair: as @rounded, for a walk to the right from an even column in an even row, and for
 *                the row below, which has the same chroma; @pitch is the distance of the rows in
 *                the buffer, in bytes. NULL if that is not faster than @rounded
 * @read: convert the pixels of a walk within the image to composer pixels. The walk is valid:
 *        callers clip it
 * @write: convert the composer pixels of a line to pixels in memory, each channel rounded to
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
 * @count: number of formats
 */
struct rvkms_format_list {
	const struct rvkms_format *formats;
	u32 count;
};

/**
 * enum rvkms_plane_kind - the type of a plane, and its use
 * @RVKMS_PLANE_PRIMARY: the desktop
 * @RVKMS_PLANE_OVERLAY: videos
 * @RVKMS_PLANE_CURSOR: the cursor
 */
enum rvkms_plane_kind {
	RVKMS_PLANE_PRIMARY,
	RVKMS_PLANE_OVERLAY,
	RVKMS_PLANE_CURSOR,
};

/* The largest number of formats of a plane: IN_FORMATS has one bit per format. */
#define RVKMS_MAX_PLANE_FORMATS 64

const struct rvkms_format *rvkms_format_find(u32 fourcc);
const struct rvkms_format *rvkms_format_at(u32 index);
bool rvkms_format_is_offered(const struct rvkms_format *format, enum rvkms_plane_kind kind);
bool rvkms_format_has_palette(const struct rvkms_format *format);
u32 rvkms_format_list_readable(enum rvkms_plane_kind kind, u32 *fourccs, u32 max);
u32 rvkms_format_list_writable(u32 *fourccs, u32 max);

#endif /* RVKMS_CORE_PIXEL_FORMAT_H */
