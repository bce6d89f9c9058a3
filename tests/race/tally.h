/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RACE_TALLY_H
#define RACE_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "screen.h"

/**
 * struct sight - a frame or a written framebuffer to be judged
 * @kind: "frame" or "capture"
 * @number: the frame's number, or that of the flip
 * @seen: the frame's CRC, or a pixel of the framebuffer
 * @due: the expected CRC or pixel
 */
struct sight {
	const char *kind;
	uint32_t number;
	uint32_t seen;
	uint32_t due;
};

/**
 * struct tally - the counts of a test
 * @test: the test's name
 * @width: the requested width of the mode
 * @ok: frames with the expected picture
 * @stale: frames with another picture
 * @torn: frames with no picture of the test
 * @none: frames that require a CRC and have none
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
