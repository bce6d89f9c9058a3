// SPDX-License-Identifier: GPL-2.0
/*
 * Test B. The event of a commit names a frame. That frame has a CRC and shows the commit's picture.
 * So do all later frames until the frame of the next event.
 */
#include <drm_mode.h>

#include "race.h"

#define FLAGS	(DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT)

/* Reads frames up to the event's. The timeline counts a missing CRC of that frame. */
static int read_to(struct screen *screen, uint32_t number, struct tally *tally)
{
	struct crc_frame frame;
	int ret;

	do {
		ret = crc_wait(screen->crc_fd, &frame, SCREEN_PATIENCE_MS);
		if (!ret)
			tally_timeline(tally, screen, &frame);
	} while (!ret && (int32_t)(frame.number - number) < 0);

	return ret;
}

static uint32_t last_change(const struct timeline *timeline)
{
	return timeline->changes[(timeline->count - 1) % TIMELINE_CHANGES].frame;
}

static int flip_once(struct screen *screen, int picture, struct tally *tally)
{
	return screen_flip(screen, &screen->pictures[picture], picture, FLAGS) ?:
	       screen_wait(screen) ?:
	       read_to(screen, last_change(&screen->timeline), tally);
}

static int event_run(struct race *race, struct tally *tally)
{
	struct screen *screen = &race->screens[0];
	int ret = screen_start_crcs(screen);

	timeline_begin(&screen->timeline);
	for (unsigned int i = 0; i < race->flips && !ret; i++) {
		ret = flip_once(screen, i % SOLID_COLOURS, tally);
		race_pause(race);
		tally_beat(tally, i);
	}
	tally->none = timeline_missing(&screen->timeline);
	screen_stop_crcs(screen);

	return ret;
}

const struct race_test event_test = {
	.name = "B",
	.claim = "the frame of an event has its picture, and later frames have it too",
	.screens = 1,
	.run = event_run,
};
