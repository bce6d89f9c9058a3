// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Computes vblanks with a variable refresh rate. A frame lasts until the next flip, within limits.
 * Without a flip, frames last for the longest period: vblank n is n longest periods after the
 * anchor, and no error accumulates. A flip makes a vblank of its own, which is the next anchor. See
 * docs/vblank.md.
 */

#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "vrr.h"

#define NSEC_PER_SEC_U64 1000000000ull

#define MIN_RANGE_HZ 10

/*
 * Returns the longer one of a period and of 1 / hz. num / den >= 10^9 / hz is num >= 10^9 * den /
 * hz, rounded up. The dividend has less than 62 bits.
 */
static struct rvkms_period longer(struct rvkms_period period, u32 hz)
{
	const u32 rate = max(hz, 1);

	if (period.num >= div_u64(NSEC_PER_SEC_U64 * period.den + rate - 1, rate))
		return period;

	return (struct rvkms_period){ .num = NSEC_PER_SEC_U64, .den = rate };
}

/**
 * rvkms_refresh_common - return the refresh rates that two monitors have in common
 * @a: the rates of one monitor
 * @b: the rates of the other monitor
 *
 * Returns:
 * The common rates; the lowest is above the highest if there are none.
 */
struct rvkms_refresh rvkms_refresh_common(struct rvkms_refresh a, struct rvkms_refresh b)
{
	return (struct rvkms_refresh){
		.min_hz = max(a.min_hz, b.min_hz),
		.max_hz = min(a.max_hz, b.max_hz),
	};
}

/**
 * rvkms_refresh_is_variable - check if a monitor supports a variable refresh rate
 * @refresh: its refresh rates
 *
 * Returns:
 * True if both rates are known and differ by more than 10 Hz, the limit of other drivers.
 */
bool rvkms_refresh_is_variable(struct rvkms_refresh refresh)
{
	return refresh.min_hz && refresh.max_hz > refresh.min_hz &&
	       refresh.max_hz - refresh.min_hz > MIN_RANGE_HZ;
}

/**
 * rvkms_vrr_create - compute the limits of a frame's duration
 * @timing: the mode, with any values: its period is a lower limit
 * @min_hz: the lowest refresh rate of the monitor; 0 is taken as 1
 * @max_hz: the highest refresh rate of the monitor; 0 is taken as 1
 *
 * Returns:
 * The limits. They are equal if the monitor's highest rate is not above its lowest one, or if the
 * rate of the mode is not.
 */
struct rvkms_vrr rvkms_vrr_create(const struct rvkms_timing *timing, u32 min_hz, u32 max_hz)
{
	const struct rvkms_period shortest = longer(rvkms_vblank_period(timing), max_hz);

	return (struct rvkms_vrr){
		.shortest = shortest,
		.longest = longer(shortest, min_hz),
	};
}

/**
 * rvkms_vrr_fixed - compute the limits of a frame's duration with a fixed refresh rate
 * @timing: the mode, with any values
 *
 * Returns:
 * The limits, which are equal.
 */
struct rvkms_vrr rvkms_vrr_fixed(const struct rvkms_timing *timing)
{
	const struct rvkms_period period = rvkms_vblank_period(timing);

	return (struct rvkms_vrr){ .shortest = period, .longest = period };
}

/**
 * rvkms_vrr_of_refresh - compute the limits of a frame's duration on a monitor
 * @timing: the mode, with any values
 * @refresh: the refresh rates of the monitor
 *
 * A client that flips at the lowest rate is always slightly late. The longest period is therefore
 * the one of min_hz - 1, so that no frame of this client is repeated.
 *
 * Returns:
 * The limits; the limits of a fixed rate if the monitor does not support a variable one.
 */
struct rvkms_vrr rvkms_vrr_of_refresh(const struct rvkms_timing *timing,
				      struct rvkms_refresh refresh)
{
	if (!rvkms_refresh_is_variable(refresh))
		return rvkms_vrr_fixed(timing);

	return rvkms_vrr_create(timing, refresh.min_hz - 1, refresh.max_hz);
}

/**
 * rvkms_vrr_window - return the possible times of the next vblank
 * @vrr: the limits
 * @anchor: the last vblank that a flip made, or the first vblank of the mode, in ns
 * @now: a time in ns, on the same clock, with no flip since @anchor
 *
 * Returns:
 * The window. It starts before @now if the vblank may be at once. Times are at most S64_MAX.
 */
struct rvkms_window rvkms_vrr_window(const struct rvkms_vrr *vrr, s64 anchor, s64 now)
{
	const u64 count = rvkms_vblank_count(vrr->longest, anchor, now);
	const s64 last = rvkms_vblank_time(vrr->longest, anchor, count);

	return (struct rvkms_window){
		.earliest = rvkms_vblank_time(vrr->shortest, last, 1),
		.latest = rvkms_vblank_time(vrr->longest, anchor, count + 1),
	};
}

/**
 * rvkms_vrr_flip - return the time of the vblank that shows a flip
 * @vrr: the limits
 * @anchor: the last vblank that a flip made, or the first vblank of the mode, in ns
 * @flip: the time at which the flip is ready, in ns, on the same clock
 *
 * max(@flip, start of the current frame + shortest period). The longest period cannot have passed:
 * the frame would have been repeated.
 *
 * Returns:
 * The time in ns, which is the next anchor.
 */
s64 rvkms_vrr_flip(const struct rvkms_vrr *vrr, s64 anchor, s64 flip)
{
	return max(flip, rvkms_vrr_window(vrr, anchor, flip).earliest);
}
