/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_MODE_H
#define RVKMS_CORE_CHECK_MODE_H

#include <linux/types.h>

#include "../timing/vblank.h"
#include "verdict.h"

/**
 * struct rvkms_mode_request - a mode that a client requests
 * @timing: the timing of vblanks and of the scan-out
 * @hsync_start: first pixel of the horizontal sync pulse
 * @hsync_end: first pixel after the horizontal sync pulse
 * @vsync_start: first line of the vertical sync pulse
 * @vsync_end: first line after the vertical sync pulse
 * @flags: DRM_MODE_FLAG_*; @timing has precedence for interlace, doublescan and frame packing
 */
struct rvkms_mode_request {
	struct rvkms_timing timing;
	u16 hsync_start;
	u16 hsync_end;
	u16 vsync_start;
	u16 vsync_end;
	u32 flags;
};

struct rvkms_verdict rvkms_check_mode(const struct rvkms_device_limits *limits,
				      const struct rvkms_mode_request *request);

#endif /* RVKMS_CORE_CHECK_MODE_H */
