/* SPDX-License-Identifier: GPL-2.0 */
#ifndef DEMO_COMPOSE_H
#define DEMO_COMPOSE_H

#include <stdbool.h>
#include <stdint.h>

struct picture;

/**
 * struct layer - one plane of a scene
 * @picture: premultiplied pixels
 * @left: column of the scene at which it begins
 * @top: row of the scene at which it begins
 * @opaque: ignore its alpha
 */
struct layer {
	const struct picture *picture;
	int left;
	int top;
	bool opaque;
};

/**
 * struct difference - the differences of two pictures
 * @count: number of pixels that differ
 * @x: column of the first pixel that differs
 * @y: its row
 * @want: its expected colour
 * @got: its actual colour
 */
struct difference {
	long count;
	int x;
	int y;
	uint32_t want;
	uint32_t got;
};

void compose_layers(struct picture *out, const struct layer *layers, int count);
bool compose_equal(const struct picture *want, const struct picture *got,
		   struct difference *diff);

#endif
