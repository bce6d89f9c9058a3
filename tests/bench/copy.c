// SPDX-License-Identifier: GPL-2.0
/* Copies frames in memory, as a measure of the machine. */
#include "copy.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fill.h"

#define FRAME_PIXELS	((size_t)1920 * 1080)

static uint32_t *from;
static uint32_t *to;

static int make_frames(void)
{
	if (to)
		return 0;

	from = malloc(FRAME_PIXELS * sizeof(*from));
	to = calloc(FRAME_PIXELS, sizeof(*to));
	if (!from || !to)
		return -ENOMEM;
	fill_with_noise(from, FRAME_PIXELS);
	memcpy(to, from, FRAME_PIXELS * sizeof(*to));

	return 0;
}

/**
 * copy_frames - copy a frame of 1920x1080 pixels of 32 bits, with the C library's memcpy()
 * @count: number of copies
 *
 * Returns: 0 or -ENOMEM.
 */
int copy_frames(int count)
{
	int ret = make_frames();

	for (int i = 0; i < count && !ret; i++) {
		memcpy(to, from, FRAME_PIXELS * sizeof(*to));
		/* The compiler must assume that this reads the copy, so it removes none. */
		__asm__ __volatile__("" : : "r" (to) : "memory");
	}

	return ret;
}
