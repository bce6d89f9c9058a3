/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CONNECTOR_H
#define RVKMS_CONNECTOR_H

#include "core/check/device.h"
#include "core/timing/vrr.h"
#include "kms/class.h"

/**
 * struct rvkms_encoder - an encoder, which does nothing
 * @base: the KMS object
 */
struct rvkms_encoder {
	struct kms_encoder base;
};

/**
 * struct rvkms_connector - a connector
 * @base: the KMS object
 * @max_bpc: largest number of bits per channel
 * @colorspaces: supported values of enum drm_colorspace, one bit per value
 * @monitor: the monitor, with an EDID of its own; protected by DRM's mode_config.mutex
 */
struct rvkms_connector {
	struct kms_connector base;
	u32 max_bpc;
	u32 colorspaces;
	struct rvkms_monitor monitor;
};

/**
 * struct rvkms_connector_state - the state of a connector
 * @base: the KMS state
 */
struct rvkms_connector_state {
	struct kms_connector_state base;
};

KMS_DECLARE_ENCODER_CLASS(rvkms_encoder);
KMS_DECLARE_CONNECTOR_CLASS(rvkms_connector, rvkms_connector_state);

struct rvkms_connector *rvkms_connector_create_with(struct kms_setup *setup,
						    const struct rvkms_connector_desc *desc,
						    struct rvkms_encoder *encoder);
struct rvkms_refresh rvkms_connector_refresh(const struct rvkms_connector *connector);
int rvkms_connector_set_monitor(struct rvkms_connector *connector,
				const struct rvkms_monitor *monitor);
void rvkms_connector_set_connected(struct rvkms_connector *connector, bool is_connected);
bool rvkms_connector_link_is_bad(struct rvkms_connector *connector);
void rvkms_connector_break_link(struct rvkms_connector *connector);
void rvkms_connector_begin(struct kms_initial *initial, struct rvkms_connector *connector);

#endif /* RVKMS_CONNECTOR_H */
