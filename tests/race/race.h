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
 * @screens: the screens; the first is shown in every test
 * @num_screens: how many the device has
 * @flips: how many pictures each test shows on a screen
 * @random: state of the random numbers
 */
struct race {
	struct screen screens[RACE_SCREENS];
	int num_screens;
	unsigned int flips;
	uint32_t random;
};

/**
 * struct race_test - a test
 * @name: one letter
 * @claim: what must hold
 * @screens: how many screens it needs
 * @run: runs it and counts; returns 0, or a negative errno where it could not go on
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
