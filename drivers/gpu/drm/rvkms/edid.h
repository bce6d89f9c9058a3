/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_EDID_H
#define RVKMS_EDID_H

#include <linux/types.h>

int rvkms_edid_read_block(void *context, u8 *to, unsigned int block, size_t length);

#endif /* RVKMS_EDID_H */
