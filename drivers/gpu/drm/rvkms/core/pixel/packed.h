/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_PACKED_H
#define RVKMS_CORE_PIXEL_PACKED_H

#include <linux/limits.h>
#include <linux/bits.h>
#include <linux/types.h>

#include "format.h"

/*
 * The colour of a pixel as one number, the result of yuv_table.c and the input of the hash: 16
 * bits per channel, with room above each for sums that are out of range, and a mark in the
 * uppermost bit that no pair of 8-bit pixels has. Green is lowest, since yuv_table.c needs the
 * most fraction bits for green.
 */
#define RVKMS_PACKED_GREEN 0
#define RVKMS_PACKED_BLUE 18
#define RVKMS_PACKED_RED 37
#define RVKMS_PACKED_MARK BIT_ULL(63)

/* 1 in each channel. */
#define RVKMS_PACKED_ONES									\
	(1ull << RVKMS_PACKED_GREEN | 1ull << RVKMS_PACKED_BLUE | 1ull << RVKMS_PACKED_RED)

static inline u64 rvkms_packed(u64 b, u64 g, u64 r)
{
	return RVKMS_PACKED_MARK | r << RVKMS_PACKED_RED | b << RVKMS_PACKED_BLUE |
	       g << RVKMS_PACKED_GREEN;
}

static inline struct rvkms_pixel rvkms_packed_pixel(u64 packed)
{
	return (struct rvkms_pixel){
		.b = packed >> RVKMS_PACKED_BLUE & U16_MAX,
		.g = packed >> RVKMS_PACKED_GREEN & U16_MAX,
		.r = packed >> RVKMS_PACKED_RED & U16_MAX,
		.a = U16_MAX,
	};
}

#endif /* RVKMS_CORE_PIXEL_PACKED_H */
