/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_WALK_H
#define RVKMS_CORE_PIXEL_WALK_H

#include <linux/types.h>

/**
 * struct rvkms_walk - pixels of a framebuffer, one after another
 * @x: column of the first pixel
 * @y: row of the first pixel
 * @dx: columns from one pixel to the next: 1, -1, or 0 along a column
 * @dy: rows from one pixel to the next: 1, -1, or 0 along a row
 * @count: number of pixels
 */
struct rvkms_walk {
	s64 x;
	s64 y;
	s32 dx;
	s32 dy;
	u32 count;
};

/**
 * struct rvkms_box - a rectangle of a framebuffer
 * @x: leftmost column
 * @y: topmost row
 * @width: number of columns
 * @height: number of rows
 */
struct rvkms_box {
	s64 x;
	s64 y;
	u32 width;
	u32 height;
};

#endif /* RVKMS_CORE_PIXEL_WALK_H */
