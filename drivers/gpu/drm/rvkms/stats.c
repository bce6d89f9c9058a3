// SPDX-License-Identifier: GPL-2.0
/* Counts the frames of a CRTC. */

#include <linux/minmax.h>

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
