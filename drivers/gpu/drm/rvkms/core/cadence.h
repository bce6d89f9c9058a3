/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_CADENCE_H
#define RVKMS_CORE_CADENCE_H

#include <linux/types.h>

#include "vrr.h"

/**
 * struct rvkms_cadence - the past and future vblanks of a CRTC
 * @vrr: the limits of a frame's duration
 * @anchor: the time of a past vblank, in ns; frames since then last for the longest period
 * @number: the number of the vblank at @anchor
 * @has_flip: a flip is pending; otherwise the fields below are ignored
 * @flip: the time of the vblank that shows the flip, in ns
 * @flip_number: the number of the vblank that shows the flip
 *
 * All times, here and in the arguments of the functions, are on one clock.
 */
struct rvkms_cadence {
	struct rvkms_vrr vrr;
	s64 anchor;
	u64 number;
	bool has_flip;
	s64 flip;
	u64 flip_number;
};

struct rvkms_cadence rvkms_cadence_begin(struct rvkms_vrr vrr, s64 now);
struct rvkms_cadence rvkms_cadence_settle(struct rvkms_cadence cadence, s64 now);
struct rvkms_cadence rvkms_cadence_flip(struct rvkms_cadence cadence, s64 now);
struct rvkms_cadence rvkms_cadence_change(struct rvkms_cadence cadence, struct rvkms_vrr vrr,
					  s64 now);
u64 rvkms_cadence_count(struct rvkms_cadence cadence, s64 now);
s64 rvkms_cadence_last(struct rvkms_cadence cadence, s64 now);
s64 rvkms_cadence_next(struct rvkms_cadence cadence, s64 now);

#endif /* RVKMS_CORE_CADENCE_H */
