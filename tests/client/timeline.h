/* SPDX-License-Identifier: GPL-2.0 */
#ifndef CLIENT_TIMELINE_H
#define CLIENT_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#define TIMELINE_CHANGES	256

/**
 * struct timeline_change - a picture that replaced another one
 * @frame: number of the first frame that shows it, as the event of the commit has it
 * @picture: number of the picture
 * @has_crc: whether that frame's CRC has come
 */
struct timeline_change {
	uint32_t frame;
	int picture;
	bool has_crc;
};

/**
 * struct timeline - which picture each frame shows
 * @changes: the last changes, in a ring
 * @count: how many changes there were
 * @missing: how many of those that have left the ring had no CRC
 */
struct timeline {
	struct timeline_change changes[TIMELINE_CHANGES];
	unsigned int count;
	unsigned int missing;
};

void timeline_begin(struct timeline *timeline);
void timeline_note(struct timeline *timeline, uint32_t frame, int picture);
int timeline_find(struct timeline *timeline, uint32_t frame);
unsigned int timeline_missing(const struct timeline *timeline);

#endif
