// SPDX-License-Identifier: GPL-2.0
/*
 * Composes the expected scan-out, independently of the driver.
 *
 * The driver composes with 16 bits per channel and reduces to 8 at the end. This code implements
 * the same definition without optimisation: one channel of one pixel at a time, every quotient
 * rounded to nearest by a division. It shares no code with the driver.
 */
#include "compose.h"

#include <string.h>

#include "picture.h"

#define MAX16	65535
#define WIDEN	257	/* 255 * 257 = 65535 */

static unsigned int divide_to_nearest(unsigned long dividend, unsigned long divisor)
{
	return (2 * dividend + divisor) / (2 * divisor);
}

static unsigned int channel_at(uint32_t pixel, int shift)
{
	return (pixel >> shift & 0xff) * WIDEN;
}

static unsigned int over(unsigned int below, uint32_t pixel, int shift)
{
	unsigned int alpha = channel_at(pixel, 24);
	unsigned long sum = channel_at(pixel, shift);

	sum += divide_to_nearest((unsigned long)below * (MAX16 - alpha), MAX16);

	return sum < MAX16 ? sum : MAX16;
}

static bool covers(const struct layer *layer, int x, int y)
{
	return x >= layer->left && x < layer->left + layer->picture->width &&
	       y >= layer->top && y < layer->top + layer->picture->height;
}

static unsigned int channel_of_layers(const struct layer *layers, int count, int x, int y,
				      int shift)
{
	unsigned int channel = 0;

	for (int i = 0; i < count; i++) {
		const struct layer *layer = &layers[i];
		uint32_t pixel;

		if (!covers(layer, x, y))
			continue;
		pixel = *picture_at(layer->picture, x - layer->left, y - layer->top);
		if (layer->opaque)
			pixel |= 0xff000000;
		channel = over(channel, pixel, shift);
	}

	return divide_to_nearest(channel, WIDEN);
}

/**
 * compose_layers - compose a scene
 * @out: the destination, of the scene's size
 * @layers: the planes, the lowest first
 * @count: number of planes
 */
void compose_layers(struct picture *out, const struct layer *layers, int count)
{
	for (int y = 0; y < out->height; y++) {
		for (int x = 0; x < out->width; x++) {
			uint32_t pixel = 0xff000000;

			for (int shift = 0; shift < 24; shift += 8)
				pixel |= channel_of_layers(layers, count, x, y, shift) << shift;
			*picture_at(out, x, y) = pixel;
		}
	}
}

/**
 * compose_equal - compare the colours of two pictures, not their alpha
 * @want: the expected picture
 * @got: the actual picture, of the same size
 * @diff: filled in with the differences
 *
 * Returns: whether all pixels are equal.
 */
bool compose_equal(const struct picture *want, const struct picture *got,
		   struct difference *diff)
{
	memset(diff, 0, sizeof(*diff));

	for (int y = 0; y < want->height; y++) {
		for (int x = 0; x < want->width; x++) {
			uint32_t expected = *picture_at(want, x, y) & 0xffffff;
			uint32_t actual = *picture_at(got, x, y) & 0xffffff;

			if (expected == actual || diff->count++)
				continue;
			diff->x = x;
			diff->y = y;
			diff->want = expected;
			diff->got = actual;
		}
	}

	return !diff->count;
}
