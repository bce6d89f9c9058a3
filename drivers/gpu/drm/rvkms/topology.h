/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_TOPOLOGY_H
#define RVKMS_TOPOLOGY_H

struct tkms_setup;
struct rvkms_device_desc;

int rvkms_topology_create(struct tkms_setup *setup, const struct rvkms_device_desc *desc);

#endif /* RVKMS_TOPOLOGY_H */
