/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_CHECK_VERDICT_H
#define RVKMS_CORE_CHECK_VERDICT_H

#include <linux/errno.h>
#include <linux/types.h>

/*
 * The reasons for which a state is refused: the lines of rules.h, in that order, between one for
 * nothing violated and the number of them all.
 */
enum rvkms_rule {
	RVKMS_RULE_NONE,
#define RVKMS_RULE(name, ...) RVKMS_RULE_##name,
#include "rules.h"
#undef RVKMS_RULE
	RVKMS_RULE_COUNT,
};

/**
 * struct rvkms_verdict - the answer of every check
 * @err: 0, or the negative errno the client gets
 * @rule: the first rule violated, RVKMS_RULE_NONE where @err is 0
 */
struct rvkms_verdict {
	int err;
	enum rvkms_rule rule;
};

/**
 * struct rvkms_device_limits - what a device is able to scan out
 * @max_width: largest active width of a mode, in pixels
 * @max_height: largest active height of a mode, in lines
 * @max_clock: highest pixel clock of a mode, in kHz
 * @max_planes: most planes of a CRTC that are visible at a time
 * @max_pixel_rate: most pixels of all visible planes of a CRTC, in thousands a second
 * @cursor_width: largest width of a cursor plane, in pixels
 * @cursor_height: largest height of a cursor plane, in pixels
 * @min_scale: least number of source pixels for a pixel of the CRTC, 16.16 fixed point
 * @max_scale: largest number of them
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
