// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Delays compositions and vblank interrupts for tests. In virtual time, computing takes no time, so
 * without delays no frame is late. A composition sleeps for its delay in steps, between the lines
 * that it reads.
 */

#include <linux/array_size.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sched.h>

#include "../core/check/device.h"
#include "delays.h"

/* Longest sleep between two checks for cancellation, in ns. */
#define STEP_NS 4000000

static ulong delay_frame_ns[RVKMS_MAX_OBJECTS];
static unsigned int num_frame;
module_param_array(delay_frame_ns, ulong, &num_frame, 0444);
MODULE_PARM_DESC(delay_frame_ns,
		 "Tests: delay of each composition in ns, per CRTC; the last one is for the rest");

static ulong delay_pixel_ps[RVKMS_MAX_OBJECTS];
static unsigned int num_pixel;
module_param_array(delay_pixel_ps, ulong, &num_pixel, 0444);
MODULE_PARM_DESC(delay_pixel_ps, "Tests: delay of each composed pixel in ps, per CRTC");

static ulong delay_vblank_ns[RVKMS_MAX_OBJECTS];
static unsigned int num_vblank;
module_param_array(delay_vblank_ns, ulong, &num_vblank, 0444);
MODULE_PARM_DESC(delay_vblank_ns, "Tests: delay of each vblank interrupt in ns, per CRTC");

static unsigned int delay_seed;
module_param(delay_seed, uint, 0444);
MODULE_PARM_DESC(delay_seed,
		 "Tests: seed of random delays, up to twice as long (default: 0, constant)");

static u64 parameter(const ulong *values, unsigned int num_values, unsigned int crtc)
{
	return num_values ? values[min(crtc, num_values - 1)] : 0;
}

/**
 * rvkms_delays_init - read the delays of a CRTC from the module parameters
 * @delays: the delays
 * @crtc: the CRTC's index
 */
void rvkms_delays_init(struct rvkms_delays *delays, unsigned int crtc)
{
	*delays = (struct rvkms_delays){
		.frame_ns = parameter(delay_frame_ns, num_frame, crtc),
		.pixel_ps = parameter(delay_pixel_ps, num_pixel, crtc),
		.is_random = delay_seed,
	};
	prandom_seed_state(&delays->random, delay_seed + crtc);
}

/**
 * rvkms_delays_compose - compute the delay of the next composition
 * @delays: the delays of a CRTC
 * @num_pixels: number of pixels of the frame
 *
 * Returns:
 * The delay in ns.
 */
u64 rvkms_delays_compose(struct rvkms_delays *delays, u64 num_pixels)
{
	const u64 delay = delays->frame_ns + div_u64(delays->pixel_ps * num_pixels, 1000);

	if (delays->num_table)
		return delays->table[delays->num_used++ % delays->num_table];

	return delays->is_random ?
	       mul_u64_u32_shr(delay, prandom_u32_state(&delays->random), 31) : delay;
}

/**
 * rvkms_delays_wait - sleep until a part of a composition's delay has passed
 * @begin_ns: the start of the composition, CLOCK_MONOTONIC
 * @delay_ns: the time to return at, relative to @begin_ns
 * @is_cancelled: return early when it is set
 *
 * May sleep.
 */
void rvkms_delays_wait(u64 begin_ns, u64 delay_ns, const bool *is_cancelled)
{
	u64 now = ktime_get_ns();

	while (now < begin_ns + delay_ns && !READ_ONCE(*is_cancelled)) {
		ktime_t next = ns_to_ktime(min(begin_ns + delay_ns, now + STEP_NS));

		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule_hrtimeout(&next, HRTIMER_MODE_ABS);
		now = ktime_get_ns();
	}
}

/**
 * rvkms_delays_vblank - get the delay of vblank interrupts
 * @crtc: the CRTC's index
 *
 * Returns:
 * The delay in ns.
 */
u64 rvkms_delays_vblank(unsigned int crtc)
{
	return parameter(delay_vblank_ns, num_vblank, crtc);
}
