// SPDX-License-Identifier: GPL-2.0
/* Copyright (C) 2026 The rvkms authors */

/*
 * Computes the vblanks of a CRTC since a mode started, with flips and with changes of the limits.
 * A flip ends a frame; other frames last for the longest period. See docs/vblank.md.
 */

#include <linux/types.h>

#include "timeline.h"

static bool is_same(struct rvkms_period a, struct rvkms_period b)
{
	return a.num == b.num && a.den == b.den;
}

/**
 * rvkms_timeline_settle - make a flip that has been shown the anchor
 * @timeline: the timeline
 * @now: the time in ns
 *
 * Returns:
 * The timeline. Its vblanks do not change.
 */
struct rvkms_timeline rvkms_timeline_settle(struct rvkms_timeline timeline, s64 now)
{
	if (timeline.has_flip && now >= timeline.flip) {
		timeline.anchor = timeline.flip;
		timeline.number = timeline.flip_number;
		timeline.has_flip = false;
	}

	return timeline;
}

static u64 count_since_anchor(const struct rvkms_timeline *timeline, s64 now)
{
	return rvkms_vblank_count(timeline->vrr.longest, timeline->anchor, now);
}

/**
 * rvkms_timeline_begin - start with vblank 0
 * @vrr: the limits of a frame's duration
 * @now: the time of vblank 0, in ns
 *
 * Returns:
 * The timeline.
 */
struct rvkms_timeline rvkms_timeline_begin(struct rvkms_vrr vrr, s64 now)
{
	return (struct rvkms_timeline){ .vrr = vrr, .anchor = now };
}

/**
 * rvkms_timeline_flip - add a flip that is ready
 * @timeline: the timeline
 * @now: the time in ns
 *
 * With a variable refresh rate, the flip makes a vblank as soon as the shown frame has lasted for
 * the shortest period. With a fixed rate, the next vblank shows it at its usual time. A pending
 * flip and this one are shown by the same vblank.
 *
 * Returns:
 * The timeline with the flip.
 */
struct rvkms_timeline rvkms_timeline_flip(struct rvkms_timeline timeline, s64 now)
{
	timeline = rvkms_timeline_settle(timeline, now);

	if (is_same(timeline.vrr.shortest, timeline.vrr.longest))
		return timeline;

	/* A pending flip already has the earliest possible time: the result is the same. */
	timeline.has_flip = true;
	timeline.flip = rvkms_vrr_flip(&timeline.vrr, timeline.anchor, now);
	timeline.flip_number = timeline.number + count_since_anchor(&timeline, now) + 1;

	return timeline;
}

/**
 * rvkms_timeline_change - change the limits of a frame's duration from now on
 * @timeline: the timeline
 * @vrr: the limits of a frame's duration
 * @now: the time in ns
 *
 * The shown frame ends at once if it has lasted for the new longest period. The next vblank shows a
 * pending flip.
 *
 * Returns:
 * The timeline; unchanged, if the limits are the same.
 */
struct rvkms_timeline rvkms_timeline_change(struct rvkms_timeline timeline, struct rvkms_vrr vrr,
					    s64 now)
{
	const s64 last = rvkms_timeline_last(timeline, now);
	const bool is_over = rvkms_vblank_count(vrr.longest, last, now);

	if (is_same(timeline.vrr.shortest, vrr.shortest) &&
	    is_same(timeline.vrr.longest, vrr.longest))
		return timeline;

	return (struct rvkms_timeline){
		.vrr = vrr,
		.anchor = is_over ? now : last,
		.number = rvkms_timeline_count(timeline, now) + is_over,
	};
}

/**
 * rvkms_timeline_count - return the number of the last vblank
 * @timeline: the timeline
 * @now: the time in ns
 *
 * Returns:
 * The number of the last vblank at or before @now; the number of the anchor if @now is before it.
 */
u64 rvkms_timeline_count(struct rvkms_timeline timeline, s64 now)
{
	timeline = rvkms_timeline_settle(timeline, now);

	return timeline.number + count_since_anchor(&timeline, now);
}

/**
 * rvkms_timeline_last - return the time of the last vblank
 * @timeline: the timeline
 * @now: the time in ns
 *
 * Returns:
 * The time of vblank rvkms_timeline_count(), in ns.
 */
s64 rvkms_timeline_last(struct rvkms_timeline timeline, s64 now)
{
	timeline = rvkms_timeline_settle(timeline, now);

	return rvkms_vblank_time(timeline.vrr.longest, timeline.anchor,
				 count_since_anchor(&timeline, now));
}

/**
 * rvkms_timeline_next - return the time of the next vblank, if no flip or change comes before it
 * @timeline: the timeline
 * @now: the time in ns
 *
 * Returns:
 * The time of the vblank after rvkms_timeline_count(), in ns; S64_MAX if it is later than that.
 */
s64 rvkms_timeline_next(struct rvkms_timeline timeline, s64 now)
{
	timeline = rvkms_timeline_settle(timeline, now);
	if (timeline.has_flip)
		return timeline.flip;

	return rvkms_vblank_time(timeline.vrr.longest, timeline.anchor,
				 count_since_anchor(&timeline, now) + 1);
}
