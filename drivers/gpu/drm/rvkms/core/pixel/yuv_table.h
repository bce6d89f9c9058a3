/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_YUV_TABLE_H
#define RVKMS_CORE_PIXEL_YUV_TABLE_H

#include <linux/types.h>

#include "packed.h"
#include "yuv.h"

/**
 * struct rvkms_yuv_entry - the summands of one or more samples for the channels of a pixel
 * @whole: the integer parts, at the positions of the channels in a word
 * @part: the fractions. The carries of their sum, shifted right by RVKMS_YUV_SHIFT, are at the
 *        channels' lowest bits in @whole
 */
struct rvkms_yuv_entry {
	u64 whole;
	u64 part;
};

/**
 * struct rvkms_yuv_column - the summands of a sample, for all of its values
 * @whole: &rvkms_yuv_entry.whole
 * @part: &rvkms_yuv_entry.part
 */
struct rvkms_yuv_column {
	u64 whole[256];
	u64 part[256];
};

/**
 * struct rvkms_yuv_table - the table of the exact conversion of 8-bit samples to words
 * @y: luma
 * @cb: blue-difference chroma
 * @cr: red-difference chroma
 */
struct rvkms_yuv_table {
	struct rvkms_yuv_column y;
	struct rvkms_yuv_column cb;
	struct rvkms_yuv_column cr;
};

/* The shift from @part to @whole, which is the number of bits of green's fraction. */
#define RVKMS_YUV_SHIFT 26

/* The three fractions of green may carry up to 2; the fractions of red and blue carry 1 bit. */
#define RVKMS_YUV_CARRIES (3ull << RVKMS_PACKED_GREEN | 1ull << RVKMS_PACKED_BLUE |		\
			   1ull << RVKMS_PACKED_RED)

/*
 * The bits above each channel are the multiple of 2^16 that its sum has reached, plus one; plus two
 * for blue, which has the lowest sums. A multiplication by RVKMS_YUV_GATHER moves them to adjacent
 * bits at the top.
 */
#define RVKMS_YUV_ESCAPES (3ull << (RVKMS_PACKED_GREEN + 16) |					\
			   7ull << (RVKMS_PACKED_BLUE + 16) |					\
			   3ull << (RVKMS_PACKED_RED + 16))
#define RVKMS_YUV_GATHER (1ull << (57 - RVKMS_PACKED_GREEN - 16) |				\
			  1ull << (59 - RVKMS_PACKED_BLUE - 16) |				\
			  1ull << (62 - RVKMS_PACKED_RED - 16))
#define RVKMS_YUV_GATHERED 57

/**
 * struct rvkms_yuv_clamp - the masks that clamp all channels of a word
 * @set: bits to set, indexed by the gathered bits above the channels
 * @keep: bits to keep afterwards, with the same index
 */
struct rvkms_yuv_clamp {
	u64 set[128];
	u64 keep[128];
};

extern const struct rvkms_yuv_clamp rvkms_yuv_clamp;

const struct rvkms_yuv_table *rvkms_yuv_table(enum rvkms_encoding encoding,
					      enum rvkms_range range);

/* Returns the summands of two samples of chroma. */
static inline struct rvkms_yuv_entry rvkms_yuv_chroma(const struct rvkms_yuv_table *table, u8 cb,
						      u8 cr)
{
	return (struct rvkms_yuv_entry){
		.whole = table->cb.whole[cb] + table->cr.whole[cr],
		.part = table->cb.part[cb] + table->cr.part[cr],
	};
}

/* Converts three samples to a word. */
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
 * The conversion to channels of 8 bits. A channel is a field of 18 bits: 7 bits for the fraction in
 * units of 1/73, and above them the integer part, plus a bias that makes it positive.
 */
#define RVKMS_YUV_BYTE_GREEN 0
#define RVKMS_YUV_BYTE_BLUE 18
#define RVKMS_YUV_BYTE_RED 36
#define RVKMS_YUV_BYTE_BIAS 320
#define RVKMS_YUV_BYTE_SHIFT 24
#define RVKMS_YUV_NUM_CLAMPED 1024

/**
 * struct rvkms_yuv_byte_table - the table of the exact conversion of 8-bit samples to bytes
 * @y: the summand of luma for all fields
 * @cb: the summand of blue-difference chroma for blue's field, and 55 for green's
 * @cr: the summand of red-difference chroma for red's field
 * @cb_green: the summand of blue-difference chroma for green, in units of 2^-24 / 73
 * @cr_green: the summand of red-difference chroma for green, in the same units
 */
struct rvkms_yuv_byte_table {
	u64 y[256];
	u64 cb[256];
	u64 cr[256];
	u64 cb_green[256];
	u64 cr_green[256];
};

/**
 * struct rvkms_yuv_byte_clamp - the clamped bytes of the channels, indexed by their integer parts
 * @b: blue
 * @g: green, shifted to its position in a pixel
 * @r: red, shifted to its position in a pixel
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
 * Returns the summand of two samples of chroma. Green's sum is in units of 1/73. 73 units are 128
 * in the field. The division by 73 is a multiplication by 114913 / 2^23, exact for all sums.
 */
static inline u64 rvkms_yuv_byte_chroma(const struct rvkms_yuv_byte_table *table, u8 cb, u8 cr)
{
	const u64 green = (table->cb_green[cb] + table->cr_green[cr]) >> RVKMS_YUV_BYTE_SHIFT;

	return table->cb[cb] + table->cr[cr] + green + 55 * (green * 114913 >> 23);
}

/* Returns blue, green and red of three samples, lowest first. Red is the uppermost field. */
static inline u32 rvkms_yuv_bytes(const struct rvkms_yuv_byte_table *table, u8 y, u64 chroma)
{
	const u64 sum = table->y[y] + chroma;
	const u32 mask = RVKMS_YUV_NUM_CLAMPED - 1;

	return rvkms_yuv_byte_clamp.b[sum >> (RVKMS_YUV_BYTE_BLUE + 7) & mask] |
	       rvkms_yuv_byte_clamp.g[sum >> (RVKMS_YUV_BYTE_GREEN + 7) & mask] |
	       rvkms_yuv_byte_clamp.r[sum >> (RVKMS_YUV_BYTE_RED + 7)];
}

#endif /* RVKMS_CORE_PIXEL_YUV_TABLE_H */
