/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_COLOR_H
#define RVKMS_CORE_CHECK_COLOR_H

#include <linux/types.h>

#include "verdict.h"

/* Entries of a gamma table of the legacy ioctl and of fbdev. */
#define RVKMS_LEGACY_GAMMA_SIZE 256

/**
 * struct rvkms_color_request - the tables and the matrix of a CRTC
 * @degamma_size: the value of DEGAMMA_LUT_SIZE, in entries
 * @gamma_size: the value of GAMMA_LUT_SIZE, in entries
 * @degamma_bytes: length of the blob DEGAMMA_LUT, 0 for none
 * @ctm_bytes: length of the blob CTM, 0 for none
 * @gamma_bytes: length of the blob GAMMA_LUT, 0 for none
 */
struct rvkms_color_request {
	u32 degamma_size;
	u32 gamma_size;
	u64 degamma_bytes;
	u64 ctm_bytes;
	u64 gamma_bytes;
};

/**
 * enum rvkms_colorop_kind - the content of the blob DATA of a colour operation
 * @RVKMS_COLOROP_NO_DATA: the operation has no blob
 * @RVKMS_COLOROP_LUT: a table of struct drm_color_lut32
 * @RVKMS_COLOROP_CTM: a struct drm_color_ctm_3x4
 * @RVKMS_COLOROP_LUT3D: a cube of struct drm_color_lut32
 */
enum rvkms_colorop_kind {
	RVKMS_COLOROP_NO_DATA,
	RVKMS_COLOROP_LUT,
	RVKMS_COLOROP_CTM,
	RVKMS_COLOROP_LUT3D,
};

/**
 * struct rvkms_colorop_request - the data of a colour operation
 * @kind: the content of the blob
 * @size: the value of SIZE: entries of the table, or of an edge of the cube
 * @bytes: length of the blob DATA, 0 for none
 */
struct rvkms_colorop_request {
	enum rvkms_colorop_kind kind;
	u32 size;
	u64 bytes;
};

struct rvkms_verdict rvkms_check_color(const struct rvkms_color_request *request);
struct rvkms_verdict rvkms_check_colorop(const struct rvkms_colorop_request *request);

#endif /* RVKMS_CORE_CHECK_COLOR_H */
