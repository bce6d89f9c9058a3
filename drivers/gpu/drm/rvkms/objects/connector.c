// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Implements connectors, with a built-in EDID, and with hot-plug and bad links through debugfs. */

#include <linux/array_size.h>
#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/hdmi.h>
#include <linux/minmax.h>
#include <linux/slab.h>

#include <drm/drm_connector.h>
#include <drm/drm_edid.h>
#include <drm/drm_managed.h>
#include <drm/drm_modes.h>
#include <drm/drm_modeset_lock.h>
#include <drm/drm_probe_helper.h>
#include <drm/drm_property.h>

#include "../core/check/connector.h"
#include "connector.h"
#include "device.h"
#include "edid.h"

/*
 * The default depth of a link, as with amdgpu. The CRC covers the data that a link carries, and
 * clients compare CRCs of frames that were computed with CRCs of frames that were painted with
 * 8 bits per channel.
 */
#define DEFAULT_BPC 8

/* Values of enum hdmi_eotf that the built-in EDID announces. */
#define EOTFS (BIT(HDMI_EOTF_TRADITIONAL_GAMMA_SDR) | BIT(HDMI_EOTF_TRADITIONAL_GAMMA_HDR) | \
	       BIT(HDMI_EOTF_SMPTE_ST2084) | BIT(HDMI_EOTF_BT_2100_HLG))

TKMS_DEFINE_ENCODER_CLASS(rvkms_encoder);

/**
 * rvkms_connector_refresh - get the refresh rates of the monitor
 * @connector: the connector
 *
 * Returns:
 * The range in its EDID, 0 if the EDID has none.
 */
struct rvkms_refresh rvkms_connector_refresh(const struct rvkms_connector *connector)
{
	const struct drm_monitor_range_info *range =
		&connector->base.drm.display_info.monitor_range;

	return (struct rvkms_refresh){ .min_hz = range->min_vfreq, .max_hz = range->max_vfreq };
}

/* The modes of a monitor without an EDID: DRM's list, as the in-tree driver has it. */
static int add_modes_without_edid(struct drm_connector *drm)
{
	const struct rvkms_device_limits *limits = &to_rvkms_device(drm->dev)->limits;
	const int count = drm_add_modes_noedid(drm, limits->max_width, limits->max_height);

	drm_set_preferred_mode(drm, 1024, 768);

	return count;
}

/* Reads the modes from the EDID: the monitor's, or a user's override. */
static int connector_get_modes(struct rvkms_connector *connector)
{
	struct drm_connector *drm = &connector->base.drm;
	const struct drm_edid *edid = drm_edid_read_custom(drm, rvkms_edid_read_block,
							   &connector->monitor);
	const bool has_edid = edid;

	drm_edid_connector_update(drm, edid);
	drm_edid_free(edid);
	if (drm->vrr_capable_property)
		drm_connector_set_vrr_capable_property(drm, rvkms_refresh_is_variable
						       (rvkms_connector_refresh(connector)));

	return has_edid ? drm_edid_connector_add_modes(drm) : add_modes_without_edid(drm);
}

static enum drm_connector_status connector_detect(struct rvkms_connector *connector, bool force)
{
	static_assert((int)RVKMS_CONNECTED == (int)connector_status_connected);
	static_assert((int)RVKMS_DISCONNECTED == (int)connector_status_disconnected);
	static_assert((int)RVKMS_UNKNOWN == (int)connector_status_unknown);

	return (enum drm_connector_status)connector->monitor.status;
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
				  struct tkms_composer *composer)
{
	const struct drm_connector *drm = &connector->base.drm;
	const struct drm_connector_state *state = &new->base.drm;
	struct rvkms_connector_request request = {
		.min_bpc = RVKMS_MIN_BPC,
		.max_bpc = connector->max_bpc,
		.colorspaces = connector->colorspaces,
		.eotfs = EOTFS,
		.bpc = state->max_requested_bpc,
		.colorspace = state->colorspace,
		.has_hdr = state->hdr_output_metadata,
	};

	if (request.has_hdr)
		request.hdr = to_rvkms_hdr(state->hdr_output_metadata->data);

	return rvkms_refuse(drm->dev, rvkms_check_connector(&request),
			    "[CONNECTOR:%d:%s] bpc %u, colour space %u, HDR %d: EOTF %u, %u to %u",
			    drm->base.id, drm->name, request.bpc, request.colorspace,
			    request.has_hdr, request.hdr.eotf, request.hdr.min_luminance,
			    request.hdr.max_luminance);
}

static int connected_get(void *data, u64 *value)
{
	const struct rvkms_connector *connector = data;

	*value = connector->monitor.status == RVKMS_CONNECTED;

	return 0;
}

static int connected_set(void *data, u64 value)
{
	rvkms_connector_set_connected(data, value);

	return 0;
}

DEFINE_DEBUGFS_ATTRIBUTE(connected_fops, connected_get, connected_set, "%llu\n");

static int link_bad_get(void *data, u64 *value)
{
	*value = rvkms_connector_link_is_bad(data);

	return 0;
}

/* Only a modeset resets link-status to Good. */
static int link_bad_set(void *data, u64 value)
{
	if (!value)
		return -EINVAL;

	rvkms_connector_break_link(data);

	return 0;
}

DEFINE_DEBUGFS_ATTRIBUTE(link_bad_fops, link_bad_get, link_bad_set, "%llu\n");

/* DRM removes the directory when it unregisters the connector. */
static int connector_late_register(struct rvkms_connector *connector)
{
	struct dentry *directory = connector->base.drm.debugfs_entry;

	debugfs_create_file_unsafe("rvkms_connected", 0644, directory, connector,
				   &connected_fops);
	debugfs_create_file_unsafe("rvkms_link_bad", 0644, directory, connector, &link_bad_fops);

	return 0;
}

TKMS_DEFINE_CONNECTOR_CLASS(rvkms_connector, rvkms_connector_state,
			    .late_register = connector_late_register,
			    .atomic_check = connector_atomic_check,
			    .detect = connector_detect,
			    .get_modes = connector_get_modes);

static struct drm_property *create_max_bpc(struct drm_device *drm, u32 max_bpc)
{
	return drm_property_create_range(drm, 0, "max bpc", RVKMS_MIN_BPC, max_bpc);
}

/* All values for HDMI, with the names of drm_mode_create_hdmi_colorspace_property(). */
static const struct drm_prop_enum_list colorspaces[] = {
	{ DRM_MODE_COLORIMETRY_DEFAULT, "Default" },
	{ DRM_MODE_COLORIMETRY_SMPTE_170M_YCC, "SMPTE_170M_YCC" },
	{ DRM_MODE_COLORIMETRY_BT709_YCC, "BT709_YCC" },
	{ DRM_MODE_COLORIMETRY_XVYCC_601, "XVYCC_601" },
	{ DRM_MODE_COLORIMETRY_XVYCC_709, "XVYCC_709" },
	{ DRM_MODE_COLORIMETRY_SYCC_601, "SYCC_601" },
	{ DRM_MODE_COLORIMETRY_OPYCC_601, "opYCC_601" },
	{ DRM_MODE_COLORIMETRY_OPRGB, "opRGB" },
	{ DRM_MODE_COLORIMETRY_BT2020_CYCC, "BT2020_CYCC" },
	{ DRM_MODE_COLORIMETRY_BT2020_RGB, "BT2020_RGB" },
	{ DRM_MODE_COLORIMETRY_BT2020_YCC, "BT2020_YCC" },
	{ DRM_MODE_COLORIMETRY_DCI_P3_RGB_D65, "DCI-P3_RGB_D65" },
	{ DRM_MODE_COLORIMETRY_DCI_P3_RGB_THEATER, "DCI-P3_RGB_Theater" },
};

/**
 * rvkms_connector_create_properties - create the properties of dynamic connectors
 * @rvkms: the device, in create_objects()
 *
 * Returns:
 * 0 or -ENOMEM. The device owns the properties.
 */
int rvkms_connector_create_properties(struct rvkms_device *rvkms)
{
	struct drm_device *drm = &rvkms->base.drm;

	rvkms->max_bpc = create_max_bpc(drm, RVKMS_MAX_BPC);
	rvkms->colorspace = drm_property_create_enum(drm, DRM_MODE_PROP_ENUM, "Colorspace",
						     colorspaces, ARRAY_SIZE(colorspaces));
	rvkms->vrr_capable = drm_property_create_bool(drm, DRM_MODE_PROP_IMMUTABLE, "vrr_capable");
	if (!rvkms->max_bpc || !rvkms->colorspace || !rvkms->vrr_capable)
		return -ENOMEM;

	return drm_mode_create_content_type_property(drm);
}

static int choose_properties(struct drm_connector *connector,
			     const struct rvkms_connector_desc *desc)
{
	const struct rvkms_device *rvkms = to_rvkms_device(connector->dev);

	if (desc->is_dynamic) {
		connector->max_bpc_property = rvkms->max_bpc;
		connector->colorspace_property = rvkms->colorspace;
		return 0;
	}

	connector->max_bpc_property = create_max_bpc(connector->dev, desc->max_bpc);
	if (!connector->max_bpc_property)
		return -ENOMEM;

	return desc->colorspaces ?
	       drm_mode_create_hdmi_colorspace_property(connector, desc->colorspaces) : 0;
}

static int attach_vrr(struct drm_connector *connector, bool is_dynamic)
{
	if (!is_dynamic)
		return drm_connector_attach_vrr_capable_property(connector);

	connector->vrr_capable_property = to_rvkms_device(connector->dev)->vrr_capable;
	drm_object_attach_property(&connector->base, connector->vrr_capable_property, 0);

	return 0;
}

static int create_properties(struct drm_connector *connector,
			     const struct rvkms_connector_desc *desc)
{
	int ret;

	/* DRM attaches it to connectors of other types. */
	if (connector->connector_type == DRM_MODE_CONNECTOR_VIRTUAL)
		drm_connector_attach_edid_property(connector);

	ret = choose_properties(connector, desc);
	if (ret)
		return ret;

	/* drm_connector_attach_max_bpc_property() needs a state, which may not exist yet. */
	drm_object_attach_property(&connector->base, connector->max_bpc_property, DEFAULT_BPC);
	if (desc->colorspaces) {
		drm_connector_attach_hdr_output_metadata_property(connector);
		drm_connector_attach_colorspace_property(connector);
	}
	ret = drm_connector_attach_content_type_property(connector);

	return ret ?: desc->has_vrr ? attach_vrr(connector, desc->is_dynamic) : 0;
}

static void free_edid(struct drm_device *drm, void *data)
{
	struct rvkms_connector *connector = data;

	kfree(connector->monitor.edid);
}

/* Copies the EDID: its owner may go before the device. */
static int copy_monitor(struct rvkms_monitor *to, const struct rvkms_monitor *from)
{
	*to = *from;
	if (from->edid)
		to->edid = kmemdup(from->edid, from->edid_size, GFP_KERNEL);

	return from->edid && !to->edid ? -ENOMEM : 0;
}

/* Fills in a connector that is not registered yet. Its EDID is to be freed, even after an error. */
static int init_connector(struct rvkms_connector *connector,
			  const struct rvkms_connector_desc *desc)
{
	int ret = copy_monitor(&connector->monitor, &desc->monitor);

	connector->id = desc->id;
	connector->max_bpc = desc->max_bpc;
	/* Default always belongs to them. */
	connector->colorspaces = desc->colorspaces | BIT(DRM_MODE_COLORIMETRY_DEFAULT);
	/* Each change sends a hot-plug event: DRM need not poll. */
	connector->base.drm.polled = DRM_CONNECTOR_POLL_HPD;
	connector->base.drm.interlace_allowed = true;
	connector->base.drm.doublescan_allowed = true;
	connector->base.drm.stereo_allowed = true;

	return ret ?: create_properties(&connector->base.drm, desc);
}

/* The encoders of a description are the first ones of the device. */
static struct tkms_connector_info connector_info(struct drm_device *drm,
						 const struct rvkms_connector_desc *desc)
{
	struct drm_encoder *encoder;
	struct tkms_connector_info info = {
		.type = desc->type,
		.more_encoders = desc->encoders,
	};

	drm_for_each_encoder(encoder, drm) {
		if (drm_encoder_index(encoder) == __ffs(desc->encoders))
			info.encoder = to_tkms_encoder(encoder);
	}

	return info;
}

/**
 * rvkms_connector_create_with - create a connector
 * @setup: from create_objects(), after the encoders were created
 * @desc: the connector, of a device that rvkms_check_device() accepts
 *
 * Returns:
 * The connector, which the device owns, or an ERR_PTR().
 */
struct rvkms_connector *rvkms_connector_create_with(struct tkms_setup *setup,
						    const struct rvkms_connector_desc *desc)
{
	struct drm_device *drm = &tkms_setup_device(setup)->drm;
	const struct tkms_connector_info info = connector_info(drm, desc);
	struct rvkms_connector *connector = rvkms_connector_create(setup, &info);
	int ret;

	if (IS_ERR(connector))
		return connector;

	ret = drmm_add_action_or_reset(drm, free_edid, connector) ?:
	      init_connector(connector, desc);

	return ret ? ERR_PTR(ret) : connector;
}

static int port_late_register(struct rvkms_port *port)
{
	return connector_late_register(&port->connector);
}

static int port_atomic_check(struct rvkms_port *port, struct rvkms_connector_state *new,
			     const struct rvkms_connector_state *old,
			     struct tkms_composer *composer)
{
	return connector_atomic_check(&port->connector, new, old, composer);
}

static enum drm_connector_status port_detect(struct rvkms_port *port, bool force)
{
	return connector_detect(&port->connector, force);
}

static int port_get_modes(struct rvkms_port *port)
{
	return connector_get_modes(&port->connector);
}

static void port_destroy(struct rvkms_port *port)
{
	kfree(port->connector.monitor.edid);
}

TKMS_DEFINE_DYNAMIC_CONNECTOR_CLASS(rvkms_port, rvkms_connector_state,
				    .late_register = port_late_register,
				    .atomic_check = port_atomic_check,
				    .detect = port_detect,
				    .get_modes = port_get_modes,
				    .destroy = port_destroy);

static int prepare_port(struct tkms_connector *kms, const void *desc)
{
	struct rvkms_connector *connector = to_rvkms_connector(kms);
	int ret = init_connector(connector, desc);

	kms->drm.state->max_requested_bpc = DEFAULT_BPC;
	kms->drm.status = connector_detect(connector, false);

	return ret;
}

/**
 * rvkms_connector_plug - create a connector on a registered device
 * @drm: the device
 * @desc: the connector, which rvkms_check_connector_desc() accepts
 *
 * Clients get a hot-plug event. May sleep; no modeset lock may be held.
 *
 * Returns:
 * 0, to be followed by rvkms_connector_unplug(), or a negative errno.
 */
int rvkms_connector_plug(struct drm_device *drm, const struct rvkms_connector_desc *desc)
{
	struct tkms_connector_info info = connector_info(drm, desc);

	info.prepare = prepare_port;
	info.data = desc;

	return PTR_ERR_OR_ZERO(rvkms_port_plug(to_tkms_device(drm), &info));
}

/**
 * rvkms_connector_unplug - remove a connector that rvkms_connector_plug() has created
 * @drm: the device
 * @id: the id of its description
 *
 * Clients get a hot-plug event. A CRTC keeps scanning out: the client has to switch it off.
 */
void rvkms_connector_unplug(struct drm_device *drm, u32 id)
{
	struct rvkms_connector *connector = rvkms_connector_find(drm, id);

	if (connector)
		rvkms_port_unplug(rvkms_port_try_from(&connector->base));
}

/**
 * rvkms_connector_begin - fill in the first state and the status of a connector
 * @initial: from read_hardware()
 * @connector: the connector
 */
void rvkms_connector_begin(struct tkms_initial *initial, struct rvkms_connector *connector)
{
	tkms_connector_first(initial, &connector->base)->drm.max_requested_bpc = DEFAULT_BPC;
	connector->base.drm.status = connector_detect(connector, false);
}

/**
 * rvkms_connector_find - find a connector
 * @drm: the device
 * @id: the id of its description
 *
 * Returns:
 * The connector, or NULL. Without rvkms_connector_unplug() it lives as long as the device.
 */
struct rvkms_connector *rvkms_connector_find(struct drm_device *drm, u32 id)
{
	struct drm_connector_list_iter iterator;
	struct rvkms_connector *found = NULL;
	struct drm_connector *connector;

	drm_connector_list_iter_begin(drm, &iterator);
	drm_for_each_connector_iter(connector, &iterator) {
		found = to_rvkms_connector(to_tkms_connector(connector));
		/* A client may still use a connector that was unplugged. */
		if (found && found->id == id &&
		    connector->registration_state != DRM_CONNECTOR_UNREGISTERED)
			break;
		found = NULL;
	}
	drm_connector_list_iter_end(&iterator);

	return found;
}

/* Reads status and EDID again. Returns true if clients have to know. */
static bool has_changed(struct drm_connector *drm)
{
	const struct drm_mode_config *config = &drm->dev->mode_config;
	const enum drm_connector_status status = drm->status;
	const u64 epoch = drm->epoch_counter;
	const bool had_edid = drm->edid_blob_ptr;

	drm->funcs->fill_modes(drm, config->max_width, config->max_height);

	/* DRM's counter misses an EDID of a monitor that had none. */
	return drm->status != status || drm->epoch_counter != epoch ||
	       had_edid != !!drm->edid_blob_ptr;
}

/**
 * rvkms_connector_set_monitor - plug in another monitor, or unplug it
 * @connector: the connector of a registered device
 * @monitor: the monitor; its EDID is copied
 *
 * When this returns, DRM's connector has the status, the EDID and the modes of the monitor. Clients
 * get one hot-plug event for the connector if the status or the EDID changes. May sleep; no modeset
 * lock may be held.
 *
 * Returns:
 * 0 or -ENOMEM.
 */
int rvkms_connector_set_monitor(struct rvkms_connector *connector,
				const struct rvkms_monitor *monitor)
{
	struct drm_connector *drm = &connector->base.drm;
	struct rvkms_monitor next;
	bool changed;
	int ret;

	ret = copy_monitor(&next, monitor);
	if (ret)
		return ret;

	mutex_lock(&drm->dev->mode_config.mutex);
	swap(connector->monitor, next);
	changed = has_changed(drm);
	mutex_unlock(&drm->dev->mode_config.mutex);
	kfree(next.edid);

	if (changed)
		drm_kms_helper_connector_hotplug_event(drm);

	return 0;
}

/**
 * rvkms_connector_set_connected - plug the monitor in, or unplug it
 * @connector: the connector of a registered device
 * @is_connected: true to plug it in
 *
 * Clients get a hot-plug event if this is a change. May sleep; no modeset lock may be held.
 */
void rvkms_connector_set_connected(struct rvkms_connector *connector, bool is_connected)
{
	struct drm_connector *drm = &connector->base.drm;

	mutex_lock(&drm->dev->mode_config.mutex);
	connector->monitor.status = is_connected ? RVKMS_CONNECTED : RVKMS_DISCONNECTED;
	mutex_unlock(&drm->dev->mode_config.mutex);

	drm_connector_helper_hpd_irq_event(drm);
}

/**
 * rvkms_connector_link_is_bad - get the link status
 * @connector: the connector
 *
 * May sleep; no modeset lock may be held.
 *
 * Returns:
 * True if the link was broken, and no mode was set since.
 */
bool rvkms_connector_link_is_bad(struct rvkms_connector *connector)
{
	struct drm_connector *drm = &connector->base.drm;
	bool is_bad;

	drm_modeset_lock(&drm->dev->mode_config.connection_mutex, NULL);
	is_bad = drm->state->link_status == DRM_LINK_STATUS_BAD;
	drm_modeset_unlock(&drm->dev->mode_config.connection_mutex);

	return is_bad;
}

/**
 * rvkms_connector_break_link - simulate a failed link training
 * @connector: the connector of a registered device
 *
 * Clients get a hot-plug event and have to set a mode to restore the link. The CRTC keeps scanning
 * out, since no real link exists. May sleep; no modeset lock may be held.
 */
void rvkms_connector_break_link(struct rvkms_connector *connector)
{
	struct drm_connector *drm = &connector->base.drm;

	drm_connector_set_link_status_property(drm, DRM_LINK_STATUS_BAD);
	drm_kms_helper_connector_hotplug_event(drm);
}
