/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_PIXEL_WORD_H
#define RVKMS_CORE_PIXEL_WORD_H

#include <linux/limits.h>
#include <linux/bits.h>
#include <linux/types.h>

#include "format.h"

/*
 * The colour of a pixel as one number, as yuv_table.c makes it and the hash takes it: 16 bits a
 * channel, with room above each for sums that are out of range, and a mark on top that no pair of
 * 8-bit pixels has. Green is the lowest, since yuv_table.c wants the most bits below that.
 */
#define RVKMS_WORD_GREEN 0
#define RVKMS_WORD_BLUE 18
#define RVKMS_WORD_RED 37
#define RVKMS_WORD_MARK BIT_ULL(63)

/* 1 in each channel. */
#define RVKMS_WORD_ONES										\
	(1ull << RVKMS_WORD_GREEN | 1ull << RVKMS_WORD_BLUE | 1ull << RVKMS_WORD_RED)

static inline u64 rvkms_word(u64 b, u64 g, u64 r)
{
	return RVKMS_WORD_MARK | r << RVKMS_WORD_RED | b << RVKMS_WORD_BLUE |
	       g << RVKMS_WORD_GREEN;
}

static inline struct rvkms_pixel rvkms_word_pixel(u64 word)
{
	return (struct rvkms_pixel){
		.b = word >> RVKMS_WORD_BLUE & U16_MAX,
		.g = word >> RVKMS_WORD_GREEN & U16_MAX,
		.r = word >> RVKMS_WORD_RED & U16_MAX,
		.a = U16_MAX,
	};
}

#endif /* RVKMS_CORE_PIXEL_WORD_H */
