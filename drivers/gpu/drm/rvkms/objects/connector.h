/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CONNECTOR_H
#define RVKMS_CONNECTOR_H

#include "../core/check/device.h"
#include "../core/timing/vrr.h"
#include "../kms/class.h"

struct rvkms_device;

/**
 * struct rvkms_encoder - an encoder, which does nothing
 * @base: the KMS object
 */
struct rvkms_encoder {
	struct tkms_encoder base;
};

/**
 * struct rvkms_connector - a connector
 * @base: the KMS object
 * @id: its id in the description
 * @max_bpc: largest number of bits per channel
 * @colorspaces: supported values of enum drm_colorspace, one bit per value
 * @monitor: the monitor, with an EDID of its own; protected by DRM's mode_config.mutex
 */
struct rvkms_connector {
	struct tkms_connector base;
	u32 id;
	u32 max_bpc;
	u32 colorspaces;
	struct rvkms_monitor monitor;
};

/**
 * struct rvkms_port - a connector that comes and goes while the device is registered
 * @base: the KMS object, which is also that of @connector
 * @connector: the connector
 */
struct rvkms_port {
	union {
		struct tkms_connector base;
		struct rvkms_connector connector;
	};
};

/**
 * struct rvkms_connector_state - the state of a connector
 * @base: the KMS state
 */
struct rvkms_connector_state {
	struct tkms_connector_state base;
};

TKMS_DECLARE_ENCODER_CLASS(rvkms_encoder);
TKMS_DECLARE_CONNECTOR_CLASS(rvkms_connector, rvkms_connector_state);
TKMS_DECLARE_DYNAMIC_CONNECTOR_CLASS(rvkms_port, rvkms_connector_state);

/* Returns the connector of both classes, NULL for a writeback connector. */
static inline struct rvkms_connector *to_rvkms_connector(struct tkms_connector *kms)
{
	struct rvkms_port *port = rvkms_port_try_from(kms);

	return port ? &port->connector : rvkms_connector_try_from(kms);
}

int rvkms_connector_create_properties(struct rvkms_device *rvkms);
struct rvkms_connector *rvkms_connector_create_with(struct tkms_setup *setup,
						    const struct rvkms_connector_desc *desc);
int rvkms_connector_plug(struct drm_device *drm, const struct rvkms_connector_desc *desc);
void rvkms_connector_unplug(struct drm_device *drm, u32 id);
struct rvkms_refresh rvkms_connector_refresh(const struct rvkms_connector *connector);
struct rvkms_connector *rvkms_connector_find(struct drm_device *drm, u32 id);
int rvkms_connector_set_monitor(struct rvkms_connector *connector,
				const struct rvkms_monitor *monitor);
void rvkms_connector_set_connected(struct rvkms_connector *connector, bool is_connected);
bool rvkms_connector_link_is_bad(struct rvkms_connector *connector);
void rvkms_connector_break_link(struct rvkms_connector *connector);
void rvkms_connector_begin(struct tkms_initial *initial, struct rvkms_connector *connector);

#endif /* RVKMS_CONNECTOR_H */
