/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_PIXEL_H
#define RVKMS_CORE_PIXEL_PIXEL_H

#include <linux/types.h>

#include "format.h"
#include "unorm.h"

/* Returns the four channels as one number, blue lowest: one load on a little-endian CPU. */
static inline u64 rvkms_pixel_channels(struct rvkms_pixel p)
{
	return p.b | (u64)p.g << 16 | (u64)p.r << 32 | (u64)p.a << 48;
}

/* Returns the four channels as one number, each rounded to 8 bits, blue lowest. */
static inline u32 rvkms_pixel_bytes(struct rvkms_pixel p)
{
	return rvkms_unorm_bytes(rvkms_pixel_channels(p));
}

#endif /* RVKMS_CORE_PIXEL_PIXEL_H */
