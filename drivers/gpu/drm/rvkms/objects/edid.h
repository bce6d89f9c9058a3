/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_EDID_H
#define RVKMS_EDID_H

#include <linux/types.h>

struct rvkms_monitor;

int rvkms_edid_read_block(void *context, u8 *to, unsigned int block, size_t length);
size_t rvkms_edid_size(const struct rvkms_monitor *monitor);
void rvkms_edid_read(const struct rvkms_monitor *monitor, u8 *to);

#endif /* RVKMS_EDID_H */
