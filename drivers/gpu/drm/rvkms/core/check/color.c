// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Checks the sizes of colour tables and matrices. */

#include <linux/overflow.h>
#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "color.h"

static bool has_entries(u64 bytes, u32 entries)
{
	return bytes == entries * (u64)sizeof(struct drm_color_lut);
}

/**
 * rvkms_check_color - check the sizes of the tables and of the matrix of a CRTC
 * @request: the sizes, with any values
 *
 * DRM core accepts any whole number of entries up to the size of the table. This check rejects
 * shorter tables: the missing values are undefined. The legacy gamma ioctl and the emulation of
 * fbdev set 256 entries.
 *
 * Returns:
 * The verdict; its rules have the prefix COLOR_ in rules.h.
 */
struct rvkms_verdict rvkms_check_color(const struct rvkms_color_request *request)
{
	if (request->degamma_bytes && !has_entries(request->degamma_bytes, request->degamma_size))
		return rvkms_verdict_refuse(RVKMS_RULE_COLOR_DEGAMMA);

	if (request->ctm_bytes && request->ctm_bytes != sizeof(struct drm_color_ctm))
		return rvkms_verdict_refuse(RVKMS_RULE_COLOR_CTM);

	if (request->gamma_bytes && !has_entries(request->gamma_bytes, request->gamma_size) &&
	    !has_entries(request->gamma_bytes, RVKMS_LEGACY_GAMMA_SIZE))
		return rvkms_verdict_refuse(RVKMS_RULE_COLOR_GAMMA);

	return rvkms_verdict_accept();
}

static bool is_lut(const struct rvkms_colorop_request *request)
{
	return request->bytes == request->size * (u64)sizeof(struct drm_color_lut32);
}

/* The number of entries of a cube has up to 96 bits. */
static bool is_cube(const struct rvkms_colorop_request *request)
{
	const u64 square = (u64)request->size * request->size;
	u64 bytes;

	return !check_mul_overflow(square, request->size * (u64)sizeof(struct drm_color_lut32),
				   &bytes) && request->bytes == bytes;
}

/**
 * rvkms_check_colorop - check the size of the data of a colour operation
 * @request: the data, with any values
 *
 * Accepts an operation without data, which changes nothing.
 *
 * Returns:
 * The verdict; its rules have the prefix COLOROP in rules.h.
 */
struct rvkms_verdict rvkms_check_colorop(const struct rvkms_colorop_request *request)
{
	if (!request->bytes)
		return rvkms_verdict_accept();

	if (request->kind == RVKMS_COLOROP_LUT && !is_lut(request))
		return rvkms_verdict_refuse(RVKMS_RULE_COLOROP_LUT);

	if (request->kind == RVKMS_COLOROP_CTM &&
	    request->bytes != sizeof(struct drm_color_ctm_3x4))
		return rvkms_verdict_refuse(RVKMS_RULE_COLOROP_CTM);

	if (request->kind == RVKMS_COLOROP_LUT3D && !is_cube(request))
		return rvkms_verdict_refuse(RVKMS_RULE_COLOROP_LUT3D);

	return rvkms_verdict_accept();
}
