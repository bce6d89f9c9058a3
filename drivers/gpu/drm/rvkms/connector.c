// SPDX-License-Identifier: GPL-2.0

#include <linux/err.h>

#include <drm/drm_connector.h>
#include <drm/drm_edid.h>

#include "connector.h"
#include "crtc.h"
#include "device.h"

#define PREFERRED_WIDTH 1024
#define PREFERRED_HEIGHT 768

KMS_DEFINE_ENCODER_CLASS(rvkms_encoder);

/* The modes DRM has for a monitor that does not describe itself. */
static int connector_get_modes(struct rvkms_connector *connector)
{
	struct drm_connector *drm = &connector->base.drm;
	const struct rvkms_device *rvkms = to_rvkms_device(drm->dev);
	int count;

	count = drm_add_modes_noedid(drm, rvkms->limits.max_width, rvkms->limits.max_height);
	drm_set_preferred_mode(drm, PREFERRED_WIDTH, PREFERRED_HEIGHT);

	return count;
}

KMS_DEFINE_CONNECTOR_CLASS(rvkms_connector, rvkms_connector_state,
			   .get_modes = connector_get_modes);

/**
 * rvkms_encoder_create_for - create an encoder
 * @setup: from create_objects()
 * @crtc: the CRTC that feeds it
 *
 * Returns:
 * The encoder, which the device owns, or an ERR_PTR().
 */
struct rvkms_encoder *rvkms_encoder_create_for(struct kms_setup *setup,
					       const struct rvkms_crtc *crtc)
{
	struct rvkms_encoder *encoder = rvkms_encoder_create(setup, DRM_MODE_ENCODER_VIRTUAL);
	int ret;

	if (IS_ERR(encoder))
		return encoder;

	ret = kms_encoder_allow(setup, &encoder->base, &crtc->base);

	return ret ? ERR_PTR(ret) : encoder;
}

/**
 * rvkms_connector_create_for - create a connector with a monitor that is always there
 * @setup: from create_objects()
 * @crtc: the CRTC that feeds it
 *
 * Returns:
 * Its encoder or an ERR_PTR(). The device owns what was created.
 */
struct rvkms_encoder *rvkms_connector_create_for(struct kms_setup *setup,
						 const struct rvkms_crtc *crtc)
{
	struct rvkms_encoder *encoder = rvkms_encoder_create_for(setup, crtc);
	struct rvkms_connector *connector;

	if (IS_ERR(encoder))
		return encoder;

	connector = rvkms_connector_create(setup, &(struct kms_connector_info){
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.encoder = &encoder->base,
	});

	return IS_ERR(connector) ? ERR_CAST(connector) : encoder;
}
