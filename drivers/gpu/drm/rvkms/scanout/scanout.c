// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Shows the snapshots of a CRTC and composes them. core/timing/latch decides at each vblank,
 * commit, and start or stop of a CRC capture; this file carries out the decisions under the
 * scan-out's lock.
 */

#include <linux/array_size.h>
#include <linux/dma-fence.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include <drm/drm_crtc.h>
#include <drm/drm_debugfs_crc.h>
#include <drm/drm_device.h>
#include <drm/drm_managed.h>
#include <drm/drm_print.h>
#include <drm/drm_writeback.h>

#include "../core/compose/compose.h"
#include "../core/compose/hash.h"
#include "../core/pixel/image.h"
#include "../kms/vblank.h"
#include "../memory/mapping.h"
#include "capture.h"
#include "scanout.h"
#include "snapshot.h"
#include "vblank_timer.h"

/* A test's delay of a composition is split into this many sleeps, between the lines. */
#define SLICES 16u

/* The hash covers the bits per channel of the links; writeback may have more. */
static struct rvkms_hash begin_hash(const struct rvkms_snapshot *snapshot)
{
	struct rvkms_hash hash = rvkms_hash_init(snapshot->frame.width, snapshot->frame.height);

	rvkms_hash_set_depth(&hash, snapshot->bpc);

	return hash;
}

/*
 * Called after line @y: reschedules, and sleeps for a part of @delay. Returns false if the
 * composition is cancelled.
 */
static bool pause(struct rvkms_scanout *scanout, u64 delay, u32 y)
{
	const struct rvkms_composition *composition = &scanout->composition;
	const u32 slices = SLICES * (y + 1) / composition->snapshot->frame.height;

	if (delay && slices > SLICES * y / composition->snapshot->frame.height)
		rvkms_delays_wait(ktime_to_ns(composition->begin),
				  div_u64(delay * slices, SLICES), &scanout->is_cancelled);
	cond_resched();

	return !READ_ONCE(scanout->is_cancelled);
}

/* Hashes a frame. Not every pixel needs to be composed for that. */
static int hash_frame(struct rvkms_scanout *scanout, u64 delay, u32 *crc)
{
	const struct rvkms_snapshot *snapshot = scanout->composition.snapshot;
	struct rvkms_line_cache cache = { .bytes = scanout->line_cache };
	struct rvkms_hash hash = begin_hash(snapshot);

	for (u32 y = 0; y < snapshot->frame.height; y++) {
		rvkms_compose_hash_line(&snapshot->frame, y, scanout->lines[0], &cache, &hash);
		if (!pause(scanout, delay, y))
			return -ETIMEDOUT;
	}
	*crc = rvkms_hash_value(&hash);

	return 0;
}

/* Composes a frame into @target and hashes it. */
static int write_frame(struct rvkms_scanout *scanout, u64 delay,
		       const struct rvkms_target *target, u32 *crc)
{
	const struct rvkms_frame *frame = &scanout->composition.snapshot->frame;
	struct rvkms_hash hash = begin_hash(scanout->composition.snapshot);

	for (u32 y = 0; y < frame->height; y++) {
		struct rvkms_pixel *line = scanout->lines[y % 2];

		rvkms_compose_line(frame, y, line);
		rvkms_hash_add_line(&hash, line, frame->width);
		rvkms_target_write(target, y, line, scanout->lines[(y + 1) % 2]);
		if (!pause(scanout, delay, y))
			return -ETIMEDOUT;
	}
	*crc = rvkms_hash_value(&hash);

	return 0;
}

static struct rvkms_capture *capture_of(const struct rvkms_composition *composition)
{
	return composition->writeback ? composition->writeback->priv : NULL;
}

static int compose(struct rvkms_scanout *scanout, u32 *crc)
{
	const struct rvkms_composition *composition = &scanout->composition;
	const struct rvkms_frame *frame = &composition->snapshot->frame;
	const u64 delay = rvkms_delays_compose(&scanout->delays,
					       mul_u32_u32(frame->width, frame->height));
	const struct rvkms_capture *capture = capture_of(composition);
	struct rvkms_target target;
	int ret;

	if (capture && capture->err)
		return capture->err;

	ret = rvkms_snapshot_begin_access(composition->snapshot);
	if (ret)
		return ret;

	if (capture) {
		target = rvkms_mapping_target(capture->mapping);
		ret = write_frame(scanout, delay, &target, crc);
	} else {
		ret = hash_frame(scanout, delay, crc);
	}
	rvkms_snapshot_end_access(composition->snapshot);

	return ret;
}

/* Returns the number of the shown frame: its vblank, or a count of frames without vblanks. */
static u64 last_frame(struct rvkms_scanout *scanout)
{
	return scanout->vblank ? tkms_vblank_count(scanout->vblank) : scanout->num_shown;
}

/* A CRC of a composition that began for a closed reader goes neither to it nor to the next one. */
static void deliver_crc(struct rvkms_scanout *scanout, u32 crc)
{
	spin_lock_irq(&scanout->lock);
	if (scanout->latch.fills_capture)
		drm_crtc_add_crc_entry(scanout->crtc, true, scanout->composition.sequence, &crc);
	spin_unlock_irq(&scanout->lock);
}

/* DRM completes jobs in the order of their commits; compositions run in that order too. */
static void finish_job(const struct rvkms_composition *composition, int err)
{
	const int end_err = rvkms_capture_end(capture_of(composition));

	if (composition->writeback)
		drm_writeback_signal_completion(composition->writeback->connector, err ?: end_err);
}

/* With a variable refresh rate, a commit that had to wait for the composer is ready now. */
static void finish_composition(struct rvkms_scanout *scanout, int err)
{
	const struct rvkms_composition *composition = &scanout->composition;
	const u64 time = ktime_to_ns(ktime_sub(ktime_get(), composition->begin));

	spin_lock_irq(&scanout->lock);
	if (!err)
		rvkms_stats_add(&scanout->stats, time,
				last_frame(scanout) > composition->sequence);
	else if (scanout->is_cancelled)
		scanout->stats.cancelled++;
	else
		scanout->stats.failed++;
	rvkms_snapshot_put(composition->snapshot);
	scanout->composition = (struct rvkms_composition){};
	scanout->latch = rvkms_latch_composed(scanout->latch);
	scanout->num_ended++;
	if (scanout->pending && scanout->pending->event)
		rvkms_vblank_timer_flip(scanout->timer);
	wake_up_all(&scanout->idle);
	spin_unlock_irq(&scanout->lock);
}

static void scanout_work(struct work_struct *work)
{
	struct rvkms_scanout *scanout = container_of(work, struct rvkms_scanout, work);
	const struct rvkms_composition *composition = &scanout->composition;
	const bool cookie = dma_fence_begin_signalling();
	u32 crc;
	int err;

	err = compose(scanout, &crc);
	if (err)
		drm_dbg_kms(scanout->crtc->dev, "[CRTC:%d:%s] frame %llu not composed: %pe\n",
			    scanout->crtc->base.id, scanout->crtc->name, composition->sequence,
			    ERR_PTR(err));
	else
		deliver_crc(scanout, crc);
	finish_job(composition, err);
	finish_composition(scanout, err);
	dma_fence_end_signalling(cookie);
}

static void send_flip_event(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	lockdep_assert_held(&scanout->lock);

	if (!snapshot->event)
		return;

	tkms_vblank_send_event(scanout->vblank, snapshot->event);
	snapshot->event = NULL;
}

static void show_pending(struct rvkms_scanout *scanout)
{
	lockdep_assert_held(&scanout->lock);

	rvkms_snapshot_put(scanout->shown);
	scanout->shown = scanout->pending;
	scanout->pending = NULL;
	send_flip_event(scanout, scanout->shown);
}

static void begin_composition(struct rvkms_scanout *scanout)
{
	struct rvkms_snapshot *snapshot = scanout->shown;

	lockdep_assert_held(&scanout->lock);

	scanout->composition = (struct rvkms_composition){
		.snapshot = rvkms_snapshot_get(snapshot),
		.writeback = snapshot->writeback,
		.sequence = last_frame(scanout),
		.begin = ktime_get(),
	};
	snapshot->writeback = NULL;
	WRITE_ONCE(scanout->is_cancelled, false);
	scanout->num_begun++;
	queue_work(scanout->wq, &scanout->work);
}

static void note_lag(struct rvkms_scanout *scanout, const struct rvkms_latch_step *step)
{
	if (step->slips || step->misses)
		drm_dbg_kms(scanout->crtc->dev, "[CRTC:%d:%s] frame %llu: %s, %s\n",
			    scanout->crtc->base.id, scanout->crtc->name, last_frame(scanout),
			    step->slips ? "the flip waits for the composer" : "no flip is due",
			    step->misses ? "no CRC" : "no CRC is wanted");
	scanout->stats.slipped += step->slips;
	scanout->stats.missed += step->misses;
}

static void take_step(struct rvkms_scanout *scanout, struct rvkms_latch_step step)
{
	lockdep_assert_held(&scanout->lock);

	scanout->latch = step.latch;
	if (step.cancels)
		WRITE_ONCE(scanout->is_cancelled, true);
	if (step.shows)
		show_pending(scanout);
	if (step.composes)
		begin_composition(scanout);
	note_lag(scanout, &step);
}

static void take_vblank(struct rvkms_scanout *scanout)
{
	take_step(scanout, rvkms_latch_vblank(scanout->latch, last_frame(scanout),
					      ktime_get_ns()));
}

static bool has_ended(struct rvkms_scanout *scanout, u64 count)
{
	bool has_ended;

	spin_lock_irq(&scanout->lock);
	has_ended = scanout->num_ended >= count;
	spin_unlock_irq(&scanout->lock);

	return has_ended;
}

static bool wait_ended(struct rvkms_scanout *scanout, u64 count)
{
	return wait_event_timeout(scanout->idle, has_ended(scanout, count),
				  nsecs_to_jiffies(RVKMS_LATCH_PATIENCE_NS));
}

static void cancel(struct rvkms_scanout *scanout, u64 count)
{
	spin_lock_irq(&scanout->lock);
	if (scanout->num_ended < count)
		WRITE_ONCE(scanout->is_cancelled, true);
	spin_unlock_irq(&scanout->lock);
	wait_event(scanout->idle, has_ended(scanout, count));
}

/* Waits until composition @count has ended. After a timeout cancels it: it ends within a line. */
static void require_ended(struct rvkms_scanout *scanout, u64 count)
{
	if (!wait_ended(scanout, count))
		cancel(scanout, count);
}

/**
 * rvkms_scanout_init - initialise the scan-out of a CRTC
 * @scanout: the scan-out
 * @crtc: its CRTC
 * @vblank: the CRTC's vblanks, or NULL
 * @timer: the CRTC's vblank timer
 * @wq: the workqueue for compositions; it has to live as long as the device
 * @max_width: the longest line in pixels
 *
 * Returns:
 * 0 or -ENOMEM.
 */
int rvkms_scanout_init(struct rvkms_scanout *scanout, struct drm_crtc *crtc,
		       struct tkms_vblank_crtc *vblank, struct rvkms_vblank_timer *timer,
		       struct workqueue_struct *wq, u32 max_width)
{
	int ret = drmm_mutex_init(crtc->dev, &scanout->turn);

	if (ret)
		return ret;

	scanout->crtc = crtc;
	scanout->vblank = vblank;
	scanout->timer = timer;
	scanout->wq = wq;
	rvkms_delays_init(&scanout->delays, crtc->index);
	spin_lock_init(&scanout->lock);
	INIT_WORK(&scanout->work, scanout_work);
	init_waitqueue_head(&scanout->idle);

	for (unsigned int i = 0; i < ARRAY_SIZE(scanout->lines); i++) {
		scanout->lines[i] = drmm_kcalloc(crtc->dev, max_width, sizeof(*scanout->lines[i]),
						 GFP_KERNEL);
		if (!scanout->lines[i])
			return -ENOMEM;
	}

	scanout->line_cache = drmm_kcalloc(crtc->dev, max_width, RVKMS_LINE_CACHE_COLUMN_BYTES,
					   GFP_KERNEL);

	return scanout->line_cache ? 0 : -ENOMEM;
}

/**
 * rvkms_scanout_stats - read the statistics of the frames so far
 * @scanout: the scan-out
 *
 * Returns:
 * A copy.
 */
struct rvkms_stats rvkms_scanout_stats(struct rvkms_scanout *scanout)
{
	struct rvkms_stats stats;

	spin_lock_irq(&scanout->lock);
	stats = scanout->stats;
	spin_unlock_irq(&scanout->lock);

	return stats;
}

/* Returns the snapshot that was published last, or NULL. */
static struct rvkms_snapshot *last_published(struct rvkms_scanout *scanout)
{
	return scanout->pending ?: scanout->shown;
}

/* Takes the job of a pending frame that will never be shown, and sends its event. */
static struct drm_writeback_job *take_orphan(struct rvkms_scanout *scanout)
{
	struct drm_writeback_job *job;

	if (!scanout->pending)
		return NULL;

	job = scanout->pending->writeback;
	scanout->pending->writeback = NULL;
	scanout->latch.pending_has_job = false;
	send_flip_event(scanout, scanout->pending);

	return job;
}

/*
 * A commit waits until the previous one is shown, so only an update of a cursor can be pending when
 * the next commit publishes. DRM stops waiting after ten seconds: a job that is left over fails,
 * after the jobs before it.
 */
static void fail_orphan(struct rvkms_scanout *scanout)
{
	struct drm_writeback_job *job;
	u64 count;

	spin_lock_irq(&scanout->lock);
	job = take_orphan(scanout);
	count = scanout->num_begun;
	spin_unlock_irq(&scanout->lock);

	if (!job)
		return;

	require_ended(scanout, count);
	drm_writeback_signal_completion(job->connector, -ECANCELED);
}

/* Makes the snapshot of a commit the pending one. */
static void set_pending(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot, u64 count)
{
	const struct rvkms_snapshot *last = last_published(scanout);

	lockdep_assert_held(&scanout->lock);

	if (last)
		rvkms_snapshot_inherit(snapshot, last);
	rvkms_snapshot_put(scanout->pending);
	scanout->pending = snapshot;
	scanout->latch = rvkms_latch_publish(scanout->latch, count, snapshot->writeback);
}

/* Without vblanks, one caller at a time shows a frame, and starts with no composition running. */
static void begin_turn(struct rvkms_scanout *scanout)
{
	mutex_lock(&scanout->turn);
	/* Only the holder of the turn begins a composition: the number is stable. */
	require_ended(scanout, scanout->num_begun);
	spin_lock_irq(&scanout->lock);
}

static void end_turn(struct rvkms_scanout *scanout)
{
	const u64 count = scanout->num_begun;

	spin_unlock_irq(&scanout->lock);
	require_ended(scanout, count);
	mutex_unlock(&scanout->turn);
}

static void show_now(struct rvkms_scanout *scanout)
{
	lockdep_assert_held(&scanout->lock);

	scanout->num_shown++;
	take_vblank(scanout);
}

/**
 * rvkms_scanout_show - show a snapshot now, on a CRTC without vblanks
 * @scanout: the scan-out of a CRTC that is on
 * @snapshot: the snapshot, without event; takes over the caller's reference
 *
 * Returns when the frame has been composed, if a reader or a job needs it: then nothing reads the
 * framebuffers that were shown before. May sleep, for 10 s at most: another frame may have to be
 * composed before this one, each in 5 s.
 */
void rvkms_scanout_show(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	begin_turn(scanout);
	set_pending(scanout, snapshot, scanout->num_shown);
	show_now(scanout);
	end_turn(scanout);
}

/* Returns the vblanks that have passed. They do not show @snapshot, even if handled later. */
static u64 passed_vblanks(struct rvkms_scanout *scanout, const struct rvkms_snapshot *snapshot)
{
	/* The event holds a vblank reference, which keeps the count current. */
	return snapshot->event ? tkms_vblank_count_now(scanout->vblank)
			       : tkms_vblank_count(scanout->vblank);
}

/* Returns the composition that reads a framebuffer which @snapshot no longer shows, or 0. */
static u64 reader_of_old(const struct rvkms_scanout *scanout, const struct rvkms_snapshot *snapshot)
{
	const struct rvkms_snapshot *read = scanout->composition.snapshot;

	return read && rvkms_snapshot_abandons(snapshot, read) ? scanout->num_begun : 0;
}

/**
 * rvkms_scanout_publish - show a snapshot from the next vblank on
 * @scanout: the scan-out of a CRTC that is on
 * @snapshot: the snapshot; takes over the caller's reference. If it has an event, takes over the
 *            vblank reference that the caller holds for it, too.
 *
 * The vblank slips while a composition reads the snapshot that is shown. With a variable refresh
 * rate, the next vblank comes as early as the limits allow.
 *
 * A snapshot without event comes from a legacy cursor ioctl: the client takes the return of the
 * ioctl for the event. So this returns when nothing reads a framebuffer that the snapshot replaces.
 * May sleep for that, for 5 s at most.
 */
void rvkms_scanout_publish(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	u64 count = 0;

	fail_orphan(scanout);
	spin_lock_irq(&scanout->lock);
	set_pending(scanout, snapshot, passed_vblanks(scanout, snapshot));
	if (!scanout->latch.is_composing)
		rvkms_vblank_timer_flip(scanout->timer);
	if (!snapshot->event)
		count = reader_of_old(scanout, snapshot);
	spin_unlock_irq(&scanout->lock);

	require_ended(scanout, count);
}

/* Replaces the pending snapshot by @snapshot, which takes over its event and writeback job. */
static void take_over(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	struct rvkms_snapshot *pending = scanout->pending;

	scanout->latch = rvkms_latch_update(scanout->latch);
	scanout->pending = snapshot;
	if (!pending)
		return;

	snapshot->event = pending->event;
	snapshot->writeback = pending->writeback;
	pending->event = NULL;
	pending->writeback = NULL;
	rvkms_snapshot_put(pending);
}

/* Returns false if nothing is shown that the snapshot can change. */
static bool update(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	const struct rvkms_snapshot *last = last_published(scanout);

	lockdep_assert_held(&scanout->lock);

	if (!last) {
		rvkms_snapshot_put(snapshot);
		return false;
	}
	rvkms_snapshot_continue(snapshot, last);
	take_over(scanout, snapshot);

	return true;
}

static void update_at_vblank(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	u64 count = 0;

	spin_lock_irq(&scanout->lock);
	if (update(scanout, snapshot))
		count = reader_of_old(scanout, snapshot);
	spin_unlock_irq(&scanout->lock);

	require_ended(scanout, count);
}

static void update_at_once(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	begin_turn(scanout);
	if (update(scanout, snapshot))
		show_now(scanout);
	end_turn(scanout);
}

/**
 * rvkms_scanout_update - change a part of the next frame
 * @scanout: the scan-out
 * @snapshot: the snapshot, with the planes that change and without event and writeback job; takes
 *            over the caller's reference
 *
 * If a frame is pending, its vblank shows it with the change, sends its event and fills its
 * writeback job. Without vblanks the change is shown as by rvkms_scanout_show(). Nothing happens on
 * a CRTC that shows nothing.
 *
 * Returns when nothing reads a framebuffer that the change replaces. May sleep for that, for 5 s at
 * most, or 10 s without vblanks.
 */
void rvkms_scanout_update(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	if (scanout->vblank)
		update_at_vblank(scanout, snapshot);
	else
		update_at_once(scanout, snapshot);
}

/**
 * rvkms_scanout_flip - show a snapshot at once, in the middle of a frame
 * @scanout: the scan-out of a CRTC that is on
 * @snapshot: the snapshot, without event; takes over the caller's reference
 *
 * A frame is read from memory as a whole, right after its vblank. So a flip within a frame is
 * visible from the next frame on. Returns when nothing reads the snapshot that was shown before.
 * May sleep for that, for 5 s at most.
 */
void rvkms_scanout_flip(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	u64 count;

	fail_orphan(scanout);
	spin_lock_irq(&scanout->lock);
	set_pending(scanout, snapshot, 0);
	scanout->latch = rvkms_latch_flip(scanout->latch);
	show_pending(scanout);
	count = scanout->num_begun;
	spin_unlock_irq(&scanout->lock);

	require_ended(scanout, count);
}

/**
 * rvkms_scanout_vblank - handle the interrupt of a vblank
 * @scanout: the scan-out
 *
 * Called in interrupt context. In one step the vblank is counted, the pending snapshot is shown,
 * its event is sent and its composition begins: a client with an event for vblank n finds its frame
 * in the CRC of frame n. Nothing happens if vblanks were disabled in the meantime.
 */
void rvkms_scanout_vblank(struct rvkms_scanout *scanout)
{
	const bool cookie = dma_fence_begin_signalling();
	unsigned long flags;

	spin_lock_irqsave(&scanout->lock, flags);
	if (tkms_vblank_handle(scanout->vblank))
		take_vblank(scanout);
	spin_unlock_irqrestore(&scanout->lock, flags);
	dma_fence_end_signalling(cookie);
}

static void start_at_vblank(struct rvkms_scanout *scanout)
{
	spin_lock_irq(&scanout->lock);
	take_step(scanout, rvkms_latch_start_capture(scanout->latch,
						     tkms_vblank_count_now(scanout->vblank)));
	spin_unlock_irq(&scanout->lock);
}

/* There may never be another frame, so the shown one is captured. */
static void start_at_once(struct rvkms_scanout *scanout)
{
	begin_turn(scanout);
	take_step(scanout, rvkms_latch_start_capture(scanout->latch,
						     max(scanout->num_shown, 1) - 1));
	take_vblank(scanout);
	end_turn(scanout);
}

/**
 * rvkms_scanout_start_capture - start to deliver the CRC of each frame to a reader
 * @scanout: the scan-out; the caller holds a vblank reference, if there are vblanks
 *
 * The first CRC is that of a frame with a later vblank. Without vblanks it is that of the shown
 * frame. May sleep until that is composed, for 10 s at most.
 */
void rvkms_scanout_start_capture(struct rvkms_scanout *scanout)
{
	if (scanout->vblank)
		start_at_vblank(scanout);
	else
		start_at_once(scanout);
}

/**
 * rvkms_scanout_stop_capture - stop delivering CRCs
 * @scanout: the scan-out
 *
 * The reader gets no CRC after this has returned. Cancels a composition that only the reader
 * needed, and waits for its end, so that later commits do not wait for it.
 */
void rvkms_scanout_stop_capture(struct rvkms_scanout *scanout)
{
	struct rvkms_latch_step step;
	u64 count;

	spin_lock_irq(&scanout->lock);
	step = rvkms_latch_stop_capture(scanout->latch);
	take_step(scanout, step);
	count = step.cancels ? scanout->num_begun : 0;
	spin_unlock_irq(&scanout->lock);

	wait_event(scanout->idle, has_ended(scanout, count));
}

/**
 * rvkms_scanout_wait_composed - wait for the composition that fills a writeback job
 * @scanout: the scan-out
 *
 * Called at the end of a commit, so that the writeback job of a blocking commit is usually done
 * when it returns. May sleep, for 5 s at most; a longer composition continues.
 */
void rvkms_scanout_wait_composed(struct rvkms_scanout *scanout)
{
	u64 count;

	spin_lock_irq(&scanout->lock);
	count = scanout->latch.fills_job ? scanout->num_begun : 0;
	spin_unlock_irq(&scanout->lock);

	wait_ended(scanout, count);
}

/**
 * rvkms_scanout_stop - stop showing frames
 * @scanout: the scan-out of a CRTC with vblanks off
 *
 * Sends the remaining event, releases the snapshots, and waits for the running composition, for 5 s
 * at most.
 */
void rvkms_scanout_stop(struct rvkms_scanout *scanout)
{
	u64 count;

	fail_orphan(scanout);
	spin_lock_irq(&scanout->lock);
	take_step(scanout, rvkms_latch_off(scanout->latch));
	rvkms_snapshot_put(scanout->pending);
	rvkms_snapshot_put(scanout->shown);
	scanout->pending = NULL;
	scanout->shown = NULL;
	count = scanout->num_begun;
	spin_unlock_irq(&scanout->lock);

	require_ended(scanout, count);
}
