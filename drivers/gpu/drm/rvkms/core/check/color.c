// SPDX-License-Identifier: GPL-2.0

#include <linux/overflow.h>
#include <linux/types.h>

#include <uapi/drm/drm_mode.h>

#include "color.h"

static bool has_entries(u64 bytes, u32 entries)
{
	return bytes == entries * (u64)sizeof(struct drm_color_lut);
}

/**
 * rvkms_check_color - do the tables and the matrix of a CRTC have their sizes?
 * @request: the sizes, with any values
 *
 * DRM lets any number of whole entries through, up to the size of the table. A shorter table than
 * asked for says nothing about the values it lacks. A table of 256 entries is what the legacy
 * gamma ioctl sets, and the emulation of fbdev.
 *
 * Returns:
 * The verdict; the rules are those of rules.h that begin with COLOR_.
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

/* The number of entries of a cube may have 96 bits. */
static bool is_cube(const struct rvkms_colorop_request *request)
{
	const u64 square = (u64)request->size * request->size;
	u64 bytes;

	return !check_mul_overflow(square, request->size * (u64)sizeof(struct drm_color_lut32),
				   &bytes) && request->bytes == bytes;
}

/**
 * rvkms_check_colorop - do the data of a colour operation have their size?
 * @request: the data, with any values
 *
 * An operation without data is not at fault: it changes nothing.
 *
 * Returns:
 * The verdict; the rules are those of rules.h that begin with COLOROP.
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
