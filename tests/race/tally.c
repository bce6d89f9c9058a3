// SPDX-License-Identifier: GPL-2.0
#include "tally.h"

#include <stdio.h>
#include <string.h>

#include "report.h"

/* Number of bad frames of a test that are printed. */
#define MAX_TOLD	3

/* Number of flips between two lines of progress. */
#define BEAT		50

static void tell(const struct tally *tally, const char *verdict, const struct sight *sight)
{
	if (tally->stale + tally->torn > MAX_TOLD)
		return;
	report_fact("bad", "%s %d: %s %u is %s: %08x, %08x is due", tally->test, tally->width,
		    sight->kind, sight->number, verdict, sight->seen, sight->due);
}

/**
 * tally_count - count a frame or a capture
 * @tally: the tally
 * @verdict: the comparison of its picture with the expected one
 * @sight: the frame or the capture
 */
void tally_count(struct tally *tally, enum screen_verdict verdict, const struct sight *sight)
{
	switch (verdict) {
	case SCREEN_GOOD:
		tally->ok++;
		break;
	case SCREEN_STALE:
		tally->stale++;
		tell(tally, "stale", sight);
		break;
	case SCREEN_TORN:
		tally->torn++;
		tell(tally, "torn", sight);
		break;
	}
}

/**
 * tally_frame - count a frame with a known picture
 * @tally: the tally
 * @screen: the screen
 * @picture: the expected picture
 * @frame: the frame
 */
void tally_frame(struct tally *tally, const struct screen *screen, int picture,
		 const struct crc_frame *frame)
{
	const struct sight sight = {
		.kind = "frame",
		.number = frame->number,
		.seen = frame->crc,
		.due = screen->crcs[picture],
	};

	tally_count(tally, screen_judge(screen, picture, frame->crc), &sight);
}

/**
 * tally_timeline - count a frame by its picture in the timeline
 * @tally: the tally
 * @screen: the screen, idle, so that the timeline has all changes
 * @frame: the frame; it is ignored before the first change of the timeline
 */
void tally_timeline(struct tally *tally, struct screen *screen, const struct crc_frame *frame)
{
	const int picture = timeline_find(&screen->timeline, frame->number);

	if (picture >= 0)
		tally_frame(tally, screen, picture, frame);
}

/**
 * tally_beat - print progress
 * @tally: the tally
 * @flip: number of the flip
 */
void tally_beat(const struct tally *tally, unsigned int flip)
{
	if (flip % BEAT == 0)
		report_fact("beat", "%s %d: flip %u", tally->test, tally->width, flip);
}

/**
 * tally_report - report a test
 * @tally: the tally
 * @claim: the tested property
 * @err: 0, or the negative errno that ended the test early
 */
void tally_report(const struct tally *tally, const char *claim, int err)
{
	const unsigned int bad = tally->stale + tally->torn;
	char check[128];

	report_fact("count", "%s %d ok %u bad %u none %u stale %u torn %u", tally->test,
		    tally->width, tally->ok, bad, tally->none, tally->stale, tally->torn);
	snprintf(check, sizeof(check), "%s %d: %s", tally->test, tally->width, claim);
	if (err)
		report_check(false, check, "it stopped: %s", strerror(-err));
	else
		report_check(tally->ok && !bad && !tally->none, check,
			     "ok %u, bad %u (stale %u, torn %u), none %u", tally->ok, bad,
			     tally->stale, tally->torn, tally->none);
}
