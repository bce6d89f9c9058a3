/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_STATS_H
#define RVKMS_STATS_H

#include <linux/types.h>

struct seq_file;

/**
 * struct rvkms_stats - what became of the frames of a CRTC
 * @composed: how many were composed
 * @late: how many of those only after the next vblank
 * @missed: how many CRCs were left out since a composition was still running
 * @slipped: how often a vblank could not show a flip, since a composition was still running
 * @cancelled: how many compositions were cancelled
 * @failed: how many could not be composed
 * @time: how long composing took, in all, ns
 * @longest: how long the one took that took longest, ns
 */
struct rvkms_stats {
	u64 composed;
	u64 late;
	u64 missed;
	u64 slipped;
	u64 cancelled;
	u64 failed;
	u64 time;
	u64 longest;
};

void rvkms_stats_add(struct rvkms_stats *stats, u64 time, bool is_late);
int rvkms_stats_show(struct seq_file *file, void *unused);

#endif /* RVKMS_STATS_H */
