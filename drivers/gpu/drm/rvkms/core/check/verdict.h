/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_CHECK_VERDICT_H
#define RVKMS_CORE_CHECK_VERDICT_H

#include <linux/errno.h>
#include <linux/types.h>

/*
 * The rules of rules.h, in that order. RVKMS_RULE_NONE: no rule is violated. RVKMS_RULE_COUNT: the
 * number of values.
 */
enum rvkms_rule {
	RVKMS_RULE_NONE,
#define RVKMS_RULE(name, ...) RVKMS_RULE_##name,
#include "rules.h"
#undef RVKMS_RULE
	RVKMS_RULE_COUNT,
};

/**
 * struct rvkms_verdict - the result of a check
 * @err: 0, or the negative errno for the client
 * @rule: the first rule that is violated, RVKMS_RULE_NONE if @err is 0
 */
struct rvkms_verdict {
	int err;
	enum rvkms_rule rule;
};

/**
 * struct rvkms_device_limits - the scan-out limits of a device
 * @max_width: largest active width of a mode, in pixels
 * @max_height: largest active height of a mode, in lines
 * @max_clock: highest pixel clock of a mode, in kHz
 * @max_planes: largest number of visible planes of a CRTC
 * @max_pixel_rate: largest pixel rate of all visible planes of a CRTC, in 1000 pixels per second
 * @cursor_width: largest width of a cursor plane, in pixels
 * @cursor_height: largest height of a cursor plane, in pixels
 * @min_scale: smallest number of source pixels per pixel of the CRTC, 16.16 fixed point
 * @max_scale: largest number of source pixels per pixel of the CRTC, 16.16 fixed point
 */
struct rvkms_device_limits {
	u32 max_width;
	u32 max_height;
	u32 max_clock;
	u32 max_planes;
	u64 max_pixel_rate;
	u32 cursor_width;
	u32 cursor_height;
	u32 min_scale;
	u32 max_scale;
};

struct rvkms_verdict rvkms_verdict_accept(void);
struct rvkms_verdict rvkms_verdict_refuse(enum rvkms_rule rule);
const char *rvkms_rule_name(enum rvkms_rule rule);
const char *rvkms_rule_text(enum rvkms_rule rule);

#endif /* RVKMS_CORE_CHECK_VERDICT_H */
