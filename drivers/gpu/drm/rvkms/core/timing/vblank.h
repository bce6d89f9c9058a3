/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_TIMING_VBLANK_H
#define RVKMS_CORE_TIMING_VBLANK_H

#include <linux/types.h>

/* The shortest and the longest period of a vblank timer, in ns. */
#define RVKMS_PERIOD_MIN_NS	1000000u
#define RVKMS_PERIOD_MAX_NS	1000000000u

/**
 * struct rvkms_timing - the timing of a mode
 * @clock: pixel clock in kHz
 * @hdisplay: active pixels of a line
 * @htotal: all pixels of a line, blanking included
 * @vdisplay: active lines of a frame
 * @vtotal: all lines of a frame, blanking included
 * @vscan: number of times each line is scanned; 0 and 1 both mean once
 * @doublescan: each line is scanned twice, or 2 * @vscan times
 * @interlace: a frame is scanned out in two fields, each with its vblank
 * @frame_packing: one view per eye is scanned out in the time of a frame: the left view, a vertical
 *                 blanking, which is part of the active area, and the right view
 */
struct rvkms_timing {
	s32 clock;
	u16 hdisplay;
	u16 htotal;
	u16 vdisplay;
	u16 vtotal;
	u16 vscan;
	bool doublescan;
	bool interlace;
	bool frame_packing;
};

/**
 * struct rvkms_period - the exact time between two vblanks, @num / @den nanoseconds
 * @num: numerator
 * @den: denominator, not 0
 *
 * rvkms_vblank_period() returns a period with num / den from RVKMS_PERIOD_MIN_NS to
 * RVKMS_PERIOD_MAX_NS.
 */
struct rvkms_period {
	u64 num;
	u32 den;
};

/**
 * struct rvkms_position - the position of the scan-out
 * @vpos: the line, from the first active one on; in the blanking, minus the number of lines until
 *        the first active one
 * @hpos: the pixel, from the first active one of the line on
 *
 * As in &drm_crtc_helper_funcs.get_scanout_position.
 */
struct rvkms_position {
	s32 vpos;
	s32 hpos;
};

u32 rvkms_timing_height(const struct rvkms_timing *timing);
bool rvkms_timing_in_range(const struct rvkms_timing *timing);
struct rvkms_period rvkms_vblank_period(const struct rvkms_timing *timing);
s64 rvkms_vblank_time(struct rvkms_period period, s64 anchor, u64 n);
u64 rvkms_vblank_count(struct rvkms_period period, s64 anchor, s64 now);
u32 rvkms_vblank_active_delay(const struct rvkms_timing *timing);
struct rvkms_position rvkms_vblank_position(const struct rvkms_timing *timing, s64 since);

#endif /* RVKMS_CORE_TIMING_VBLANK_H */
