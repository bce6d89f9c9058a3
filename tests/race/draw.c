// SPDX-License-Identifier: GPL-2.0
/*
 * Tests D and E. After the event of a commit, the replaced buffer is no longer shown. The client
 * draws on that buffer at once, and no frame may have a part of the drawing. Test E does so on two
 * screens that do not wait for each other.
 */
#include <drm_mode.h>
#include <errno.h>

#include "race.h"

#define FLAGS	(DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT)

/**
 * race_drain - count the frames that have CRCs
 * @screen: the screen, idle
 * @tally: the tally
 *
 * Returns: 0, or a negative errno.
 */
int race_drain(struct screen *screen, struct tally *tally)
{
	struct crc_frame frame;
	int ret;

	do {
		ret = crc_wait(screen->crc_fd, &frame, 0);
		if (!ret)
			tally_timeline(tally, screen, &frame);
	} while (!ret);

	return ret == -ETIMEDOUT ? 0 : ret;
}

/**
 * race_drain_last - count frames until one is newer than the last commit
 * @screen: the screen, idle
 * @tally: the tally
 *
 * Returns: 0, or a negative errno.
 */
int race_drain_last(struct screen *screen, struct tally *tally)
{
	struct crc_frame frame;
	uint32_t count;
	int ret = screen_count_vblanks(screen, &count);

	while (!ret) {
		ret = crc_wait(screen->crc_fd, &frame, SCREEN_PATIENCE_MS);
		if (ret)
			break;
		tally_timeline(tally, screen, &frame);
		if ((int32_t)(frame.number - count) > 0)
			break;
	}

	return ret;
}

/* Draws first, so that a composition that still reads the buffer is detected. */
static int draw_and_flip(struct screen *screen, unsigned int i, struct tally *tally)
{
	const struct kms_buffer *canvas = &screen->canvases[i % SCREEN_CANVASES];
	const int picture = i % SOLID_COLOURS;

	solid_fill(&canvas->picture, solid_pixel(picture));

	return race_drain(screen, tally) ?: screen_flip(screen, canvas, picture, FLAGS);
}

/* Returns 1 while a screen waits for an event. */
static int step(struct race *race, int screens, unsigned int *drawn, struct tally *tally)
{
	bool is_waiting = false;
	int ret = 0;

	for (int i = 0; i < screens && !ret; i++) {
		struct screen *screen = &race->screens[i];

		if (screen->pending == SCREEN_IDLE && drawn[i] < race->flips) {
			tally_beat(tally, drawn[i]);
			ret = draw_and_flip(screen, drawn[i]++, tally);
		}
		is_waiting |= screen->pending != SCREEN_IDLE;
	}
	if (!ret && is_waiting)
		ret = screen_handle_events(race->screens[0].card.fd, SCREEN_PATIENCE_MS);

	return ret ?: is_waiting;
}

static int start_all(struct race *race, int screens)
{
	int ret = 0;

	for (int i = 0; i < screens && !ret; i++) {
		timeline_begin(&race->screens[i].timeline);
		ret = screen_start_crcs(&race->screens[i]);
	}

	return ret;
}

static int run_all(struct race *race, int screens, struct tally *tally)
{
	unsigned int drawn[RACE_SCREENS] = {};
	int ret;

	do {
		ret = step(race, screens, drawn, tally);
	} while (ret > 0);

	return ret;
}

static int drain_all(struct race *race, int screens, struct tally *tally)
{
	int ret = 0;

	for (int i = 0; i < screens && !ret; i++)
		ret = race_drain_last(&race->screens[i], tally);

	return ret;
}

static int draw_on(struct race *race, int screens, struct tally *tally)
{
	const int ret = start_all(race, screens) ?:
			run_all(race, screens, tally) ?:
			drain_all(race, screens, tally);

	for (int i = 0; i < screens; i++) {
		tally->none += timeline_missing(&race->screens[i].timeline);
		screen_stop_crcs(&race->screens[i]);
	}

	return ret;
}

static int draw_run(struct race *race, struct tally *tally)
{
	return draw_on(race, 1, tally);
}

static int pair_run(struct race *race, struct tally *tally)
{
	return draw_on(race, RACE_SCREENS, tally);
}

const struct race_test draw_test = {
	.name = "D",
	.claim = "no frame has a part of a drawing on a buffer that is shown no longer",
	.screens = 1,
	.run = draw_run,
};

const struct race_test pair_test = {
	.name = "E",
	.claim = "the same on two CRTCs at once",
	.screens = 2,
	.run = pair_run,
};
