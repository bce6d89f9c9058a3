/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_CORE_TIMING_LATCH_H
#define RVKMS_CORE_TIMING_LATCH_H

#include <linux/types.h>

/* Timeout of a flip that waits for the composition that reads the replaced frame, in ns. */
#define RVKMS_LATCH_PATIENCE_NS 5000000000ull

/**
 * struct rvkms_latch - the pending, the shown and the composed frame of a CRTC
 * @has_pending: a frame waits for a vblank
 * @pending_from: the first vblank that may show the pending frame
 * @pending_has_job: the pending frame has a writeback job
 * @is_waiting: a vblank could not show the pending frame, since a composition was running
 * @waiting_since: the time of the first such vblank, in ns
 * @is_shown: a frame is shown
 * @is_fresh: no composition of the shown frame has begun
 * @shown_has_job: the shown frame has a writeback job that no composition has taken
 * @is_composing: a composition reads a frame from memory
 * @is_repeat: the composition reads a frame that another composition has read before
 * @fills_job: the composition fills a writeback job
 * @fills_capture: the capture gets the CRC of the composition
 * @is_capturing: a reader captures CRCs
 * @captured_after: the capture gets frames after this vblank
 *
 * A zeroed latch shows nothing and captures nothing. The fields of a frame that does not exist are
 * ignored.
 */
struct rvkms_latch {
	bool has_pending;
	u64 pending_from;
	bool pending_has_job;
	bool is_waiting;
	u64 waiting_since;
	bool is_shown;
	bool is_fresh;
	bool shown_has_job;
	bool is_composing;
	bool is_repeat;
	bool fills_job;
	bool fills_capture;
	bool is_capturing;
	u64 captured_after;
};

/**
 * struct rvkms_latch_step - the latch after an event, and the actions of the event
 * @latch: the latch
 * @shows: show the pending frame, and send its event
 * @composes: start to compose the shown frame
 * @slips: the pending frame was due, and waits for another vblank
 * @misses: the capture gets no CRC for this vblank
 * @cancels: cancel the composition; its CRC is left out and its writeback job fails
 */
struct rvkms_latch_step {
	struct rvkms_latch latch;
	bool shows;
	bool composes;
	bool slips;
	bool misses;
	bool cancels;
};

struct rvkms_latch rvkms_latch_publish(struct rvkms_latch latch, u64 count, bool has_job);
struct rvkms_latch rvkms_latch_update(struct rvkms_latch latch);
struct rvkms_latch rvkms_latch_flip(struct rvkms_latch latch);
struct rvkms_latch_step rvkms_latch_vblank(struct rvkms_latch latch, u64 count, u64 now);
struct rvkms_latch rvkms_latch_composed(struct rvkms_latch latch);
struct rvkms_latch_step rvkms_latch_start_capture(struct rvkms_latch latch, u64 count);
struct rvkms_latch_step rvkms_latch_stop_capture(struct rvkms_latch latch);
struct rvkms_latch_step rvkms_latch_off(struct rvkms_latch latch);

#endif /* RVKMS_CORE_TIMING_LATCH_H */
