/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_SCANOUT_H
#define RVKMS_SCANOUT_H

#include <linux/ktime.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "../core/pixel/format.h"
#include "../core/timing/latch.h"
#include "delays.h"
#include "stats.h"

struct drm_crtc;
struct drm_writeback_job;
struct tkms_vblank_crtc;
struct rvkms_snapshot;
struct rvkms_vblank_timer;

/**
 * struct rvkms_composition - a frame that is being composed
 * @snapshot: the frame; a reference is held
 * @writeback: the writeback job to fill, or NULL
 * @sequence: the number of the frame
 * @begin: the start time, CLOCK_MONOTONIC
 */
struct rvkms_composition {
	struct rvkms_snapshot *snapshot;
	struct drm_writeback_job *writeback;
	u64 sequence;
	ktime_t begin;
};

/**
 * struct rvkms_scanout - shows the frames of a CRTC, and composes them
 * @crtc: the CRTC
 * @vblank: its vblanks, or NULL
 * @timer: its vblank timer; unused without vblanks
 * @wq: the workqueue of @work
 * @lines: memory for the longest line, and for the line above it; used by @work only
 * @line_cache: memory for the lines of rotated images that are read together; used by @work only
 * @delays: delays for tests; used by @work only
 * @turn: without vblanks, held from showing a snapshot until it is composed
 * @lock: protects all fields below; taken in the vblank interrupt
 * @latch: decides which snapshot is shown and which is composed
 * @pending: the snapshot that waits for a vblank, or NULL
 * @shown: the snapshot that is shown, or NULL
 * @composition: the running composition; constant while it runs
 * @is_cancelled: the composition is to end early
 * @num_shown: without vblanks, the number of frames that were shown: the number of the last one
 * @work: composes @composition
 * @idle: woken when a composition ends
 * @num_begun: number of compositions that have begun
 * @num_ended: number of compositions that have ended: equal to @num_begun, or one less
 * @stats: counts the frames
 *
 * A commit publishes a snapshot of its planes, which takes over the other planes of the snapshot
 * before it. A later vblank shows it, sends its page-flip event, and begins its composition if a
 * reader captures CRCs or it has a writeback job. The worker composes from snapshots alone and
 * never looks at the state of a DRM object. See docs/vblank.md for the rules.
 *
 * Without vblanks, a commit shows its snapshot itself, and waits until it is composed.
 */
struct rvkms_scanout {
	struct drm_crtc *crtc;
	struct tkms_vblank_crtc *vblank;
	struct rvkms_vblank_timer *timer;
	struct workqueue_struct *wq;
	struct rvkms_pixel *lines[2];
	u8 *line_cache;
	struct rvkms_delays delays;
	struct mutex turn;	/* held while a frame is shown, without vblanks */
	spinlock_t lock;	/* all fields below */
	struct rvkms_latch latch;
	struct rvkms_snapshot *pending;
	struct rvkms_snapshot *shown;
	struct rvkms_composition composition;
	bool is_cancelled;
	u64 num_shown;
	struct work_struct work;
	wait_queue_head_t idle;
	u64 num_begun;
	u64 num_ended;
	struct rvkms_stats stats;
};

int rvkms_scanout_init(struct rvkms_scanout *scanout, struct drm_crtc *crtc,
		       struct tkms_vblank_crtc *vblank, struct rvkms_vblank_timer *timer,
		       struct workqueue_struct *wq, u32 max_width);
struct rvkms_stats rvkms_scanout_stats(struct rvkms_scanout *scanout);
void rvkms_scanout_show(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot);
void rvkms_scanout_publish(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot);
void rvkms_scanout_update(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot);
void rvkms_scanout_flip(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot);
void rvkms_scanout_vblank(struct rvkms_scanout *scanout);
void rvkms_scanout_start_capture(struct rvkms_scanout *scanout);
void rvkms_scanout_stop_capture(struct rvkms_scanout *scanout);
void rvkms_scanout_wait_composed(struct rvkms_scanout *scanout);
void rvkms_scanout_stop(struct rvkms_scanout *scanout);

#endif /* RVKMS_SCANOUT_H */
