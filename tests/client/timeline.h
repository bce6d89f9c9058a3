/* SPDX-License-Identifier: GPL-2.0 */
#ifndef CLIENT_TIMELINE_H
#define CLIENT_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#define TIMELINE_CHANGES	256

/**
 * struct timeline_change - a picture that replaced another one
 * @frame: number of the first frame that shows it, from the event of the commit
 * @picture: number of the picture
 * @has_crc: whether that frame's CRC has come
 */
struct timeline_change {
	uint32_t frame;
	int picture;
	bool has_crc;
};

/**
 * struct timeline - the picture of each frame
 * @changes: the last changes, in a ring
 * @count: number of changes so far
 * @missing: number of changes without CRC among those that have left the ring
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
