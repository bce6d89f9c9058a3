/* SPDX-License-Identifier: GPL-2.0 */
#ifndef DEMO_COMPOSE_H
#define DEMO_COMPOSE_H

#include <stdbool.h>
#include <stdint.h>

struct picture;

/**
 * struct layer - one plane of a scene
 * @picture: premultiplied pixels
 * @left: column of the scene that its first column covers
 * @top: row of the scene that its first row covers
 * @opaque: its alpha means nothing
 */
struct layer {
	const struct picture *picture;
	int left;
	int top;
	bool opaque;
};

/**
 * struct difference - how two pictures differ
 * @count: pixels that differ
 * @x: column of the first that does
 * @y: its row
 * @want: the colour it should have
 * @got: the colour it has
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
