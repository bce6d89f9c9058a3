/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_PLATFORM_H
#define RVKMS_PLATFORM_H

struct platform_device;
struct rvkms_device_desc;

int rvkms_platform_init(void);
void rvkms_platform_exit(void);
struct platform_device *rvkms_platform_create(const char *name,
					      const struct rvkms_device_desc *desc);

#endif /* RVKMS_PLATFORM_H */
