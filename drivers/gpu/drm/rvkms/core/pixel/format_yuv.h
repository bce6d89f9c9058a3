/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_FORMAT_YUV_H
#define RVKMS_CORE_PIXEL_FORMAT_YUV_H

#include "format.h"

/* Formats of luma and chroma, packed, semi-planar and planar. */
extern const struct rvkms_format_list rvkms_yuv_formats;

#endif /* RVKMS_CORE_PIXEL_FORMAT_YUV_H */
