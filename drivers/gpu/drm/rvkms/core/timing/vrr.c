// SPDX-License-Identifier: GPL-2.0
/*
 * With a variable refresh rate, a frame lasts until there is the next one to be shown, within
 * limits. As long as there is none, frames last as long as they may: vblank n is n of the longest
 * periods behind the anchor, with nothing accumulated. A flip makes a vblank of its own, which is
 * the next anchor. See docs/vblank.md.
 */

#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/types.h>

#include "vrr.h"

#define NSEC_PER_SEC_U64 1000000000ull

#define MIN_RANGE_HZ 10

/*
 * The longer one of a period and of 1 / hz. num / den >= 10^9 / hz is num >= 10^9 * den / hz,
 * rounded up, whose dividend has less than 62 bits.
 */
static struct rvkms_period longer(struct rvkms_period period, u32 hz)
{
	const u32 rate = max(hz, 1);

	if (period.num >= div_u64(NSEC_PER_SEC_U64 * period.den + rate - 1, rate))
		return period;

	return (struct rvkms_period){ .num = NSEC_PER_SEC_U64, .den = rate };
}

/**
 * rvkms_refresh_common - the refresh rates of two monitors that show the same
 * @a: those of one monitor
 * @b: those of the other
 *
 * Returns:
 * Those that both have; the lowest is above the highest if there are none.
 */
struct rvkms_refresh rvkms_refresh_common(struct rvkms_refresh a, struct rvkms_refresh b)
{
	return (struct rvkms_refresh){
		.min_hz = max(a.min_hz, b.min_hz),
		.max_hz = min(a.max_hz, b.max_hz),
	};
}

/**
 * rvkms_refresh_is_variable - is a monitor good for a variable refresh rate?
 * @refresh: its refresh rates
 *
 * Returns:
 * Whether they are known and differ by more than 10 Hz, which is what other drivers want.
 */
bool rvkms_refresh_is_variable(struct rvkms_refresh refresh)
{
	return refresh.min_hz && refresh.max_hz > refresh.min_hz &&
	       refresh.max_hz - refresh.min_hz > MIN_RANGE_HZ;
}

/**
 * rvkms_vrr_create - the limits of a frame's duration
 * @timing: the mode, with any values: no frame is shorter than it says
 * @min_hz: the lowest refresh rate of the monitor; 0 is taken for 1
 * @max_hz: the highest refresh rate of the monitor, likewise
 *
 * Returns:
 * The limits. They are the same, if the monitor's highest rate is not above its lowest, or the
 * mode is slower than that.
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
 * rvkms_vrr_fixed - the limits of a frame's duration with a fixed refresh rate
 * @timing: the mode, with any values
 *
 * Returns:
 * The limits, which are the same.
 */
struct rvkms_vrr rvkms_vrr_fixed(const struct rvkms_timing *timing)
{
	const struct rvkms_period period = rvkms_vblank_period(timing);

	return (struct rvkms_vrr){ .shortest = period, .longest = period };
}

/**
 * rvkms_vrr_of_refresh - the limits of a frame's duration on a monitor
 * @timing: the mode, with any values
 * @refresh: the refresh rates of the monitor
 *
 * A client that flips at the lowest rate does so a moment late. The longest frame is that of the
 * next lower rate, so that this client is not shown a frame twice.
 *
 * Returns:
 * The limits; those of a fixed rate, if the monitor has no variable one.
 */
struct rvkms_vrr rvkms_vrr_of_refresh(const struct rvkms_timing *timing,
				      struct rvkms_refresh refresh)
{
	if (!rvkms_refresh_is_variable(refresh))
		return rvkms_vrr_fixed(timing);

	return rvkms_vrr_create(timing, refresh.min_hz - 1, refresh.max_hz);
}

/**
 * rvkms_vrr_window - when may the next vblank be?
 * @vrr: the limits
 * @anchor: the last vblank that a flip made, or with which the mode began, in ns
 * @now: a time in ns, on the same clock, with no flip since @anchor
 *
 * Returns:
 * The window. It begins before @now, if the vblank may be at once. Times that are too late for
 * an s64 are S64_MAX.
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
 * rvkms_vrr_flip - the vblank that shows a flip
 * @vrr: the limits
 * @anchor: the last vblank that a flip made, or with which the mode began, in ns
 * @flip: when the flip is ready, in ns, on the same clock
 *
 * At once, if the frame that is shown has lasted long enough, and as soon as it has, if not. It has
 * not lasted too long: then another one would be shown, which is the same once more.
 *
 * Returns:
 * The time in ns, which is the next anchor.
 */
s64 rvkms_vrr_flip(const struct rvkms_vrr *vrr, s64 anchor, s64 flip)
{
	return max(flip, rvkms_vrr_window(vrr, anchor, flip).earliest);
}
