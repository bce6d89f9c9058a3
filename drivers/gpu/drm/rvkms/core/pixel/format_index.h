/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_PIXEL_FORMAT_INDEX_H
#define RVKMS_CORE_PIXEL_FORMAT_INDEX_H

#include "format.h"

/* Formats with pixels of up to 8 bits: indices, brightness, darkness. */
extern const struct rvkms_format_list rvkms_index_formats;

#endif /* RVKMS_CORE_PIXEL_FORMAT_INDEX_H */
