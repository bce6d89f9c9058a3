/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_FORMAT_RGB_H
#define RVKMS_CORE_PIXEL_FORMAT_RGB_H

#include "format.h"

/* Formats with pixels that are one number, with one field per channel. */
extern const struct rvkms_format_list rvkms_rgb_formats;

#endif /* RVKMS_CORE_PIXEL_FORMAT_RGB_H */
