// SPDX-License-Identifier: GPL-2.0
/*
 * The vblanks of a CRTC from the moment a mode begins, with flips and with limits that change. All
 * frames last as long as they may, but for those that a flip ends. See docs/vblank.md.
 */

#include <linux/types.h>

#include "timeline.h"

static bool is_same(struct rvkms_period a, struct rvkms_period b)
{
	return a.num == b.num && a.den == b.den;
}

/**
 * rvkms_timeline_settle - leave behind a flip that has been shown
 * @timeline: the timeline
 * @now: the time in ns
 *
 * Returns:
 * The timeline, for which that flip is the anchor. It has the same vblanks.
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
 * rvkms_timeline_begin - begin with vblank 0
 * @vrr: how long a frame may last
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
 * rvkms_timeline_flip - a flip is ready to be shown
 * @timeline: the timeline
 * @now: the time in ns
 *
 * If frames may differ in length it makes a vblank, as soon as the frame that is shown has lasted
 * long enough; else the next vblank is when it is. A flip that is to be shown already takes this
 * one along.
 *
 * Returns:
 * The timeline with the flip.
 */
struct rvkms_timeline rvkms_timeline_flip(struct rvkms_timeline timeline, s64 now)
{
	timeline = rvkms_timeline_settle(timeline, now);

	if (is_same(timeline.vrr.shortest, timeline.vrr.longest))
		return timeline;

	/* Where there is one already, it is for as soon as possible, and stays there. */
	timeline.has_flip = true;
	timeline.flip = rvkms_vrr_flip(&timeline.vrr, timeline.anchor, now);
	timeline.flip_number = timeline.number + count_since_anchor(&timeline, now) + 1;

	return timeline;
}

/**
 * rvkms_timeline_change - let frames last for another time from now on
 * @timeline: the timeline
 * @vrr: how long a frame may last
 * @now: the time in ns
 *
 * The frame that is shown ends at once if it has lasted longer than it now may. A flip that is to
 * be shown is so by the next vblank.
 *
 * Returns:
 * The timeline; just the one that was passed, if the limits are the same.
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
 * rvkms_timeline_count - which vblank was the last one?
 * @timeline: the timeline
 * @now: the time in ns
 *
 * Returns:
 * The number of the last vblank at or before @now; that of the anchor if @now is before it.
 */
u64 rvkms_timeline_count(struct rvkms_timeline timeline, s64 now)
{
	timeline = rvkms_timeline_settle(timeline, now);

	return timeline.number + count_since_anchor(&timeline, now);
}

/**
 * rvkms_timeline_last - when was the last vblank?
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
 * rvkms_timeline_next - when is the next vblank, as things are?
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
