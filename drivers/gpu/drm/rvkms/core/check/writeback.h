/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_WRITEBACK_H
#define RVKMS_CORE_CHECK_WRITEBACK_H

#include <linux/types.h>

#include "verdict.h"

/**
 * struct rvkms_writeback_request - a writeback job that a client requests
 * @crtc_active: the connector is on an active CRTC
 * @fourcc: the target framebuffer's format, DRM_FORMAT_*
 * @modifier: the target framebuffer's modifier, DRM_FORMAT_MOD_*
 * @fb_width: the target framebuffer's width in pixels
 * @fb_height: the target framebuffer's height in pixels
 * @mode_width: the active width of the CRTC's mode in pixels
 * @mode_height: the active height of the CRTC's mode in lines
 */
struct rvkms_writeback_request {
	bool crtc_active;
	u32 fourcc;
	u64 modifier;
	u32 fb_width;
	u32 fb_height;
	u32 mode_width;
	u32 mode_height;
};

struct rvkms_verdict rvkms_check_writeback(const struct rvkms_writeback_request *request);

#endif /* RVKMS_CORE_CHECK_WRITEBACK_H */
