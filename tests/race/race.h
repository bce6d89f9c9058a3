/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RACE_RACE_H
#define RACE_RACE_H

#include <stdbool.h>
#include <stdint.h>

#include "screen.h"
#include "tally.h"

#define RACE_SCREENS	2

/**
 * struct race - the screens and the length of the tests
 * @screens: the screens; each test uses the first one
 * @num_screens: number of screens of the device
 * @flips: number of flips per test and screen
 * @random: state of the random numbers
 * @picks: tests and widths to run, up to NULL
 */
struct race {
	struct screen screens[RACE_SCREENS];
	int num_screens;
	unsigned int flips;
	uint32_t random;
	char *const *picks;
};

/**
 * struct race_test - a test
 * @name: one letter
 * @claim: the tested property
 * @screens: number of required screens
 * @run: runs the test; returns 0, or a negative errno if it stopped early
 */
struct race_test {
	const char *name;
	const char *claim;
	int screens;
	int (*run)(struct race *race, struct tally *tally);
};

extern const struct race_test blocking_test;
extern const struct race_test event_test;
extern const struct race_test start_test;
extern const struct race_test draw_test;
extern const struct race_test capture_test;
extern const struct race_test pair_test;

void race_pause(struct race *race);
int race_drain(struct screen *screen, struct tally *tally);
int race_drain_last(struct screen *screen, struct tally *tally);

#endif
