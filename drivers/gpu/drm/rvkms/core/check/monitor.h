/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_MONITOR_H
#define RVKMS_CORE_CHECK_MONITOR_H

#include <linux/types.h>

#include "device.h"

/**
 * struct rvkms_reduced - a timing with reduced blanking (VESA CVT 1.2, version 1)
 * @clock: pixel clock in 10 kHz
 * @hblank: horizontal blanking in pixels
 * @hsync_offset: pixels from the active area to the sync pulse
 * @hsync_width: pixels of the sync pulse
 * @vblank: vertical blanking in lines
 * @vsync_offset: lines from the active area to the sync pulse
 * @vsync_width: lines of the sync pulse
 */
struct rvkms_reduced {
	u64 clock;
	u32 hblank;
	u32 hsync_offset;
	u32 hsync_width;
	u32 vblank;
	u32 vsync_offset;
	u32 vsync_width;
};

struct rvkms_reduced rvkms_monitor_timing(const struct rvkms_monitor_mode *mode);
int rvkms_monitor_set_modes(struct rvkms_monitor *monitor, const char *text, size_t length);
int rvkms_monitor_set_name(struct rvkms_monitor *monitor, const char *text, size_t length);

#endif /* RVKMS_CORE_CHECK_MONITOR_H */
