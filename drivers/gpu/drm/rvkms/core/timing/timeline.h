/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_CORE_TIMING_TIMELINE_H
#define RVKMS_CORE_TIMING_TIMELINE_H

#include <linux/types.h>

#include "vrr.h"

/**
 * struct rvkms_timeline - which vblanks there were, and which will be
 * @vrr: how long a frame may last
 * @anchor: a vblank that was, in ns; frames since then last as long as they may
 * @number: which vblank that was
 * @has_flip: there is a flip to be shown; the fields below count only then
 * @flip: the time of the vblank that shows it, in ns
 * @flip_number: which vblank that is
 *
 * Times are on one clock, and so are those that are passed together with it.
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
