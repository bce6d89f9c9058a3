/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_STATS_H
#define RVKMS_STATS_H

#include <linux/types.h>

struct seq_file;

/**
 * struct rvkms_stats - statistics of the frames of a CRTC
 * @composed: number of composed frames
 * @late: number of these that were finished only after the next vblank
 * @missed: number of CRCs that were left out because a composition was still running
 * @slipped: number of vblanks that could not show a flip because a composition was still running
 * @cancelled: number of cancelled compositions
 * @failed: number of frames that could not be composed
 * @time: the sum of the durations of compositions, ns
 * @longest: the duration of the longest composition, ns
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
void rvkms_stats_print(const struct rvkms_stats *stats, struct seq_file *file);

#endif /* RVKMS_STATS_H */
