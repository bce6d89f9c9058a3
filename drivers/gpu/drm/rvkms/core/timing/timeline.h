/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_TIMING_TIMELINE_H
#define RVKMS_CORE_TIMING_TIMELINE_H

#include <linux/types.h>

#include "vrr.h"

/**
 * struct rvkms_timeline - the past and future vblanks of a CRTC
 * @vrr: the limits of a frame's duration
 * @anchor: the time of a past vblank, in ns; frames since then last for the longest period
 * @number: the number of the vblank at @anchor
 * @has_flip: a flip is pending; otherwise the fields below are ignored
 * @flip: the time of the vblank that shows the flip, in ns
 * @flip_number: the number of the vblank that shows the flip
 *
 * All times, here and in the arguments of the functions, are on one clock.
 */
struct rvkms_timeline {
	struct rvkms_vrr vrr;
	s64 anchor;
	u64 number;
	bool has_flip;
	s64 flip;
	u64 flip_number;
};

struct rvkms_timeline rvkms_timeline_begin(struct rvkms_vrr vrr, s64 now);
struct rvkms_timeline rvkms_timeline_settle(struct rvkms_timeline timeline, s64 now);
struct rvkms_timeline rvkms_timeline_flip(struct rvkms_timeline timeline, s64 now);
struct rvkms_timeline rvkms_timeline_change(struct rvkms_timeline timeline, struct rvkms_vrr vrr,
					    s64 now);
u64 rvkms_timeline_count(struct rvkms_timeline timeline, s64 now);
s64 rvkms_timeline_last(struct rvkms_timeline timeline, s64 now);
s64 rvkms_timeline_next(struct rvkms_timeline timeline, s64 now);

#endif /* RVKMS_CORE_TIMING_TIMELINE_H */
