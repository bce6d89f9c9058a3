/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_HALF_H
#define RVKMS_CORE_PIXEL_HALF_H

#include <linux/types.h>

u16 rvkms_half_to_unorm(u16 half);
u16 rvkms_half_from_unorm(u16 c);

#endif /* RVKMS_CORE_PIXEL_HALF_H */
