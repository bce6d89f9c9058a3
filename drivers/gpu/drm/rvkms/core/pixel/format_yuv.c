// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Reads YUV formats, and writes NV12. A walk consists of runs of pixels that share a sample of
 * chroma. The chroma part of the conversion is done once per run. rvkms_yuv_packed() converts
 * samples of 8 bits, rvkms_yuv_pixel() samples of more bits.
 */

#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include <uapi/drm/drm_fourcc.h>

#include "format_yuv.h"
#include "image.h"
#include "packed.h"
#include "unorm.h"
#include "yuv.h"
#include "yuv_table.h"

/* The samples of one component along a walk. */
struct cursor {
	const u8 *data;
	size_t at;
	size_t step;
};

/* One sample per step. */
static struct cursor cursor_create(const struct rvkms_image *image, const struct rvkms_walk *walk,
				   const struct rvkms_sample *sample, u8 log2_hsub, u8 log2_vsub)
{
	const struct rvkms_image_plane *plane = &image->planes[sample->plane];

	return (struct cursor){
		.data = plane->data + sample->offset,
		.at = rvkms_plane_offset(plane->pitch, walk->x >> log2_hsub,
					 walk->y >> log2_vsub, sample->bytes),
		.step = rvkms_plane_offset(plane->pitch, walk->dx, walk->dy, sample->bytes),
	};
}

/* Returns the pixels from @position on that share a sample of chroma, in the direction of @step. */
static u32 pixels_left(s64 position, s32 step, u8 log2_sub)
{
	const u32 length = 1u << log2_sub;
	const u32 place = position & (length - 1);

	return step > 0 ? length - place : place + 1;
}

static u32 first_run(const struct rvkms_walk *walk, u8 log2_hsub, u8 log2_vsub)
{
	return walk->dx ? pixels_left(walk->x, walk->dx, log2_hsub)
			: pixels_left(walk->y, walk->dy, log2_vsub);
}

/* Loads a sample that may not take up whole bytes. */
static u16 load_sample(const u8 *memory, const struct rvkms_sample *sample)
{
	const u32 number = sample->shift + sample->bits <= 8 ? *memory
							     : get_unaligned_le16(memory);

	return number >> sample->shift & rvkms_unorm_max(sample->bits);
}

static void read_opacity(const struct rvkms_image *image, const struct rvkms_walk *walk,
			 struct rvkms_pixel *pixels)
{
	const struct rvkms_sample *a = &image->format->yuv.a;
	const u64 widener = rvkms_unorm_widener(a->bits);
	struct cursor cursor = cursor_create(image, walk, a, 0, 0);

	for (u32 i = 0; i < walk->count; i++, cursor.at += cursor.step)
		pixels[i].a = rvkms_unorm_scale(load_sample(cursor.data + cursor.at, a), widener);
}

/* Left to right, two bytes of chroma per two pixels. */
static void round_pairs(const struct rvkms_yuv_byte_table *table, const u8 *luma, const u8 *blue,
			const u8 *red, u8 *bytes, u32 count)
{
	for (size_t i = 0; i < count; i += 2) {
		const u64 chroma = rvkms_yuv_byte_chroma(table, blue[i], red[i]);

		put_unaligned_le32(rvkms_yuv_bytes(table, luma[i], chroma), bytes + 4 * i);
		put_unaligned_le32(rvkms_yuv_bytes(table, luma[i + 1], chroma), bytes + 4 * i + 4);
	}
}

/* Every sample is a byte. */
static void round_bytes(const struct rvkms_image *image, const struct rvkms_walk *walk, u8 *bytes)
{
	const struct rvkms_yuv_byte_table *table = rvkms_yuv_byte_table(image->encoding,
									image->range);
	const struct rvkms_yuv_layout *layout = &image->format->yuv;
	const u8 log2_hsub = layout->log2_hsub, log2_vsub = layout->log2_vsub;
	const u32 whole_run = 1u << (walk->dx ? log2_hsub : log2_vsub);
	struct cursor y = cursor_create(image, walk, &layout->y, 0, 0);
	struct cursor cb = cursor_create(image, walk, &layout->cb, log2_hsub, log2_vsub);
	struct cursor cr = cursor_create(image, walk, &layout->cr, log2_hsub, log2_vsub);
	const bool has_pairs = whole_run == 2 && y.step == 1 && cb.step == 2;
	u32 run = first_run(walk, log2_hsub, log2_vsub);
	u32 left = walk->count;

	while (left) {
		u32 pixels = min(run, left), samples = 1;

		if (has_pairs && pixels == 2) {
			samples = left / 2;
			pixels = 2 * samples;
			round_pairs(table, y.data + y.at, cb.data + cb.at, cr.data + cr.at, bytes,
				    pixels);
		} else {
			const u64 chroma = rvkms_yuv_byte_chroma(table, cb.data[cb.at],
								 cr.data[cr.at]);

			for (u32 i = 0; i < pixels; i++)
				put_unaligned_le32(rvkms_yuv_bytes(table,
								   y.data[y.at + i * y.step],
								   chroma), bytes + 4 * i);
		}

		bytes += 4 * (size_t)pixels;
		left -= pixels;
		run = whole_run;
		y.at += pixels * y.step;
		cb.at += samples * cb.step;
		cr.at += samples * cr.step;
	}
}

/* One sample of chroma for two pixels of both rows. */
static void round_pair(const struct rvkms_image *image, const struct rvkms_walk *walk, u8 *bytes,
		       ptrdiff_t pitch)
{
	const struct rvkms_yuv_byte_table *table = rvkms_yuv_byte_table(image->encoding,
									image->range);
	const struct rvkms_yuv_layout *layout = &image->format->yuv;
	const struct cursor y = cursor_create(image, walk, &layout->y, 0, 0);
	const struct cursor cb = cursor_create(image, walk, &layout->cb, 1, 1);
	const struct cursor cr = cursor_create(image, walk, &layout->cr, 1, 1);
	const u8 *upper = y.data + y.at, *lower = upper + image->planes[layout->y.plane].pitch;
	const u8 *blue = cb.data + cb.at, *red = cr.data + cr.at;
	u64 chroma;
	u32 i;

	for (i = 0; i + 1 < walk->count; i += 2, blue += cb.step, red += cr.step, bytes += 8) {
		chroma = rvkms_yuv_byte_chroma(table, *blue, *red);
		put_unaligned_le32(rvkms_yuv_bytes(table, upper[i], chroma), bytes);
		put_unaligned_le32(rvkms_yuv_bytes(table, upper[i + 1], chroma), bytes + 4);
		put_unaligned_le32(rvkms_yuv_bytes(table, lower[i], chroma), bytes + pitch);
		put_unaligned_le32(rvkms_yuv_bytes(table, lower[i + 1], chroma), bytes + pitch + 4);
	}

	if (i < walk->count) {
		chroma = rvkms_yuv_byte_chroma(table, *blue, *red);
		put_unaligned_le32(rvkms_yuv_bytes(table, upper[i], chroma), bytes);
		put_unaligned_le32(rvkms_yuv_bytes(table, lower[i], chroma), bytes + pitch);
	}
}

static void round_luma(const struct rvkms_image *image, const struct rvkms_walk *walk, u8 *bytes)
{
	const struct rvkms_yuv_byte_table *table = rvkms_yuv_byte_table(image->encoding,
									image->range);
	const u64 grey = rvkms_yuv_byte_chroma(table, 128, 128);
	struct cursor y = cursor_create(image, walk, &image->format->yuv.y, 0, 0);

	for (size_t i = 0; i < walk->count; i++, y.at += y.step)
		put_unaligned_le32(rvkms_yuv_bytes(table, y.data[y.at], grey), bytes + 4 * i);
}

static void read_luma(const struct rvkms_image *image, const struct rvkms_walk *walk,
		      struct rvkms_pixel *pixels)
{
	const struct rvkms_yuv_table *table = rvkms_yuv_table(image->encoding, image->range);
	const struct rvkms_yuv_entry grey = rvkms_yuv_chroma(table, 128, 128);
	struct cursor y = cursor_create(image, walk, &image->format->yuv.y, 0, 0);

	for (u32 i = 0; i < walk->count; i++, y.at += y.step)
		pixels[i] = rvkms_packed_pixel(rvkms_yuv_packed(table, y.data[y.at], grey));
}

static void read_bytes(const struct rvkms_image *image, const struct rvkms_walk *walk,
		       struct rvkms_pixel *pixels)
{
	const struct rvkms_yuv_table *table = rvkms_yuv_table(image->encoding, image->range);
	const struct rvkms_yuv_layout *layout = &image->format->yuv;
	const u8 log2_hsub = layout->log2_hsub, log2_vsub = layout->log2_vsub;
	const u32 whole_run = 1u << (walk->dx ? log2_hsub : log2_vsub);
	struct cursor y = cursor_create(image, walk, &layout->y, 0, 0);
	struct cursor cb = cursor_create(image, walk, &layout->cb, log2_hsub, log2_vsub);
	struct cursor cr = cursor_create(image, walk, &layout->cr, log2_hsub, log2_vsub);
	u32 run = first_run(walk, log2_hsub, log2_vsub);
	u32 left = walk->count;

	while (left) {
		const struct rvkms_yuv_entry chroma =
			rvkms_yuv_chroma(table, cb.data[cb.at], cr.data[cr.at]);

		run = min(run, left);
		left -= run;
		for (; run; run--, y.at += y.step)
			*pixels++ = rvkms_packed_pixel(rvkms_yuv_packed(table, y.data[y.at],
									chroma));

		run = whole_run;
		cb.at += cb.step;
		cr.at += cr.step;
	}
}

static void read_bytes_with_opacity(const struct rvkms_image *image,
				    const struct rvkms_walk *walk, struct rvkms_pixel *pixels)
{
	read_bytes(image, walk, pixels);
	read_opacity(image, walk, pixels);
}

/* Every sample is within two bytes. */
static void read_words(const struct rvkms_image *image, const struct rvkms_walk *walk,
		       struct rvkms_pixel *pixels)
{
	const struct rvkms_yuv_layout *layout = &image->format->yuv;
	const u8 log2_hsub = layout->log2_hsub, log2_vsub = layout->log2_vsub;
	const struct rvkms_yuv yuv = rvkms_yuv_create(image->encoding, image->range,
						      layout->depth);
	const u32 whole_run = 1u << (walk->dx ? log2_hsub : log2_vsub);
	struct cursor y = cursor_create(image, walk, &layout->y, 0, 0);
	struct cursor cb = cursor_create(image, walk, &layout->cb, log2_hsub, log2_vsub);
	struct cursor cr = cursor_create(image, walk, &layout->cr, log2_hsub, log2_vsub);
	u32 run = first_run(walk, log2_hsub, log2_vsub);
	u32 left = walk->count;

	while (left) {
		const u16 u = load_sample(cb.data + cb.at, &layout->cb);
		const u16 v = load_sample(cr.data + cr.at, &layout->cr);

		run = min(run, left);
		left -= run;
		for (; run; run--, y.at += y.step)
			*pixels++ = rvkms_yuv_pixel(&yuv, load_sample(y.data + y.at, &layout->y),
						    u, v);

		run = whole_run;
		cb.at += cb.step;
		cr.at += cr.step;
	}
}

static void read_words_with_opacity(const struct rvkms_image *image,
				    const struct rvkms_walk *walk, struct rvkms_pixel *pixels)
{
	read_words(image, walk, pixels);
	read_opacity(image, walk, pixels);
}

/* A 10-bit field of a row always starts in one byte and ends in the next. */
static u16 load_field(const u8 *row, u64 field, bool is_padded)
{
	u64 bit = field * 10;

	if (is_padded) {
		u32 place;

		bit = div_u64_rem(field, 3, &place) * 32;
		bit += place * 10;
	}

	return get_unaligned_le16(row + bit / 8) >> bit % 8 & 0x3ff;
}

static u16 load_run(const struct rvkms_image *image, const struct rvkms_run *run, u64 column,
		    u64 row)
{
	const struct rvkms_image_plane *plane = &image->planes[run->plane];

	return load_field(plane->data + (size_t)row * plane->pitch,
			  column * run->step + run->first, image->format->packed.is_padded);
}

static void read_packed(const struct rvkms_image *image, const struct rvkms_walk *walk,
			struct rvkms_pixel *pixels)
{
	const struct rvkms_packed_layout *layout = &image->format->packed;
	const struct rvkms_yuv yuv = rvkms_yuv_create(image->encoding, image->range, 10);
	s64 x = walk->x;
	s64 y = walk->y;

	for (u32 i = 0; i < walk->count; i++, x += walk->dx, y += walk->dy) {
		const u64 column = x >> layout->log2_hsub;
		const u64 row = y >> layout->log2_vsub;
		u16 u = yuv.neutral;
		u16 v = yuv.neutral;

		if (layout->cb.step) {
			u = load_run(image, &layout->cb, column, row);
			v = load_run(image, &layout->cr, column, row);
		}
		pixels[i] = rvkms_yuv_pixel(&yuv, load_run(image, &layout->y, x, y), u, v);
	}
}

/*
 * Tiles of 2 x 2 pixels: one word for the upper two pixels and one for the lower two. Luma starts
 * at bits 0 and 20, alpha is in bits 30 and 31. Chroma starts at bit 10: blue-difference chroma in
 * the upper word, red-difference chroma in the lower word. A row of tiles takes up two rows of
 * memory.
 */
static void read_tiles(const struct rvkms_image *image, const struct rvkms_walk *walk,
		       struct rvkms_pixel *pixels)
{
	const struct rvkms_image_plane *plane = &image->planes[0];
	const u8 depth = image->format->yuv.depth;
	const u8 unused = 10 - depth;
	const struct rvkms_yuv yuv = rvkms_yuv_create(image->encoding, image->range, depth);
	const u16 mask = rvkms_unorm_max(depth);
	s64 x = walk->x;
	s64 y = walk->y;

	for (u32 i = 0; i < walk->count; i++, x += walk->dx, y += walk->dy) {
		const u8 *tile = plane->data + rvkms_plane_offset(plane->pitch, x / 2, y & ~1ll, 8);
		const u32 upper = get_unaligned_le32(tile);
		const u32 lower = get_unaligned_le32(tile + 4);
		const u32 word = y & 1 ? lower : upper;

		pixels[i] = rvkms_yuv_pixel(&yuv, word >> (x & 1 ? 20 : 0) >> unused & mask,
					    upper >> 10 >> unused & mask,
					    lower >> 10 >> unused & mask);
		if (image->format->has_alpha && !(word >> (x & 1 ? 31 : 30) & 1))
			pixels[i].a = 0;
	}
}

/* BT.601 in the limited range, the default of planes. */
static u8 luma_of(struct rvkms_pixel p)
{
	const u64 sum = 219ull * (299 * p.r + 587 * p.g + 114 * p.b);

	return 16 + div_u64(sum + 65535 * 1000 / 2, 65535 * 1000);
}

/* Returns round(128 + 224 sum / (4 * 65535 * scale)), for the sum of four pixels. */
static u8 chroma_of(s64 sum, u32 scale)
{
	const u32 unit = 4 * 65535 * scale;

	return div_u64(224 * sum + 128ll * unit + unit / 2, unit);
}

static s64 blue_difference(struct rvkms_pixel p)
{
	return 886ll * p.b - 587ll * p.g - 299ll * p.r;
}

static s64 red_difference(struct rvkms_pixel p)
{
	return 701ll * p.r - 587ll * p.g - 114ll * p.b;
}

/*
 * Chroma is computed from the mean of the 2 x 2 pixels that share it. With an odd size, the last
 * column or line is used twice.
 */
static void write_nv12(const struct rvkms_target *target, u32 y, const struct rvkms_pixel *line,
		       const struct rvkms_pixel *above)
{
	const struct rvkms_target_plane *luma = &target->planes[0];
	const struct rvkms_target_plane *chroma = &target->planes[1];
	u8 *row = luma->data + rvkms_plane_offset(luma->pitch, 0, y, 0);

	for (u32 x = 0; x < target->width; x++)
		row[x] = luma_of(line[x]);

	if (y % 2 == 0) {
		if (y != target->height - 1)
			return;
		above = line;
	}

	row = chroma->data + rvkms_plane_offset(chroma->pitch, 0, y / 2, 0);
	for (u32 x = 0; x < target->width; x += 2) {
		const u32 next = min(x + 1, target->width - 1);

		row[x] = chroma_of(blue_difference(above[x]) + blue_difference(above[next]) +
				   blue_difference(line[x]) + blue_difference(line[next]), 1772);
		row[x + 1] = chroma_of(red_difference(above[x]) + red_difference(above[next]) +
				       red_difference(line[x]) + red_difference(line[next]), 1402);
	}
}

#define YUV(_code, _planes, _group_w, _group_h, ...)						\
	.fourcc = DRM_FORMAT_##_code, .num_planes = _planes, .group_width = _group_w,		\
	.group_height = _group_h, .is_yuv = true, __VA_ARGS__

/* A sample: plane, bytes from one sample to the next, first byte, lowest bit, number of bits. */
#define SAMPLE(...) { __VA_ARGS__ }
#define BYTE(_plane, _bytes, _offset) SAMPLE(_plane, _bytes, _offset, 0, 8)

/* One plane, with one sample of chroma per pixel, or per two columns. */
#define PACKED_444(_code, _read, _depth, ...)							\
	YUV(_code, 1, 1, 1, .yuv = { .depth = _depth, __VA_ARGS__ }, .read = _read)
#define PACKED_422(_code, _read, _depth, ...)							\
	YUV(_code, 1, 2, 1, .yuv = { .depth = _depth, .log2_hsub = 1, __VA_ARGS__ },		\
	    .read = _read)

/*
 * Two planes, the second with both components of chroma. @_u and @_v are their order. The last
 * arguments are the lowest bit and the number of bits of a sample.
 */
#define SEMI_8(_code, _log2_hsub, _log2_vsub, _u, _v, ...)					\
	YUV(_code, 2, 1, 1, .yuv = { .depth = 8, .log2_hsub = _log2_hsub,			\
				     .log2_vsub = _log2_vsub, .y = BYTE(0, 1, 0),		\
				     .cb = BYTE(1, 2, _u), .cr = BYTE(1, 2, _v) },		\
	    .rounded = round_bytes, .read = read_bytes, __VA_ARGS__)
#define SEMI_16(_code, _log2_hsub, _log2_vsub, _depth, ...)					\
	YUV(_code, 2, 1, 1, .yuv = { .depth = _depth, .log2_hsub = _log2_hsub,			\
				     .log2_vsub = _log2_vsub,					\
				     .y = SAMPLE(0, 2, 0, __VA_ARGS__),				\
				     .cb = SAMPLE(1, 4, 0, __VA_ARGS__),			\
				     .cr = SAMPLE(1, 4, 2, __VA_ARGS__) },			\
	    .read = read_words)

/* Three planes; @_u and @_v are the planes of the components. */
#define PLANAR_8(_code, _log2_hsub, _log2_vsub, _u, _v, ...)					\
	YUV(_code, 3, 1, 1, .yuv = { .depth = 8, .log2_hsub = _log2_hsub,			\
				     .log2_vsub = _log2_vsub, .y = BYTE(0, 1, 0),		\
				     .cb = BYTE(_u, 1, 0), .cr = BYTE(_v, 1, 0) },		\
	    .rounded = round_bytes, .read = read_bytes, __VA_ARGS__)
#define PLANAR_16(_code, _log2_hsub, _log2_vsub, _u, _v, _depth, ...)				\
	YUV(_code, 3, 1, 1, .yuv = { .depth = _depth, .log2_hsub = _log2_hsub,			\
				     .log2_vsub = _log2_vsub,					\
				     .y = SAMPLE(0, 2, 0, __VA_ARGS__),				\
				     .cb = SAMPLE(_u, 2, 0, __VA_ARGS__),			\
				     .cr = SAMPLE(_v, 2, 0, __VA_ARGS__) },			\
	    .read = read_words)

/* 10-bit fields, several of which share bytes. */
#define FIELDS(_code, _planes, _is_padded, _log2_hsub, _log2_vsub, ...)				\
	YUV(_code, _planes, 1, 1, .packed = { .is_padded = _is_padded, .log2_hsub = _log2_hsub,	\
					      .log2_vsub = _log2_vsub, __VA_ARGS__ },		\
	    .read = read_packed)
#define SEMI_FIELDS(_code, _is_padded, _log2_hsub, _log2_vsub)					\
	FIELDS(_code, 2, _is_padded, _log2_hsub, _log2_vsub, .y = { 0, 1, 0 },			\
	       .cb = { 1, 2, 0 }, .cr = { 1, 2, 1 })

#define TILES(_code, _depth)									\
	YUV(_code, 1, 2, 2, .yuv = { .depth = _depth, .log2_hsub = 1, .log2_vsub = 1 },		\
	    .read = read_tiles)

static const struct rvkms_format formats[] = {
	/* Before NV12: IGT continues with the last format of a primary plane, and must know it. */
	{ PACKED_444(Y8, read_luma, 8, .y = BYTE(0, 1, 0)), .rounded = round_luma },
	{ FIELDS(XYYY2101010, 1, true, 0, 0, .y = { 0, 1, 0 }) },
	{ SEMI_8(NV12, 1, 1, 0, 1, .rounded_pair = round_pair, .write = write_nv12) },
	{ SEMI_8(NV21, 1, 1, 1, 0, .rounded_pair = round_pair) },
	{ SEMI_8(NV16, 1, 0, 0, 1) },
	{ SEMI_8(NV61, 1, 0, 1, 0) },
	{ SEMI_8(NV24, 0, 0, 0, 1) },
	{ SEMI_8(NV42, 0, 0, 1, 0) },
	{ SEMI_16(P010, 1, 1, 10, 6, 10) },
	{ SEMI_16(P012, 1, 1, 12, 4, 12) },
	{ SEMI_16(P016, 1, 1, 16, 0, 16) },
	{ SEMI_16(P210, 1, 0, 10, 6, 10) },
	{ SEMI_FIELDS(NV15, false, 1, 1) },
	{ SEMI_FIELDS(NV20, false, 1, 0) },
	{ SEMI_FIELDS(NV30, false, 0, 0) },
	{ SEMI_FIELDS(P030, true, 1, 1) },
	{ SEMI_FIELDS(P230, true, 1, 0) },
	{ PLANAR_8(YUV410, 2, 2, 1, 2) },
	{ PLANAR_8(YVU410, 2, 2, 2, 1) },
	{ PLANAR_8(YUV411, 2, 0, 1, 2) },
	{ PLANAR_8(YVU411, 2, 0, 2, 1) },
	{ PLANAR_8(YUV420, 1, 1, 1, 2, .rounded_pair = round_pair) },
	{ PLANAR_8(YVU420, 1, 1, 2, 1, .rounded_pair = round_pair) },
	{ PLANAR_8(YUV422, 1, 0, 1, 2) },
	{ PLANAR_8(YVU422, 1, 0, 2, 1) },
	{ PLANAR_8(YUV444, 0, 0, 1, 2) },
	{ PLANAR_8(YVU444, 0, 0, 2, 1) },
	{ PLANAR_16(Q410, 0, 0, 1, 2, 10, 6, 10) },
	{ PLANAR_16(Q401, 0, 0, 2, 1, 10, 6, 10) },
	{ PLANAR_16(S010, 1, 1, 1, 2, 10, 0, 10) },
	{ PLANAR_16(S210, 1, 0, 1, 2, 10, 0, 10) },
	{ PLANAR_16(S410, 0, 0, 1, 2, 10, 0, 10) },
	{ PLANAR_16(S012, 1, 1, 1, 2, 12, 0, 12) },
	{ PLANAR_16(S212, 1, 0, 1, 2, 12, 0, 12) },
	{ PLANAR_16(S412, 0, 0, 1, 2, 12, 0, 12) },
	{ PLANAR_16(S016, 1, 1, 1, 2, 16, 0, 16) },
	{ PLANAR_16(S216, 1, 0, 1, 2, 16, 0, 16) },
	{ PLANAR_16(S416, 0, 0, 1, 2, 16, 0, 16) },
	{ FIELDS(T430, 3, true, 0, 0, .y = { 0, 1, 0 }, .cb = { 1, 1, 0 }, .cr = { 2, 1, 0 }) },
	{ PACKED_422(YUYV, read_bytes, 8, .y = BYTE(0, 2, 0), .cb = BYTE(0, 4, 1),
		     .cr = BYTE(0, 4, 3)),
	  .rounded = round_bytes },
	{ PACKED_422(YVYU, read_bytes, 8, .y = BYTE(0, 2, 0), .cb = BYTE(0, 4, 3),
		     .cr = BYTE(0, 4, 1)),
	  .rounded = round_bytes },
	{ PACKED_422(UYVY, read_bytes, 8, .y = BYTE(0, 2, 1), .cb = BYTE(0, 4, 0),
		     .cr = BYTE(0, 4, 2)),
	  .rounded = round_bytes },
	{ PACKED_422(VYUY, read_bytes, 8, .y = BYTE(0, 2, 1), .cb = BYTE(0, 4, 2),
		     .cr = BYTE(0, 4, 0)),
	  .rounded = round_bytes },
	{ PACKED_422(Y210, read_words, 10, .y = SAMPLE(0, 4, 0, 6, 10),
		     .cb = SAMPLE(0, 8, 2, 6, 10), .cr = SAMPLE(0, 8, 6, 6, 10)) },
	{ PACKED_422(Y212, read_words, 12, .y = SAMPLE(0, 4, 0, 4, 12),
		     .cb = SAMPLE(0, 8, 2, 4, 12), .cr = SAMPLE(0, 8, 6, 4, 12)) },
	{ PACKED_422(Y216, read_words, 16, .y = SAMPLE(0, 4, 0, 0, 16),
		     .cb = SAMPLE(0, 8, 2, 0, 16), .cr = SAMPLE(0, 8, 6, 0, 16)) },
	{ PACKED_444(AYUV, read_bytes_with_opacity, 8, .y = BYTE(0, 4, 2), .cb = BYTE(0, 4, 1),
		     .cr = BYTE(0, 4, 0), .a = BYTE(0, 4, 3)),
	  .rounded = round_bytes, .has_alpha = true },
	{ PACKED_444(XYUV8888, read_bytes, 8, .y = BYTE(0, 4, 2), .cb = BYTE(0, 4, 1),
		     .cr = BYTE(0, 4, 0)),
	  .rounded = round_bytes },
	{ PACKED_444(VUY888, read_bytes, 8, .y = BYTE(0, 3, 0), .cb = BYTE(0, 3, 1),
		     .cr = BYTE(0, 3, 2)),
	  .rounded = round_bytes },
	{ PACKED_444(XVUY2101010, read_words, 10, .y = SAMPLE(0, 4, 0, 0, 10),
		     .cb = SAMPLE(0, 4, 1, 2, 10), .cr = SAMPLE(0, 4, 2, 4, 10)) },
	{ PACKED_444(XVYU2101010, read_words, 10, .cb = SAMPLE(0, 4, 0, 0, 10),
		     .y = SAMPLE(0, 4, 1, 2, 10), .cr = SAMPLE(0, 4, 2, 4, 10)) },
	{ PACKED_444(Y410, read_words_with_opacity, 10, .cb = SAMPLE(0, 4, 0, 0, 10),
		     .y = SAMPLE(0, 4, 1, 2, 10), .cr = SAMPLE(0, 4, 2, 4, 10),
		     .a = SAMPLE(0, 4, 3, 6, 2)), .has_alpha = true },
	{ PACKED_444(XVYU12_16161616, read_words, 12, .cb = SAMPLE(0, 8, 0, 4, 12),
		     .y = SAMPLE(0, 8, 2, 4, 12), .cr = SAMPLE(0, 8, 4, 4, 12)) },
	{ PACKED_444(Y412, read_words_with_opacity, 12, .cb = SAMPLE(0, 8, 0, 4, 12),
		     .y = SAMPLE(0, 8, 2, 4, 12), .cr = SAMPLE(0, 8, 4, 4, 12),
		     .a = SAMPLE(0, 8, 6, 4, 12)), .has_alpha = true },
	{ PACKED_444(XVYU16161616, read_words, 16, .cb = SAMPLE(0, 8, 0, 0, 16),
		     .y = SAMPLE(0, 8, 2, 0, 16), .cr = SAMPLE(0, 8, 4, 0, 16)) },
	{ PACKED_444(Y416, read_words_with_opacity, 16, .cb = SAMPLE(0, 8, 0, 0, 16),
		     .y = SAMPLE(0, 8, 2, 0, 16), .cr = SAMPLE(0, 8, 4, 0, 16),
		     .a = SAMPLE(0, 8, 6, 0, 16)), .has_alpha = true },
	{ TILES(Y0L0, 8), .has_alpha = true },
	{ TILES(X0L0, 8) },
	{ TILES(Y0L2, 10), .has_alpha = true },
	{ TILES(X0L2, 10) },
	{ PACKED_444(AVUY8888, read_bytes_with_opacity, 8, .y = BYTE(0, 4, 0),
		     .cb = BYTE(0, 4, 1), .cr = BYTE(0, 4, 2), .a = BYTE(0, 4, 3)),
	  .rounded = round_bytes, .has_alpha = true, .is_unlisted = true },
	{ PACKED_444(XVUY8888, read_bytes, 8, .y = BYTE(0, 4, 0), .cb = BYTE(0, 4, 1),
		     .cr = BYTE(0, 4, 2)), .rounded = round_bytes, .is_unlisted = true },
};

const struct rvkms_format_list rvkms_yuv_formats = { formats, ARRAY_SIZE(formats) };
