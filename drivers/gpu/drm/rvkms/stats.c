// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/* Counts the frames of a CRTC, and prints the counts to debugfs. */

#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/seq_file.h>

#include <drm/drm_crtc.h>
#include <drm/drm_debugfs.h>

#include "crtc.h"
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
 * rvkms_stats_show - print the frame statistics of each CRTC
 * @file: a file of debugfs, made by drm_debugfs_add_file()
 * @unused: not used
 *
 * Returns:
 * 0.
 */
int rvkms_stats_show(struct seq_file *file, void *unused)
{
	const struct drm_debugfs_entry *entry = file->private;
	struct drm_crtc *crtc;

	drm_for_each_crtc(crtc, entry->dev) {
		struct rvkms_crtc *rvkms = rvkms_crtc_try_from(to_tkms_crtc(crtc));
		const struct rvkms_stats stats = rvkms_scanout_stats(&rvkms->scanout);

		seq_printf(file, "[CRTC:%d:%s] composed %llu, late %llu, missed %llu, slipped %llu",
			   crtc->base.id, crtc->name, stats.composed, stats.late, stats.missed,
			   stats.slipped);
		seq_printf(file, ", cancelled %llu, failed %llu", stats.cancelled, stats.failed);
		seq_printf(file, "; %llu ns/frame, at most %llu ns\n",
			   stats.composed ? div64_u64(stats.time, stats.composed) : 0,
			   stats.longest);
	}

	return 0;
}
