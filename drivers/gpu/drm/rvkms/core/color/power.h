/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_COLOR_POWER_H
#define RVKMS_CORE_COLOR_POWER_H

#include <linux/types.h>

/* Binary logarithms are multiples of 2^-56. */
#define RVKMS_LOG2_SHIFT 56

/* An exponent, below 65536, as the multiple of 2^-48 that rvkms_power() takes. */
#define RVKMS_EXPONENT(numerator, denominator) (((u64)(numerator) << 48) / (denominator))

s64 rvkms_log2(u64 x);
s64 rvkms_power(u64 x, s64 log2_base, u64 exponent, s64 log2_unit);

#endif /* RVKMS_CORE_COLOR_POWER_H */
