/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_PIXEL_YUV_TABLE_H
#define RVKMS_CORE_PIXEL_YUV_TABLE_H

#include <linux/types.h>

#include "packed.h"
#include "yuv.h"

/**
 * struct rvkms_yuv_entry - what one or more samples add to the channels of a pixel
 * @whole: what is whole of it, where packed.h has the channels
 * @part: the rest. Sums of it carry to where @whole has the channels' lowest bits, but for a shift
 */
struct rvkms_yuv_entry {
	u64 whole;
	u64 part;
};

/**
 * struct rvkms_yuv_column - what a sample adds, for all of its values
 * @whole: &rvkms_yuv_entry.whole
 * @part: &rvkms_yuv_entry.part
 */
struct rvkms_yuv_column {
	u64 whole[256];
	u64 part[256];
};

/**
 * struct rvkms_yuv_table - how to make packed pixels of samples of eight bits, exactly
 * @y: luma
 * @cb: blue-difference chroma
 * @cr: red-difference chroma
 */
struct rvkms_yuv_table {
	struct rvkms_yuv_column y;
	struct rvkms_yuv_column cb;
	struct rvkms_yuv_column cr;
};

/* How far @part is above @whole: so many bits are there for the fraction of green. */
#define RVKMS_YUV_SHIFT 26

/* Green is made of three fractions, which may add up to 2; the others have one bit to carry. */
#define RVKMS_YUV_CARRIES (3ull << RVKMS_PACKED_GREEN | 1ull << RVKMS_PACKED_BLUE |		\
			   1ull << RVKMS_PACKED_RED)

/*
 * Above each channel, the multiple of 2^16 that its sum is, plus one, and plus two for blue, which
 * goes the farthest. Multiplied, they are side by side on top.
 */
#define RVKMS_YUV_ESCAPES (3ull << (RVKMS_PACKED_GREEN + 16) |					\
			   7ull << (RVKMS_PACKED_BLUE + 16) |					\
			   3ull << (RVKMS_PACKED_RED + 16))
#define RVKMS_YUV_GATHER (1ull << (57 - RVKMS_PACKED_GREEN - 16) |				\
			  1ull << (59 - RVKMS_PACKED_BLUE - 16) |				\
			  1ull << (62 - RVKMS_PACKED_RED - 16))
#define RVKMS_YUV_GATHERED 57

/**
 * struct rvkms_yuv_clamp - what packs channels of any size
 * @set: bits to be set, by what rvkms_yuv_packed() finds out
 * @keep: bits to be kept after that
 */
struct rvkms_yuv_clamp {
	u64 set[128];
	u64 keep[128];
};

extern const struct rvkms_yuv_clamp rvkms_yuv_clamp;

const struct rvkms_yuv_table *rvkms_yuv_table(enum rvkms_encoding encoding,
					      enum rvkms_range range);

/* What the samples of chroma add. */
static inline struct rvkms_yuv_entry rvkms_yuv_chroma(const struct rvkms_yuv_table *table, u8 cb,
						      u8 cr)
{
	return (struct rvkms_yuv_entry){
		.whole = table->cb.whole[cb] + table->cr.whole[cr],
		.part = table->cb.part[cb] + table->cr.part[cr],
	};
}

/* The pixel, packed, that three samples stand for. */
static inline u64 rvkms_yuv_packed(const struct rvkms_yuv_table *table, u8 y,
				   struct rvkms_yuv_entry chroma)
{
	const u64 part = table->y.part[y] + chroma.part;
	const u64 sum = table->y.whole[y] + chroma.whole +
			(part >> RVKMS_YUV_SHIFT & RVKMS_YUV_CARRIES);
	const u64 escape = (sum & RVKMS_YUV_ESCAPES) * RVKMS_YUV_GATHER >> RVKMS_YUV_GATHERED;

	return (sum | rvkms_yuv_clamp.set[escape]) & rvkms_yuv_clamp.keep[escape];
}

/*
 * The same for channels of eight bits, which are fields of 18: seven for a fraction in units of
 * 1/73, and above those what is whole, plus a bias, so that it is not negative.
 */
#define RVKMS_YUV_BYTE_GREEN 0
#define RVKMS_YUV_BYTE_BLUE 18
#define RVKMS_YUV_BYTE_RED 36
#define RVKMS_YUV_BYTE_BIAS 320
#define RVKMS_YUV_BYTE_SHIFT 24
#define RVKMS_YUV_NUM_CLAMPED 1024

/**
 * struct rvkms_yuv_byte_table - how to make bytes of samples of eight bits, exactly
 * @y: what luma adds to the fields
 * @cb: what blue-difference chroma adds to blue's, and 55 to green's
 * @cr: what red-difference chroma adds to red's
 * @cb_green: what blue-difference chroma adds to green, in units of 2^-24 / 73
 * @cr_green: what red-difference chroma adds to green, in the same units
 */
struct rvkms_yuv_byte_table {
	u64 y[256];
	u64 cb[256];
	u64 cr[256];
	u64 cb_green[256];
	u64 cr_green[256];
};

/**
 * struct rvkms_yuv_byte_clamp - the bytes of channels of any size, by what is whole of their fields
 * @b: blue
 * @g: green, where it is in a pixel
 * @r: red, where it is in a pixel
 */
struct rvkms_yuv_byte_clamp {
	u8 b[RVKMS_YUV_NUM_CLAMPED];
	u16 g[RVKMS_YUV_NUM_CLAMPED];
	u32 r[RVKMS_YUV_NUM_CLAMPED];
};

extern const struct rvkms_yuv_byte_clamp rvkms_yuv_byte_clamp;

const struct rvkms_yuv_byte_table *rvkms_yuv_byte_table(enum rvkms_encoding encoding,
							enum rvkms_range range);

/*
 * What the samples of chroma add. Green's sum is in units of 1/73 then, and each 73 of them are 128
 * in the field: 114913 / 2^23 is 1/73 for all there are.
 */
static inline u64 rvkms_yuv_byte_chroma(const struct rvkms_yuv_byte_table *table, u8 cb, u8 cr)
{
	const u64 green = (table->cb_green[cb] + table->cr_green[cr]) >> RVKMS_YUV_BYTE_SHIFT;

	return table->cb[cb] + table->cr[cr] + green + 55 * (green * 114913 >> 23);
}

/* Blue, green and red of the pixel that three samples stand for, lowest first. Red is on top. */
static inline u32 rvkms_yuv_bytes(const struct rvkms_yuv_byte_table *table, u8 y, u64 chroma)
{
	const u64 sum = table->y[y] + chroma;
	const u32 mask = RVKMS_YUV_NUM_CLAMPED - 1;

	return rvkms_yuv_byte_clamp.b[sum >> (RVKMS_YUV_BYTE_BLUE + 7) & mask] |
	       rvkms_yuv_byte_clamp.g[sum >> (RVKMS_YUV_BYTE_GREEN + 7) & mask] |
	       rvkms_yuv_byte_clamp.r[sum >> (RVKMS_YUV_BYTE_RED + 7)];
}

#endif /* RVKMS_CORE_PIXEL_YUV_TABLE_H */
