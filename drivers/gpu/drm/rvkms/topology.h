/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_TOPOLOGY_H
#define RVKMS_TOPOLOGY_H

#include "core/check/device.h"

/* Some clients make cursors as large as possible: they should not cost more than on hardware. */
#define RVKMS_DEFAULT_CURSOR_SIZE 512

struct tkms_setup;

struct rvkms_device_request rvkms_topology_plain(u32 crtcs, u32 overlays, u32 outputs);
int rvkms_topology_create(struct tkms_setup *setup, const struct rvkms_device_request *request);

#endif /* RVKMS_TOPOLOGY_H */
