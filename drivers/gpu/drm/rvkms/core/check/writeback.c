// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Checks the target framebuffer of a writeback job. */

#include <linux/types.h>

#include <uapi/drm/drm_fourcc.h>

#include "../pixel/format.h"
#include "writeback.h"

static bool is_writable(u32 fourcc)
{
	const struct rvkms_format *format = rvkms_format_find(fourcc);

	return format && format->write;
}

/**
 * rvkms_check_writeback - check a writeback job
 * @request: the requested job, with any values
 *
 * Returns:
 * The verdict; its rules have the prefix WRITEBACK in rules.h.
 */
struct rvkms_verdict rvkms_check_writeback(const struct rvkms_writeback_request *request)
{
	if (!request->crtc_active)
		return rvkms_verdict_refuse(RVKMS_RULE_WRITEBACK_CRTC);

	if (!is_writable(request->fourcc))
		return rvkms_verdict_refuse(RVKMS_RULE_WRITEBACK_FORMAT);

	if (request->modifier != DRM_FORMAT_MOD_LINEAR)
		return rvkms_verdict_refuse(RVKMS_RULE_WRITEBACK_MODIFIER);

	if (request->fb_width != request->mode_width ||
	    request->fb_height != request->mode_height)
		return rvkms_verdict_refuse(RVKMS_RULE_WRITEBACK_SIZE);

	return rvkms_verdict_accept();
}
