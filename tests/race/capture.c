// SPDX-License-Identifier: GPL-2.0
/*
 * Test W. As test D, with a writeback job in each commit. The written framebuffer has the picture
 * of the job's commit in every pixel, although the client draws on the replaced buffer meanwhile.
 */
#include <drm_fourcc.h>
#include <drm_mode.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "fence.h"
#include "race.h"

#define FLAGS	(DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT)

/* The pixel of a framebuffer before writeback. No picture has this pixel. */
#define UNTOUCHED	0xa5a5a5

/**
 * struct shot - the writeback jobs of a test
 * @screen: the screen
 * @buffer: the target of the jobs
 * @pixels: the pixel that a job writes for each picture
 */
struct shot {
	struct screen *screen;
	struct kms_buffer buffer;
	uint32_t pixels[SOLID_COLOURS];
};

static int wait_for_capture(int32_t fence)
{
	int ret;

	if (fence < 0)
		return -EBADF;
	ret = fence_wait(fence, SCREEN_PATIENCE_MS);
	close(fence);

	return ret;
}

/* The first commit with the writeback connector is a modeset. */
static int learn_one(struct shot *shot, int picture)
{
	struct screen *screen = shot->screen;
	int32_t fence = -1;
	int ret;

	solid_fill(&shot->buffer.picture, UNTOUCHED);
	ret = screen_flip_and_capture(screen, &screen->pictures[picture], picture,
				      DRM_MODE_ATOMIC_ALLOW_MODESET, &shot->buffer, &fence) ?:
	      wait_for_capture(fence);
	if (ret)
		return ret;

	return solid_read(&shot->buffer.picture, &shot->pixels[picture]) ? 0 : -EUCLEAN;
}

static int learn(struct shot *shot)
{
	int ret = 0;

	for (int i = 0; i < SOLID_COLOURS && !ret; i++)
		ret = learn_one(shot, i);

	return ret;
}

static enum screen_verdict judge(const struct shot *shot, int picture, uint32_t *pixel)
{
	if (!solid_read(&shot->buffer.picture, pixel))
		return SCREEN_TORN;
	if (*pixel == shot->pixels[picture])
		return SCREEN_GOOD;
	for (int i = 0; i < SOLID_COLOURS; i++)
		if (*pixel == shot->pixels[i])
			return SCREEN_STALE;

	return SCREEN_TORN;
}

static void check(const struct shot *shot, int picture, uint32_t number, struct tally *tally)
{
	struct sight sight = { .kind = "capture", .number = number, .due = shot->pixels[picture] };
	const enum screen_verdict verdict = judge(shot, picture, &sight.seen);

	tally_count(tally, verdict, &sight);
}

static void draw(const struct screen *screen, unsigned int i)
{
	solid_fill(&screen->canvases[i % SCREEN_CANVASES].picture, solid_pixel(i % SOLID_COLOURS));
}

/* Draws on the canvas of the next flip as soon as the event of this one has come. */
static int capture_once(struct shot *shot, unsigned int i, struct tally *tally)
{
	struct screen *screen = shot->screen;
	const int picture = i % SOLID_COLOURS;
	int32_t fence = -1;
	int ret;

	solid_fill(&shot->buffer.picture, UNTOUCHED);
	ret = screen_flip_and_capture(screen, &screen->canvases[i % SCREEN_CANVASES], picture,
				      FLAGS, &shot->buffer, &fence) ?:
	      screen_wait(screen);
	if (ret)
		return ret;
	draw(screen, i + 1);
	ret = wait_for_capture(fence) ?: race_drain(screen, tally);
	if (!ret)
		check(shot, picture, i, tally);

	return ret;
}

static int capture_all(struct shot *shot, unsigned int flips, struct tally *tally)
{
	struct screen *screen = shot->screen;
	int ret = screen_start_crcs(screen);

	timeline_begin(&screen->timeline);
	draw(screen, 0);
	for (unsigned int i = 0; i < flips && !ret; i++) {
		ret = capture_once(shot, i, tally);
		tally_beat(tally, i);
	}
	ret = ret ?: race_drain_last(screen, tally);
	tally->none = timeline_missing(&screen->timeline);
	screen_stop_crcs(screen);

	return ret;
}

static int capture_run(struct race *race, struct tally *tally)
{
	struct shot shot = { .screen = &race->screens[0] };
	const drmModeModeInfo *mode = &shot.screen->card.mode;
	int ret = kms_buffer_create(&shot.screen->card, &shot.buffer, mode->hdisplay,
				    mode->vdisplay, DRM_FORMAT_XRGB8888);

	ret = ret ?: learn(&shot) ?: capture_all(&shot, race->flips, tally);
	kms_buffer_destroy(&shot.screen->card, &shot.buffer);

	return ret;
}

const struct race_test capture_test = {
	.name = "W",
	.claim = "a capture has the picture of its commit in every pixel",
	.screens = 1,
	.run = capture_run,
};
