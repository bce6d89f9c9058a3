/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef COMPAT_CORE_H
#define COMPAT_CORE_H

/*
 * Linux 6.12: declarations that files of core/ miss, and the formats that DRM does not know. There,
 * linux/array_size.h does not include linux/build_bug.h.
 */

#include <linux/build_bug.h>
#include <linux/math64.h>
#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

static inline u64 mul_u64_add_u64_div_u64(u64 a, u64 b, u64 c, u64 d)
{
	const u64 quotient = mul_u64_u64_div_u64(a, b, d);
	const u64 remainder = a * b - quotient * d;
	const u64 added = div64_u64(c, d);

	return quotient + added + (remainder >= d - (c - added * d));
}

/* Clients cannot set them: only properties of newer kernels have this data. */
struct drm_color_lut32 {
	__u32 red;
	__u32 green;
	__u32 blue;
	__u32 reserved;
};

struct drm_color_ctm_3x4 {
	__u64 matrix[12];
};

/* DRM makes no framebuffers of these formats: no plane or writeback connector may offer them. */
#define COMPAT_UNKNOWN_FORMATS(FORMAT)							\
	FORMAT(Y8, 'G', 'R', 'E', 'Y')							\
	FORMAT(S010, 'S', '0', '1', '0')						\
	FORMAT(S210, 'S', '2', '1', '0')						\
	FORMAT(S410, 'S', '4', '1', '0')						\
	FORMAT(S012, 'S', '0', '1', '2')						\
	FORMAT(S212, 'S', '2', '1', '2')						\
	FORMAT(S412, 'S', '4', '1', '2')						\
	FORMAT(S016, 'S', '0', '1', '6')						\
	FORMAT(S216, 'S', '2', '1', '6')						\
	FORMAT(S416, 'S', '4', '1', '6')						\
	FORMAT(XYYY2101010, 'Y', 'P', 'A', '4')						\
	FORMAT(XVUY2101010, 'X', 'Y', '3', '0')						\
	FORMAT(T430, 'T', '4', '3', '0')						\
	FORMAT(P230, 'P', '2', '3', '0')						\
	FORMAT(RGB161616, 'R', 'G', '4', '8')						\
	FORMAT(BGR161616, 'B', 'G', '4', '8')						\
	FORMAT(R16F, 'R', ' ', ' ', 'H')						\
	FORMAT(GR1616F, 'G', 'R', ' ', 'H')						\
	FORMAT(BGR161616F, 'B', 'G', 'R', 'H')

#define COMPAT_FORMAT_CODE(name, ...) DRM_FORMAT_##name = fourcc_code(__VA_ARGS__),
enum { COMPAT_UNKNOWN_FORMATS(COMPAT_FORMAT_CODE) };

#endif /* COMPAT_CORE_H */
