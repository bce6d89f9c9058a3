/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_VALUE_H
#define RVKMS_CORE_COLOR_VALUE_H

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/types.h>

/*
 * A channel between two colour operations is a signed multiple of 2^-32 / 65535. Every 16-bit unorm
 * is such a multiple, so that identities are exact. The range is +-32768. A step is 3.6e-15; the
 * darkest code of PQ stands for 1.5e-10.
 */
#define RVKMS_COLOR_SHIFT 32
#define RVKMS_COLOR_ONE ((s64)U16_MAX << RVKMS_COLOR_SHIFT)

/* Values saturate here, on both sides. */
#define RVKMS_COLOR_MAX S64_MAX

/**
 * struct rvkms_color_value - a colour between two operations
 * @r: red
 * @g: green
 * @b: blue
 */
struct rvkms_color_value {
	s64 r;
	s64 g;
	s64 b;
};

static inline s64 rvkms_color_from_unorm(u16 c)
{
	return (s64)c << RVKMS_COLOR_SHIFT;
}

/* Clamped to 0 and 1, then rounded to nearest, ties up. */
static inline u16 rvkms_color_to_unorm(s64 value)
{
	const s64 inside = clamp(value, 0, RVKMS_COLOR_ONE);

	return (inside + (1ll << (RVKMS_COLOR_SHIFT - 1))) >> RVKMS_COLOR_SHIFT;
}

#endif /* RVKMS_CORE_COLOR_VALUE_H */
