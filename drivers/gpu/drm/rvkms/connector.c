// SPDX-License-Identifier: GPL-2.0

#include <drm/drm_atomic_helper.h>
#include <drm/drm_atomic_state_helper.h>
#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_edid.h>
#include <drm/drm_encoder.h>
#include <drm/drm_managed.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_probe_helper.h>

#include "connector.h"
#include "device.h"

#define PREFERRED_WIDTH 1024
#define PREFERRED_HEIGHT 768

static const struct drm_connector_funcs connector_funcs = {
	.fill_modes = drm_helper_probe_single_connector_modes,
	.atomic_create_state = drm_atomic_helper_connector_create_state,
	.atomic_duplicate_state = drm_atomic_helper_connector_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_connector_destroy_state,
};

/* The modes DRM has for a monitor that does not describe itself. */
static int connector_get_modes(struct drm_connector *connector)
{
	const struct rvkms_device *rvkms = to_rvkms_device(connector->dev);
	int count;

	count = drm_add_modes_noedid(connector, rvkms->limits.max_width,
				     rvkms->limits.max_height);
	drm_set_preferred_mode(connector, PREFERRED_WIDTH, PREFERRED_HEIGHT);

	return count;
}

static const struct drm_connector_helper_funcs connector_helper_funcs = {
	.get_modes = connector_get_modes,
};

/**
 * rvkms_connector_create - create a connector with a monitor that is always there
 * @rvkms: the device, not yet registered
 * @crtc: the CRTC that feeds it
 *
 * Returns:
 * 0 or a negative errno. The device owns what was created.
 */
int rvkms_connector_create(struct rvkms_device *rvkms, struct drm_crtc *crtc)
{
	struct drm_connector *connector;
	struct drm_encoder *encoder;
	int ret;

	connector = drmm_kzalloc(&rvkms->drm, sizeof(*connector), GFP_KERNEL);
	if (!connector)
		return -ENOMEM;

	ret = drmm_connector_init(&rvkms->drm, connector, &connector_funcs,
				  DRM_MODE_CONNECTOR_VIRTUAL, NULL);
	if (ret)
		return ret;
	drm_connector_helper_add(connector, &connector_helper_funcs);

	encoder = drmm_plain_encoder_alloc(&rvkms->drm, NULL, DRM_MODE_ENCODER_VIRTUAL, NULL);
	if (IS_ERR(encoder))
		return PTR_ERR(encoder);
	encoder->possible_crtcs = drm_crtc_mask(crtc);

	return drm_connector_attach_encoder(connector, encoder);
}
