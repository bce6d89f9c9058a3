/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RACE_TALLY_H
#define RACE_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "screen.h"

/**
 * struct sight - a frame or a capture that is judged
 * @kind: which of the two
 * @number: the frame's number, or that of the capture in its test
 * @seen: the frame's CRC, or a pixel of the capture
 * @due: the CRC or the pixel that is due
 */
struct sight {
	const char *kind;
	uint32_t number;
	uint32_t seen;
	uint32_t due;
};

/**
 * struct tally - how the frames of a test came out
 * @test: the test's name
 * @width: the width that the mode was looked for with
 * @ok: frames that show the picture they have to show
 * @stale: frames that show another picture
 * @torn: frames that show no picture
 * @none: frames that have to have a CRC and have none
 */
struct tally {
	const char *test;
	int width;
	unsigned int ok;
	unsigned int stale;
	unsigned int torn;
	unsigned int none;
};

void tally_count(struct tally *tally, enum screen_verdict verdict, const struct sight *sight);
void tally_frame(struct tally *tally, const struct screen *screen, int picture,
		 const struct crc_frame *frame);
void tally_timeline(struct tally *tally, struct screen *screen, const struct crc_frame *frame);
void tally_beat(const struct tally *tally, unsigned int flip);
void tally_report(const struct tally *tally, const char *claim, int err);

#endif
