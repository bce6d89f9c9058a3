/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_BUILD_H
#define RVKMS_BUILD_H

struct device;
struct rvkms_device;
struct rvkms_device_desc;

struct rvkms_device *rvkms_device_create(struct device *parent,
					 const struct rvkms_device_desc *desc);
void rvkms_device_unplug(struct rvkms_device *rvkms);
int rvkms_device_suspend(struct rvkms_device *rvkms);
int rvkms_device_resume(struct rvkms_device *rvkms);

#endif /* RVKMS_BUILD_H */
