// SPDX-License-Identifier: GPL-2.0

#include <linux/array_size.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include <drm/drm_crtc.h>
#include <drm/drm_debugfs_crc.h>
#include <drm/drm_device.h>
#include <drm/drm_managed.h>
#include <drm/drm_print.h>
#include <drm/drm_writeback.h>

#include "access.h"
#include "core/compose.h"
#include "core/hash.h"
#include "core/image.h"
#include "kms/vblank.h"
#include "mapping.h"
#include "scanout.h"
#include "snapshot.h"

/* One entry of the queue, taken out of it. The reference to the snapshot goes with it. */
struct composition {
	struct rvkms_snapshot *snapshot;
	struct drm_writeback_job *writeback;
	u64 sequence;
	bool wants_crc;
};

/* What the monitors get is hashed: a channel may have fewer bits there than in writeback. */
static struct rvkms_hash begin_hash(const struct rvkms_snapshot *snapshot)
{
	struct rvkms_hash hash = rvkms_hash_init(snapshot->frame.width, snapshot->frame.height);

	rvkms_hash_set_depth(&hash, snapshot->bpc);

	return hash;
}

/* The hash of a frame, for which not all of it needs to become pixels. */
static u32 hash_frame(const struct rvkms_snapshot *snapshot, struct rvkms_pixel *line,
		      u8 *strip_bytes)
{
	const struct rvkms_frame *frame = &snapshot->frame;
	struct rvkms_strip strip = { .bytes = strip_bytes };
	struct rvkms_hash hash = begin_hash(snapshot);

	for (u32 y = 0; y < frame->height; y++) {
		rvkms_compose_hash_line(frame, y, line, &strip, &hash);
		cond_resched();
	}

	return rvkms_hash_value(&hash);
}

/* Composes a frame into @target, and returns its hash. */
static u32 write_frame(const struct rvkms_snapshot *snapshot, struct rvkms_pixel *const lines[2],
		       const struct rvkms_target *target)
{
	const struct rvkms_frame *frame = &snapshot->frame;
	struct rvkms_hash hash = begin_hash(snapshot);

	for (u32 y = 0; y < frame->height; y++) {
		struct rvkms_pixel *line = lines[y % 2];

		rvkms_compose_line(frame, y, line);
		rvkms_hash_add_line(&hash, line, frame->width);
		rvkms_target_write(target, y, line, lines[(y + 1) % 2]);
		cond_resched();
	}

	return rvkms_hash_value(&hash);
}

static struct rvkms_mapping *target_of(const struct composition *composition)
{
	return composition->writeback ? composition->writeback->priv : NULL;
}

static int compose(const struct rvkms_scanout *scanout, const struct composition *composition,
		   u32 *crc)
{
	struct rvkms_snapshot *snapshot = composition->snapshot;
	const struct rvkms_mapping *mapping = target_of(composition);
	struct rvkms_target target;
	int ret;

	ret = rvkms_snapshot_begin_access(snapshot);
	if (ret)
		return ret;

	if (mapping) {
		target = rvkms_mapping_target(mapping);
		*crc = write_frame(snapshot, scanout->lines, &target);
	} else {
		*crc = hash_frame(snapshot, scanout->lines[0], scanout->strip);
	}
	rvkms_snapshot_end_access(snapshot);

	return 0;
}

/* The number of what is shown: of its vblank, or of the picture. */
static u64 last_frame(struct rvkms_scanout *scanout)
{
	return scanout->vblank ? kms_vblank_count(scanout->vblank) : scanout->num_shown;
}

static struct composition take_composition(struct rvkms_scanout *scanout)
{
	struct composition composition = {};
	struct rvkms_snapshot *snapshot;

	spin_lock_irq(&scanout->lock);
	snapshot = list_first_entry_or_null(&scanout->queue, struct rvkms_snapshot, queue_entry);
	if (snapshot) {
		list_del_init(&snapshot->queue_entry);
		snapshot->is_queued = false;

		composition = (struct composition){
			.snapshot = snapshot,
			.writeback = snapshot->writeback,
			.sequence = snapshot->sequence,
			.wants_crc = snapshot->wants_crc,
		};
		snapshot->writeback = NULL;
		snapshot->wants_crc = false;
	}
	spin_unlock_irq(&scanout->lock);

	return composition;
}

/* Jobs are completed in the order of their commits, since the queue is in that order. */
static void finish_composition(struct rvkms_scanout *scanout,
			       const struct composition *composition, u64 time, int err)
{
	const int end_err = rvkms_access_end_write(target_of(composition));

	if (composition->writeback)
		drm_writeback_signal_completion(composition->writeback->connector,
						err ?: end_err);
	rvkms_snapshot_put(composition->snapshot);

	spin_lock_irq(&scanout->lock);
	if (err)
		scanout->stats.failed++;
	else
		rvkms_stats_add(&scanout->stats, time,
				last_frame(scanout) > composition->sequence);
	scanout->num_finished++;
	if (composition->writeback)
		scanout->num_writebacks--;
	if (!list_empty(&scanout->queue))
		queue_work(scanout->wq, &scanout->work);
	spin_unlock_irq(&scanout->lock);

	wake_up_all(&scanout->idle);
}

static void scanout_work(struct work_struct *work)
{
	struct rvkms_scanout *scanout = container_of(work, struct rvkms_scanout, work);
	const struct composition composition = take_composition(scanout);
	const ktime_t begin = ktime_get();
	u32 crc = 0;
	int err;

	if (!composition.snapshot)
		return;

	err = compose(scanout, &composition, &crc);
	if (err)
		drm_dbg_kms(scanout->crtc->dev, "[CRTC:%d:%s] frame %llu not composed: %pe\n",
			    scanout->crtc->base.id, scanout->crtc->name, composition.sequence,
			    ERR_PTR(err));
	else if (composition.wants_crc)
		drm_crtc_add_crc_entry(scanout->crtc, true, composition.sequence, &crc);

	finish_composition(scanout, &composition, ktime_to_ns(ktime_sub(ktime_get(), begin)), err);
}

/*
 * Writeback jobs are always queued; commits wait for them, so that there are never many. A CRC is
 * left out where the composer is behind: the reader sees a gap in the frame numbers, never the
 * CRC of another frame. Vblanks wait for nobody; without them commits wait for CRCs as well.
 */
static void queue_composition(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot,
			      u64 sequence, bool wants_crc)
{
	lockdep_assert_held(&scanout->lock);

	if (wants_crc && scanout->vblank && !list_empty(&scanout->queue)) {
		drm_dbg_kms(scanout->crtc->dev, "[CRTC:%d:%s] no CRC for frame %llu: too late\n",
			    scanout->crtc->base.id, scanout->crtc->name, sequence);
		wants_crc = false;
		scanout->stats.missed++;
	}

	snapshot->wants_crc |= wants_crc;
	if (snapshot->is_queued || !(wants_crc || snapshot->writeback))
		return;

	snapshot->is_queued = true;
	snapshot->sequence = sequence;
	list_add_tail(&rvkms_snapshot_get(snapshot)->queue_entry, &scanout->queue);
	scanout->num_queued++;
	queue_work(scanout->wq, &scanout->work);
}

static void send_flip_event(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	lockdep_assert_held(&scanout->lock);

	if (!snapshot->event)
		return;

	kms_vblank_send_event(scanout->vblank, snapshot->event);
	snapshot->event = NULL;
}

static void show_pending(struct rvkms_scanout *scanout)
{
	if (!scanout->pending)
		return;

	rvkms_snapshot_put(scanout->shown);
	scanout->shown = scanout->pending;
	scanout->pending = NULL;
}

static void report_shown(struct rvkms_scanout *scanout)
{
	send_flip_event(scanout, scanout->shown);
	queue_composition(scanout, scanout->shown, last_frame(scanout), scanout->crc_enabled);
}

/* For a snapshot that will never see its vblank: its event and its writeback job still happen. */
static void finish_pending(struct rvkms_scanout *scanout)
{
	struct rvkms_snapshot *snapshot = scanout->pending;

	lockdep_assert_held(&scanout->lock);

	if (!snapshot)
		return;

	scanout->pending = NULL;
	send_flip_event(scanout, snapshot);
	queue_composition(scanout, snapshot, last_frame(scanout), false);
	rvkms_snapshot_put(snapshot);
}

/**
 * rvkms_scanout_init - prepare the scan-out of a CRTC
 * @scanout: the scan-out
 * @crtc: its CRTC
 * @vblank: the vblanks of that, NULL if it has none
 * @wq: where frames are composed; it has to live as long as the device
 * @max_width: the longest line in pixels
 *
 * Returns:
 * 0 or -ENOMEM.
 */
int rvkms_scanout_init(struct rvkms_scanout *scanout, struct drm_crtc *crtc,
		       struct kms_vblank_crtc *vblank, struct workqueue_struct *wq, u32 max_width)
{
	scanout->crtc = crtc;
	scanout->vblank = vblank;
	scanout->wq = wq;
	spin_lock_init(&scanout->lock);
	INIT_LIST_HEAD(&scanout->queue);
	INIT_WORK(&scanout->work, scanout_work);
	init_waitqueue_head(&scanout->idle);

	for (unsigned int i = 0; i < ARRAY_SIZE(scanout->lines); i++) {
		scanout->lines[i] = drmm_kcalloc(crtc->dev, max_width, sizeof(*scanout->lines[i]),
						 GFP_KERNEL);
		if (!scanout->lines[i])
			return -ENOMEM;
	}

	scanout->strip = drmm_kcalloc(crtc->dev, max_width, RVKMS_STRIP_COLUMN_BYTES, GFP_KERNEL);

	return scanout->strip ? 0 : -ENOMEM;
}

/**
 * rvkms_scanout_stats - what became of the frames so far
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

/* What was published last, if it is still there. */
static struct rvkms_snapshot *last_published(struct rvkms_scanout *scanout)
{
	return scanout->pending ?: scanout->shown;
}

/* The snapshot of a commit becomes the pending one. */
static void set_pending(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	const struct rvkms_snapshot *last = last_published(scanout);

	lockdep_assert_held(&scanout->lock);

	if (last)
		rvkms_snapshot_inherit(snapshot, last);
	finish_pending(scanout);
	scanout->pending = snapshot;
	if (snapshot->writeback)
		scanout->num_writebacks++;
}

static bool has_finished(struct rvkms_scanout *scanout, u64 count)
{
	bool finished;

	spin_lock_irq(&scanout->lock);
	finished = scanout->num_finished >= count;
	spin_unlock_irq(&scanout->lock);

	return finished;
}

static void wait_finished(struct rvkms_scanout *scanout, u64 count)
{
	wait_event(scanout->idle, has_finished(scanout, count));
}

/* Publishes a snapshot, has it shown, and waits for what is queued then. */
static void show_at_once(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot,
			 void (*show)(struct rvkms_scanout *scanout))
{
	u64 count;

	spin_lock_irq(&scanout->lock);
	set_pending(scanout, snapshot);
	show(scanout);
	count = scanout->num_queued;
	spin_unlock_irq(&scanout->lock);

	wait_finished(scanout, count);
}

/* What is pending needs to wait for no vblank. */
static void show_now(struct rvkms_scanout *scanout)
{
	lockdep_assert_held(&scanout->lock);

	show_pending(scanout);
	scanout->num_shown++;
	report_shown(scanout);
}

/**
 * rvkms_scanout_show - show a snapshot now, where there are no vblanks
 * @scanout: the scan-out of a CRTC that is on
 * @snapshot: the snapshot, without event; the caller's reference goes with it
 *
 * A picture that is to be composed is read from memory before this returns, and so are those before
 * it: whoever is told then that it is shown may draw on all others. May sleep, for as long as it
 * takes to compose them.
 */
void rvkms_scanout_show(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	show_at_once(scanout, snapshot, show_now);
}

/**
 * rvkms_scanout_publish - show a snapshot from the next vblank on
 * @scanout: the scan-out of a CRTC that is on
 * @snapshot: the snapshot; the caller's reference goes with it. If it has an event, the caller
 *            holds a vblank reference for it, which goes with it too.
 *
 * Only an update of a cursor may be pending still, which goes on in this snapshot. If there is more
 * that has to be done, it is done at once.
 */
void rvkms_scanout_publish(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	spin_lock_irq(&scanout->lock);
	set_pending(scanout, snapshot);
	spin_unlock_irq(&scanout->lock);
}

/* The next vblank does for @snapshot what it would have done for the pending one. */
static void take_over(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	struct rvkms_snapshot *pending = scanout->pending;

	scanout->pending = snapshot;
	if (!pending)
		return;

	snapshot->event = pending->event;
	snapshot->writeback = pending->writeback;
	pending->event = NULL;
	pending->writeback = NULL;
	rvkms_snapshot_put(pending);
}

/**
 * rvkms_scanout_update - change a part of what the next vblank shows
 * @scanout: the scan-out
 * @snapshot: the snapshot, with the planes that change and without event and writeback job; the
 *            caller's reference goes with it
 *
 * What is pending is shown with the change by the very vblank that would have shown it without, and
 * has its event and its writeback job. Without vblanks it is shown as by rvkms_scanout_show(),
 * which may sleep. Nothing happens on a CRTC that shows nothing.
 */
void rvkms_scanout_update(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	const struct rvkms_snapshot *last;
	u64 count = 0;

	spin_lock_irq(&scanout->lock);
	last = last_published(scanout);
	if (last) {
		rvkms_snapshot_inherit(snapshot, last);
		rvkms_snapshot_set_color(snapshot, last->color);
		take_over(scanout, snapshot);
		if (!scanout->vblank) {
			show_now(scanout);
			count = scanout->num_queued;
		}
	} else {
		rvkms_snapshot_put(snapshot);
	}
	spin_unlock_irq(&scanout->lock);

	wait_finished(scanout, count);
}

/**
 * rvkms_scanout_flip - show a snapshot at once
 * @scanout: the scan-out of a CRTC that is on
 * @snapshot: the snapshot, without event; the caller's reference goes with it
 *
 * A frame is read from memory as a whole, when its vblank has passed. So a flip within a frame is
 * seen from the next one on; but nothing reads what was shown before it, when this returns. May
 * sleep, for as long as it takes to compose two frames.
 */
void rvkms_scanout_flip(struct rvkms_scanout *scanout, struct rvkms_snapshot *snapshot)
{
	show_at_once(scanout, snapshot, show_pending);
}

/**
 * rvkms_scanout_vblank - a vblank happens
 * @scanout: the scan-out
 *
 * Called in interrupt context. The vblank is counted, what was published before it becomes visible,
 * its event is sent and it is queued for composition as one step: a client that got an event for
 * vblank n finds its picture in the CRC of frame n. Nothing happens if vblanks were switched off
 * in the meantime.
 */
void rvkms_scanout_vblank(struct rvkms_scanout *scanout)
{
	unsigned long flags;

	spin_lock_irqsave(&scanout->lock, flags);

	if (kms_vblank_handle(scanout->vblank)) {
		show_pending(scanout);
		if (scanout->shown)
			report_shown(scanout);
	}

	spin_unlock_irqrestore(&scanout->lock, flags);
}

/**
 * rvkms_scanout_set_crc - want the CRC of every frame, or no longer
 * @scanout: the scan-out
 * @enabled: whether it is wanted
 *
 * Without vblanks, what is shown now is the first, since nobody knows when there will be another.
 */
void rvkms_scanout_set_crc(struct rvkms_scanout *scanout, bool enabled)
{
	spin_lock_irq(&scanout->lock);
	scanout->crc_enabled = enabled;
	if (enabled && scanout->shown && !scanout->vblank)
		report_shown(scanout);
	spin_unlock_irq(&scanout->lock);
}

static bool has_no_writebacks(struct rvkms_scanout *scanout)
{
	bool none;

	spin_lock_irq(&scanout->lock);
	none = !scanout->num_writebacks;
	spin_unlock_irq(&scanout->lock);

	return none;
}

/**
 * rvkms_scanout_wait_writebacks - wait until all published writeback jobs are done
 * @scanout: the scan-out
 *
 * At the end of a commit, this keeps a client from queueing jobs faster than they are done.
 */
void rvkms_scanout_wait_writebacks(struct rvkms_scanout *scanout)
{
	wait_event(scanout->idle, has_no_writebacks(scanout));
}

/**
 * rvkms_scanout_stop - show nothing any more
 * @scanout: the scan-out of a CRTC whose vblanks are off
 *
 * Sends the events, finishes the compositions and releases the snapshots that are left.
 */
void rvkms_scanout_stop(struct rvkms_scanout *scanout)
{
	u64 count;

	spin_lock_irq(&scanout->lock);
	finish_pending(scanout);
	rvkms_snapshot_put(scanout->shown);
	scanout->shown = NULL;
	count = scanout->num_queued;
	spin_unlock_irq(&scanout->lock);

	wait_finished(scanout, count);
	flush_workqueue(scanout->wq);
}
