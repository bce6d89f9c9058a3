// SPDX-License-Identifier: GPL-2.0
/*
 * Test C. The first CRC after a reader starts is of the picture that is shown at the start. It is
 * not a leftover of the previous reader, which has just stopped.
 */
#include <drm_mode.h>

#include "race.h"

#define FLAGS	(DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT)

static int start_and_stop(struct screen *screen)
{
	const int ret = screen_start_crcs(screen);

	screen_stop_crcs(screen);

	return ret;
}

static int check_first(struct screen *screen, int picture, struct tally *tally)
{
	struct crc_frame frame;
	int ret = screen_start_crcs(screen);

	if (ret)
		return ret;
	ret = crc_wait(screen->crc_fd, &frame, SCREEN_PATIENCE_MS);
	screen_stop_crcs(screen);
	if (!ret)
		tally_frame(tally, screen, picture, &frame);

	return ret;
}

/* Every other commit is nonblocking. Every third reader follows one that read no CRC. */
static int start_once(struct screen *screen, unsigned int i, struct tally *tally)
{
	const int picture = i % SOLID_COLOURS;
	int ret = screen_flip(screen, &screen->pictures[picture], picture, i % 2 ? FLAGS : 0) ?:
		  screen_wait(screen);

	if (!ret && i % 3 == 0)
		ret = start_and_stop(screen);

	return ret ?: check_first(screen, picture, tally);
}

static int start_run(struct race *race, struct tally *tally)
{
	int ret = 0;

	for (unsigned int i = 0; i < race->flips && !ret; i++) {
		ret = start_once(&race->screens[0], i, tally);
		tally_beat(tally, i);
	}

	return ret;
}

const struct race_test start_test = {
	.name = "C",
	.claim = "the first CRC of a capture is of the picture that is shown",
	.screens = 1,
	.run = start_run,
};
