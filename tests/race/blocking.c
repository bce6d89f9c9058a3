// SPDX-License-Identifier: GPL-2.0
/*
 * Test A. When a blocking commit returns, its picture is shown. The next frame, with a number above
 * the count of vblanks, has that picture.
 */
#include "race.h"

/* Skips frames up to @count, which may have been composed before the commit. */
static int read_above(struct screen *screen, uint32_t count, struct crc_frame *frame)
{
	int ret;

	do {
		ret = crc_wait(screen->crc_fd, frame, SCREEN_PATIENCE_MS);
	} while (!ret && (int32_t)(frame->number - count) <= 0);

	return ret;
}

static int flip_once(struct screen *screen, int picture, struct tally *tally)
{
	struct crc_frame frame;
	uint32_t count;
	int ret;

	ret = screen_flip(screen, &screen->pictures[picture], picture, 0) ?:
	      screen_count_vblanks(screen, &count) ?:
	      read_above(screen, count, &frame);
	if (!ret)
		tally_frame(tally, screen, picture, &frame);

	return ret;
}

static int blocking_run(struct race *race, struct tally *tally)
{
	struct screen *screen = &race->screens[0];
	int ret = screen_start_crcs(screen);

	for (unsigned int i = 0; i < race->flips && !ret; i++) {
		ret = flip_once(screen, i % SOLID_COLOURS, tally);
		race_pause(race);
		tally_beat(tally, i);
	}
	screen_stop_crcs(screen);

	return ret;
}

const struct race_test blocking_test = {
	.name = "A",
	.claim = "the frame after a blocking commit has its picture",
	.screens = 1,
	.run = blocking_run,
};
