/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_WRITEBACK_H
#define RVKMS_WRITEBACK_H

#include "connector.h"

/**
 * struct rvkms_writeback - a writeback connector
 * @base: the KMS object
 */
struct rvkms_writeback {
	struct tkms_connector base;
};

TKMS_DECLARE_WRITEBACK_CLASS(rvkms_writeback, rvkms_connector_state);

void rvkms_writeback_wait(const struct tkms_connector_state *state);
struct rvkms_encoder *rvkms_writeback_create_with(struct tkms_setup *setup);

#endif /* RVKMS_WRITEBACK_H */
