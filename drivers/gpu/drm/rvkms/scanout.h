/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RVKMS_SCANOUT_H
#define RVKMS_SCANOUT_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "core/format.h"
#include "stats.h"

struct drm_crtc;
struct kms_vblank_crtc;
struct rvkms_snapshot;

/**
 * struct rvkms_scanout - what a CRTC shows, and who composes it
 * @crtc: the CRTC
 * @vblank: its vblanks, NULL if it has none
 * @wq: where @work runs
 * @lines: room for the longest line, and the one above it; used by @work alone
 * @strip: room for the lines that are read together of what is turned; used by @work alone
 * @lock: guards all below; taken in the vblank interrupt
 * @pending: what will be shown from the next vblank on, NULL if that is what is shown already
 * @shown: what is shown now, NULL if nothing was yet
 * @num_shown: without vblanks: how many pictures were ever shown, which is the number of the last
 * @crc_enabled: the CRC of every frame is wanted
 * @queue: snapshots to compose, in the order in which they were shown
 * @work: composes the head of @queue
 * @idle: woken when a composition is finished
 * @num_queued: how many compositions were ever queued
 * @num_finished: how many of those are finished; they are finished in order
 * @num_writebacks: how many writeback jobs are published and not yet completed
 * @stats: what became of the frames
 *
 * A commit publishes a snapshot of its planes, which gets the other planes of the one before it.
 * The next vblank shows it, sends its page-flip event, and queues it for composition if somebody
 * wants its CRC or it has a writeback job. The worker composes from snapshots alone and never looks
 * at the state of a DRM object.
 *
 * Without vblanks, a commit shows its snapshot itself, and waits until that is composed if it is to
 * be: nothing is ever pending, and no CRC is left out.
 */
struct rvkms_scanout {
	struct drm_crtc *crtc;
	struct kms_vblank_crtc *vblank;
	struct workqueue_struct *wq;
	struct rvkms_pixel *lines[2];
	u8 *strip;
	spinlock_t lock;	/* all below */
	struct rvkms_snapshot *pending;
	struct rvkms_snapshot *shown;
	u64 num_shown;
	bool crc_enabled;
	struct list_head queue;
	struct work_struct work;
	wait_queue_head_t idle;
	u64 num_queued;
	u64 num_finished;
	unsigned int num_writebacks;
	struct rvkms_stats stats;
};

int rvkms_scanout_init(struct rvkms_scanout *scanout, struct drm_crtc *crtc,
		       struct kms_vblank_crtc *vblank, struct workqueue_struct *wq, u32 max_width);
struct rvkms_stats rvkms_scanout_stats(struct rvkms_scanout *scanout);
void rvkms_scanout_show(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot);
void rvkms_scanout_publish(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot);
void rvkms_scanout_update(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot);
void rvkms_scanout_flip(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot);
void rvkms_scanout_vblank(struct rvkms_scanout *scanout);
void rvkms_scanout_set_crc(struct rvkms_scanout *scanout, bool enabled);
void rvkms_scanout_wait_writebacks(struct rvkms_scanout *scanout);
void rvkms_scanout_stop(struct rvkms_scanout *scanout);

#endif /* RVKMS_SCANOUT_H */
