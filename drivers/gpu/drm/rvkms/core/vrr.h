/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_VRR_H
#define RVKMS_CORE_VRR_H

#include <linux/types.h>

#include "vblank.h"

/**
 * struct rvkms_vrr - how long a frame may last
 * @shortest: the least time between two vblanks
 * @longest: the most time between two vblanks; not less than @shortest
 */
struct rvkms_vrr {
	struct rvkms_period shortest;
	struct rvkms_period longest;
};

/**
 * struct rvkms_window - when the next vblank may be
 * @earliest: in ns
 * @latest: in ns, not before @earliest
 */
struct rvkms_window {
	s64 earliest;
	s64 latest;
};

struct rvkms_vrr rvkms_vrr_create(const struct rvkms_timing *timing, u32 min_hz, u32 max_hz);
struct rvkms_window rvkms_vrr_window(const struct rvkms_vrr *vrr, s64 anchor, s64 now);
s64 rvkms_vrr_flip(const struct rvkms_vrr *vrr, s64 anchor, s64 flip);

#endif /* RVKMS_CORE_VRR_H */
