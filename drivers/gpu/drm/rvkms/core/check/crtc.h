/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_CRTC_H
#define RVKMS_CORE_CHECK_CRTC_H

#include <linux/types.h>

#include "../timing/vblank.h"
#include "verdict.h"

/**
 * struct rvkms_crtc_request - the requested state of an active CRTC
 * @timing: the timing of the mode
 * @num_planes: number of visible planes
 * @num_pixels: sum of the pixels of the visible planes on the CRTC
 */
struct rvkms_crtc_request {
	struct rvkms_timing timing;
	u32 num_planes;
	u64 num_pixels;
};

struct rvkms_verdict rvkms_check_crtc(const struct rvkms_device_limits *limits,
				      const struct rvkms_crtc_request *request);

#endif /* RVKMS_CORE_CHECK_CRTC_H */
