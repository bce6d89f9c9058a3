/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_TOPOLOGY_H
#define RVKMS_TOPOLOGY_H

struct kms_setup;
struct rvkms_device_desc;

int rvkms_topology_create(struct kms_setup *setup, const struct rvkms_device_desc *desc);

#endif /* RVKMS_TOPOLOGY_H */
