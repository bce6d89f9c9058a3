/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_CHECK_COLOR_H
#define RVKMS_CORE_CHECK_COLOR_H

#include <linux/types.h>

#include "verdict.h"

/* Entries of a gamma table that the legacy ioctl and fbdev set. */
#define RVKMS_LEGACY_GAMMA_SIZE 256

/**
 * struct rvkms_color_request - the tables and the matrix of a CRTC
 * @degamma_size: entries of a degamma table, as DEGAMMA_LUT_SIZE says
 * @gamma_size: entries of a gamma table, as GAMMA_LUT_SIZE says
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
 * enum rvkms_colorop_kind - what the blob DATA of a colour operation holds
 * @RVKMS_COLOROP_NO_DATA: it has none
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
 * @kind: what they are
 * @size: entries of the table, or of an edge of the cube, as SIZE says
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
