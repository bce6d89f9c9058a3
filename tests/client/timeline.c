// SPDX-License-Identifier: GPL-2.0
/* Records the picture of each frame. */
#include "timeline.h"

#include <string.h>

/**
 * timeline_begin - forget all changes
 * @timeline: the timeline
 */
void timeline_begin(struct timeline *timeline)
{
	memset(timeline, 0, sizeof(*timeline));
}

/**
 * timeline_note - note that a picture is shown from a frame on
 * @timeline: the timeline
 * @frame: number of the frame, above that of the previous change
 * @picture: number of the picture
 */
void timeline_note(struct timeline *timeline, uint32_t frame, int picture)
{
	struct timeline_change *change = &timeline->changes[timeline->count % TIMELINE_CHANGES];

	if (timeline->count >= TIMELINE_CHANGES && !change->has_crc)
		timeline->missing++;
	*change = (struct timeline_change){ .frame = frame, .picture = picture };
	timeline->count++;
}

static unsigned int oldest(const struct timeline *timeline)
{
	return timeline->count > TIMELINE_CHANGES ? timeline->count - TIMELINE_CHANGES : 0;
}

/**
 * timeline_find - find the picture that a frame shows, and note that the frame's CRC has come
 * @timeline: the timeline
 * @frame: number of the frame
 *
 * Returns: number of the picture, or -1 for a frame before the first known change.
 */
int timeline_find(struct timeline *timeline, uint32_t frame)
{
	for (unsigned int i = timeline->count; i-- > oldest(timeline);) {
		struct timeline_change *change = &timeline->changes[i % TIMELINE_CHANGES];

		if ((int32_t)(frame - change->frame) < 0)
			continue;
		change->has_crc |= frame == change->frame;
		return change->picture;
	}

	return -1;
}

/**
 * timeline_missing - count the changes without a CRC of their first frame
 * @timeline: the timeline
 *
 * Returns: the number.
 */
unsigned int timeline_missing(const struct timeline *timeline)
{
	unsigned int missing = timeline->missing;

	for (unsigned int i = oldest(timeline); i < timeline->count; i++)
		missing += !timeline->changes[i % TIMELINE_CHANGES].has_crc;

	return missing;
}
