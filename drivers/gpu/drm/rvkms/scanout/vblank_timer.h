/* SPDX-License-Identifier: GPL-2.0 */
/* Copyright (C) 2026 The rvkms authors */
#ifndef RVKMS_VBLANK_TIMER_H
#define RVKMS_VBLANK_TIMER_H

#include <linux/hrtimer.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include "../core/timing/timeline.h"
#include "../core/timing/vblank.h"

/**
 * struct rvkms_vblank_timer - calls back at every vblank
 * @hrtimer: the timer, CLOCK_MONOTONIC
 * @lock: protects all fields below
 * @is_enabled: callbacks are enabled
 * @lateness_ns: delay of the callbacks for tests; 0 otherwise
 * @timing: the mode
 * @timeline: the times of the vblanks, CLOCK_MONOTONIC
 * @on_vblank: called at every vblank, in interrupt context, without @lock
 *
 * Vblanks occur also while the timer is disabled: enabling and disabling does not shift them.
 */
struct rvkms_vblank_timer {
	struct hrtimer hrtimer;
	spinlock_t lock;	/* all fields below */
	bool is_enabled;
	u64 lateness_ns;
	struct rvkms_timing timing;
	struct rvkms_timeline timeline;
	void (*on_vblank)(struct rvkms_vblank_timer *timer);
};

void rvkms_vblank_timer_init(struct rvkms_vblank_timer *timer,
			     void (*on_vblank)(struct rvkms_vblank_timer *timer));
void rvkms_vblank_timer_set_mode(struct rvkms_vblank_timer *timer,
				 const struct rvkms_timing *timing);
void rvkms_vblank_timer_enable(struct rvkms_vblank_timer *timer);
void rvkms_vblank_timer_disable(struct rvkms_vblank_timer *timer);
void rvkms_vblank_timer_sync(struct rvkms_vblank_timer *timer);
void rvkms_vblank_timer_set_limits(struct rvkms_vblank_timer *timer, struct rvkms_vrr vrr);
void rvkms_vblank_timer_flip(struct rvkms_vblank_timer *timer);
struct rvkms_position rvkms_vblank_timer_position(struct rvkms_vblank_timer *timer);
u64 rvkms_vblank_timer_count(struct rvkms_vblank_timer *timer);
ktime_t rvkms_vblank_timer_timestamp(struct rvkms_vblank_timer *timer);

#endif /* RVKMS_VBLANK_TIMER_H */
