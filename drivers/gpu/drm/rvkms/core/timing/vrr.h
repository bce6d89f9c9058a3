/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_TIMING_VRR_H
#define RVKMS_CORE_TIMING_VRR_H

#include <linux/limits.h>
#include <linux/types.h>

#include "vblank.h"

/**
 * struct rvkms_vrr - the limits of a frame's duration
 * @shortest: the shortest time between two vblanks
 * @longest: the longest time between two vblanks; at least @shortest
 */
struct rvkms_vrr {
	struct rvkms_period shortest;
	struct rvkms_period longest;
};

/**
 * struct rvkms_window - the possible times of the next vblank
 * @earliest: in ns
 * @latest: in ns, not before @earliest
 */
struct rvkms_window {
	s64 earliest;
	s64 latest;
};

/**
 * struct rvkms_refresh - the refresh rates of a monitor
 * @min_hz: the lowest, 0 if not known
 * @max_hz: the highest, 0 if not known
 */
struct rvkms_refresh {
	u32 min_hz;
	u32 max_hz;
};

/* The rates of no monitor: the neutral element of rvkms_refresh_common(). */
#define RVKMS_REFRESH_ANY ((struct rvkms_refresh){ .min_hz = 0, .max_hz = U32_MAX })

struct rvkms_refresh rvkms_refresh_common(struct rvkms_refresh a, struct rvkms_refresh b);
bool rvkms_refresh_is_variable(struct rvkms_refresh refresh);
struct rvkms_vrr rvkms_vrr_fixed(const struct rvkms_timing *timing);
struct rvkms_vrr rvkms_vrr_of_refresh(const struct rvkms_timing *timing,
				      struct rvkms_refresh refresh);
struct rvkms_vrr rvkms_vrr_create(const struct rvkms_timing *timing, u32 min_hz, u32 max_hz);
struct rvkms_window rvkms_vrr_window(const struct rvkms_vrr *vrr, s64 anchor, s64 now);
s64 rvkms_vrr_flip(const struct rvkms_vrr *vrr, s64 anchor, s64 flip);

#endif /* RVKMS_CORE_TIMING_VRR_H */
