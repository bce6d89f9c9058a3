/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_TIMING_CADENCE_H
#define RVKMS_CORE_TIMING_CADENCE_H

#include <linux/types.h>

#include "vrr.h"

/**
 * struct rvkms_cadence - which vblanks there were, and which will be
 * @vrr: how long a frame may last
 * @anchor: a vblank that was, in ns; frames since then last as long as they may
 * @number: which vblank that was
 * @has_flip: there is a flip to be shown; the fields below count only then
 * @flip: the time of the vblank that shows it, in ns
 * @flip_number: which vblank that is
 *
 * Times are on one clock, and so are those that are passed together with it.
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

#endif /* RVKMS_CORE_TIMING_CADENCE_H */
