// SPDX-License-Identifier: GPL-2.0
/*
 * Computes the vblanks of a CRTC since a mode started, with flips and with changes of the limits.
 * A flip ends a frame; other frames last for the longest period. See docs/vblank.md.
 */

#include <linux/types.h>

#include "cadence.h"

static bool is_same(struct rvkms_period a, struct rvkms_period b)
{
	return a.num == b.num && a.den == b.den;
}

/**
 * rvkms_cadence_settle - make a flip that has been shown the anchor
 * @cadence: the cadence
 * @now: the time in ns
 *
 * Returns:
 * The cadence. Its vblanks do not change.
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
 * rvkms_cadence_begin - start with vblank 0
 * @vrr: the limits of a frame's duration
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
 * rvkms_cadence_flip - add a flip that is ready
 * @cadence: the cadence
 * @now: the time in ns
 *
 * With a variable refresh rate, the flip makes a vblank as soon as the shown frame has lasted for
 * the shortest period. With a fixed rate, the next vblank shows it at its usual time. A pending
 * flip and this one are shown by the same vblank.
 *
 * Returns:
 * The cadence with the flip.
 */
struct rvkms_cadence rvkms_cadence_flip(struct rvkms_cadence cadence, s64 now)
{
	cadence = rvkms_cadence_settle(cadence, now);

	if (is_same(cadence.vrr.shortest, cadence.vrr.longest))
		return cadence;

	/* A pending flip already has the earliest possible time: the result is the same. */
	cadence.has_flip = true;
	cadence.flip = rvkms_vrr_flip(&cadence.vrr, cadence.anchor, now);
	cadence.flip_number = cadence.number + count_since_anchor(&cadence, now) + 1;

	return cadence;
}

/**
 * rvkms_cadence_change - change the limits of a frame's duration from now on
 * @cadence: the cadence
 * @vrr: the limits of a frame's duration
 * @now: the time in ns
 *
 * The shown frame ends at once if it has lasted for the new longest period. The next vblank shows a
 * pending flip.
 *
 * Returns:
 * The cadence; unchanged, if the limits are the same.
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
 * rvkms_cadence_count - return the number of the last vblank
 * @cadence: the cadence
 * @now: the time in ns
 *
 * Returns:
 * The number of the last vblank at or before @now; the number of the anchor if @now is before it.
 */
u64 rvkms_cadence_count(struct rvkms_cadence cadence, s64 now)
{
	cadence = rvkms_cadence_settle(cadence, now);

	return cadence.number + count_since_anchor(&cadence, now);
}

/**
 * rvkms_cadence_last - return the time of the last vblank
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
 * rvkms_cadence_next - return the time of the next vblank, if no flip or change comes before it
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
