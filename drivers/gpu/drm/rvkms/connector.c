// SPDX-License-Identifier: GPL-2.0

#include <linux/array_size.h>
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/hdmi.h>

#include <drm/drm_connector.h>
#include <drm/drm_edid.h>
#include <drm/drm_property.h>

#include "connector.h"
#include "core/check_connector.h"
#include "edid.h"
#include "refusal.h"

#define MIN_BPC 6

/*
 * What a link has unless a client wants more, as with amdgpu: the CRC is that of what the link
 * carries, and clients compare those of frames that were computed with others that were painted
 * in eight bits.
 */
#define DEFAULT_BPC 8

/* Of enum drm_colorspace and of enum hdmi_eotf: what the built-in EDID announces. */
#define COLORSPACES (BIT(DRM_MODE_COLORIMETRY_DEFAULT) | BIT(DRM_MODE_COLORIMETRY_BT2020_RGB))
#define EOTFS (BIT(HDMI_EOTF_TRADITIONAL_GAMMA_SDR) | BIT(HDMI_EOTF_TRADITIONAL_GAMMA_HDR) | \
	       BIT(HDMI_EOTF_SMPTE_ST2084) | BIT(HDMI_EOTF_BT_2100_HLG))

KMS_DEFINE_ENCODER_CLASS(rvkms_encoder);

/**
 * rvkms_connector_refresh - the refresh rates of the monitor
 * @connector: the connector
 *
 * Returns:
 * What its EDID says, 0 if it says nothing.
 */
struct rvkms_refresh rvkms_connector_refresh(const struct rvkms_connector *connector)
{
	const struct drm_monitor_range_info *range =
		&connector->base.drm.display_info.monitor_range;

	return (struct rvkms_refresh){ .min_hz = range->min_vfreq, .max_hz = range->max_vfreq };
}

/* Those of the EDID: the built-in one, or what a user has put in its place. */
static int connector_get_modes(struct rvkms_connector *connector)
{
	struct drm_connector *drm = &connector->base.drm;
	const struct drm_edid *edid = drm_edid_read_custom(drm, rvkms_edid_read_block,
							   &connector->is_fixed);

	/* Without an EDID there are no modes, and DRM adds some of its own. */
	drm_edid_connector_update(drm, edid);
	drm_edid_free(edid);
	drm_connector_set_vrr_capable_property(drm, rvkms_refresh_is_variable
					       (rvkms_connector_refresh(connector)));

	return drm_edid_connector_add_modes(drm);
}

static enum drm_connector_status connector_detect(struct rvkms_connector *connector, bool force)
{
	return connector->is_connected ? connector_status_connected
				       : connector_status_disconnected;
}

static struct rvkms_hdr_metadata to_rvkms_hdr(const struct hdr_output_metadata *metadata)
{
	const struct hdr_metadata_infoframe *frame = &metadata->hdmi_metadata_type1;
	struct rvkms_hdr_metadata hdr = {
		.type = metadata->metadata_type,
		.infoframe_type = frame->metadata_type,
		.eotf = frame->eotf,
		.white = { frame->white_point.x, frame->white_point.y },
		.max_luminance = frame->max_display_mastering_luminance,
		.min_luminance = frame->min_display_mastering_luminance,
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(hdr.primaries); i++)
		hdr.primaries[i] = (struct rvkms_chromaticity){
			frame->display_primaries[i].x, frame->display_primaries[i].y
		};

	return hdr;
}

static int connector_atomic_check(struct rvkms_connector *connector,
				  struct rvkms_connector_state *new,
				  const struct rvkms_connector_state *old,
				  struct kms_composer *composer)
{
	const struct drm_connector *drm = &connector->base.drm;
	const struct drm_connector_state *state = &new->base.drm;
	struct rvkms_connector_request request = {
		.min_bpc = MIN_BPC,
		.max_bpc = RVKMS_MAX_BPC,
		.colorspaces = COLORSPACES,
		.eotfs = EOTFS,
		.bpc = state->max_requested_bpc,
		.colorspace = state->colorspace,
		.has_hdr = state->hdr_output_metadata,
	};

	if (request.has_hdr)
		request.hdr = to_rvkms_hdr(state->hdr_output_metadata->data);

	return rvkms_refuse(drm->dev, rvkms_check_connector(&request),
			    "[CONNECTOR:%d:%s] %u bits, colour space %u, HDR %d: EOTF %u, %u to %u",
			    drm->base.id, drm->name, request.bpc, request.colorspace,
			    request.has_hdr, request.hdr.eotf, request.hdr.min_luminance,
			    request.hdr.max_luminance);
}

KMS_DEFINE_CONNECTOR_CLASS(rvkms_connector, rvkms_connector_state,
			   .atomic_check = connector_atomic_check,
			   .detect = connector_detect,
			   .get_modes = connector_get_modes);

/* DRM's own function for this wants a state, which there is not yet. */
static int create_max_bpc(struct drm_connector *connector)
{
	struct drm_property *property = drm_property_create_range(connector->dev, 0, "max bpc",
								  MIN_BPC, RVKMS_MAX_BPC);

	if (!property)
		return -ENOMEM;

	connector->max_bpc_property = property;
	drm_object_attach_property(&connector->base, property, DEFAULT_BPC);

	return 0;
}

static int create_properties(struct drm_connector *connector)
{
	int ret;

	/* Virtual connectors do not have it by themselves. */
	drm_connector_attach_edid_property(connector);

	ret = create_max_bpc(connector);
	if (ret)
		return ret;

	ret = drm_mode_create_hdmi_colorspace_property(connector, COLORSPACES);
	if (ret)
		return ret;

	ret = drm_connector_attach_colorspace_property(connector);
	if (ret)
		return ret;

	drm_connector_attach_hdr_output_metadata_property(connector);

	ret = drm_connector_attach_vrr_capable_property(connector);
	if (ret)
		return ret;

	return drm_connector_attach_content_type_property(connector);
}

/**
 * rvkms_connector_create_with - create a connector with its encoder
 * @setup: from create_objects()
 * @is_connected: whether there is a monitor from the beginning
 * @is_fixed: whether that has no variable refresh rate
 *
 * Returns:
 * The encoder, which is for no CRTC yet, or an ERR_PTR(). The device owns what was created.
 */
struct rvkms_encoder *rvkms_connector_create_with(struct kms_setup *setup, bool is_connected,
						  bool is_fixed)
{
	struct rvkms_encoder *encoder = rvkms_encoder_create(setup, DRM_MODE_ENCODER_VIRTUAL);
	struct rvkms_connector *connector;
	int ret;

	if (IS_ERR(encoder))
		return encoder;

	connector = rvkms_connector_create(setup, &(struct kms_connector_info){
		.type = DRM_MODE_CONNECTOR_VIRTUAL,
		.encoder = &encoder->base,
	});
	if (IS_ERR(connector))
		return ERR_CAST(connector);

	connector->is_connected = is_connected;
	connector->is_fixed = is_fixed;
	ret = create_properties(&connector->base.drm);

	return ret ? ERR_PTR(ret) : encoder;
}

/**
 * rvkms_connector_begin - make the first state of a connector
 * @initial: from read_hardware()
 * @connector: the connector
 */
void rvkms_connector_begin(struct kms_initial *initial, struct rvkms_connector *connector)
{
	kms_connector_first(initial, &connector->base)->drm.max_requested_bpc = DEFAULT_BPC;
}
