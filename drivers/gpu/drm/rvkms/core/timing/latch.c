// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Decides which frame a vblank shows, and which frame is composed. One composition at a time reads
 * from memory. While it does, the shown frame stays: a pending flip slips to a later vblank, since
 * its event tells the client that the replaced framebuffers are not read any more. Repeats of a
 * frame have no CRC while a composition is running. The first composition of a frame runs to its
 * end; a repeat is cancelled if a flip waits for it. See docs/vblank.md.
 */

#include <linux/types.h>

#include "latch.h"

/**
 * rvkms_latch_publish - let a commit's frame wait for the next vblank
 * @latch: the latch
 * @count: the number of the last vblank
 * @has_job: the frame has a writeback job
 *
 * The frame replaces a pending one. A vblank that has passed does not show it, even if its
 * interrupt is late.
 *
 * Returns:
 * The latch.
 */
struct rvkms_latch rvkms_latch_publish(struct rvkms_latch latch, u64 count, bool has_job)
{
	latch.has_pending = true;
	latch.pending_from = count + 1;
	latch.pending_has_job = has_job;

	return latch;
}

/**
 * rvkms_latch_update - let a change of the pending or the shown frame wait for the next vblank
 * @latch: the latch
 *
 * A pending frame takes the change and waits for the same vblank as before.
 *
 * Returns:
 * The latch.
 */
struct rvkms_latch rvkms_latch_update(struct rvkms_latch latch)
{
	if (latch.has_pending)
		return latch;

	latch.has_pending = true;
	latch.pending_from = 0;
	latch.pending_has_job = false;

	return latch;
}

/**
 * rvkms_latch_flip - show the pending frame without waiting for a vblank
 * @latch: the latch, with a pending frame
 *
 * A running composition continues with the replaced frame.
 *
 * Returns:
 * The latch; the next vblank may compose the frame.
 */
struct rvkms_latch rvkms_latch_flip(struct rvkms_latch latch)
{
	latch.is_shown = true;
	latch.is_fresh = true;
	latch.shown_has_job = latch.pending_has_job;
	latch.has_pending = false;
	latch.is_waiting = false;

	return latch;
}

static struct rvkms_latch compose(struct rvkms_latch latch, bool is_captured)
{
	latch.is_composing = true;
	latch.is_repeat = !latch.is_fresh;
	latch.fills_job = latch.shown_has_job;
	latch.fills_capture = is_captured;
	latch.is_fresh = false;
	latch.shown_has_job = false;

	return latch;
}

/* Nothing changes: a composition is running, or the pending frame is for a later vblank. */
static struct rvkms_latch_step hold(struct rvkms_latch latch, bool is_due, bool is_captured,
				    u64 now)
{
	if (is_due && !latch.is_waiting)
		latch.waiting_since = now;
	latch.is_waiting |= is_due;

	return (struct rvkms_latch_step){
		.latch = latch,
		.slips = is_due,
		.misses = is_captured && (is_due || latch.is_shown),
		.cancels = is_due && (latch.is_repeat ||
				      now - latch.waiting_since >= RVKMS_LATCH_PATIENCE_NS),
	};
}

/**
 * rvkms_latch_vblank - decide which frame a vblank shows, and whether it is composed
 * @latch: the latch
 * @count: the number of the vblank
 * @now: the time in ns
 *
 * Returns:
 * The latch and the actions. @composes follows @shows.
 */
struct rvkms_latch_step rvkms_latch_vblank(struct rvkms_latch latch, u64 count, u64 now)
{
	const bool is_captured = latch.is_capturing && count > latch.captured_after;
	const bool is_due = latch.has_pending && count >= latch.pending_from;
	struct rvkms_latch_step step = {};

	if (latch.is_composing || is_due != latch.has_pending)
		return hold(latch, is_due, is_captured, now);

	step.shows = is_due;
	if (is_due)
		latch = rvkms_latch_flip(latch);
	step.composes = latch.is_shown && (is_captured || latch.shown_has_job);
	step.latch = step.composes ? compose(latch, is_captured) : latch;

	return step;
}

/**
 * rvkms_latch_composed - end the composition that was running
 * @latch: the latch
 *
 * Returns:
 * The latch; the next vblank may show a pending frame.
 */
struct rvkms_latch rvkms_latch_composed(struct rvkms_latch latch)
{
	latch.is_composing = false;
	latch.fills_job = false;
	latch.fills_capture = false;

	return latch;
}

/**
 * rvkms_latch_stop_capture - stop giving CRCs to the reader
 * @latch: the latch
 *
 * Returns:
 * The latch, and whether to cancel the composition: it is needed only for this capture.
 */
struct rvkms_latch_step rvkms_latch_stop_capture(struct rvkms_latch latch)
{
	const bool is_needless = latch.fills_capture && !latch.fills_job;

	latch.is_capturing = false;
	latch.fills_capture = false;

	return (struct rvkms_latch_step){ .latch = latch, .cancels = is_needless };
}

/**
 * rvkms_latch_start_capture - give a reader the CRC of each frame
 * @latch: the latch
 * @count: the number of the last vblank; the reader does not get its frame
 *
 * The reader does not get the CRC of a running composition either.
 *
 * Returns:
 * The latch, and whether to cancel the composition for an earlier capture.
 */
struct rvkms_latch_step rvkms_latch_start_capture(struct rvkms_latch latch, u64 count)
{
	struct rvkms_latch_step step = rvkms_latch_stop_capture(latch);

	step.latch.is_capturing = true;
	step.latch.captured_after = count;

	return step;
}

/**
 * rvkms_latch_off - stop showing frames
 * @latch: the latch
 *
 * A pending frame is dropped. The capture continues, and gets frames when the CRTC is on again.
 *
 * Returns:
 * The latch, and whether to cancel the composition, which repeats a frame.
 */
struct rvkms_latch_step rvkms_latch_off(struct rvkms_latch latch)
{
	latch.has_pending = false;
	latch.is_waiting = false;
	latch.is_shown = false;

	return (struct rvkms_latch_step){
		.latch = latch,
		.cancels = latch.is_composing && latch.is_repeat,
	};
}
