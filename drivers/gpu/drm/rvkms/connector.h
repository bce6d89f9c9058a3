/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CONNECTOR_H
#define RVKMS_CONNECTOR_H

#include "core/timing/vrr.h"
#include "kms/class.h"

struct rvkms_device_request;

/* Greatest number of bits per channel of a link: as many as a composed pixel has. */
#define RVKMS_MAX_BPC 16

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
 * @is_connected: a monitor is plugged in
 * @is_fixed: the monitor has a fixed refresh rate, unless a user has replaced its EDID
 */
struct rvkms_connector {
	struct tkms_connector base;
	bool is_connected;
	bool is_fixed;
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

struct rvkms_encoder *rvkms_connector_create_with(struct tkms_setup *setup,
						  const struct rvkms_device_request *request,
						  u32 output);
struct rvkms_refresh rvkms_connector_refresh(const struct rvkms_connector *connector);
void rvkms_connector_set_connected(struct rvkms_connector *connector, bool is_connected);
bool rvkms_connector_link_is_bad(struct rvkms_connector *connector);
void rvkms_connector_break_link(struct rvkms_connector *connector);
void rvkms_connector_begin(struct tkms_initial *initial, struct rvkms_connector *connector);

#endif /* RVKMS_CONNECTOR_H */
