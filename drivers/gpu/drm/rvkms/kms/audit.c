// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Checks the objects that a driver has created. DRM warns about some of these faults when it
 * registers the device, and then continues.
 */

#include "internal.h"

/* Primary and cursor planes belong to one CRTC each, for clients that do not use planes. */
static const char *audit_own_plane(const struct drm_crtc *crtc, const struct drm_plane *plane,
				   u32 *taken)
{
	const u32 mask = drm_plane_mask(plane);

	if (*taken & mask)
		return "two CRTCs share a primary or cursor plane";
	if (!(plane->possible_crtcs & drm_crtc_mask(crtc)))
		return "possible_crtcs of a primary or cursor plane lacks its CRTC";
	*taken |= mask;

	return NULL;
}

static const char *audit_crtc(const struct tkms_device *kms, const struct drm_crtc *crtc,
			      u32 *taken)
{
	const struct tkms_crtc_class *class = tkms_crtc_class(to_tkms_crtc(crtc));
	const char *reason;

	if (!crtc->primary)
		return "a CRTC has no primary plane";
	reason = audit_own_plane(crtc, crtc->primary, taken);
	if (!reason && crtc->cursor)
		reason = audit_own_plane(crtc, crtc->cursor, taken);
	if (reason || !class->has_counter)
		return reason;

	if (class->has_counter() && !kms->config.max_vblank_count)
		return "a CRTC has a vblank counter, but max_vblank_count is 0";
	if (!class->has_counter() && kms->config.vblank_disable_immediate)
		return "vblank_disable_immediate is set, but a CRTC has no counter";

	return NULL;
}

/**
 * tkms_audit - check the objects of a device before they are used
 * @kms: the device, after create_objects()
 *
 * Returns:
 * The first fault, or NULL.
 */
const char *tkms_audit(const struct tkms_device *kms)
{
	int num_primaries = 0;
	const char *reason;
	struct drm_encoder *encoder;
	struct drm_plane *plane;
	struct drm_crtc *crtc;
	u32 taken = 0;

	if (!drm_core_check_all_features(&kms->drm, TKMS_DRIVER_FEATURES))
		return "the driver lacks TKMS_DRIVER_FEATURES";
	if (!kms->drm.mode_config.num_crtc)
		return "the device has no CRTC";

	drm_for_each_crtc(crtc, &kms->drm) {
		reason = audit_crtc(kms, crtc, &taken);
		if (reason)
			return reason;
	}

	drm_for_each_plane(plane, &kms->drm) {
		if (!plane->possible_crtcs)
			return "a plane has no possible CRTC";
		num_primaries += plane->type == DRM_PLANE_TYPE_PRIMARY;
	}
	if (num_primaries != kms->drm.mode_config.num_crtc)
		return "the device has more primary planes than CRTCs";

	drm_for_each_encoder(encoder, &kms->drm) {
		if (!encoder->possible_crtcs)
			return "an encoder has no possible CRTC";
	}

	return NULL;
}
