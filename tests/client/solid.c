// SPDX-License-Identifier: GPL-2.0
/* Fills and reads pictures of one colour. */
#include "solid.h"

#define RGB	0xffffff

/**
 * solid_pixel - find the pixel of a colour
 * @colour: from 0 to SOLID_COLOURS - 1
 *
 * Returns: the pixel, as XRGB8888.
 */
uint32_t solid_pixel(int colour)
{
	static const uint32_t pixels[SOLID_COLOURS] = { 0xff0000, 0x00ff00, 0x0000ff, 0xffffff };

	return pixels[colour];
}

/**
 * solid_fill - give all pixels of a picture one value
 * @picture: the picture
 * @pixel: the value
 */
void solid_fill(const struct picture *picture, uint32_t pixel)
{
	for (int y = 0; y < picture->height; y++) {
		uint32_t *row = picture_at(picture, 0, y);

		for (int x = 0; x < picture->width; x++)
			row[x] = pixel;
	}
}

/**
 * solid_read - read the colour of a picture of one colour
 * @picture: the picture
 * @pixel: set to the colour of the first pixel, as RGB
 *
 * Returns: whether all pixels have that colour.
 */
bool solid_read(const struct picture *picture, uint32_t *pixel)
{
	*pixel = *picture_at(picture, 0, 0) & RGB;
	for (int y = 0; y < picture->height; y++) {
		const uint32_t *row = picture_at(picture, 0, y);

		for (int x = 0; x < picture->width; x++)
			if ((row[x] & RGB) != *pixel)
				return false;
	}

	return true;
}
