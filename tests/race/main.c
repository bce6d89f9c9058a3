// SPDX-License-Identifier: GPL-2.0
/*
 * Checks that each frame's CRC and each writeback job match the shown picture, also with slow
 * compositions. It is meant for real time, in which a driver can be late.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "race.h"
#include "report.h"

/* The monitors of both drivers have this mode. It identifies the connectors. */
#define COMMON_WIDTH	1024
#define COMMON_HEIGHT	768

#define MAX_HERTZ	60
#define MAX_PAUSE_US	20000

static const struct race_test *const tests[] = {
	&blocking_test, &event_test, &start_test, &draw_test, &capture_test, &pair_test,
};

static const int widths[] = { 1024, 1920, 3840 };

/**
 * race_pause - sleep for a random time, shorter than two frames
 * @race: the race
 */
void race_pause(struct race *race)
{
	/* Marsaglia's xorshift32, with the same numbers in every run. */
	race->random ^= race->random << 13;
	race->random ^= race->random >> 17;
	race->random ^= race->random << 5;
	usleep(race->random % MAX_PAUSE_US);
}

/* Digits pick widths, and letters pick tests. Of a kind without a pick all are run. */
static bool is_picked(char *const *picks, const char *name)
{
	bool has_pick = false;

	for (; *picks; picks++) {
		if (!isdigit(**picks) != !isdigit(*name))
			continue;
		if (!strcmp(*picks, name))
			return true;
		has_pick = true;
	}

	return !has_pick;
}

static int find_card(struct kms_card *card, int fd, int minor, int index, int width)
{
	int ret;

	memset(card, 0, sizeof(*card));
	card->fd = fd;
	card->minor = minor;
	ret = kms_find_pipe_at(card, index, COMMON_WIDTH, COMMON_HEIGHT) ?:
	      kms_find_mode(card, width, MAX_HERTZ);
	if (ret)
		return ret;
	/* Overlays are available on all CRTCs. */
	card->overlay = kms_find_plane(card, DRM_PLANE_TYPE_OVERLAY, index);

	return card->overlay ? 0 : -ENOENT;
}

static int open_screens(struct race *race, const struct kms_card *device, int width)
{
	struct kms_card card;
	int ret = find_card(&card, device->fd, device->minor, 0, width);

	race->num_screens = 0;
	for (int i = 0; i < RACE_SCREENS && !ret; i++) {
		ret = screen_create(&race->screens[i], &card) ?:
		      screen_show(&race->screens[i]) ?:
		      screen_learn(&race->screens[i]);
		race->num_screens++;
		/* A device may have one CRTC. */
		if (!ret && find_card(&card, device->fd, device->minor, i + 1, width))
			break;
	}

	return ret;
}

static int close_screens(struct race *race)
{
	int ret = 0;

	for (int i = 0; i < race->num_screens; i++) {
		ret = screen_hide(&race->screens[i]) ?: ret;
		screen_destroy(&race->screens[i]);
	}

	return ret;
}

static void run_test(struct race *race, const struct race_test *test, int width)
{
	struct tally tally = { .test = test->name, .width = width };
	char check[128];

	if (test->screens > race->num_screens) {
		snprintf(check, sizeof(check), "%s %d: %s", test->name, width, test->claim);
		report_skip(check, "the device has one CRTC");
		return;
	}
	tally_report(&tally, test->claim, test->run(race, &tally));
}

static void report_mode(const struct race *race, int width)
{
	const drmModeModeInfo *mode = &race->screens[0].card.mode;

	report_fact("mode", "%d %ux%u %u Hz, %d screens", width, mode->hdisplay, mode->vdisplay,
		    mode->vrefresh, race->num_screens);
}

static void run_tests(struct race *race, int width)
{
	for (size_t i = 0; i < sizeof(tests) / sizeof(*tests); i++)
		if (is_picked(race->picks, tests[i]->name))
			run_test(race, tests[i], width);
}

static bool run_width(struct race *race, const struct kms_card *device, int width)
{
	int ret = open_screens(race, device, width);
	char check[64];

	snprintf(check, sizeof(check), "the screens of %d are on", width);
	if (report_check(!ret, check, "%s", strerror(-ret))) {
		report_mode(race, width);
		run_tests(race, width);
	}
	ret = close_screens(race) ?: ret;

	return !ret;
}

static bool run_widths(struct race *race, const struct kms_card *device)
{
	bool whole = true;

	for (size_t i = 0; i < sizeof(widths) / sizeof(*widths) && whole; i++) {
		char name[16];

		snprintf(name, sizeof(name), "%d", widths[i]);
		if (is_picked(race->picks, name))
			whole = run_width(race, device, widths[i]);
	}

	return whole;
}

static bool run_all(struct race *race, const char *driver)
{
	struct kms_card device;
	int ret = kms_open(&device, driver);
	bool whole;

	if (!report_check(!ret, "the device opens", "%s: %s", driver, strerror(-ret)))
		return false;
	whole = run_widths(race, &device);
	kms_close(&device);

	return whole;
}

int main(int argc, char **argv)
{
	static struct race race = { .random = 1 };
	bool whole;

	if (argc < 3 || atoi(argv[2]) < 1) {
		fprintf(stderr, "usage: %s <driver> <flips> [<test or width>...]\n", argv[0]);
		return 2;
	}
	race.flips = atoi(argv[2]);
	race.picks = argv + 3;
	whole = run_all(&race, argv[1]);
	report_check(whole, "the client gets to its end", "it stopped early");

	return whole ? EXIT_SUCCESS : EXIT_FAILURE;
}
