// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Counts the frames of a CRTC, and prints the counts to debugfs. */

#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/seq_file.h>

#include "stats.h"

/**
 * rvkms_stats_add - count a composed frame
 * @stats: the statistics
 * @time: the duration of the composition, ns
 * @is_late: true if the next vblank came before the end of the composition
 */
void rvkms_stats_add(struct rvkms_stats *stats, u64 time, bool is_late)
{
	stats->composed++;
	stats->late += is_late;
	stats->time += time;
	stats->longest = max(stats->longest, time);
}

/**
 * rvkms_stats_print - print frame statistics to a file of debugfs
 * @stats: the statistics
 * @file: the file
 */
void rvkms_stats_print(const struct rvkms_stats *stats, struct seq_file *file)
{
	seq_printf(file, "composed %llu, late %llu, missed %llu, slipped %llu", stats->composed,
		   stats->late, stats->missed, stats->slipped);
	seq_printf(file, ", cancelled %llu, failed %llu", stats->cancelled, stats->failed);
	seq_printf(file, "; %llu ns/frame, at most %llu ns\n",
		   stats->composed ? div64_u64(stats->time, stats->composed) : 0, stats->longest);
}
