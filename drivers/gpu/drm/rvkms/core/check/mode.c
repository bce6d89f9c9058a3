// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Checks modes. */

#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "mode.h"

/*
 * Sync polarity and aspect-ratio flags have no effect. DBLCLK doubles the clock of the cable
 * (CTA-861: pixels are repeated), not the clock of the mode. HSKEW and CLKDIV2 are not supported:
 * DRM does not define how they change the timing.
 */
#define KNOWN_FLAGS (DRM_MODE_FLAG_PHSYNC | DRM_MODE_FLAG_NHSYNC | DRM_MODE_FLAG_PVSYNC |	\
		     DRM_MODE_FLAG_NVSYNC | DRM_MODE_FLAG_CSYNC | DRM_MODE_FLAG_PCSYNC |	\
		     DRM_MODE_FLAG_NCSYNC | DRM_MODE_FLAG_INTERLACE | DRM_MODE_FLAG_DBLSCAN |	\
		     DRM_MODE_FLAG_DBLCLK | DRM_MODE_FLAG_PIC_AR_MASK)

/*
 * Layouts with both views in the mode's active area do not change the timing. For frame packing,
 * DRM defines the timing, but not with interlace. For other layouts, DRM defines only a name.
 */
static bool is_known_layout(u32 layout, bool interlace)
{
	switch (layout) {
	case DRM_MODE_FLAG_3D_NONE:
	case DRM_MODE_FLAG_3D_TOP_AND_BOTTOM:
	case DRM_MODE_FLAG_3D_SIDE_BY_SIDE_HALF:
		return true;
	case DRM_MODE_FLAG_3D_FRAME_PACKING:
		return !interlace;
	default:
		return false;
	}
}

/* Returns true if active size, start of sync, end of sync and total are in ascending order. */
static bool is_ordered(u16 active, u16 sync_start, u16 sync_end, u16 total)
{
	return active <= sync_start && sync_start <= sync_end && sync_end <= total;
}

/**
 * rvkms_check_mode - check a mode
 * @limits: the limits of the device
 * @request: the mode, with any values
 *
 * Returns:
 * The verdict; its rules have the prefix MODE in rules.h.
 */
struct rvkms_verdict rvkms_check_mode(const struct rvkms_device_limits *limits,
				      const struct rvkms_mode_request *request)
{
	const struct rvkms_timing *timing = &request->timing;

	if (timing->clock <= 0)
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_CLOCK);

	/* Frame packing doubles the clock. */
	if ((u32)timing->clock << timing->frame_packing > limits->max_clock)
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_CLOCK_LIMIT);

	if (!timing->hdisplay || !timing->vdisplay)
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_ACTIVE_EMPTY);

	if (timing->htotal < timing->hdisplay || timing->vtotal < timing->vdisplay)
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_TOTALS);

	if (!is_ordered(timing->hdisplay, request->hsync_start, request->hsync_end,
			timing->htotal) ||
	    !is_ordered(timing->vdisplay, request->vsync_start, request->vsync_end,
			timing->vtotal))
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_SYNC);

	if (!is_known_layout(request->flags & DRM_MODE_FLAG_3D_MASK, timing->interlace))
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_STEREO);

	if (request->flags & ~(KNOWN_FLAGS | DRM_MODE_FLAG_3D_MASK))
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_FLAGS);

	if (timing->hdisplay > limits->max_width ||
	    rvkms_timing_height(timing) > limits->max_height)
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_SIZE);

	if (!rvkms_timing_in_range(timing))
		return rvkms_verdict_refuse(RVKMS_RULE_MODE_REFRESH);

	return rvkms_verdict_accept();
}
