// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Reads and writes RGB formats. Formats are little endian by definition (drm_fourcc.h). A pixel is
 * loaded as a little-endian number, never through a cast; its channels are fields of that number.
 *
 * One reader and one writer take the fields from the format's layout. The most common formats have
 * readers with a layout that is known to the compiler, which are two to four times as fast.
 */

#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include <uapi/drm/drm_fourcc.h>

#include "format_rgb.h"
#include "half.h"
#include "image.h"
#include "unorm.h"

static u64 load(const u8 *memory, u8 bytes)
{
	switch (bytes) {
	case 1:
		return *memory;
	case 2:
		return get_unaligned_le16(memory);
	case 3:
		return get_unaligned_le24(memory);
	case 4:
		return get_unaligned_le32(memory);
	case 6:
		return get_unaligned_le32(memory) | (u64)get_unaligned_le16(memory + 4) << 32;
	default:
		return get_unaligned_le64(memory);
	}
}

static void store(u64 number, u8 *memory, u8 bytes)
{
	for (u8 i = 0; i < bytes; i++)
		memory[i] = number >> 8 * i & 0xff;
}

static u16 field_of(u64 number, struct rvkms_field field)
{
	return number >> field.shift & rvkms_unorm_max(field.bits);
}

/* Plane 1 of these formats has one byte of alpha per pixel. */
static void read_opacity_plane(const struct rvkms_image *image, const struct rvkms_walk *walk,
			       struct rvkms_pixel *pixels)
{
	const struct rvkms_image_plane *plane = &image->planes[1];
	const size_t step = rvkms_plane_offset(plane->pitch, walk->dx, walk->dy, 1);
	size_t at = rvkms_plane_offset(plane->pitch, walk->x, walk->y, 1);

	for (u32 i = 0; i < walk->count; i++, at += step)
		pixels[i].a = plane->data[at] * 257;
}

static void read_number(const struct rvkms_image *image, const struct rvkms_walk *walk,
			struct rvkms_pixel *pixels)
{
	const struct rvkms_rgb_layout layout = image->format->rgb;
	const struct rvkms_image_plane *plane = &image->planes[0];
	const size_t step = rvkms_plane_offset(plane->pitch, walk->dx, walk->dy, layout.bytes);
	const bool has_alpha = image->format->has_alpha;
	const u64 b = rvkms_unorm_widener(layout.b.bits);
	const u64 g = rvkms_unorm_widener(layout.g.bits);
	const u64 r = rvkms_unorm_widener(layout.r.bits);
	const u64 a = rvkms_unorm_widener(layout.a.bits);
	size_t at = rvkms_plane_offset(plane->pitch, walk->x, walk->y, layout.bytes);

	for (u32 i = 0; i < walk->count; i++, at += step) {
		const u64 number = load(plane->data + at, layout.bytes);

		pixels[i] = (struct rvkms_pixel){
			.b = rvkms_unorm_scale(field_of(number, layout.b), b),
			.g = rvkms_unorm_scale(field_of(number, layout.g), g),
			.r = rvkms_unorm_scale(field_of(number, layout.r), r),
			.a = has_alpha ? rvkms_unorm_scale(field_of(number, layout.a), a)
				       : U16_MAX,
		};
	}
}

static void read_number_a8(const struct rvkms_image *image, const struct rvkms_walk *walk,
			   struct rvkms_pixel *pixels)
{
	read_number(image, walk, pixels);
	read_opacity_plane(image, walk, pixels);
}

static void read_half(const struct rvkms_image *image, const struct rvkms_walk *walk,
		      struct rvkms_pixel *pixels)
{
	const struct rvkms_rgb_layout *layout = &image->format->rgb;
	const struct rvkms_image_plane *plane = &image->planes[0];
	const size_t step = rvkms_plane_offset(plane->pitch, walk->dx, walk->dy, layout->bytes);
	const bool has_alpha = image->format->has_alpha;
	size_t at = rvkms_plane_offset(plane->pitch, walk->x, walk->y, layout->bytes);

	for (u32 i = 0; i < walk->count; i++, at += step) {
		const u64 number = load(plane->data + at, layout->bytes);

		pixels[i] = (struct rvkms_pixel){
			.b = rvkms_half_to_unorm(field_of(number, layout->b)),
			.g = rvkms_half_to_unorm(field_of(number, layout->g)),
			.r = rvkms_half_to_unorm(field_of(number, layout->r)),
			.a = has_alpha ? rvkms_half_to_unorm(field_of(number, layout->a))
				       : U16_MAX,
		};
	}
}

/* The order of four 8-bit channels, uppermost first. */
enum order {
	ORDER_ARGB,
	ORDER_ABGR,
	ORDER_RGBA,
	ORDER_BGRA,
};

static u32 swap_outer_channels(u32 number)
{
	return (number & 0xff00ff00) | (number >> 16 & 0xff) | (number & 0xff) << 16;
}

static __always_inline u32 to_argb(u32 number, enum order order)
{
	switch (order) {
	case ORDER_ABGR:
		return swap_outer_channels(number);
	case ORDER_RGBA:
		return number >> 8 | number << 24;
	case ORDER_BGRA:
		return swap_outer_channels(number >> 8 | number << 24);
	default:
		return number;
	}
}

/* Spreads the bytes to 16 bits each, and multiplies all of them by 257 at once. */
static struct rvkms_pixel unpack_argb8888(u32 argb)
{
	const u64 halves = (argb | (u64)argb << 16) & 0x0000ffff0000ffff;
	const u64 bytes = (halves | halves << 8) & 0x00ff00ff00ff00ff;
	const u64 channels = bytes * 257;

	return (struct rvkms_pixel){
		.b = channels & 0xffff,
		.g = channels >> 16 & 0xffff,
		.r = channels >> 32 & 0xffff,
		.a = channels >> 48,
	};
}

static __always_inline void read_8888(const struct rvkms_image *image,
				      const struct rvkms_walk *walk,
				      struct rvkms_pixel *pixels, enum order order, bool has_alpha)
{
	const u8 *data = image->planes[0].data;
	const size_t step = rvkms_plane_offset(image->planes[0].pitch, walk->dx, walk->dy, 4);
	size_t at = rvkms_plane_offset(image->planes[0].pitch, walk->x, walk->y, 4);

	for (u32 i = 0; i < walk->count; i++, at += step) {
		const u32 argb = to_argb(get_unaligned_le32(data + at), order);

		pixels[i] = unpack_argb8888(has_alpha ? argb : argb | 0xff000000);
	}
}

static __always_inline const u8 *bytes_8888(const struct rvkms_image *image,
					    const struct rvkms_walk *walk, u8 *buffer,
					    enum order order)
{
	const u8 *data = image->planes[0].data;
	const size_t step = rvkms_plane_offset(image->planes[0].pitch, walk->dx, walk->dy, 4);
	size_t at = rvkms_plane_offset(image->planes[0].pitch, walk->x, walk->y, 4);

	if (order == ORDER_ARGB && walk->dx == 1)
		return data + at;

	for (u32 i = 0; i < walk->count; i++, at += step)
		put_unaligned_le32(to_argb(get_unaligned_le32(data + at), order),
				   buffer + 4 * (size_t)i);

	return buffer;
}

/* Rows to prefetch ahead, which the CPU does not predict: enough for the latency of memory. */
#define ROWS_AHEAD 48

/* Reads eight neighbouring pixels per row, and writes one to each of eight lines. */
static __always_inline void columns_8888(const struct rvkms_image *image,
					 const struct rvkms_walk *walk, u8 *buffer,
					 ptrdiff_t pitch, enum order order)
{
	const u8 *data = image->planes[0].data;
	const size_t step = rvkms_plane_offset(image->planes[0].pitch, walk->dx, walk->dy, 4);
	size_t at = rvkms_plane_offset(image->planes[0].pitch, walk->x, walk->y, 4);

	for (u32 i = 0; i < walk->count; i++, at += step, buffer += 4) {
		u64 first, second, third, fourth;

		/*
		 * The address may be outside of the image: a prefetch never faults. An integer,
		 * since a pointer must not leave its object.
		 */
		__builtin_prefetch((const void *)((uintptr_t)data + at + ROWS_AHEAD * step));
		first = get_unaligned_le64(data + at);
		second = get_unaligned_le64(data + at + 8);
		third = get_unaligned_le64(data + at + 16);
		fourth = get_unaligned_le64(data + at + 24);

		put_unaligned_le32(to_argb(first, order), buffer);
		put_unaligned_le32(to_argb(first >> 32, order), buffer + pitch);
		put_unaligned_le32(to_argb(second, order), buffer + 2 * pitch);
		put_unaligned_le32(to_argb(second >> 32, order), buffer + 3 * pitch);
		put_unaligned_le32(to_argb(third, order), buffer + 4 * pitch);
		put_unaligned_le32(to_argb(third >> 32, order), buffer + 5 * pitch);
		put_unaligned_le32(to_argb(fourth, order), buffer + 6 * pitch);
		put_unaligned_le32(to_argb(fourth >> 32, order), buffer + 7 * pitch);
	}
}

#define READ_8888(name, order, has_alpha)							\
static void read_##name(const struct rvkms_image *image, const struct rvkms_walk *walk,		\
			struct rvkms_pixel *pixels)						\
{												\
	read_8888(image, walk, pixels, order, has_alpha);					\
}

#define BYTES_8888(name, order)									\
static const u8 *bytes_##name(const struct rvkms_image *image, const struct rvkms_walk *walk,	\
			      u8 *buffer)							\
{												\
	return bytes_8888(image, walk, buffer, order);						\
}												\
												\
static void columns_##name(const struct rvkms_image *image, const struct rvkms_walk *walk,	\
			   u8 *buffer, ptrdiff_t pitch)						\
{												\
	columns_8888(image, walk, buffer, pitch, order);					\
}

READ_8888(xrgb8888, ORDER_ARGB, false)
READ_8888(xbgr8888, ORDER_ABGR, false)
READ_8888(rgbx8888, ORDER_RGBA, false)
READ_8888(bgrx8888, ORDER_BGRA, false)
READ_8888(argb8888, ORDER_ARGB, true)
READ_8888(abgr8888, ORDER_ABGR, true)
READ_8888(rgba8888, ORDER_RGBA, true)
READ_8888(bgra8888, ORDER_BGRA, true)

BYTES_8888(argb8888, ORDER_ARGB)
BYTES_8888(abgr8888, ORDER_ABGR)
BYTES_8888(rgba8888, ORDER_RGBA)
BYTES_8888(bgra8888, ORDER_BGRA)

/* round(65535 c / 31) and round(65535 c / 63). */
#define FIVE(c) ((65535 * (c) + 15) / 31)
#define SIX(c) ((65535 * (c) + 31) / 63)
#define EIGHT(entry, n)										\
	entry(n), entry((n) + 1), entry((n) + 2), entry((n) + 3),				\
	entry((n) + 4), entry((n) + 5), entry((n) + 6), entry((n) + 7)

static const u16 five_bits[] = {
	EIGHT(FIVE, 0), EIGHT(FIVE, 8), EIGHT(FIVE, 16), EIGHT(FIVE, 24),
};

static const u16 six_bits[] = {
	EIGHT(SIX, 0), EIGHT(SIX, 8), EIGHT(SIX, 16), EIGHT(SIX, 24),
	EIGHT(SIX, 32), EIGHT(SIX, 40), EIGHT(SIX, 48), EIGHT(SIX, 56),
};

/*
 * Rounding to 16 bits and then to 8 equals rounding to 8: 255 and 257 are odd. For every c,
 * round(255 c / 31) is (527 c + 23) / 64 and round(255 c / 63) is (259 c + 33) / 64, in integers.
 */
static u32 bytes_of_rgb565(u32 number)
{
	const u32 red_and_blue = (number & 0xf800) << 5 | (number & 0x1f);
	const u32 green = number & 0x07e0;

	return ((red_and_blue * 527 + (23 << 16 | 23)) >> 6 & 0x00ff00ff) |
	       ((green * 259 + (33 << 5)) >> 3 & 0x0000ff00);
}

static void round_rgb565(const struct rvkms_image *image, const struct rvkms_walk *walk, u8 *bytes)
{
	const u8 *data = image->planes[0].data;
	const size_t step = rvkms_plane_offset(image->planes[0].pitch, walk->dx, walk->dy, 2);
	size_t at = rvkms_plane_offset(image->planes[0].pitch, walk->x, walk->y, 2);

	for (size_t i = 0; i < walk->count; i++, at += step)
		put_unaligned_le32(bytes_of_rgb565(get_unaligned_le16(data + at)), bytes + 4 * i);
}

static void read_rgb565(const struct rvkms_image *image, const struct rvkms_walk *walk,
			struct rvkms_pixel *pixels)
{
	const u8 *data = image->planes[0].data;
	const size_t step = rvkms_plane_offset(image->planes[0].pitch, walk->dx, walk->dy, 2);
	size_t at = rvkms_plane_offset(image->planes[0].pitch, walk->x, walk->y, 2);

	for (u32 i = 0; i < walk->count; i++, at += step) {
		const u16 number = get_unaligned_le16(data + at);

		pixels[i] = (struct rvkms_pixel){
			.b = five_bits[number & 0x1f],
			.g = six_bits[number >> 5 & 0x3f],
			.r = five_bits[number >> 11],
			.a = U16_MAX,
		};
	}
}

/*
 * Padding in the place of alpha is written as ones: a reader that uses it as alpha sees an opaque
 * frame. Other padding is written as zeros.
 */
static void write_number(const struct rvkms_target *target, u32 y,
			 const struct rvkms_pixel *line, const struct rvkms_pixel *above)
{
	const struct rvkms_rgb_layout layout = target->format->rgb;
	const u64 b = rvkms_unorm_narrower(layout.b.bits);
	const u64 g = rvkms_unorm_narrower(layout.g.bits);
	const u64 r = rvkms_unorm_narrower(layout.r.bits);
	const u64 a = rvkms_unorm_narrower(layout.a.bits);
	u8 *row = target->planes[0].data + rvkms_plane_offset(target->planes[0].pitch, 0, y, 0);

	for (u32 x = 0; x < target->width; x++) {
		const u16 opacity = target->format->has_alpha ? line[x].a : U16_MAX;
		const u64 number =
			(u64)rvkms_unorm_scale(line[x].b, b) << layout.b.shift |
			(u64)rvkms_unorm_scale(line[x].g, g) << layout.g.shift |
			(u64)rvkms_unorm_scale(line[x].r, r) << layout.r.shift |
			(u64)rvkms_unorm_scale(opacity, a) << layout.a.shift;

		store(number, row + (size_t)x * layout.bytes, layout.bytes);
	}
}

static void write_number_a8(const struct rvkms_target *target, u32 y,
			    const struct rvkms_pixel *line, const struct rvkms_pixel *above)
{
	u8 *row = target->planes[1].data + rvkms_plane_offset(target->planes[1].pitch, 0, y, 0);
	const u64 a = rvkms_unorm_narrower(8);

	write_number(target, y, line, above);
	for (u32 x = 0; x < target->width; x++)
		row[x] = rvkms_unorm_scale(line[x].a, a);
}

static u64 half_in(u16 c, struct rvkms_field field)
{
	return field.bits ? (u64)rvkms_half_from_unorm(c) << field.shift : 0;
}

static void write_half(const struct rvkms_target *target, u32 y, const struct rvkms_pixel *line,
		       const struct rvkms_pixel *above)
{
	const struct rvkms_rgb_layout *layout = &target->format->rgb;
	u8 *row = target->planes[0].data + rvkms_plane_offset(target->planes[0].pitch, 0, y, 0);

	for (u32 x = 0; x < target->width; x++) {
		const u16 opacity = target->format->has_alpha ? line[x].a : U16_MAX;
		const u64 number = half_in(line[x].b, layout->b) |
				   half_in(line[x].g, layout->g) |
				   half_in(line[x].r, layout->r) | half_in(opacity, layout->a);

		store(number, row + (size_t)x * layout->bytes, layout->bytes);
	}
}

/* round(c / 257), without a division; a test compares all 65,536 values. */
static u32 narrow_8(u16 c)
{
	return (c * 255u + 32895) >> 16;
}

static void write_xrgb8888(const struct rvkms_target *target, u32 y,
			   const struct rvkms_pixel *line, const struct rvkms_pixel *above)
{
	u8 *row = target->planes[0].data + rvkms_plane_offset(target->planes[0].pitch, 0, y, 0);

	for (u32 x = 0; x < target->width; x++) {
		const u32 number = 0xff000000 | narrow_8(line[x].r) << 16 |
				   narrow_8(line[x].g) << 8 | narrow_8(line[x].b);

		put_unaligned_le32(number, row + 4 * (size_t)x);
	}
}

/* Fields: the lowest bit, and the number of bits. Padding in the place of alpha is a field, too. */
#define B(...) .b = { __VA_ARGS__ }
#define G(...) .g = { __VA_ARGS__ }
#define R(...) .r = { __VA_ARGS__ }
#define A(...) .a = { __VA_ARGS__ }

#define FORMAT(_code, _bytes, _read, _write, ...)						\
	.fourcc = DRM_FORMAT_##_code, .num_planes = 1, .group_width = 1, .group_height = 1,	\
	.rgb = { .bytes = _bytes, __VA_ARGS__ }, .read = _read, .write = _write

#define FORMAT_8888(_code, _read, _bytes, _write, ...)						\
	FORMAT(_code, 4, read_##_read, _write, __VA_ARGS__), .bytes = bytes_##_bytes,		\
	.columns = columns_##_bytes

#define FORMAT_A8(_code, _bytes, ...)								\
	.fourcc = DRM_FORMAT_##_code##_A8, .num_planes = 2,					\
	.group_width = 1, .group_height = 1,							\
	.has_alpha = true, .rgb = { .bytes = _bytes, __VA_ARGS__ },				\
	.read = read_number_a8, .write = write_number_a8

/* XRGB8888 comes first: clients without a preference take the first format. */
static const struct rvkms_format formats[] = {
	{ FORMAT_8888(XRGB8888, xrgb8888, argb8888, write_xrgb8888,
		      B(0, 8), G(8, 8), R(16, 8), A(24, 8)) },
	{ FORMAT_8888(ARGB8888, argb8888, argb8888, write_number,
		      B(0, 8), G(8, 8), R(16, 8), A(24, 8)), .has_alpha = true },
	{ FORMAT_8888(XBGR8888, xbgr8888, abgr8888, write_number,
		      R(0, 8), G(8, 8), B(16, 8), A(24, 8)) },
	{ FORMAT_8888(ABGR8888, abgr8888, abgr8888, write_number,
		      R(0, 8), G(8, 8), B(16, 8), A(24, 8)), .has_alpha = true },
	{ FORMAT_8888(RGBX8888, rgbx8888, rgba8888, write_number,
		      B(8, 8), G(16, 8), R(24, 8), A(0, 8)) },
	{ FORMAT_8888(RGBA8888, rgba8888, rgba8888, write_number,
		      B(8, 8), G(16, 8), R(24, 8), A(0, 8)), .has_alpha = true },
	{ FORMAT_8888(BGRX8888, bgrx8888, bgra8888, write_number,
		      R(8, 8), G(16, 8), B(24, 8), A(0, 8)) },
	{ FORMAT_8888(BGRA8888, bgra8888, bgra8888, write_number,
		      R(8, 8), G(16, 8), B(24, 8), A(0, 8)), .has_alpha = true },
	{ FORMAT(RGB888, 3, read_number, write_number, B(0, 8), G(8, 8), R(16, 8)) },
	{ FORMAT(BGR888, 3, read_number, write_number, R(0, 8), G(8, 8), B(16, 8)) },
	{ FORMAT(RGB565, 2, read_rgb565, write_number, B(0, 5), G(5, 6), R(11, 5)),
	  .rounded = round_rgb565 },
	{ FORMAT(BGR565, 2, read_number, write_number, R(0, 5), G(5, 6), B(11, 5)) },
	{ FORMAT(XRGB1555, 2, read_number, write_number, B(0, 5), G(5, 5), R(10, 5), A(15, 1)) },
	{ FORMAT(XBGR1555, 2, read_number, write_number, R(0, 5), G(5, 5), B(10, 5), A(15, 1)) },
	{ FORMAT(RGBX5551, 2, read_number, write_number, B(1, 5), G(6, 5), R(11, 5), A(0, 1)) },
	{ FORMAT(BGRX5551, 2, read_number, write_number, R(1, 5), G(6, 5), B(11, 5), A(0, 1)) },
	{ FORMAT(ARGB1555, 2, read_number, write_number,
		 B(0, 5), G(5, 5), R(10, 5), A(15, 1)), .has_alpha = true },
	{ FORMAT(ABGR1555, 2, read_number, write_number,
		 R(0, 5), G(5, 5), B(10, 5), A(15, 1)), .has_alpha = true },
	{ FORMAT(RGBA5551, 2, read_number, write_number,
		 B(1, 5), G(6, 5), R(11, 5), A(0, 1)), .has_alpha = true },
	{ FORMAT(BGRA5551, 2, read_number, write_number,
		 R(1, 5), G(6, 5), B(11, 5), A(0, 1)), .has_alpha = true },
	{ FORMAT(XRGB4444, 2, read_number, write_number, B(0, 4), G(4, 4), R(8, 4), A(12, 4)) },
	{ FORMAT(XBGR4444, 2, read_number, write_number, R(0, 4), G(4, 4), B(8, 4), A(12, 4)) },
	{ FORMAT(RGBX4444, 2, read_number, write_number, B(4, 4), G(8, 4), R(12, 4), A(0, 4)) },
	{ FORMAT(BGRX4444, 2, read_number, write_number, R(4, 4), G(8, 4), B(12, 4), A(0, 4)) },
	{ FORMAT(ARGB4444, 2, read_number, write_number,
		 B(0, 4), G(4, 4), R(8, 4), A(12, 4)), .has_alpha = true },
	{ FORMAT(ABGR4444, 2, read_number, write_number,
		 R(0, 4), G(4, 4), B(8, 4), A(12, 4)), .has_alpha = true },
	{ FORMAT(RGBA4444, 2, read_number, write_number,
		 B(4, 4), G(8, 4), R(12, 4), A(0, 4)), .has_alpha = true },
	{ FORMAT(BGRA4444, 2, read_number, write_number,
		 R(4, 4), G(8, 4), B(12, 4), A(0, 4)), .has_alpha = true },
	{ FORMAT(RGB332, 1, read_number, write_number, B(0, 2), G(2, 3), R(5, 3)) },
	{ FORMAT(BGR233, 1, read_number, write_number, R(0, 3), G(3, 3), B(6, 2)) },
	{ FORMAT(XRGB2101010, 4, read_number, write_number,
		 B(0, 10), G(10, 10), R(20, 10), A(30, 2)) },
	{ FORMAT(XBGR2101010, 4, read_number, write_number,
		 R(0, 10), G(10, 10), B(20, 10), A(30, 2)) },
	{ FORMAT(RGBX1010102, 4, read_number, write_number,
		 B(2, 10), G(12, 10), R(22, 10), A(0, 2)) },
	{ FORMAT(BGRX1010102, 4, read_number, write_number,
		 R(2, 10), G(12, 10), B(22, 10), A(0, 2)) },
	{ FORMAT(ARGB2101010, 4, read_number, write_number,
		 B(0, 10), G(10, 10), R(20, 10), A(30, 2)), .has_alpha = true },
	{ FORMAT(ABGR2101010, 4, read_number, write_number,
		 R(0, 10), G(10, 10), B(20, 10), A(30, 2)), .has_alpha = true },
	{ FORMAT(RGBA1010102, 4, read_number, write_number,
		 B(2, 10), G(12, 10), R(22, 10), A(0, 2)), .has_alpha = true },
	{ FORMAT(BGRA1010102, 4, read_number, write_number,
		 R(2, 10), G(12, 10), B(22, 10), A(0, 2)), .has_alpha = true },
	{ FORMAT(RGB161616, 6, read_number, write_number, B(0, 16), G(16, 16), R(32, 16)) },
	{ FORMAT(BGR161616, 6, read_number, write_number, R(0, 16), G(16, 16), B(32, 16)) },
	{ FORMAT(XRGB16161616, 8, read_number, write_number,
		 B(0, 16), G(16, 16), R(32, 16), A(48, 16)) },
	{ FORMAT(XBGR16161616, 8, read_number, write_number,
		 R(0, 16), G(16, 16), B(32, 16), A(48, 16)) },
	{ FORMAT(ARGB16161616, 8, read_number, write_number,
		 B(0, 16), G(16, 16), R(32, 16), A(48, 16)), .has_alpha = true },
	{ FORMAT(ABGR16161616, 8, read_number, write_number,
		 R(0, 16), G(16, 16), B(32, 16), A(48, 16)), .has_alpha = true },
	{ FORMAT(AXBXGXRX106106106106, 8, read_number, write_number,
		 R(6, 10), G(22, 10), B(38, 10), A(54, 10)), .has_alpha = true },
	{ FORMAT(XRGB16161616F, 8, read_half, write_half,
		 B(0, 16), G(16, 16), R(32, 16), A(48, 16)) },
	{ FORMAT(XBGR16161616F, 8, read_half, write_half,
		 R(0, 16), G(16, 16), B(32, 16), A(48, 16)) },
	{ FORMAT(ARGB16161616F, 8, read_half, write_half,
		 B(0, 16), G(16, 16), R(32, 16), A(48, 16)), .has_alpha = true },
	{ FORMAT(ABGR16161616F, 8, read_half, write_half,
		 R(0, 16), G(16, 16), B(32, 16), A(48, 16)), .has_alpha = true },
	{ FORMAT_A8(XRGB8888, 4, B(0, 8), G(8, 8), R(16, 8), A(24, 8)) },
	{ FORMAT_A8(XBGR8888, 4, R(0, 8), G(8, 8), B(16, 8), A(24, 8)) },
	{ FORMAT_A8(RGBX8888, 4, B(8, 8), G(16, 8), R(24, 8), A(0, 8)) },
	{ FORMAT_A8(BGRX8888, 4, R(8, 8), G(16, 8), B(24, 8), A(0, 8)) },
	{ FORMAT_A8(RGB888, 3, B(0, 8), G(8, 8), R(16, 8)) },
	{ FORMAT_A8(BGR888, 3, R(0, 8), G(8, 8), B(16, 8)) },
	{ FORMAT_A8(RGB565, 2, B(0, 5), G(5, 6), R(11, 5)) },
	{ FORMAT_A8(BGR565, 2, R(0, 5), G(5, 6), B(11, 5)) },

	/* "Red (direct relationship between channel value and brightness)" is shown as grey. */
	{ FORMAT(R10, 2, read_number, NULL, B(0, 10), G(0, 10), R(0, 10)) },
	{ FORMAT(R12, 2, read_number, NULL, B(0, 12), G(0, 12), R(0, 12)) },
	{ FORMAT(R16, 2, read_number, NULL, B(0, 16), G(0, 16), R(0, 16)), .is_unlisted = true },
	{ FORMAT(R16F, 2, read_half, NULL, B(0, 16), G(0, 16), R(0, 16)), .is_unlisted = true },

	/* Red and green without blue. */
	{ FORMAT(RG88, 2, read_number, NULL, G(0, 8), R(8, 8)), .is_unlisted = true },
	{ FORMAT(GR88, 2, read_number, NULL, R(0, 8), G(8, 8)), .is_unlisted = true },
	{ FORMAT(RG1616, 4, read_number, NULL, G(0, 16), R(16, 16)),
	  .is_unlisted = true },
	{ FORMAT(GR1616, 4, read_number, NULL, R(0, 16), G(16, 16)),
	  .is_unlisted = true },
	{ FORMAT(GR1616F, 4, read_half, NULL, R(0, 16), G(16, 16)),
	  .is_unlisted = true },
	{ FORMAT(BGR161616F, 6, read_half, write_half,
		 R(0, 16), G(16, 16), B(32, 16)), .is_unlisted = true },
};

const struct rvkms_format_list rvkms_rgb_formats = { formats, ARRAY_SIZE(formats) };
