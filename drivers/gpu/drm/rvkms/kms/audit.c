// SPDX-License-Identifier: GPL-2.0
/*
 * Does what a driver created make sense? DRM warns of some of this when it registers the device,
 * and then goes on with it.
 */

#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_drv.h>
#include <drm/drm_encoder.h>
#include <drm/drm_plane.h>

#include "internal.h"

/* Primary and cursor planes are bound to one CRTC each, for clients that know no planes. */
static const char *audit_own_plane(const struct drm_crtc *crtc, const struct drm_plane *plane,
				   u32 *taken)
{
	const u32 mask = drm_plane_mask(plane);

	if (*taken & mask)
		return "two CRTCs share a primary or cursor plane";
	if (!(plane->possible_crtcs & drm_crtc_mask(crtc)))
		return "a CRTC may not show its primary or cursor plane";
	*taken |= mask;

	return NULL;
}

static const char *audit_vblank(const struct kms_device *kms, const struct kms_crtc *crtc)
{
	const bool has_counter = kms_crtc_class(crtc)->has_counter();

	if (has_counter && !kms->config.max_vblank_count)
		return "a vblank counter has no last value";
	if (!has_counter && kms->config.vblank_disable_immediate)
		return "vblanks are disabled at once, but a CRTC has no counter to go on";

	return NULL;
}

static const char *audit_crtcs(const struct kms_device *kms)
{
	const char *reason = NULL;
	u32 taken = 0;
	struct drm_crtc *crtc;

	if (!kms->drm.mode_config.num_crtc)
		return "there is no CRTC";

	drm_for_each_crtc(crtc, &kms->drm) {
		if (!crtc->primary)
			return "a CRTC has no primary plane";
		reason = audit_own_plane(crtc, crtc->primary, &taken);
		if (!reason && crtc->cursor)
			reason = audit_own_plane(crtc, crtc->cursor, &taken);
		if (!reason && kms_crtc_has_vblank(to_kms_crtc(crtc)))
			reason = audit_vblank(kms, to_kms_crtc(crtc));
		if (reason)
			return reason;
	}

	return NULL;
}

static const char *audit_planes(const struct kms_device *kms)
{
	int num_primaries = 0;
	struct drm_plane *plane;

	drm_for_each_plane(plane, &kms->drm) {
		if (!plane->possible_crtcs)
			return "no CRTC may show a plane";
		num_primaries += plane->type == DRM_PLANE_TYPE_PRIMARY;
	}

	if (num_primaries != kms->drm.mode_config.num_crtc)
		return "there are more primary planes than CRTCs";

	return NULL;
}

static const char *audit_encoders(const struct kms_device *kms)
{
	struct drm_encoder *encoder;

	drm_for_each_encoder(encoder, &kms->drm) {
		if (!encoder->possible_crtcs)
			return "no CRTC may feed an encoder";
	}

	return NULL;
}

/**
 * kms_audit - check the objects of a device before they are used
 * @kms: the device, after create_objects()
 *
 * Returns:
 * What is wrong with them, or NULL.
 */
const char *kms_audit(const struct kms_device *kms)
{
	const char *reason = NULL;

	if (!drm_core_check_all_features(&kms->drm, KMS_DRIVER_FEATURES))
		return "the driver lacks KMS_DRIVER_FEATURES";

	reason = audit_crtcs(kms);
	if (!reason)
		reason = audit_planes(kms);
	if (!reason)
		reason = audit_encoders(kms);

	return reason;
}
