// SPDX-License-Identifier: GPL-2.0
/* Flips pages, and checks that events come at the refresh rate of the mode. */
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <xf86drm.h>

#include "demo.h"
#include "report.h"

/* An even number, so that the last flip shows the first buffer again. */
#define FLIPS			8
#define EVENT_TIMEOUT_MS	1000

/**
 * struct flip - a page flip's event
 * @arrived: whether it came
 * @sequence: number of the vblank
 * @time_us: its time
 */
struct flip {
	bool arrived;
	unsigned int sequence;
	int64_t time_us;
};

static void on_flip(int fd, unsigned int sequence, unsigned int seconds,
		    unsigned int microseconds, unsigned int crtc, void *data)
{
	struct flip *flip = data;

	(void)fd;
	(void)crtc;
	flip->arrived = true;
	flip->sequence = sequence;
	flip->time_us = seconds * INT64_C(1000000) + microseconds;
}

static int wait_for_flip(int fd, struct flip *flip)
{
	drmEventContext context = {
		.version = 3,
		.page_flip_handler2 = on_flip,
	};
	struct pollfd event = { .fd = fd, .events = POLLIN };

	while (!flip->arrived) {
		if (poll(&event, 1, EVENT_TIMEOUT_MS) != 1)
			return -ETIMEDOUT;
		if (drmHandleEvent(fd, &context))
			return -EIO;
	}

	return 0;
}

static int flip_to(const struct kms_card *card, const struct kms_buffer *buffer,
		   struct flip *flip)
{
	drmModeAtomicReq *req = drmModeAtomicAlloc();
	int ret;

	if (!req)
		return -ENOMEM;
	ret = kms_set(card, req, card->primary, "FB_ID", buffer->fb);
	if (!ret)
		ret = drmModeAtomicCommit(card->fd, req, DRM_MODE_ATOMIC_NONBLOCK |
					  DRM_MODE_PAGE_FLIP_EVENT, flip);
	drmModeAtomicFree(req);
	if (ret)
		return ret;

	return wait_for_flip(card->fd, flip);
}

static bool check_sequence(const struct flip *flips)
{
	int i = 1;

	while (i < FLIPS && flips[i].sequence == flips[i - 1].sequence + 1)
		i++;

	return report_check(i == FLIPS, "flips: vblank numbers are consecutive",
			    "flip %d at vblank %u, flip %d at vblank %u", i - 1,
			    flips[i - 1].sequence, i, flips[i % FLIPS].sequence);
}

/*
 * Compares each time with the first, not with the previous one, to find errors that add up. The
 * tolerance is one microsecond, since event times are whole microseconds and the period is not.
 */
static bool check_times(const struct flip *flips, double period_us)
{
	double worst = 0;

	for (int i = 1; i < FLIPS; i++) {
		double error = flips[i].time_us - flips[0].time_us - i * period_us;

		if (fabs(error) > fabs(worst))
			worst = error;
	}
	report_fact("jitter", "%.1f", fabs(worst));

	return report_check(fabs(worst) < 1, "flips: vblank times are one period apart",
			    "one is %.1f us away from its expected time", worst);
}

/**
 * demo_flip - flip between the two primary buffers and check the events
 * @demo: the demo; afterwards it shows the same buffer as before
 *
 * Returns: whether every event arrived.
 */
bool demo_flip(struct demo *demo)
{
	const drmModeModeInfo *mode = &demo->card.mode;
	struct flip flips[FLIPS] = {};
	int ret = 0;
	int i;

	for (i = 0; i < FLIPS; i++) {
		ret = flip_to(&demo->card, &demo->primary[(i + 1) % 2], &flips[i]);
		if (ret)
			break;
		report_fact("vblank", "%u %lld.%06lld", flips[i].sequence,
			    (long long)flips[i].time_us / 1000000,
			    (long long)flips[i].time_us % 1000000);
	}
	if (!report_check(!ret, "flips: every event arrives", "flip %d: %s", i, strerror(-ret)))
		return false;

	check_sequence(flips);
	check_times(flips, 1e3 * mode->htotal * mode->vtotal / mode->clock);

	return true;
}
