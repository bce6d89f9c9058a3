/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_TIMING_VBLANK_H
#define RVKMS_CORE_TIMING_VBLANK_H

#include <linux/types.h>

/* The shortest and the longest period a vblank timer is ever asked to keep, in ns. */
#define RVKMS_PERIOD_MIN_NS	1000000u
#define RVKMS_PERIOD_MAX_NS	1000000000u

/**
 * struct rvkms_timing - what the timing of a mode depends on
 * @clock: pixel clock in kHz
 * @hdisplay: active pixels of a line
 * @htotal: all pixels of a line, blanking included
 * @vdisplay: active lines of a frame
 * @vtotal: all lines of a frame, blanking included
 * @vscan: how often each line is scanned; 0 and 1 both mean once
 * @doublescan: each line is scanned twice (as often again, with @vscan)
 * @interlace: the lines of a frame go out in two fields, with a vblank after each
 * @frame_packing: a picture for each eye goes out in the time of a frame: that for the left, a
 *                 vertical blanking, which is part of the active area, and that for the right
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
 * rvkms_vblank_period() makes one; num / den is at least RVKMS_PERIOD_MIN_NS and at most
 * RVKMS_PERIOD_MAX_NS.
 */
struct rvkms_period {
	u64 num;
	u32 den;
};

/**
 * struct rvkms_position - where the scan-out is
 * @vpos: the line, from the first active one on. In the blanking before it, it is negative: lines
 *        to go until the first active one.
 * @hpos: the pixel, from the first active one of the line on
 *
 * As &drm_crtc_helper_funcs.get_scanout_position has them.
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
