// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Checks the number and the pixel rate of the visible planes of a CRTC. */

#include <linux/math64.h>
#include <linux/types.h>

#include "crtc.h"

#define NSEC_PER_MSEC_U64 1000000ull

/*
 * In thousands of pixels per second, which are pixels per millisecond, rounded down. A period is at
 * least a millisecond: the result does not exceed the number of pixels.
 */
static u64 pixel_rate(const struct rvkms_crtc_request *request)
{
	const struct rvkms_period period = rvkms_vblank_period(&request->timing);

	return mul_u64_u64_div_u64(request->num_pixels, NSEC_PER_MSEC_U64 * period.den,
				   period.num);
}

/**
 * rvkms_check_crtc - check the visible planes of a CRTC together
 * @limits: the limits of the device
 * @request: the requested state, with any values
 *
 * Accepts a CRTC without a visible plane, or without its primary plane: the CRTC shows its
 * background there.
 *
 * Returns:
 * The verdict; its rules have the prefix CRTC in rules.h.
 */
struct rvkms_verdict rvkms_check_crtc(const struct rvkms_device_limits *limits,
				      const struct rvkms_crtc_request *request)
{
	if (request->num_planes > limits->max_planes)
		return rvkms_verdict_refuse(RVKMS_RULE_CRTC_PLANES);

	if (pixel_rate(request) > limits->max_pixel_rate)
		return rvkms_verdict_refuse(RVKMS_RULE_CRTC_PIXEL_RATE);

	return rvkms_verdict_accept();
}
