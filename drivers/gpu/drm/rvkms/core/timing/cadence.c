// SPDX-License-Identifier: GPL-2.0
/*
 * The vblanks of a CRTC from the moment a mode begins, with flips and with limits that change. All
 * frames last as long as they may, but for those that a flip ends. See docs/vblank.md.
 */

#include <linux/types.h>

#include "cadence.h"

static bool is_same(struct rvkms_period a, struct rvkms_period b)
{
	return a.num == b.num && a.den == b.den;
}

/**
 * rvkms_cadence_settle - leave behind a flip that has been shown
 * @cadence: the cadence
 * @now: the time in ns
 *
 * Returns:
 * The cadence, for which that flip is the anchor. It has the same vblanks.
 */
struct rvkms_cadence rvkms_cadence_settle(struct rvkms_cadence cadence, s64 now)
{
	if (cadence.has_flip && now >= cadence.flip) {
		cadence.anchor = cadence.flip;
		cadence.number = cadence.flip_number;
		cadence.has_flip = false;
	}

	return cadence;
}

static u64 count_since_anchor(const struct rvkms_cadence *cadence, s64 now)
{
	return rvkms_vblank_count(cadence->vrr.longest, cadence->anchor, now);
}

/**
 * rvkms_cadence_begin - begin with vblank 0
 * @vrr: how long a frame may last
 * @now: the time of vblank 0, in ns
 *
 * Returns:
 * The cadence.
 */
struct rvkms_cadence rvkms_cadence_begin(struct rvkms_vrr vrr, s64 now)
{
	return (struct rvkms_cadence){ .vrr = vrr, .anchor = now };
}

/**
 * rvkms_cadence_flip - a flip is ready to be shown
 * @cadence: the cadence
 * @now: the time in ns
 *
 * If frames may differ in length it makes a vblank, as soon as the frame that is shown has lasted
 * long enough; else the next vblank is when it is. A flip that is to be shown already takes this
 * one along.
 *
 * Returns:
 * The cadence with the flip.
 */
struct rvkms_cadence rvkms_cadence_flip(struct rvkms_cadence cadence, s64 now)
{
	cadence = rvkms_cadence_settle(cadence, now);

	if (is_same(cadence.vrr.shortest, cadence.vrr.longest))
		return cadence;

	/* Where there is one already, it is for as soon as possible, and stays there. */
	cadence.has_flip = true;
	cadence.flip = rvkms_vrr_flip(&cadence.vrr, cadence.anchor, now);
	cadence.flip_number = cadence.number + count_since_anchor(&cadence, now) + 1;

	return cadence;
}

/**
 * rvkms_cadence_change - let frames last for another time from now on
 * @cadence: the cadence
 * @vrr: how long a frame may last
 * @now: the time in ns
 *
 * The frame that is shown ends at once if it has lasted longer than it now may. A flip that is to
 * be shown is so by the next vblank.
 *
 * Returns:
 * The cadence; just the one that was passed, if the limits are the same.
 */
struct rvkms_cadence rvkms_cadence_change(struct rvkms_cadence cadence, struct rvkms_vrr vrr,
					  s64 now)
{
	const s64 last = rvkms_cadence_last(cadence, now);
	const bool is_over = rvkms_vblank_count(vrr.longest, last, now);

	if (is_same(cadence.vrr.shortest, vrr.shortest) &&
	    is_same(cadence.vrr.longest, vrr.longest))
		return cadence;

	return (struct rvkms_cadence){
		.vrr = vrr,
		.anchor = is_over ? now : last,
		.number = rvkms_cadence_count(cadence, now) + is_over,
	};
}

/**
 * rvkms_cadence_count - which vblank was the last one?
 * @cadence: the cadence
 * @now: the time in ns
 *
 * Returns:
 * The number of the last vblank at or before @now; that of the anchor if @now is before it.
 */
u64 rvkms_cadence_count(struct rvkms_cadence cadence, s64 now)
{
	cadence = rvkms_cadence_settle(cadence, now);

	return cadence.number + count_since_anchor(&cadence, now);
}

/**
 * rvkms_cadence_last - when was the last vblank?
 * @cadence: the cadence
 * @now: the time in ns
 *
 * Returns:
 * The time of vblank rvkms_cadence_count(), in ns.
 */
s64 rvkms_cadence_last(struct rvkms_cadence cadence, s64 now)
{
	cadence = rvkms_cadence_settle(cadence, now);

	return rvkms_vblank_time(cadence.vrr.longest, cadence.anchor,
				 count_since_anchor(&cadence, now));
}

/**
 * rvkms_cadence_next - when is the next vblank, as things are?
 * @cadence: the cadence
 * @now: the time in ns
 *
 * Returns:
 * The time of the vblank after rvkms_cadence_count(), in ns; S64_MAX if it is later than that.
 */
s64 rvkms_cadence_next(struct rvkms_cadence cadence, s64 now)
{
	cadence = rvkms_cadence_settle(cadence, now);
	if (cadence.has_flip)
		return cadence.flip;

	return rvkms_vblank_time(cadence.vrr.longest, cadence.anchor,
				 count_since_anchor(&cadence, now) + 1);
}
