// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Calls back at each vblank of a CRTC, with an hrtimer. drm_crtc_vblank_start_timer() is not used:
 * each start shifts its phase, its period is a whole number of ns, and it has no variable refresh
 * rate.
 */

#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/spinlock.h>

#include "vblank_timer.h"

/*
 * Vblanks that have passed unhandled are skipped, and not made up for in a burst. The vblank of a
 * flip is not skipped: it may be now, and may pass before the timer is armed. The callback then
 * settles the flip.
 */
static s64 next_call(const struct rvkms_vblank_timer *timer, s64 now)
{
	const s64 vblank = timer->timeline.has_flip ?
			   timer->timeline.flip : rvkms_timeline_next(timer->timeline, now);

	return vblank + timer->lateness_ns;
}

static void arm_next(struct rvkms_vblank_timer *timer)
{
	lockdep_assert_held(&timer->lock);

	if (timer->is_enabled)
		hrtimer_start(&timer->hrtimer, ns_to_ktime(next_call(timer, ktime_get_ns())),
			      HRTIMER_MODE_ABS);
}

/*
 * The timer may be late, with the call for the last vblank still to come. So it stays armed unless
 * the next vblank has moved.
 */
static void set_timeline(struct rvkms_vblank_timer *timer, struct rvkms_timeline timeline, s64 now)
{
	const s64 call = next_call(timer, now);

	timer->timeline = timeline;
	if (next_call(timer, now) != call)
		arm_next(timer);
}

/*
 * The timer is always armed by hrtimer_start() under the lock, never by HRTIMER_RESTART: another
 * CPU may disable and enable it while the callback runs.
 */
static enum hrtimer_restart vblank_timer_expired(struct hrtimer *hrtimer)
{
	struct rvkms_vblank_timer *timer = container_of(hrtimer, struct rvkms_vblank_timer,
							hrtimer);
	unsigned long flags;

	timer->on_vblank(timer);

	spin_lock_irqsave(&timer->lock, flags);
	timer->timeline = rvkms_timeline_settle(timer->timeline, ktime_get_ns());
	arm_next(timer);
	spin_unlock_irqrestore(&timer->lock, flags);

	return HRTIMER_NORESTART;
}

/**
 * rvkms_vblank_timer_init - initialise a vblank timer
 * @timer: the timer
 * @on_vblank: called at every vblank, in interrupt context
 */
void rvkms_vblank_timer_init(struct rvkms_vblank_timer *timer,
			     void (*on_vblank)(struct rvkms_vblank_timer *timer))
{
	hrtimer_setup(&timer->hrtimer, vblank_timer_expired, CLOCK_MONOTONIC, HRTIMER_MODE_ABS);
	spin_lock_init(&timer->lock);
	timer->is_enabled = false;
	timer->lateness_ns = 0;
	timer->timing = (struct rvkms_timing){};
	timer->timeline = rvkms_timeline_begin(rvkms_vrr_fixed(&timer->timing), ktime_get_ns());
	timer->on_vblank = on_vblank;
}

/**
 * rvkms_vblank_timer_set_mode - start the vblanks of a mode
 * @timer: the timer, disabled
 * @timing: the mode
 *
 * Vblank 0 is now. The refresh rate is fixed.
 */
void rvkms_vblank_timer_set_mode(struct rvkms_vblank_timer *timer,
				 const struct rvkms_timing *timing)
{
	unsigned long flags;

	spin_lock_irqsave(&timer->lock, flags);
	timer->timing = *timing;
	timer->timeline = rvkms_timeline_begin(rvkms_vrr_fixed(timing), ktime_get_ns());
	spin_unlock_irqrestore(&timer->lock, flags);
}

/**
 * rvkms_vblank_timer_set_limits - set the shortest and longest duration of a frame
 * @timer: the timer
 * @vrr: the durations
 */
void rvkms_vblank_timer_set_limits(struct rvkms_vblank_timer *timer, struct rvkms_vrr vrr)
{
	unsigned long flags;
	s64 now;

	spin_lock_irqsave(&timer->lock, flags);
	now = ktime_get_ns();
	set_timeline(timer, rvkms_timeline_change(timer->timeline, vrr, now), now);
	spin_unlock_irqrestore(&timer->lock, flags);
}

/**
 * rvkms_vblank_timer_flip - announce a flip that is ready
 * @timer: the timer
 *
 * With a variable refresh rate the next vblank comes as early as the limits allow.
 */
void rvkms_vblank_timer_flip(struct rvkms_vblank_timer *timer)
{
	unsigned long flags;
	s64 now;

	spin_lock_irqsave(&timer->lock, flags);
	now = ktime_get_ns();
	set_timeline(timer, rvkms_timeline_flip(timer->timeline, now), now);
	spin_unlock_irqrestore(&timer->lock, flags);
}

/**
 * rvkms_vblank_timer_enable - start calling back, from the next vblank on
 * @timer: the timer
 *
 * May be called in any context, including the callback.
 */
void rvkms_vblank_timer_enable(struct rvkms_vblank_timer *timer)
{
	unsigned long flags;

	spin_lock_irqsave(&timer->lock, flags);
	timer->is_enabled = true;
	arm_next(timer);
	spin_unlock_irqrestore(&timer->lock, flags);
}

/**
 * rvkms_vblank_timer_disable - stop calling back
 * @timer: the timer
 *
 * May be called in any context, including the callback. A running callback may continue for a
 * while, see rvkms_vblank_timer_sync().
 */
void rvkms_vblank_timer_disable(struct rvkms_vblank_timer *timer)
{
	unsigned long flags;

	spin_lock_irqsave(&timer->lock, flags);
	timer->is_enabled = false;
	hrtimer_try_to_cancel(&timer->hrtimer);
	spin_unlock_irqrestore(&timer->lock, flags);
}

/**
 * rvkms_vblank_timer_sync - wait for a running callback
 * @timer: the timer, disabled
 *
 * Must not be called with a lock held that the callback takes.
 */
void rvkms_vblank_timer_sync(struct rvkms_vblank_timer *timer)
{
	hrtimer_cancel(&timer->hrtimer);
}

/**
 * rvkms_vblank_timer_count - count the vblanks since the mode was set
 * @timer: the timer
 *
 * Returns:
 * The number of the last vblank, even if it had no callback.
 */
u64 rvkms_vblank_timer_count(struct rvkms_vblank_timer *timer)
{
	unsigned long flags;
	u64 count;

	spin_lock_irqsave(&timer->lock, flags);
	count = rvkms_timeline_count(timer->timeline, ktime_get_ns());
	spin_unlock_irqrestore(&timer->lock, flags);

	return count;
}

/**
 * rvkms_vblank_timer_timestamp - compute the end of the last vblank
 * @timer: the timer
 *
 * The callback runs when the blanking begins. DRM's timestamp of a vblank is the end of the
 * blanking, when the first pixel of the frame is scanned out. It may be in the future.
 *
 * Returns:
 * The exact time, CLOCK_MONOTONIC.
 */
ktime_t rvkms_vblank_timer_timestamp(struct rvkms_vblank_timer *timer)
{
	unsigned long flags;
	ktime_t time;

	spin_lock_irqsave(&timer->lock, flags);
	time = ns_to_ktime(rvkms_timeline_last(timer->timeline, ktime_get_ns()));
	time = ktime_add_ns(time, rvkms_vblank_active_delay(&timer->timing));
	spin_unlock_irqrestore(&timer->lock, flags);

	return time;
}

/**
 * rvkms_vblank_timer_position - compute the current scan-out position
 * @timer: the timer
 *
 * Returns:
 * The position, see rvkms_vblank_position().
 */
struct rvkms_position rvkms_vblank_timer_position(struct rvkms_vblank_timer *timer)
{
	struct rvkms_position position;
	unsigned long flags;
	s64 now;

	spin_lock_irqsave(&timer->lock, flags);
	now = ktime_get_ns();
	position = rvkms_vblank_position(&timer->timing,
					 now - rvkms_timeline_last(timer->timeline, now));
	spin_unlock_irqrestore(&timer->lock, flags);

	return position;
}
